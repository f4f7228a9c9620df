# SPDX-License-Identifier: Apache-2.0
"""Honest and fraudulent requests in the order of time. Scenarios that go on
wait in a queue; a request that falls due takes the place of an honest one, so
that the count stays what was asked for."""
import heapq
import itertools
import random

from .days import Calendar, busyness
from .honest import Honest
from .scenarios import TYPOLOGIES, Scenario
from .world import build_world, outside_store

KINDS = list(TYPOLOGIES.values())
# The wish is a share of requests: long scenarios start less often.
KIND_WEIGHTS = [kind.weight for kind in KINDS]


class Simulation:
    def __init__(self, args):
        self.count = args.count
        self.fraud_rate = args.fraud_rate
        self.rng = random.Random(args.seed)
        self.calendar = Calendar(args.start, args.days)
        self.countries = build_world(args, self.calendar, self.rng)
        self.honest = Honest(self.rng, self.calendar)
        self.queue = []      # (time, order, scenario) of what is to follow
        self.order = itertools.count()
        self.planned = 0     # fraudulent requests, made or in the queue
        self.scenarios = 0

    def hours(self):
        """(first second, requests, share of each country), hour by hour."""
        rows = [[busyness(c, start) for c in self.countries]
                for start in self.calendar.hours()]
        total = sum(sum(row) for row in rows)
        done, so_far = 0, 0.0
        for start, row in zip(self.calendar.hours(), rows):
            so_far += sum(row)
            until = round(self.count * so_far / total)
            yield start, until - done, list(itertools.accumulate(row))
            done = until

    def requests(self):
        """(draft, its scenario or None) in the order of time."""
        rng, queue, honest = self.rng, self.queue, self.honest.request
        rate, made = self.fraud_rate, 0
        for start, count, shares in self.hours():
            if count == 0:
                continue
            picks = rng.choices(self.countries, cum_weights=shares, k=count)
            step = 3600 / count
            at = start
            for c in picks:
                now = at + rng.random() * step
                at += step
                made += 1
                run = None
                if queue and queue[0][0] <= now:
                    run = heapq.heappop(queue)[2]
                elif self.planned < rate * made and rng.random() < 0.4:
                    run = self.start_scenario(now, c)
                if run is None:
                    yield honest(now, c), None
                else:
                    yield self.fraud(now, run), run

    def start_scenario(self, now, c):
        """One whose first request is due now; None when none fits."""
        rng = self.rng
        kind = rng.choices(KINDS, KIND_WEIGHTS)[0]
        if kind.countries and c.code not in kind.countries:
            fitting = [k for k in self.countries if k.code in kind.countries]
            if not fitting:
                return None
            c = fitting[int(rng.random() * len(fitting))]
        self.scenarios += 1
        run = Scenario(kind, c, rng, self.scenarios)
        self.plan_rest(now, run)
        return run

    def plan_rest(self, at, run):
        kind, rng = run.kind, self.rng
        self.planned += 1
        for _ in range(rng.randint(*kind.size) - 1):
            at += rng.uniform(*kind.gap)
            hour = (at + run.c.offset) // 3600 % 24
            if kind.channel in ('store', 'outside') and not 9 <= hour < 18:
                at += (33 - hour) % 24 * 3600 + 600  # when it opens again
            if at >= self.calendar.end:
                break
            heapq.heappush(self.queue, (at, next(self.order), run))
            self.planned += 1

    def fraud(self, now, run):
        """The next request of a scenario."""
        kind = run.kind
        case = kind.cases[min(run.step, len(kind.cases) - 1)]
        if run.place is None:
            run.place = self.place_for(now, run)
        d = self.honest.request(now, run.c, kind.channel, case, run.place)
        kind.alter(d, run, self.calendar)
        if run.step == 0:
            run.number = d.number
        run.last = d.activated
        run.step += 1
        return d

    def place_for(self, now, run):
        """(store, clerk) that serve every request of a scenario."""
        c, rng = run.c, self.rng
        if run.kind.channel == 'store':
            stores = c.open[(int(now) + c.offset) // 3600 % 24] or c.stores
            store = stores[int(rng.random() * len(stores))]
            staff = store.early + store.late
            return store, staff[int(rng.random() * len(staff))]
        if run.kind.channel == 'outside':
            store = outside_store(c, run.serial, self.calendar.first)
            return store, store.early[0]
        return None, None
