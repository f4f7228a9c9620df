# SPDX-License-Identifier: Apache-2.0
"""A draft as a line of JSON. Most of a record stands in the draft as text, so
it is laid out by hand; every text is ours, so nothing needs escaping."""
import json

from .days import DAY, TIMES
from .texts import FACE_IMAGE, NO_FACE


def line_of(d, dates):
    zone = d.c.zone
    times = [dates[at // DAY] + TIMES[at % DAY] + zone
             for at in (d.local, d.verified, d.approved, d.activated,
                        d.completed)]
    line = f'{opening(d, times)}{middle(d)}{ending(d, times[-1])}'
    return without(line, d.gap) if d.gap else line


def opening(d, times):
    """The request itself, the line, its cards and the device."""
    created, verified, approved, activated, completed = times
    extra = f',"reason_text":"{d.extra}"' if d.extra else ''
    return (
        f'{{"kind":"request","schema_version":"1.0.0","request_id":"{d.id}",'
        f'{d.c.head},"exemption":"{d.exemption}","created_at":"{created}",'
        f'"verified_at":"{verified}","approved_at":"{approved}",'
        f'"activated_at":"{activated}","completed_at":"{completed}",'
        f'"phone_number":"{d.number}","contract_type":"{d.contract}",'
        f'{d.tenure}'
        f'"line_status":"{d.status}","line_active_on_network":{d.live},'
        f'"account_lock":{d.lock},"customer_at_risk":false,'
        f'"linked_services":{d.services},"holder":{{"type":"{d.holder}"}},'
        f'"sim":{{"old":{{"form":"{d.old_form}","iccid":"{d.iccid_old}",'
        f'"presented":"{d.presented}"}},"new":{d.new_sim}}},'
        f'{d.device}"request_type":"{d.type}",'
        f'"reason":"{d.reason}"{extra},"attempt_no":1,'
        f'"urgency_claimed":false,')


def middle(d):
    """Who asked, how that was checked, and what was done with care."""
    agent = f'"agent":{d.agent},' if d.agent else ''
    recent = f'"recent":{{{d.recent}}},' if d.recent else ''
    return (
        f'"channel":{d.chan},{agent}'
        f'"applicant":{d.applicant},"identity":{{"document":{d.document},'
        f'"registry_check":{d.registry},'
        f'"matches_subscriber_record":"true",'
        f'"biometric":{d.biometric},"alternative_path":"{d.path}",'
        f'"ial":"IAL2"{d.known}}},'
        f'"auth":{{"factors":{d.factors},"passed_factor_count":{d.passed},'
        f'"failed_count":{d.failed},"weak_only":{d.weak}}},'
        f'"notifications":{d.notices},"control":{d.control},'
        f'"delivery":{d.delivery},"fee":{d.fee},{recent}'
        f'"history":{{"latest_sim_change":"{d.latest}",'
        f'"sim_swaps_30d":{d.swaps_30d},"sim_swaps_90d":{d.swaps_90d},'
        f'"rejected_24h":0,"failed_auth_24h":{d.failed},'
        f'"port_requests_30d":0,"fraud_reports_365d":0}},'
        f'"session":{{"ip":"{d.session}","ip_country":"{d.ip_country}",'
        f'"ip_type":"{d.ip_type}","new_device":{d.new_device},'
        f'"emulator_or_rooted":{d.emulator},{d.distance}'
        f'"remote_access_tool":{d.remote_tool}}},')


def ending(d, completed):
    """Counters, the outcome, and what was kept."""
    hmac = d.hmac
    rest = hmac[2:]
    if d.biometric is NO_FACE:
        face, consent = '', 'false'
    else:
        face, consent = FACE_IMAGE % (hmac, hmac), 'true'
    return (
        f'"counter":{{"agent_swaps_1h":{d.agent_1h},'
        f'"agent_swaps_1d":{d.agent_1d},"agent_rate_ratio":{d.rate:.2f},'
        f'"agent_override_rate":{d.override_rate:.3f},'
        f'"store_swaps_1d":{d.store_1d},'
        f'"store_rate_ratio":{d.store_rate:.2f},'
        f'"document_lines_30d":{d.lines_doc},'
        f'"device_requests_7d":{d.lines_device},'
        f'"ip_requests_1d":{d.lines_ip},'
        f'"address_requests_30d":{d.lines_address},'
        f'"eid_lines_30d":1,"imei_lines_30d":1,'
        f'"email_accounts_30d":1,"proxy_requests_30d":{d.proxy},'
        f'"face_reuse_30d":{d.faces}}},'
        f'"outcome":{{"state":"completed","decision":"approve",'
        f'"decided_by":"{d.by}","customer_informed_at":"{completed}"}},'
        f'"evidence":[{{"type":"id_scan","sha256":"{hmac}00{rest}"'
        f'}},{{"type":"form","sha256":"{hmac}01{rest}"}}{face}],'
        f'"consent":{{"biometric":{consent}}}}}\n')


def without(line, gap):
    """A line from which a clerk left something out."""
    record = json.loads(line)
    if gap == 'agent' and 'agent' in record:
        record['agent'].pop('id', None)
    elif gap == 'decision':
        record['outcome'].pop('decision', None)
    elif gap == 'official':
        record['channel'].pop('official_status', None)
    elif gap == 'type':
        record['identity']['document'].pop('type', None)
    return json.dumps(record, separators=(',', ':')) + '\n'
