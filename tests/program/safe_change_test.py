#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Changing a policy safely: diff, shadow, waivers, days.

usage: safe_change_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import json
import os
import sqlite3

from outside import run, verdicts, main
from own_policy import PACK, WAIVERS, Site, record

PROFILE = """profile: %s
title: Demo
status: example
country: ''
"""
FIRM = """parameters:
  limit: {value: 6, source: demo, confidence: default}
"""

CONTROL = """control: %s
title: Demo
issuer: Demo
country: ''
kind: law
status: example
version: 2026-11-26
checked: never
source: demo
confidence: memory
clauses:
  - {clause: '1', title: One, duty: Be registered.}
"""


class WhatDoesNotCount(Site):
    def screen(self, policy, *records, options=()):
        return run("screen", "--policy", policy, *options,
                   self.log(*records))

    def test_a_rule_in_shadow_is_shown_apart_everywhere(self):
        policy = self.policy("p")
        hurry = record("a", urgency_claimed=True, agent={"registered": True})
        done = self.screen(policy, hurry, options=("--summary",))
        verdict = verdicts(done)[0]
        self.assertEqual((verdict["action"], verdict["score"]), ("pass", 0))
        self.assertTrue(verdict["findings"][0]["shadow"])
        self.assertNotIn("Rules that hit most", done.stderr)
        self.assertIn("On trial", done.stderr)
        self.assertRegex(done.stderr, r" 1  DEM-002 +Somebody is in a hurry")
        for form, expected in (("csv", "a,request,pass,0,DEM-002(shadow),,"),
                               ("table", "pass         0 a\n")):
            done = self.screen(policy, hurry,
                               options=("--output-format", form))
            self.assertIn(expected, done.stdout)
        done = run("explain", "--policy", policy, self.path("log.jsonl"))
        self.assertIn("shadow: shown, does not count", done.stdout)

    def test_the_store_keeps_shadow_and_waived_hits_apart(self):
        policy = self.policy("p", waivers=WAIVERS)
        done = self.screen(
            policy, record("a", urgency_claimed=True,
                           channel={"id": "DL-1"},
                           created_at="2026-11-02T10:00:00+08:00"),
            options=("--db", self.path("v.db")))
        self.assertEqual(verdicts(done)[0]["action"], "pass")
        with sqlite3.connect(self.path("v.db")) as db:
            ask = lambda sql: db.execute(sql).fetchall()
            self.assertEqual(ask("SELECT top_rule FROM verdict"), [("",)])
            self.assertEqual(
                ask("SELECT record_id, rule, score FROM shadow_hit"),
                [("a", "DEM-002", 30.0)])
            self.assertEqual(
                ask("SELECT record_id, rule, waiver, approved_by, why, until "
                    "FROM waived_hit"),
                [("a", "DEM-001", "W-1", "The desk", "The register is down.",
                  "2026-11-30")])

    def test_a_waiver_of_the_command_line(self):
        policy = self.policy("p")
        waivers = self.write("mine.yaml", WAIVERS)
        log = record("a", channel={"id": "DL-1"},
                     created_at="2026-11-02T10:00:00+08:00")
        done = self.screen(policy, log)
        self.assertEqual(verdicts(done)[0]["action"], "hold")
        waived = self.screen(policy, log, options=("--waivers", waivers))
        verdict = verdicts(waived)[0]
        self.assertEqual(verdict["action"], "pass")
        self.assertEqual(verdict["findings"][0]["outcome"], "waived")
        self.assertNotEqual(verdict["policy"]["digest"],
                            verdicts(done)[0]["policy"]["digest"])
        done = run("explain", "--policy", policy, "--waivers", waivers,
                   self.path("log.jsonl"))
        self.assertIn("waived: does not count", done.stdout)
        self.assertIn("W-1 until 2026-11-30: The register is down. (asked by "
                      "Branch 1, approved by The desk)", done.stdout)
        wrong = self.write("wrong.yaml",
                           WAIVERS.replace("DEM-001", "DEM-009"))
        done = self.screen(policy, log, options=("--waivers", wrong))
        self.assertEqual(done.returncode, 2)
        self.assertIn("P190", done.stderr)


    def test_days_and_waivers_are_listed(self):
        policy = self.policy("p", PACK.replace(
            "status: shadow", "active_from: 2026-12-01\n"
            "    active_until: '2027-01-01T00:00:00Z'"), WAIVERS)
        done = run("policy", "list", policy)
        self.assertIn("Somebody is in a hurry  [active from 2026-12-01 until "
                      "2027-01-01T00:00:00Z]", done.stdout)
        self.assertRegex(done.stdout, r"W-1 +DEM-001 +until 2026-11-30")
        done = run("policy", "show", policy)
        self.assertIn("waived   by W-1 until 2026-11-30 when "
                      "request.channel.id == 'DL-1'", done.stdout)

    def test_an_instrument_that_is_named_as_a_whole_is_listed_so(self):
        policy = self.policy("p", PACK.replace(
            "    remedy: Register.",
            "    remedy: Register.\n    controls: [demo-law/1, demo-act]"))
        os.makedirs(self.path("p/controls"))
        for name in ("demo-law", "demo-act"):
            self.write("p/controls/%s.yaml" % name, CONTROL % name)
        done = run("policy", "list", policy)
        self.assertRegex(done.stdout, r"demo-act .* 1 clauses,  0 served by "
                                      r"rules and the whole named, 0 not")
        self.assertRegex(done.stdout, r"demo-law .* 1 clauses,  1 served by "
                                      r"rules, 0 not checkable: Demo")


