# SPDX-License-Identifier: Apache-2.0
"""What is odd and innocent: the cases in which a strict reader would cry wolf.
One at most in a request, so that the note in the truth is clear. `chance` is
one draw: the steps below are shares of the requests of stores, or of others,
and its lower digits serve what else has to be drawn."""
from .days import DAY
from .texts import (CALLBACK, IN_PERSON, NO_FACE, PROXY, REGISTRY_DOWN, factor,
                    factors, letter)


def make_odd(d, store, chance, calendar):
    c = d.c
    day = d.local // DAY
    if day == c.campaign_day and store and chance < 0.33:
        d.note = 'campaign_day'
        d.reason, d.extra = 'upgrade', 'campaign 2G-OFF'
        d.presented, d.status = 'returned', 'active'
    elif c.registry and day == c.outage_day and (
            11 <= d.local // 3600 % 24 < 13):
        d.note = 'registry_outage'
        d.registry = REGISTRY_DOWN % c.registry
    elif chance > 0.085:
        return
    elif store:
        odd_in_store(d, chance, calendar)
    else:
        odd_remote(d, chance)


def read_by_hand(d):
    d.document = d.document.replace('"read_method":"%s"' % d.c.read_method,
                                    '"read_method":"manual"')


def odd_in_store(d, chance, calendar):
    c = d.c
    if chance < 0.004:
        d.note = 'broken_reader'
        read_by_hand(d)
        d.extra = 'reader out of order, checked by two people'
    elif chance < 0.024:
        d.note = 'carer'
        d.applicant = PROXY % (
            'authorised_representative',
            letter('true', calendar.dates[d.local // DAY + 40]))
        d.proxy = 1 + int(chance * 1000) % 2
    elif chance < 0.032:
        d.note = 'company_fleet'
        d.holder, d.contract = 'organisation', 'Business'
        d.applicant = PROXY % (
            'company_officer',
            letter('true', calendar.dates[d.local // DAY + 50],
                   'company_letter'))
    elif chance < 0.034:
        d.note = 'override_done_well'
        d.clerk.overrides += 1
        d.agent = d.agent.replace(
            '"override_used":false',
            '"override_used":true,"override_reason":"name spelled '
            'otherwise in the register, second document seen"')
    elif chance < 0.037:
        d.note = 'accommodation'
        d.path = 'disability_accommodation'
        if c.face:
            d.path = 'no_biometrics'
            d.biometric = NO_FACE
            d.factors = factors(IN_PERSON, CALLBACK)
    elif chance < 0.048:
        d.note = 'moved_house'
        d.recent = '"address_changed_at":"%s"' % calendar.when(
            c, d.local - DAY * (4 + int(chance * 1e5) % 24))
    elif chance < 0.050 and c.code == 'US':
        d.note = 'safe_connections'
        d.exemption = 'safe_connections_line_separation'
        d.notices, d.reason = '[]', 'other'
    elif chance < 0.054:
        leave_out(d, ('agent', 'decision', 'official', 'type'), chance)
    elif chance < 0.064:
        d.note = 'slow_day'
        d.verified += 1500
        d.approved += 1500
        d.activated += 5400
        d.completed += 5400


def odd_remote(d, chance):
    c = d.c
    if chance < 0.009:
        d.note = 'traveller'
        d.ip_country = c.neighbours[int(chance * 1e5) % 3]
        d.distance = '"distance_km":%d.0,' % (900 + int(chance * 1e6) % 6000)
    elif chance < 0.021:
        d.note, d.ip_type = 'vpn_user', 'vpn'
        d.lines_ip = 2
    elif chance < 0.055:
        if d.type == 'esim_device_transfer':
            d.note, d.new_device = 'new_phone_day', 'true'
    elif chance < 0.062:
        d.note = 'wrong_code_first'
        wrong = factor('pin_account', 'knowledge', result='fail')
        d.factors = '[' + wrong + ',' + d.factors[1:]
        d.failed = 1
    elif chance < 0.066:
        d.note = 'shaky_download'
        d.new_sim = d.new_sim.replace('"profile_downloads":1',
                                      '"profile_downloads":2')
    elif chance < 0.070:
        d.note = 'family_address'
        d.lines_address = 2
    elif chance < 0.073:
        leave_out(d, ('decision', 'official', 'type'), chance)


def leave_out(d, members, chance):
    d.note = 'clerical_gap'
    d.gap = members[int(chance * 1e6) % len(members)]
