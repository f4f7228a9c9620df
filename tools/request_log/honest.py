# SPDX-License-Identifier: Apache-2.0
"""Requests in good order. A draw of 64 bits serves most of a request: a
hundred draws for each would take most of the time."""
from collections import deque

from . import texts
from .days import DAY, TIMES
from .draft import APP_CASES, COURIER_CASES, STORE_CASES, Draft
from .identifiers import eid_of, imei_of
from .oddities import make_odd
from .world import STORE_SHARE

RECENT_LINES = 30_000  # lines that may come back; older ones are forgotten
CHANGES_KEPT = 6       # of a line that came back
RATE_MAX = 9.9
TRAINING_LASTS = 350   # days
CLERK_KNOWN = 40       # requests after which a clerk's rate means something


class Honest:
    def __init__(self, rng, calendar):
        self.rng = rng
        self.calendar = calendar
        self.recent = deque(maxlen=RECENT_LINES)

    def request(self, now, c, channel=None, case=None, place=(None, None)):
        """One in good order. When the case is given, so is all that may be
        odd about it, and no innocent oddities are added."""
        rng = self.rng
        quiet = case is not None
        d = Draft()
        d.c = c
        d.now = now
        d.local = int(now) + c.offset
        d.note = ''
        d.store, d.clerk = place
        self.take_place(d, channel)
        store = d.clerk is not None
        if store:
            self.count_place(d)
        bits = rng.getrandbits(64)
        if not quiet:
            cases = STORE_CASES if store else (
                APP_CASES if c.esim_remote and d.channel != 'hotline'
                else COURIER_CASES)
            case = cases[bits % 100]
        d.type, d.reason, d.presented, d.live, d.status = case
        bits >>= 8
        d.serial = bits & 0x3ffffff
        d.hmac = '%032x' % rng.getrandbits(128)
        self.take_line(d, quiet)
        self.fill_contract(d, bits)
        self.fill_times(d, store, bits >> 20)
        self.fill_sim(d, store)
        if store:
            self.fill_store(d)
        else:
            self.fill_remote(d, bits)
        self.fill_person(d, store, bits >> 24)
        self.fill_care(d, store)
        if not quiet and not d.note:
            make_odd(d, store, rng.random(), self.calendar)
            if store and d.override_rate > 0.05 and not d.note:
                d.note = 'clerk_who_overrides'
        return d

    def take_place(self, d, channel):
        """Channel, store and clerk of a draft."""
        c, rng = d.c, self.rng
        hour = d.local // 3600 % 24
        pool = c.open[hour]
        if channel is None:
            chance = rng.random()
            if pool and chance < STORE_SHARE:
                channel = 'store'
            elif chance < 0.84 or not pool and chance < 0.7:
                channel = 'app'
            elif chance < 0.95 or not c.hotline:
                channel = 'website' if c.site else 'app'
            else:
                channel = 'hotline'
        d.channel = channel
        if channel not in ('store', 'outside') or d.clerk is not None:
            return
        d.store = pool[int(rng.random() * len(pool))]
        # Of two clerks the one who was idle for longer takes the customer.
        staff = d.store.on_duty(hour)
        one = staff[int(rng.random() * len(staff))]
        two = staff[int(rng.random() * len(staff))]
        d.clerk = one if one.last <= two.last else two

    def count_place(self, d):
        """What the country, the store and the clerk have counted so far."""
        c, clerk, store = d.c, d.clerk, d.store
        day = d.local // DAY
        if c.day != day:
            c.day, c.day_requests = day, 0
        c.day_requests += 1
        if store.day != day:
            store.day, store.day_count = day, 0
        store.day_count += 1
        clerk.count_request(d.now, day)
        d.agent_1h = len(clerk.times)
        d.agent_1d = clerk.day_count
        d.rate = (clerk.day_count + 2) / (c.day_requests / c.clerks + 2)
        if d.rate > RATE_MAX:
            d.rate = RATE_MAX
        d.store_1d = store.day_count
        d.store_rate = (store.day_count + 6) / (store.expected + 6)
        d.override_rate = (clerk.overrides / clerk.total
                           if clerk.total >= CLERK_KNOWN else 0.0)

    def take_line(self, d, quiet):
        """A number, new or seen before, and its last changes."""
        rng, c, recent = self.rng, d.c, self.recent
        calendar = self.calendar
        chance = rng.random()
        if (chance < 0.012 and recent and not quiet
                and d.type != 'port_out'):
            number, code, times = recent[int(rng.random() * len(recent))]
            if code == c.code and d.now - times[-1] > 2 * DAY:
                d.note = 'repeat_customer'
                d.number = number
                d.latest = calendar.when(c, int(times[-1] + c.offset))
                d.swaps_30d = sum(d.now - t < 30 * DAY for t in times)
                d.swaps_90d = len(times)
                times.append(d.now)
                del times[:-CHANGES_KEPT]
                return
        d.number = c.new_number()
        d.swaps_30d = d.swaps_90d = 0
        # A line that the log does not know had its last change before it.
        age = 95 + int(chance * 1500)
        d.latest = (calendar.dates[calendar.first - age]
                    + TIMES[d.local % DAY] + c.zone)
        if d.type != 'port_out' and rng.random() < 0.1:
            recent.append((d.number, c.code, [d.now]))

    def fill_contract(self, d, bits):
        calendar = self.calendar
        d.exemption = 'none'
        d.contract = texts.CONTRACTS[bits % 10]
        d.services = texts.SERVICES[bits // 10 % 10]
        # What many systems leave out is left out at about their rates.
        d.tenure = '' if bits % 16 == 0 else (
            '"subscription_start_date":"%s",'
            % calendar.dates[calendar.first - 40 - (bits >> 8) % 3600])
        d.lock = texts.LOCK_OFF
        d.holder = 'individual'
        d.extra = d.gap = d.recent = ''

    def fill_times(self, d, store, bits):
        local = d.local
        if store:
            d.verified = local + 150 + bits % 200
            d.approved = d.verified + 60 + bits % 90
            d.activated = d.approved + 90 + bits % 240
        else:
            d.verified = local + 60 + bits % 120
            d.approved = d.verified + 30
            d.activated = local + 14500 + bits % 4000
        d.completed = d.activated + 40

    def fill_sim(self, d, store):
        c, serial = d.c, d.serial
        d.old_form = ('eSIM' if d.type in ('esim_device_transfer',
                                           'esim_reinstall') else 'physical')
        d.iccid_old = c.iccid(serial)
        new = c.iccid(serial + 40_000_000)
        d.eid = ''
        if d.type == 'port_out':
            d.new_sim = texts.CARD_ELSEWHERE
        elif d.type == 'sim_replacement':
            d.new_sim = texts.CARD % new
        else:
            d.eid = eid = eid_of(serial * 1009)
            d.new_sim = texts.ESIM % (new, eid, d.hmac, eid)
        old = other = imei_of(serial)
        if d.reason in ('device_change', 'lost', 'stolen'):
            other = imei_of(serial + 77)
        d.device = '' if store and serial % 8 == 0 else (
            texts.DEVICE % (old, other))

    def fill_store(self, d):
        clerk, day = d.clerk, d.local // DAY
        if not clerk.text or day - clerk.trained > TRAINING_LASTS:
            if clerk.text:
                clerk.trained = day - 1
            clerk.text = texts.AGENT % (
                clerk.id, self.calendar.dates[clerk.trained], 'false',
                d.store.approver, 'false')
        d.agent = clerk.text
        d.chan = d.store.chan
        d.by = 'human'
        d.applicant = texts.HOLDER_HERE
        d.distance = ''
        d.session, d.ip_type = d.store.ip, 'corporate'
        d.lines_ip = 1

    def fill_remote(self, d, bits):
        d.agent, d.by = '', 'automatic'
        if d.channel == 'app':
            d.chan = texts.APP_CHANNEL
        elif d.channel == 'website':
            d.chan = d.c.web_channel
        else:
            d.chan = texts.CALL_CHANNEL % d.c.hotline
            d.agent = texts.CALL_AGENT % ((bits >> 24) % 40)
            d.by = 'human'
        d.applicant = texts.HOLDER_AFAR
        bits >>= 36
        d.distance = '"distance_km":%s,' % (bits % 180 / 10)
        d.session = '203.0.113.%d' % (bits % 256)
        # Carriers put many customers behind one address.
        d.ip_type, d.lines_ip = (('mobile', 5 + bits % 50) if bits & 256
                                 else ('residential', 1))
        d.rate = d.store_rate = 1.0
        d.agent_1h = d.agent_1d = d.store_1d = 0
        d.override_rate = 0.0

    def fill_person(self, d, store, bits):
        """Document, registry, face and factors."""
        c, calendar = d.c, self.calendar
        expiry = calendar.dates[calendar.first + bits % 30][4:]
        d.document = texts.DOCUMENT % (
            c.document, d.hmac, c.code, 2027 + bits % 8,
            expiry if expiry != '-02-29' else '-02-28',
            'original' if store else 'digital_id',
            c.read_method if store else 'chip')
        d.registry = c.registry_match
        if c.face or not store and d.channel != 'hotline':
            d.biometric = texts.FACE % (86 + bits % 13, 88 + bits % 11,
                                        'supervised' if store else 'active')
        else:
            d.biometric = texts.NO_FACE
        d.path = 'none'
        d.known = '' if store and bits & 3 else (
            ',"previously_verified_at":"%sT09:00:00%s"'
            % (calendar.dates[calendar.first - 400 - bits % 900], c.zone))
        d.passed, d.failed, d.weak = 2, 0, 'false'
        if store:
            if d.c.face:
                d.factors = texts.STORE_FACE
            elif d.live == 'true' and d.reason == 'upgrade':
                d.factors = texts.STORE_OTP
            else:
                d.factors = texts.STORE_PIN
        elif d.channel == 'hotline':
            d.factors = texts.CALL_SET
        else:
            d.factors = texts.APP_SETS[bits % 10 if d.live == 'true' else 0]

    def fill_care(self, d, store):
        """Notices, bars, delivery, fee, and counters that nothing raises."""
        c, dates = d.c, self.calendar.dates
        to = 'old_sim' if d.live == 'true' and d.status == 'active' and (
            d.reason != 'lost') else 'alternate_number_on_file'
        d.notices = texts.NOTICES % (to, self.calendar.when(c, d.local + 40))
        day = d.completed // DAY
        clock = TIMES[d.completed % DAY] + c.zone
        d.control = texts.CONTROL % (0 if store else 4, dates[day + 1] + clock,
                                     dates[day + 8] + clock)
        if d.type == 'port_out':
            d.delivery = texts.NO_DELIVERY
        elif store:
            d.delivery = texts.COUNTER % (
                'qr_in_store' if d.eid else 'store_pickup', d.store.id)
        elif d.eid:
            d.delivery = texts.IN_APP
        else:
            d.delivery = texts.COURIER % (
                d.hmac[::-1], 'on_file', 'true', '', 'original_id_and_face',
                'true')
        d.fee = '%s,"receipt_no":"R-%d"}' % (c.fee_text, d.serial)
        d.ip_country = c.code
        d.new_device = d.remote_tool = d.emulator = 'false'
        d.lines_doc = d.lines_device = d.lines_address = d.faces = 1
        d.proxy = 0
