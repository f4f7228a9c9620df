# SPDX-License-Identifier: Apache-2.0
"""Countries, operators, stores and clerks. What they count belongs to them:
the log takes its counters from here."""
from collections import deque

from .identifiers import SUMS_4, luhn_sum
from .texts import FEE, NO_REGISTRY, REGISTRY_MATCH, STORE_CHANNEL, WEB_CHANNEL

STORES_MAX = 6000      # 48 000 clerks, about 50 MB
CLERK_REQUESTS_A_DAY = 5
CLERKS_A_STORE = 8     # on average; a store of weight w has 2 w + 4
STORE_SHARE = 0.62     # of the requests made while stores are open
HOUR_REQUESTS_MAX = 200  # more than anybody serves in an hour


class Country:
    """One operator in one country. Time zones are fixed: no summer time."""

    def __init__(self, code, profile, zone, **more):
        self.code = code
        self.profile = profile
        self.zone = zone
        sign = -1 if zone[0] == '-' else 1
        self.offset = sign * (int(zone[1:3]) * 60 + int(zone[4:6])) * 60
        self.phone_prefix, self.phone_digits = more['phone']
        self.iin = more['iin']
        self.iin_sum = luhn_sum(self.iin)
        self.currency, self.fee = more['fee']
        self.document, self.read_method = more['document']
        self.face = more['face']       # faces are compared in stores
        self.registry = more['registry']
        self.esim_remote = more.get('esim_remote', True)
        self.hotline = more.get('hotline', '')
        self.site = more['site']
        self.neighbours = more['neighbours']
        self.share = 0.0
        self.lines = 0
        self.stores = []
        self.open = [[] for _ in range(24)]  # stores by local hour, weighted
        self.day = -1
        self.day_requests = 0
        self.clerks = 1
        self.campaign_day = -1
        self.outage_day = -1
        self.web_channel = WEB_CHANNEL % self.site
        self.registry_match = (REGISTRY_MATCH % self.registry if self.registry
                               else NO_REGISTRY)
        self.fee_text = FEE % (self.fee, self.currency, self.fee,
                               'card' if self.fee else 'none',
                               'operator' if self.fee else 'none')
        self.head = ('"operator_id":"%s","country":"%s","policy_profile":"%s"'
                     % (more['operator'], code, profile))

    def new_number(self):
        """Numbers that were not given before, scattered over the block."""
        self.lines += 1
        block = 10 ** self.phone_digits
        return '%s%0*d' % (self.phone_prefix, self.phone_digits,
                           self.lines * 7368787 % block)

    def iccid(self, number):
        middle, low = divmod(number % 100_000_000, 10_000)
        check = -(self.iin_sum + SUMS_4[middle] + SUMS_4[low]) % 10
        return '%s0000%04d%04d%d' % (self.iin, middle, low, check)


def countries():
    return [
        Country('CN', 'cn-realname', '+08:00', phone=('+8612', 9),
                iin='898600', operator='460-00', fee=('CNY', 10.0),
                document=('national_id_card', 'chip'), face=True,
                registry='ctid', esim_remote=False, site='www.10086.cn',
                neighbours=('HK', 'TH', 'JP')),
        Country('US', 'us-fcc', '-05:00', phone=('+1555', 7), iin='890199',
                operator='310-999', fee=('USD', 0.0),
                document=('driver_licence', 'ocr'), face=False, registry='',
                hotline='611', site='www.att.com',
                neighbours=('CA', 'MX', 'FR')),
        Country('NG', 'ng-ncc', '+01:00', phone=('+234555', 7), iin='892340',
                operator='621-30', fee=('NGN', 500.0),
                document=('national_id_card', 'ocr'), face=True,
                registry='nin', esim_remote=False, site='mtn.ng',
                neighbours=('GH', 'GB', 'AE')),
        Country('GB', 'generic', '+00:00', phone=('+446', 9), iin='894499',
                operator='234-99', fee=('GBP', 0.0),
                document=('passport', 'mrz'), face=False,
                registry='national-id', site='www.vodafone.co.uk',
                neighbours=('IE', 'ES', 'FR')),
        Country('AU', 'generic', '+10:00', phone=('+616', 8), iin='896199',
                operator='505-99', fee=('AUD', 5.0),
                document=('driver_licence', 'ocr'), face=False,
                registry='national-id', site='',
                neighbours=('NZ', 'ID', 'JP')),
    ]


