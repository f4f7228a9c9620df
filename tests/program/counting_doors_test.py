#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One stream of records, however it comes: to `screen` in one go, in batches
with a restart between any two, on one thread or many; to the daemon by one
client or by several at once, with ends and kills between. The figures are those of
docs/windows.md.

usage: counting_doors_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import collections
import concurrent.futures
import datetime
import http.client
import json
import math
import os
import random
import signal
import sqlite3
import time

from counted_log import distance
from counted_model import (DAY, HOUR, MINUTE, SECOND, LiveModel, Model,
                           Window, kept_events)
from daemon import Daemon
from outside import Scratch, main, run, verdicts

CLIENTS = 4
SEEDS = range(10)
# The last three: before an end, a record that no window counts is the youngest.
SEEDS_LIVE = [0, 1, 2, 14, 86, 89]
# name: how it is declared, and what the model makes of it.
WINDOWS = {
    "agent_1h": (
        "count: requests, by: request.agent.id, over: 1h",
        Window("count", HOUR, lambda r: r["agent"], lambda r: True,
               lambda r: True)),
    "swaps_1d": (
        "distinct: request.phone_number, by: request.agent.id, over: 1d, "
        "where: request.request_type == 'sim_replacement'",
        Window("distinct", DAY, lambda r: r["agent"], lambda r: r["swap"],
               lambda r: r["phone"])),
    "lines_30d": (
        "distinct: request.phone_number, by: request.agent.id, over: 30d",
        Window("distinct", 30 * DAY, lambda r: r["agent"], lambda r: True,
               lambda r: r["phone"])),
    "overrides_3d": (
        "share: request.agent.override_used, by: request.agent.id, over: 3d",
        Window("share", 3 * DAY, lambda r: r["agent"], lambda r: True,
               lambda r: r["override"])),
    "since_line": (
        "since: requests, by: request.phone_number, over: 2h, "
        "where: request.agent.override_used",
        Window("since", 2 * HOUR, lambda r: r["phone"],
               lambda r: r["override"], lambda r: True)),
    "all_5m": (
        "count: requests, over: 5m",
        Window("count", 5 * MINUTE, lambda r: "", lambda r: True,
               lambda r: True)),
}
RULE = ("  - {id: W-%02d, title: t, family: f, severity: low, score: 1, "
        "flag: %s, reason: '%s', remedy: r}\n")


def pack(names):
    text = ("pack: demo\nversion: 1.0.0\nasks: request\ntitle: Windows\n"
            "families: {f: F}\nwindows:\n")
    for name in names:
        text += "  %s: {doc: d, %s}\n" % (name, WINDOWS[name][0])
    text += "rules:\n" + RULE % (0, "windows.late", "late")
    for place, name in enumerate(names, 1):
        since = WINDOWS[name][1].kind == "since"
        text += RULE % (place, "windows.%s >= %s" % (
            name, "duration('0s')" if since else "0"), "{windows.%s}" % name)
    return text


def written(at):
    return (datetime.datetime(1970, 1, 1) +
            datetime.timedelta(microseconds=at)).isoformat() + "Z"


def request(name, at, agent="demo_a", **more):
    return {"id": name, "at": at, "phone": "+12025550101", "agent": agent,
            "override": False, "swap": False, "note": "", **more}


def line(record):
    out = {"kind": "request", "request_id": record["id"],
           "phone_number": record["phone"], "agent": {}}
    if record["at"] is not None:
        out["created_at"] = written(record["at"])
    if record["agent"] is not None:
        out["agent"]["id"] = record["agent"]
    if record["override"]:
        out["agent"]["override_used"] = True
    if record["swap"]:
        out["request_type"] = "sim_replacement"
    out["note"] = record["note"]
    return json.dumps(out) + "\n"


