# SPDX-License-Identifier: Apache-2.0
"""One request before it is written, and the cases that requests come in."""


class Draft:
    """Texts are JSON, ready to be joined."""
    __slots__ = (
        'id', 'c', 'store', 'clerk', 'channel', 'note', 'now', 'local',
        'verified', 'approved', 'activated', 'completed', 'exemption',
        'number', 'contract', 'tenure', 'status', 'live', 'lock', 'services',
        'holder', 'old_form', 'presented', 'new_sim', 'iccid_old', 'device',
        'type', 'reason', 'extra', 'chan', 'agent', 'applicant', 'document',
        'registry', 'biometric', 'path', 'known', 'factors', 'passed',
        'failed', 'weak', 'notices', 'control', 'delivery', 'fee', 'recent',
        'latest', 'swaps_30d', 'swaps_90d', 'session', 'ip_country',
        'ip_type', 'new_device', 'distance', 'remote_tool', 'emulator',
        'rate', 'store_rate', 'agent_1h', 'agent_1d', 'store_1d',
        'override_rate', 'lines_doc', 'lines_device', 'lines_ip',
        'lines_address', 'proxy', 'faces', 'by', 'gap', 'eid', 'hmac',
        'serial')


# (type, reason, old card presented, live on the network, line status)
DAMAGED_HERE = ('sim_replacement', 'damaged', 'returned', 'false', 'active')
FAULTY_HERE = ('sim_replacement', 'faulty', 'returned', 'false', 'active')
LOST_BARRED = ('sim_replacement', 'lost', 'not_available', 'false',
               'suspended_lost')
LOST_BARRED_LIVE = ('sim_replacement', 'lost', 'not_available', 'true',
                    'suspended_lost')
LOST = ('sim_replacement', 'lost', 'not_available', 'true', 'active')
STOLEN = ('sim_replacement', 'stolen', 'not_available', 'false',
          'suspended_lost')
UPGRADE_HERE = ('sim_replacement', 'upgrade', 'returned', 'true', 'active')
CONVERT_HERE = ('esim_conversion', 'form_change', 'returned', 'true', 'active')
DAMAGED = ('sim_replacement', 'damaged', 'not_asked', 'false', 'active')
FAULTY = ('sim_replacement', 'faulty', 'not_asked', 'false', 'active')
UPGRADE = ('sim_replacement', 'upgrade', 'not_asked', 'true', 'active')
CONVERT = ('esim_conversion', 'form_change', 'not_asked', 'true', 'active')
TRANSFER = ('esim_device_transfer', 'device_change', 'not_asked', 'true',
            'active')
REINSTALL = ('esim_reinstall', 'faulty', 'not_asked', 'false', 'active')
PORT = ('port_out', 'other', 'not_asked', 'true', 'active')

# A hundred each: a case is picked by a remainder.
STORE_CASES = (
    [DAMAGED_HERE] * 25 + [FAULTY_HERE] * 11 + [LOST_BARRED] * 24
    + [LOST_BARRED_LIVE] * 5 + [LOST] * 2 + [STOLEN] * 7 + [UPGRADE_HERE] * 16
    + [CONVERT_HERE] * 10)
APP_CASES = ([TRANSFER] * 45 + [CONVERT] * 26 + [REINSTALL] * 8
             + [DAMAGED] * 19 + [PORT] * 2)
COURIER_CASES = [DAMAGED] * 60 + [FAULTY] * 25 + [UPGRADE] * 15
