# SPDX-License-Identifier: Apache-2.0
"""A site with a policy of its own."""
import json
import os

from outside import CHECKOUT, Scratch

POLICIES = os.path.join(CHECKOUT, "policies")
RECORDS = ("requests.jsonl", "messages.jsonl", "requests_export.csv",
           "article_demo.txt")

PACK = """pack: demo
version: 1.0.0
asks: request
title: A sample
families: {general: General}
rules:
  - id: DEM-001
    title: The agent is not registered
    family: general
    severity: high
    score: 45
    require: request.agent.registered
    reason: Not registered.
    remedy: Register.
  - id: DEM-002
    title: Somebody is in a hurry
    family: general
    severity: low
    score: 30
    status: shadow
    flag: request.urgency_claimed
    reason: A hurry.
"""

WAIVERS = """waivers:
  - id: W-1
    rule: DEM-001
    when: request.channel.id == 'DL-1'
    asked_by: Branch 1
    approved_by: The desk
    why: The register is down.
    until: 2026-11-30
"""


def record(name, **fields):
    return json.dumps(dict({"kind": "request", "request_id": name}, **fields))


class Site(Scratch):
    """A site with a policy of its own."""

    def policy(self, name, pack=PACK, waivers=None):
        folder = self.path(name)
        os.makedirs(os.path.join(folder, "demo"))
        self.write(os.path.join(name, "demo", "pack.yaml"), pack)
        if waivers:
            self.write(os.path.join(name, "waivers.yaml"), waivers)
        return folder

    def log(self, *records):
        return self.write("log.jsonl", "".join(r + "\n" for r in records))