def told(verdict, names):
    """(late, window -> its figure, as evidence shows it; None: it has none)."""
    shown = {f["rule"]: f.get("evidence", [{}])[0].get("value")
             for f in verdict.get("findings", [])}
    return "W-00" in shown, {name: shown.get("W-%02d" % place)
                             for place, name in enumerate(names, 1)}


def shown(model):
    """What a model says, as told() says it."""
    def of(window, figure):
        kind, over = WINDOWS[window][1][:2]
        if figure is None or kind not in ("since", "share"):
            return figure
        if kind == "since":
            return distance(figure // SECOND, over // SECOND)
        return math.floor(figure * 1e4 + 0.5) / 1e4  # halves up
    return {name: (late, {w: of(w, f) for w, f in figures.items()})
            for name, (late, figures) in model.answers.items()}


class Stream:
    """Records around `end`: in order but for some. Moves of less than the
    lateness and of more, leaps ahead alone and together, gaps, equal times, no
    times, a busy clerk, records that no window counts."""

    def __init__(self, seed, end, lateness):
        self.chance = random.Random(seed)
        self.lateness = lateness
        self.now = end - self.chance.choice([3, 40, 70]) * DAY
        self.end = end
        self.step = (end - self.now) // 300

    def at(self):
        dice = self.chance.random()
        if dice < 0.02:
            return None
        if dice < 0.25:
            return self.now  # the same instant
        if dice < 0.45:
            return self.now - self.chance.randrange(self.lateness + MINUTE)
        if dice < 0.52:  # late
            return self.now - self.chance.choice(
                [HOUR, DAY, 5 * DAY, 30 * DAY, 45 * DAY]) + \
                self.chance.randrange(-2, 3)
        if dice < 0.55:
            return self.now + self.chance.choice(
                [DAY - 1, DAY, DAY + 1, 2 * DAY, 400 * DAY])
        if dice < 0.60:  # exactly a span later
            self.now += self.chance.choice([5 * MINUTE, HOUR, 2 * HOUR])
        elif dice < 0.61:
            self.now += 2 * DAY  # a gap, which witnesses have to prove
        else:
            self.now += self.chance.randrange(2 * self.step)
        return self.now

    def records(self, count):
        for number in range(count):
            busy = self.chance.random() < 0.5
            yield request(
                "r-%d" % number, self.at(),
                phone="+120255501%02d" % self.chance.randrange(40),
                agent="demo_busy" if busy else self.chance.choice(
                    [None, "demo_a", "demo_b", "demo_c"]),
                override=self.chance.random() < 0.3,
                swap=self.chance.random() < 0.6)


class Counting(Scratch):
    def declare(self, names):
        self.names = names
        self.windows = {name: WINDOWS[name][1] for name in names}
        self.policy = self.path("policies")
        os.makedirs(self.path("policies/demo"), exist_ok=True)
        self.write("policies/demo/pack.yaml", pack(names))

    def given(self, seed, end, lateness):
        dice = random.Random(seed)
        self.declare(dice.sample(list(WINDOWS),
                                 dice.randrange(1, len(WINDOWS))))
        return list(Stream(seed, end, lateness).records(300))

    def agree(self, answers, model):
        wanted = shown(model)
        wrong = [(name, answers.get(name), wanted[name]) for name in wanted
                 if answers.get(name) != wanted[name]]
        self.assertEqual(wrong[:3], [], "%d of %d" % (len(wrong), len(wanted)))
        self.assertEqual(len(answers), len(wanted))


def cut(chance, records, most):
    """In pieces, none empty."""
    ends = sorted(chance.sample(range(1, len(records)), most - 1))
    return [records[a:b] for a, b in zip([0] + ends, ends + [len(records)])]


class Batches(Counting):
    def screen(self, lateness, *options, logs):
        done = run("screen", "--policy", self.policy, "--quiet", "--lateness",
                   "%ds" % (lateness // SECOND), *options, *logs)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {v["id"]: told(v, self.names) for v in verdicts(done)}

    def test_goes_cuts_and_threads_are_those_of_the_definition(self):
        for seed in SEEDS:
            dice = random.Random(seed)
            lateness = dice.choice([0, 15 * MINUTE, DAY])
            records = self.given(seed, int(1.77e15), lateness)
            model = Model(self.windows, lateness)
            logs = []
            for piece in cut(dice, records, dice.choice([1, 2, 6])):
                logs.append(self.write("%d-%d.jsonl" % (seed, len(logs)),
                                       "".join(map(line, piece))))
                for record in piece:
                    model.take(record)
                model.end()
            ways = {"plain": [(["--jobs", "1"], logs)],
                    "kept": [(["--jobs", "4", "--db", "%s/kept-%d.db"], logs)],
                    "cut": [(["--db", "%s/cut-%d.db"], [log])
                            for log in logs]}
            for way, runs in ways.items():
                answers = {}
                for options, read in runs:
                    answers.update(self.screen(lateness, *(
                        o % (self.folder.name, seed) if "%" in o else o
                        for o in options), logs=read))
                with self.subTest(seed=seed, lateness=lateness, way=way):
                    self.agree(answers, model)

    def test_who_was_let_go_early_is_known_after_a_restart(self):
        """A chunk more than may wait (64 MiB): half of them go."""
        self.declare(["agent_1h"])
        begin = int(1.77e15)
        full = self.write("a.jsonl", "".join(
            line(request("r-%d" % i, begin + i * SECOND // 10,
                         note="x" * 10_330)) for i in range(6475)))
        late = self.write("b.jsonl", line(request("late", begin + SECOND)))
        one = self.screen(15 * MINUTE, "--db", self.path("one.db"),
                          logs=[full, late])
        self.assertEqual(one["late"], (True, {"agent_1h": 12}))
        two = {}
        for log in full, late:
            two.update(self.screen(15 * MINUTE, "--db", self.path("two.db"),
                                   logs=[log]))
        self.assertEqual(two, one)


    def test_a_killed_run_leaves_no_witnesses_for_another_source(self):
        """Seven clocks that are ahead, and the next one in another log."""
        self.declare(["agent_1h"])
        begin, db = int(1.77e15), self.path("killed.db")
        ahead = [request("ahead-%d" % i, begin + 400 * DAY) for i in range(8)]
        first = [request("r-%d" % i, begin + i * MINUTE) for i in range(9)]
        last = request("s", begin + HOUR)
        ahead[6]["note"] = "x" * (1 << 20)  # ends a chunk, and so a block
        self.screen(15 * MINUTE, "--db", db, logs=[self.write(
            "a.jsonl", "".join(map(line, first + ahead[:7] + [last])))])
        with sqlite3.connect(db) as store:  # as a kill between two blocks does
            gone = store.execute(
                "DELETE FROM window_events WHERE block_id = "
                "(SELECT max(block_id) FROM window_events)").rowcount
            left = store.execute("SELECT count(*) FROM window_events").fetchone()
        self.assertEqual((gone, left), (1, (1,)))
        log = self.write("next.jsonl", "".join(map(line, ahead[7:] + [
            request("t-%d" % i, begin + 2 * HOUR + i * MINUTE)
            for i in range(9)])))
        answers = self.screen(15 * MINUTE, "--db", db, logs=[log])
        self.assertEqual(answers, {
            "ahead-7": (False, {"agent_1h": None}),
            **{"t-%d" % i: (False, {"agent_1h": i + 1}) for i in range(9)}})


DOORS = ("policies: [%s]\nstore: {db: %s}\nlog: {verdicts: none}\n"
         "listen:\n- {door: http, at: 'tcp:127.0.0.1:0'}\n")
SKEW = 5 * MINUTE  # that clocks may differ by


class Live(Counting):
    def start(self, db):
        self.daemon = Daemon(self.write("s.yaml", DOORS % (self.policy, db)))
        self.addCleanup(self.daemon.stop)

    def ask(self, records):
        status, _, body = self.daemon.ask(
            "POST", "/v1/screen", "".join(map(line, records)),
            Content_Type="application/x-ndjson")
        self.assertEqual(status, 200, body)
        return {v["id"]: told(v, self.names)
                for v in map(json.loads, body.splitlines())}

    def end(self, how):
        if how == "kill":
            self.daemon.signal(signal.SIGKILL)
            self.daemon.process.communicate()
        else:
            self.assertEqual(self.daemon.stop(), 0)

    def test_ends_and_kills_of_the_daemon_change_no_figure(self):
        for seed in SEEDS_LIVE:
            dice = random.Random(seed)
            now = int(time.time() * SECOND)
            records = self.given(seed, now + dice.choice([-10, 0, 30]) * DAY, 0)
            model = LiveModel(self.windows, now + SKEW)
            db = self.path("live-%d.db" % seed)
            answers = {}
            for piece in cut(dice, records, dice.choice([2, 4])):
                for record in piece:
                    model.take(record)
                self.start(db)
                for begin in range(0, len(piece), 10):  # a block or some each
                    answers.update(self.ask(piece[begin:begin + 10]))
                self.end(dice.choice(["kill", "stop"]))
            with self.subTest(seed=seed):
                self.agree(answers, model)

    def test_several_clients_at_once_are_counted_as_one_after_the_other(self):
        """Each with clerks and numbers of its own, minutes after each other:
        no border of a window lies within what they do at once, so that who is
        first changes nothing but who is late."""
        self.declare(["agent_1h", "swaps_1d", "lines_30d", "since_line"])
        dice = random.Random(1)
        now = int(time.time() * SECOND)
        model = LiveModel(self.windows, now + SKEW)
        answers = {}

        def record(client, turn, number):
            return request(
                "%d-%d-%d" % (client, turn, number),
                now - (70 - turn) * 25 * MINUTE + dice.randrange(MINUTE),
                agent="demo_%d" % client, swap=dice.random() < 0.6, override=dice.random() < 0.6,
                phone="+12025550%d%02d" % (client + 1, dice.randrange(30)))
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            for turn in range(70):
                if turn % 30 == 0:
                    if turn:
                        self.end("kill")
                    self.start(self.path("live.db"))
                asked = [[record(client, turn, number) for number in range(3)]
                         for client in range(CLIENTS)]
                for each in sum(asked, []):
                    model.take(each)
                for told_one in clients.map(self.ask, asked):
                    answers.update(told_one)
        self.assertEqual(self.without_late(answers),
                         self.without_late(shown(model)))

    def test_a_kill_under_several_clients_leaves_windows_of_the_verdicts(self):
        """Block by block: the events of a block are those of its verdicts."""
        now = int(time.time() * SECOND)
        db = self.path("live.db")
        self.declare(["lines_30d", "swaps_1d", "overrides_3d", "since_line"])
        sent = {}
        for turn in range(4):
            streams = [Stream(turn * CLIENTS + client, now, 0).records(3000)
                       for client in range(CLIENTS)]
            self.start(db)
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
                asking = [clients.submit(self.ask_until_killed, sent, now,
                                         "%d-%d-" % (turn, client), stream)
                          for client, stream in enumerate(streams)]
                time.sleep(0.2 + 0.1 * turn)
                self.end("kill")
            for client in asking:
                client.result()
        self.assertGreater(self.compare_blocks(db, sent, now), 200)

    def ask_until_killed(self, sent, now, name, stream):
        try:
            for record in stream:
                record["id"] = name + record["id"]
                if record["at"] is not None and record["at"] > now:
                    record["at"] += 400 * DAY  # nobody believes it
                sent[record["id"]] = record
                self.ask([record])
        except (OSError, http.client.HTTPException):
            pass  # killed

    def compare_blocks(self, db, sent, now):
        """How many events were compared. What is not hashed must be alike, and
        of what is each hash must stand for one value."""
        with sqlite3.connect(db) as store:
            counted = dict(store.execute(
                "SELECT block_id, events FROM window_events"))
            blocks = collections.defaultdict(list)
            for block, name in store.execute(
                    "SELECT block_id, record_id FROM verdict_row ORDER BY 1, "
                    "verdict_id"):
                blocks[block].append(sent[name])
        stands_for, compared = {}, 0
        for block, records in blocks.items():
            believed = [r for r in records
                        if r["at"] is not None and r["at"] <= now]
            if not believed:
                continue
            frontier, windows = kept_events(counted[block])
            self.assertEqual(frontier, max(r["at"] for r in believed))
            for name, kept in zip(self.names, windows, strict=True):
                wanted = [(r["at"], self.windows[name].by(r),
                           self.windows[name].of(r)) for r in believed
                          if self.windows[name].by(r) is not None and
                          self.windows[name].where(r)]
                self.assertEqual([e[0] for e in kept], [e[0] for e in wanted])
                compared += len(kept)
                for (_, *hashes), (_, *values) in zip(kept, wanted):
                    for hashed, value in zip(hashes, values):
                        if hashed:
                            self.assertEqual(
                                stands_for.setdefault(hashed, value), value)
        self.assertEqual(len(set(stands_for.values())), len(stands_for))
        return compared

    @staticmethod
    def without_late(answers):
        return {name: figures for name, (_, figures) in answers.items()}

    def test_clocks_that_are_ahead_make_nobody_late(self):
        """Not one after the other either, each a little further."""
        self.declare(["agent_1h"])
        now = int(time.time() * SECOND)
        honest = [request("in-%d" % i, now - HOUR // 2 + i * MINUTE)
                  for i in range(20)]
        ahead = [request("ahead-%d" % i, now + (i + 1) * 23 * HOUR)
                 for i in range(9)]
        asked = [r for pair in zip(honest, ahead) for r in pair] + honest[9:]
        self.start(self.path("live.db"))
        answers = self.ask(asked)
        self.assertEqual(answers, {
            **{r["id"]: (False, {"agent_1h": None}) for r in ahead},
            **{r["id"]: (False, {"agent_1h": i + 1})
               for i, r in enumerate(honest)}})
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        for timing, count in (("in_time", 20), ("ahead", 9), ("late", 0)):
            self.assertIn('simwarden_window_records_total{timing="%s"} %d\n' %
                          (timing, count), metrics)

    def test_what_screen_believed_of_the_future_makes_nobody_late(self):
        self.declare(["agent_1h"])
        now = int(time.time() * SECOND)
        before = [request("before-%d" % i, now - HOUR // 2) for i in range(9)]
        ahead = [request("ahead-%d" % i, now + 400 * DAY, agent="demo_b")
                 for i in range(9)]
        log = self.write("a.jsonl", "".join(map(line, before + ahead)))
        done = run("screen", "--policy", self.policy, "--quiet", "--db",
                   self.path("live.db"), log)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.start(self.path("live.db"))
        now = int(time.time() * SECOND)
        self.assertEqual(self.ask([request("now", now)]),
                         {"now": (False, {"agent_1h": 10})})

    def test_who_names_nothing_that_a_window_goes_by_makes_nobody_late(self):
        self.declare(["agent_1h"])
        now = int(time.time() * SECOND)
        nobody = request("nobody", now, agent=None)
        before = request("before", now - HOUR)
        self.start(self.path("live.db"))
        self.assertEqual(self.ask([nobody, before]), {
            "nobody": (False, {"agent_1h": None}),
            "before": (False, {"agent_1h": 1})})
        self.end("stop")
        with sqlite3.connect(self.path("live.db")) as store:
            self.assertEqual(store.execute(
                "SELECT max(frontier) FROM window_events").fetchall(),
                             [(before["at"],)])


if __name__ == "__main__":
    main()