class Differences(Site):
    def test_a_profile_that_keeps_its_value_is_told_beside_a_default(self):
        limited = PACK.replace("rules:\n", """parameters:
  limit: {type: int, default: %d, doc: Changes that are many.}
rules:
""", 1).replace("flag: request.urgency_claimed",
                "flag: request.history.sim_swaps_30d > profile.limit")
        paths = []
        for name, limit in (("old", 5), ("new", 4)):
            paths.append(self.policy(name, limited % limit))
            os.makedirs(self.path(name + "/profiles"))
            for profile, more in (("generic", ""), ("demo-firm", FIRM)):
                self.write("%s/profiles/%s.yaml" % (name, profile),
                           PROFILE % profile + more)
        done = run("policy", "diff", *paths)
        self.assertIn("    default  5 → 4\n    profile demo-firm keeps 6\n",
                      done.stdout)
        self.assertNotIn("generic keeps", done.stdout)
        parts = json.loads(run("policy", "diff", "--format", "json",
                               *paths).stdout)["parameters"][0]["keys"]
        self.assertEqual(parts[0]["kept"],
                         [{"profile": "demo-firm", "value": "6"}])

    def test_fail_on_change_and_formats(self):
        old = self.policy("old")
        new = self.policy("new", PACK.replace("score: 45", "score: 50"),
                          WAIVERS)
        same = run("policy", "diff", "--fail-on-change", old, old)
        self.assertEqual(same.returncode, 0, same.stderr)
        self.assertIn("The policies are the same.", same.stdout)
        done = run("policy", "diff", old, new)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("score  45 → 50", done.stdout)
        self.assertNotIn("\x1b", done.stdout)
        done = run("policy", "diff", "--fail-on-change", "--format", "json",
                   old, new)
        self.assertEqual(done.returncode, 1)
        diff = json.loads(done.stdout)
        self.assertEqual(diff["changes"], 2)
        self.assertEqual(diff["rules"][0]["keys"],
                         [{"key": "score", "old": "45", "new": "50"}])
        self.assertEqual(diff["waivers"][0]["change"], "added")

    def test_lists_of_one_side(self):
        pack = PACK.replace("flag: request.urgency_claimed",
                            "flag: in_list('known', request.channel.id)")
        policy = self.policy("now", pack.replace("    status: shadow\n", ""))
        for folder, value in (("now/demo/lists", "DL-1"), ("draft", "DL-2")):
            os.makedirs(self.path(folder))
            self.write(os.path.join(folder, "known.yaml"), f"""list: known
title: Known outlets
of: text
status: reviewed
version: 2026-11-24
checked: 2026-11-24
source: our own desk
entries: [{value}]
""")
        draft = self.path("draft")
        agent = {"registered": True}
        log = self.log(record("a", channel={"id": "DL-1"}, agent=agent),
                       record("b", channel={"id": "DL-2"}, agent=agent))
        sides = ("--old", policy, "--new", policy)
        for lists, moves in (((), (0, 0)), (("--new-lists", draft), (1, 1)),
                             (("--old-lists", draft), (1, 1)),
                             (("--lists", draft), (0, 0))):
            done = run("replay", *sides, *lists, "--format", "json", log)
            self.assertEqual(done.returncode, 0, done.stderr)
            report = json.loads(done.stdout)
            self.assertEqual((report["raised"], report["lowered"]), moves,
                             lists)
            done = run("policy", "diff", "--fail-on-change", *lists, policy,
                       policy)
            self.assertEqual(done.returncode, int(moves != (0, 0)), lists)
        done = run("replay", "--new-lists", draft, "--db", "none.db")
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    main()
