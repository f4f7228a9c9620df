# SPDX-License-Identifier: Apache-2.0
"""What fraud does to a request. A scenario is one run of a typology: one or
several requests that share a place, a document or a number. An alteration
takes a request in good order and breaks what that fraud breaks, nothing else,
so that the truth is sharp."""
from .days import DAY
from .draft import CONVERT, DAMAGED, LOST, PORT, TRANSFER
from .identifiers import eid_of
from .oddities import read_by_hand
from .texts import (AGENT, COURIER, FACE_SKIPPED, FEE, IN_PERSON, LOCK_ON,
                    NO_FACE, OTP_LINE, PIN, PROXY, factor, factors, letter,
                    unchecked_letter)


class Typology:
    def __init__(self, alter, doc, families, channel, cases, **more):
        self.name = alter.__name__
        self.alter = alter         # (draft, scenario, calendar)
        self.doc = doc
        self.families = families   # of the rules that should notice
        self.channel = channel
        self.cases = cases         # of its steps; the last one stays
        self.weight = more.get('weight', 1.0)
        self.size = more.get('size', (1, 1))            # requests
        self.gap = more.get('gap', (3600.0, DAY))       # seconds between
        self.countries = more.get('countries')          # None: all


class Scenario:
    def __init__(self, kind, c, rng, number):
        self.kind = kind
        self.c = c
        self.id = number
        self.step = 0
        self.hmac = '%032x' % rng.getrandbits(128)
        self.serial = rng.getrandbits(24)
        self.place = None      # (store, clerk)
        self.number = None     # the line of the first step
        self.last = 0          # when the step before was activated


TYPOLOGIES = {}
REMOTE_ESIM = ('US', 'GB', 'AU')


def typology(doc, families, channel, cases, **more):
    def register(alter):
        kind = Typology(alter, doc, families, channel, cases, **more)
        TYPOLOGIES[kind.name] = kind
        return alter
    return register


def skip_face(d):
    if d.biometric is not NO_FACE:
        d.biometric = FACE_SKIPPED


def take_copy(d):
    """A photograph of the document is enough."""
    read_by_hand(d)
    d.document = (d.document.replace('"original"', '"photo"')
                  .replace('"authenticity_result":"pass"',
                           '"authenticity_result":"not_done"'))


@typology('a dealer accepts photographs of documents', 'IDV,CHN', 'outside',
          [LOST], weight=1.4, size=(1, 4))
def forged_copy_dealer(d, run, calendar):
    take_copy(d)
    skip_face(d)
    d.lines_doc = 1 + run.step


@typology('a clerk overrides controls for a batch', 'COL,NOT', 'store',
          [LOST], weight=0.5, size=(6, 12), gap=(120.0, 420.0))
def insider_override_burst(d, run, calendar):
    d.clerk.overrides += 1
    d.agent = AGENT % (d.clerk.id, calendar.dates[d.clerk.trained], 'true',
                       d.clerk.id, 'true')
    skip_face(d)
    d.factors, d.passed = factors(IN_PERSON), 1
    d.verified = d.local + 12
    d.approved = d.local + 25
    d.notices = '[]'


@typology('password, mail and contact change, then the SIM', 'CHG,AUT', 'app',
          [CONVERT], weight=1.3, countries=REMOTE_ESIM)
def account_takeover_then_swap(d, run, calendar):
    first = d.local - 9000 - run.serial % 50000
    password, mail, contact = [calendar.when(d.c, first + later)
                               for later in (0, 240, 420)]
    d.recent = ('"password_changed_at":"%s","email_changed_at":"%s",'
                '"contact_number_changed_at":"%s"' % (password, mail, contact))
    d.factors = factors(
        '{"type":"otp_email","category":"possession",'
        '"destination_type":"email_on_file","destination_changed_at":"%s",'
        '"result":"pass","attempts":1,"age_seconds":33}' % mail,
        factor('password', 'knowledge'))
    skip_face(d)
    d.new_device = 'true'
    d.ip_type = 'vpn'


@typology('the code goes to the line said to be lost', 'AUT', 'store', [LOST],
          weight=1.3)
def otp_to_lost_number(d, run, calendar):
    d.factors, d.passed, d.weak = factors(OTP_LINE), 1, 'true'
    skip_face(d)


@typology('a representative without a letter', 'REP', 'store', [LOST],
          weight=1.2, size=(1, 2))
def proxy_without_authority(d, run, calendar):
    d.applicant = PROXY % ('authorised_representative',
                           unchecked_letter('none'))
    d.proxy = 1 + run.step


@typology('a card sent to an address just changed', 'DLV,CHG', 'website',
          [DAMAGED], weight=1.2, size=(1, 5),
          countries=('CN', 'US', 'NG', 'GB'))
def courier_new_address(d, run, calendar):
    d.recent = '"address_changed_at":"%s"' % calendar.when(
        d.c, d.local - 20000 - run.serial % 90000)
    d.delivery = COURIER % (
        run.hmac, 'phoned_in' if run.serial & 1 else 'agent_typed', 'false',
        d.recent + ',', 'name_only', 'false')
    d.lines_address = 1 + run.step


@typology('the activation picture goes through a chat', 'ESM', 'app',
          [CONVERT], weight=0.9, countries=REMOTE_ESIM)
def esim_code_by_chat(d, run, calendar):
    d.delivery = '{"method":"qr_chat","recipient_id_check":"none"}'
    d.new_sim = d.new_sim.replace('"confirmation_code_required":true',
                                  '"confirmation_code_required":false')