PROFILES = ('cn-realname', 'us-fcc', 'ng-ncc', 'generic')
DEFAULT_MIX = {'cn-realname': 0.4, 'us-fcc': 0.25, 'ng-ncc': 0.15,
               'generic': 0.2}


class Clerk:
    __slots__ = ('id', 'times', 'day', 'day_count', 'total', 'overrides',
                 'trained', 'text', 'last')

    def __init__(self, name, trained):
        self.id = name
        self.times = deque(maxlen=HOUR_REQUESTS_MAX)
        self.day = -1
        self.day_count = 0
        self.total = 0
        self.overrides = 0
        self.trained = trained
        self.last = 0.0
        self.text = ''  # as JSON, until the next training

    def count_request(self, now, day):
        times = self.times
        while times and times[0] <= now - 3600:
            times.popleft()
        times.append(now)
        self.last = now
        if self.day != day:
            self.day, self.day_count = day, 0
        self.day_count += 1
        self.total += 1


class Store:
    __slots__ = ('id', 'early', 'late', 'change', 'day', 'day_count',
                 'expected', 'ip', 'approver', 'chan')

    def __init__(self, name, kind, status, hours):
        self.id = name
        self.day, self.day_count = -1, 0
        self.chan = STORE_CHANNEL % (kind, name, status, '%02d:00-%02d:00'
                                     % hours)
        self.change = sum(hours) // 2  # of shifts

    def on_duty(self, hour):
        return self.early if hour < self.change else self.late


def build_stores(country, rng, count, first_day):
    kinds = (['store_own'] * 6 + ['store_franchise'] * 3
             + ['authorised_outlet'] * 2)
    for number in range(count):
        kind = kinds[int(rng.random() * len(kinds))]
        hours = 8 + int(rng.random() * 3), 18 + int(rng.random() * 4)
        store = Store('%s-%05d' % (country.code, number + 1), kind,
                      'official' if kind == 'store_own' else 'authorised',
                      hours)
        weight = min(1 + int(rng.paretovariate(1.6)), 8)  # few are large
        name = 'a-%s%05d-' % (country.code, number + 1)
        clerks = [Clerk(name + str(k), first_day - 20 - int(rng.random() * 320))
                  for k in range(2 * weight + 4)]
        half = weight + 2
        store.early, store.late = clerks[:half], clerks[half:]
        store.approver = name + 'm'
        store.ip = '198.51.%d.0/24' % (number % 200)
        store.expected = weight
        for hour in range(*hours):
            country.open[hour].extend([store] * weight)
        country.stores.append(store)
        country.clerks += len(clerks)


def outside_store(country, serial, first_day):
    """A seller that is no store of the operator, with a clerk of its own."""
    store = Store('DL-%04d' % (serial % 10000), 'dealer', 'unverified',
                  (9, 18))
    clerk = Clerk('a-%s%s' % (country.code, store.id), first_day - 200)
    store.early = store.late = [clerk]
    store.expected = 3.0
    store.ip = '192.0.2.0/24'
    store.approver = clerk.id
    return store


def build_world(args, calendar, rng):
    """The countries of a mix, with as many stores as the log needs."""
    world = [c for c in countries() if args.profile_mix.get(c.profile, 0) > 0]
    for c in world:
        alike = sum(other.profile == c.profile for other in world)
        c.share = args.profile_mix[c.profile] / alike
    total = sum(c.share for c in world)
    a_day = args.count / args.days
    for c in world:
        in_stores = a_day * c.share / total * STORE_SHARE
        wish = in_stores / (CLERK_REQUESTS_A_DAY * CLERKS_A_STORE)
        build_stores(c, rng, max(3, min(int(wish), STORES_MAX // len(world))),
                     calendar.first)
        weights = sum(s.expected for s in c.stores)
        for store in c.stores:
            store.expected *= in_stores / weights
        c.campaign_day = calendar.first + int(rng.random() * args.days)
        c.outage_day = calendar.first + int(rng.random() * args.days)
    return world
