# SPDX-License-Identifier: Apache-2.0
"""The log as CSV with our dotted names. The columns are those of all that such a
log can hold, whatever this one holds, so that tables of several logs can be
joined; a value without a column is an error, not lost."""
import csv
import io
import json

FACTOR_MEMBERS = ('type', 'category', 'destination_type',
                  'destination_changed_at', 'result', 'attempts',
                  'age_seconds')
NOTICE_MEMBERS = ('event', 'channel', 'destination_type', 'sent_at', 'status',
                  'response')
EVIDENCE_MEMBERS = ('type', 'sha256')
COLUMNS = '''
kind schema_version request_id operator_id country policy_profile exemption
created_at verified_at approved_at activated_at completed_at phone_number
contract_type subscription_start_date line_status line_active_on_network
account_lock.sim_change account_lock.port_out customer_at_risk linked_services
holder.type sim.old.form sim.old.iccid sim.old.presented sim.new.form
sim.new.iccid sim.new.eid sim.new.smdp_address sim.new.activation_code_hash
sim.new.confirmation_code_required sim.new.profile_state
sim.new.profile_downloads sim.new.download_eid device.old.imei device.new.imei
device.new.blocklisted request_type reason reason_text attempt_no
urgency_claimed channel.type channel.id channel.domain channel.app_id
channel.app_signature_ok channel.hotline_number channel.official_status
channel.authorised_services channel.open_hours agent.id agent.registered
agent.last_trained_at agent.accessed_cpni_before_auth
agent.second_approver_id agent.override_used agent.override_reason
agent.store_terminal_match applicant.role applicant.in_person
applicant.name_match applicant.birthdate_match poa.type poa.holder_contacted
poa.holder_id_seen poa.proxy_face_captured poa.expires_at
identity.document.type identity.document.number_hash
identity.document.country identity.document.expiry_date
identity.document.presented_as identity.document.read_method
identity.document.authenticity_result identity.registry_check.result
identity.registry_check.source identity.matches_subscriber_record
identity.biometric.type identity.biometric.result
identity.biometric.match_score identity.biometric.threshold
identity.biometric.liveness_score identity.biometric.liveness_type
identity.biometric.spoof_detected identity.alternative_path identity.ial
identity.previously_verified_at auth.passed_factor_count auth.failed_count
auth.weak_only control.cooling_off_hours control.sms_bar_until
control.port_bar_until control.call_forward_reset control.voicemail_pin_reset
control.relying_parties_notified delivery.method delivery.pickup_store_id
delivery.address_hash delivery.address_source
delivery.matches_address_on_file delivery.address_changed_at
delivery.recipient_id_check delivery.activation_after_receipt fee.amount
fee.currency fee.tariff_amount fee.payment_method fee.payee fee.receipt_no
recent.password_changed_at recent.email_changed_at recent.address_changed_at
recent.contact_number_changed_at history.latest_sim_change
history.sim_swaps_30d history.sim_swaps_90d history.rejected_24h
history.failed_auth_24h history.port_requests_30d history.fraud_reports_365d
session.ip session.ip_country session.ip_type session.new_device
session.emulator_or_rooted session.distance_km session.remote_access_tool
counter.agent_swaps_1h counter.agent_swaps_1d counter.agent_rate_ratio
counter.agent_override_rate counter.store_swaps_1d counter.store_rate_ratio
counter.document_lines_30d counter.device_requests_7d counter.ip_requests_1d
counter.address_requests_30d counter.eid_lines_30d counter.imei_lines_30d
counter.email_accounts_30d counter.proxy_requests_30d counter.face_reuse_30d
outcome.state outcome.decision outcome.decided_by
outcome.customer_informed_at consent.biometric
'''.split()

# Lists of objects: how many columns each gets.
LISTS = (('auth.factors', 4, FACTOR_MEMBERS),
         ('notifications', 1, NOTICE_MEMBERS),
         ('evidence', 3, EVIDENCE_MEMBERS))
LIST_NAMES = {name for name, _, _ in LISTS}
ALL_COLUMNS = COLUMNS + [
    '%s[%d].%s' % (name, index, member)
    for name, count, members in LISTS
    for index in range(count) for member in members]
COLUMN_NAMES = set(ALL_COLUMNS)


def flatten(value, name, out):
    for key, member in value.items():
        path = name + '.' + key if name else key
        if isinstance(member, dict):
            flatten(member, path, out)
        elif isinstance(member, list) and path in LIST_NAMES:
            for index, item in enumerate(member):
                flatten(item, '%s[%d]' % (path, index), out)
        elif isinstance(member, list):
            out[path] = json.dumps(member)
        elif isinstance(member, bool):
            out[path] = 'true' if member else 'false'
        else:
            out[path] = member


class Table:
    def __init__(self):
        self.buffer = io.StringIO()
        self.writer = csv.writer(self.buffer)
        self.writer.writerow(ALL_COLUMNS)

    def rows(self, lines):
        """These records as text; before the first ones, the header."""
        for line in lines:
            out = {}
            flatten(json.loads(line), '', out)
            lost = sorted(set(out) - COLUMN_NAMES)
            if lost:
                raise KeyError('no column for ' + ', '.join(lost))
            self.writer.writerow([out.get(name, '') for name in ALL_COLUMNS])
        text = self.buffer.getvalue()
        self.buffer.seek(0)
        self.buffer.truncate()
        return text
