# SPDX-License-Identifier: Apache-2.0
"""Pieces of JSON, ready to be joined: building every record as objects and
dumping them would take three times as long."""

# ------------------------------------------------------------------- channels

STORE_CHANNEL = ('{"type":"%s","id":"%s","official_status":"%s",'
                 '"authorised_services":["sim_replacement","esim_conversion",'
                 '"port_out"],"open_hours":"%s"}')
APP_CHANNEL = ('{"type":"app","id":"app","app_id":"com.example.operator",'
               '"app_signature_ok":true,"official_status":"official"}')
WEB_CHANNEL = ('{"type":"website","id":"web","domain":"%s",'
               '"official_status":"official"}')
CALL_CHANNEL = ('{"type":"hotline","hotline_number":"%s",'
                '"official_status":"official"}')

AGENT = ('{"id":"%s","registered":true,"last_trained_at":"%s",'
         '"accessed_cpni_before_auth":%s,"second_approver_id":"%s",'
         '"override_used":%s,"store_terminal_match":true}')
CALL_AGENT = ('{"id":"a-call-%02d","registered":true,'
              '"accessed_cpni_before_auth":false,'
              '"second_approver_id":"a-call-m","override_used":false}')

# --------------------------------------------------------- holders and proxies

HOLDER = ('{"role":"holder","in_person":%s,"name_match":"true",'
          '"birthdate_match":"true"},"poa":{"type":"none"}')
HOLDER_HERE, HOLDER_AFAR = HOLDER % 'true', HOLDER % 'false'
PROXY = ('{"role":"%s","in_person":true,"name_match":"true",'
         '"birthdate_match":"true"},"poa":%s')


def letter(contacted, expires, kind='letter'):
    """Of a holder whose papers were seen."""
    return ('{"type":"%s","holder_contacted":%s,"holder_id_seen":true,'
            '"proxy_face_captured":true,"expires_at":"%s"}'
            % (kind, contacted, expires))


def unchecked_letter(kind):
    return ('{"type":"%s","holder_contacted":false,"holder_id_seen":false,'
            '"proxy_face_captured":false}' % kind)


# ------------------------------------------------------- documents and factors

DOCUMENT = ('{"type":"%s","number_hash":"hmac256:%s","country":"%s",'
            '"expiry_date":"%d%s","presented_as":"%s","read_method":"%s",'
            '"authenticity_result":"pass"}')
REGISTRY_MATCH = '{"result":"match","source":"%s"}'
REGISTRY_DOWN = '{"result":"unavailable","source":"%s"}'
NO_REGISTRY = '{"result":"not_done"}'
FACE = ('{"type":"face","result":"match","match_score":0.%d,"threshold":0.8,'
        '"liveness_score":0.%d,"liveness_type":"%s","spoof_detected":false}')
FACE_SKIPPED = '{"type":"face","result":"not_done"}'
NO_FACE = '{"type":"none","result":"not_done"}'
FACE_IMAGE = ',{"type":"face_image","sha256":"%s%s"}'


def factor(kind, category, destination='none', result='pass', more=''):
    return ('{"type":"%s","category":"%s","destination_type":"%s",'
            '"result":"%s","attempts":1%s}'
            % (kind, category, destination, result, more))


def factors(*several):
    return '[%s]' % ','.join(several)


IN_PERSON = factor('id_in_person', 'evidence')
FACE_FACTOR = factor('biometric', 'inherence')
PIN = factor('pin_account', 'knowledge')
PASSKEY = factor('passkey', 'possession', 'app_on_trusted_device',
                 more=',"age_seconds":21')
OTP_LINE = factor('otp_sms', 'possession', 'number_being_replaced',
                  more=',"age_seconds":38')
CALLBACK = factor('callback', 'possession', 'alternate_number_on_file')
OTP_MAIL = factor('otp_email', 'possession', 'email_on_file',
                  more=',"age_seconds":64')
STORE_FACE = factors(IN_PERSON, FACE_FACTOR)
STORE_PIN = factors(IN_PERSON, PIN)
STORE_OTP = factors(IN_PERSON, OTP_LINE)
APP_SETS = ([factors(PASSKEY, FACE_FACTOR)] * 6
            + [factors(OTP_LINE, FACE_FACTOR)] * 3
            + [factors(OTP_MAIL, FACE_FACTOR)])
CALL_SET = factors(PIN, CALLBACK)

# -------------------------------------------------------------- lines and cards

CONTRACTS = ['PAYG'] * 5 + ['PAYM'] * 4 + ['Business']
SERVICES = ['["bank_2fa"]'] * 5 + ['["bank_2fa","social"]'] * 2 + [
    '["mobile_money"]', '["none"]', '["unknown"]']

LOCK_OFF = '{"sim_change":false,"port_out":false}'
LOCK_ON = '{"sim_change":true,"port_out":true}'

ESIM = ('{"form":"eSIM","iccid":"%s","eid":"%s",'
        '"smdp_address":"smdp.example.com",'
        '"activation_code_hash":"hmac256:%s",'
        '"confirmation_code_required":true,"profile_state":"enabled",'
        '"profile_downloads":1,"download_eid":"%s"}')
CARD = '{"form":"physical","iccid":"%s"}'
CARD_ELSEWHERE = '{"form":"unknown"}'
DEVICE = ('"device":{"old":{"imei":"%s"},"new":{"imei":"%s",'
          '"blocklisted":false}},')

# ------------------------------------------------------------ care and delivery

NOTICES = ('[{"event":"before_activation","channel":"sms",'
           '"destination_type":"%s","sent_at":"%s","status":"delivered",'
           '"response":"confirmed"}]')
CONTROL = ('{"cooling_off_hours":%d,"sms_bar_until":"%s",'
           '"port_bar_until":"%s","call_forward_reset":true,'
           '"voicemail_pin_reset":true,"relying_parties_notified":true}')
NO_DELIVERY = '{"method":"none"}'
COUNTER = ('{"method":"%s","pickup_store_id":"%s",'
           '"recipient_id_check":"original_id_and_face"}')
IN_APP = '{"method":"in_app","recipient_id_check":"not_applicable"}'
COURIER = ('{"method":"courier","address_hash":"hmac256:%s",'
           '"address_source":"%s","matches_address_on_file":"%s",%s'
           '"recipient_id_check":"%s","activation_after_receipt":%s}')
FEE = ('{"amount":%.2f,"currency":"%s","tariff_amount":%.2f,'
       '"payment_method":"%s","payee":"%s"')