@typology('another chip fetches the profile', 'ESM', 'app', [TRANSFER],
          weight=0.8, countries=REMOTE_ESIM)
def esim_eid_mismatch(d, run, calendar):
    thief = eid_of(run.serial * 1013 + 5)
    d.new_sim = (d.new_sim.replace('"download_eid":"' + d.eid,
                                   '"download_eid":"' + thief)
                 .replace('"profile_downloads":1',
                          '"profile_downloads":%d' % (2 + run.step)))


@typology('the card is replaced, then the number leaves', 'AUT,PRT', 'store',
          [LOST, PORT], weight=0.9, size=(2, 2), gap=(0.4 * DAY, 5.0 * DAY))
def swap_then_port(d, run, calendar):
    if run.step == 0:
        otp_to_lost_number(d, run, calendar)
        return
    d.number = run.number
    d.latest = calendar.when(d.c, run.last)
    d.swaps_30d = d.swaps_90d = 1
    d.notices = d.notices.replace('"confirmed"', '"none"', 1)
    d.factors = factors(OTP_LINE, PIN)


@typology('one document replaces many lines', 'VEL', 'store', [DAMAGED],
          weight=0.5, size=(4, 10), gap=(1800.0, 2.0 * DAY))
def id_mule_many_lines(d, run, calendar):
    d.document = d.document.replace(d.hmac, run.hmac)
    d.lines_doc = 1 + run.step
    d.faces = 1 + run.step // 3


@typology('a seller outside the operator', 'CHN', 'outside', [LOST],
          weight=1.2, size=(1, 3))
def unofficial_channel(d, run, calendar):
    kinds = ('third_party', 'dealer', 'kiosk')
    d.chan = ('{"type":"%s","id":"X-%04d","official_status":"%s"}'
              % (kinds[run.serial % 3], run.serial % 10000,
                 'blacklisted' if run.serial & 8 else 'unofficial'))
    d.agent = d.agent.replace('"registered":true', '"registered":false')
    take_copy(d)


@typology('nobody is told before the new card is live', 'NOT', 'store', [LOST],
          weight=1.1)
def silent_activation(d, run, calendar):
    after = calendar.when(d.c, d.completed)
    d.notices = ('[{"event":"activated","channel":"sms",'
                 '"destination_type":"new_sim","sent_at":"%s",'
                 '"status":"delivered","response":"not_applicable"}]' % after)
    d.activated = d.approved + 30
    d.completed = d.activated + 20


@typology('the fee goes to a private person', 'FEE', 'store', [DAMAGED],
          weight=0.8)
def fee_to_person(d, run, calendar):
    fee = d.c.fee or 10.0
    methods = ('transfer_to_person', 'crypto', 'gift_card')
    d.fee = FEE % (fee * (4 + run.serial % 9), d.c.currency, d.c.fee,
                   methods[run.serial % 3], 'individual') + '}'


@typology('the victim\'s phone is steered from afar', 'SES', 'app', [TRANSFER],
          weight=0.9, size=(1, 4), gap=(600.0, 20000.0), countries=REMOTE_ESIM)
def remote_control_session(d, run, calendar):
    d.remote_tool = 'true'
    d.emulator = 'true' if run.serial & 1 else 'false'
    d.distance = '"distance_km":620.0,'
    d.lines_device = 1 + run.step
    d.control = d.control.replace('"cooling_off_hours":4',
                                  '"cooling_off_hours":0')
    d.activated = d.approved + 60
    d.completed = d.activated + 30


@typology('the line of a dead person, no court papers', 'REP', 'store',
          [DAMAGED], weight=0.5)
def estate_takeover(d, run, calendar):
    d.holder, d.reason = 'deceased_estate', 'estate'
    d.applicant = PROXY % ('executor', unchecked_letter('letter'))
    d.status = 'dormant'


@typology('approved although the holder\'s lock is on', 'AUT', 'store',
          [DAMAGED], weight=0.7)
def lock_ignored(d, run, calendar):
    d.lock = LOCK_ON


@typology('questions guessed until one answer is right', 'AUT', 'hotline',
          [DAMAGED], weight=0.8, countries=('US',))
def weak_questions(d, run, calendar):
    wrong = factor('kba_static', 'knowledge', result='fail')
    d.factors = factors(wrong, wrong, wrong,
                        factor('kba_payment', 'knowledge'))
    d.passed, d.failed, d.weak = 1, 3, 'true'
    skip_face(d)


@typology('checks are dated before the request', 'REC', 'store', [DAMAGED],
          weight=0.6)
def back_dated_papers(d, run, calendar):
    d.verified = d.local - 5400
    d.approved = d.local - 4800
    read_by_hand(d)


@typology('a store\'s credential from elsewhere', 'CHN', 'store', [LOST],
          weight=0.6, size=(1, 3), gap=(300.0, 3000.0))
def stolen_terminal(d, run, calendar):
    d.agent = d.agent.replace('"store_terminal_match":true',
                              '"store_terminal_match":false')
    d.ip_type = 'hosting'


@typology('one representative for many holders', 'COL', 'store', [LOST],
          weight=0.5, size=(3, 6), gap=(7200.0, 3.0 * DAY))
def professional_proxy(d, run, calendar):
    d.applicant = PROXY % (
        'authorised_representative',
        letter('false', calendar.dates[d.local // DAY + 20]))
    d.proxy = 3 + run.step
