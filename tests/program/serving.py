# SPDX-License-Identifier: Apache-2.0
"""What tests of the daemon's HTTP door share."""
import json
import os

from daemon import Daemon
from outside import CHECKOUT, Scratch

POLICIES = os.path.join(CHECKOUT, "policies")
# Begins in half the time that all packs take, and comes into force again in a
# tenth of it: for all that is not about what rules say.
ONE_PACK = os.path.join(POLICIES, "smishing")
THREAT = {"kind": "message", "id": "demo-1", "transport": "sms",
          "text": "Your SIM will be blocked today. Confirm at "
                  "http://secure-verify.example/sim or add Telegram @demo_fix"}
# No two are the same record.
UNNAMED = {key: value for key, value in THREAT.items() if key != "id"}


def without_source(line):
    verdict = json.loads(line)
    verdict.pop("source", None)
    return verdict


def post(path, body, **fields):
    """The bytes of a request."""
    head = ["POST %s HTTP/1.1" % path, "Host: localhost",
            "Content-Length: %d" % len(body)]
    head += ["%s: %s" % (name.replace("_", "-"), value)
             for name, value in fields.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Serving(Scratch):
    rules = POLICIES
    settings = "listen:\n- {door: http, at: 'tcp:127.0.0.1:0'}\n"

    def setUp(self):
        super().setUp()
        self.daemon = self.started(self.settings)

    def started(self, settings):
        if "policies:" not in settings:
            settings = "policies: [%s]\n" % self.rules + settings
        daemon = Daemon(self.write("simwarden.yaml", settings))
        self.addCleanup(daemon.stop)
        return daemon
