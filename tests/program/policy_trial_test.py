#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""policy test from outside: coverage, mutants, suggestions, JUnit.

usage: policy_trial_test.py SIMWARDEN CHECKOUT [unittest options]

UPDATE_GOLDEN=1 rewrites tests/trial/demo.out.
"""
import json
import os
import shutil
import unittest
import xml.etree.ElementTree as xml

from outside import CHECKOUT, Scratch, run, main
from own_policy import PACK, POLICIES, WAIVERS, Site, record

DEMO = os.path.join("tests", "trial", "demo")
GOLDEN = os.path.join(CHECKOUT, "tests", "trial", "demo.out")


class Demo(Scratch):
    def demo(self):
        """A copy of the demo pack that a test may change."""
        shutil.copytree(os.path.join(CHECKOUT, DEMO), self.path("demo"))
        return self.path("demo")

    def append(self, pack, text):
        path = os.path.join(pack, "tests.yaml")
        with open(path, encoding="utf-8") as file:
            before, after = file.read().split("survivors:\n")
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + text + "survivors:\n" + after)

    def test_what_is_not_proven_is_listed_and_fails(self):
        done = run("policy", "test", "--coverage", "--mutants", DEMO,
                   cwd=CHECKOUT)
        self.assertEqual(done.returncode, 2, done.stderr)
        if os.environ.get("UPDATE_GOLDEN"):
            with open(GOLDEN, "w", encoding="utf-8") as file:
                file.write(done.stdout)
        with open(GOLDEN, encoding="utf-8") as file:
            self.assertEqual(done.stdout, file.read())

    def test_a_case_with_a_mistake_is_no_success(self):
        pack = self.demo()
        path = os.path.join(pack, "tests.yaml")
        with open(path, encoding="utf-8") as file:
            good = file.read()
        self.assertIn("cases:\n", good)
        self.write("demo/tests.yaml", good.replace(
            "cases:\n", "cases:\n  - name: mistyped\n    hits: [X]\n", 1))
        done = run("policy", "test", pack)
        self.assertEqual(done.returncode, 2)
        # It has no `expect`, and `hits` is no key.
        self.assertTrue(done.stdout.endswith(" failed, 2 mistakes\n"),
                        done.stdout)

    def test_suggested_cases_load_as_they_are_and_prove_the_pack(self):
        pack = self.demo()
        made = run("policy", "test", "--suggest", pack)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("cases suggested", made.stderr)
        self.append(pack, made.stdout)
        done = run("policy", "test", "--coverage", "--mutants", pack)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("not reached", done.stdout)
        self.assertNotIn("not noticed", done.stdout)

    def test_suggestions_hide_no_case_that_fails(self):
        pack = self.demo()
        self.append(pack, "  - {name: wrong, text: hello, "
                          "expect: {hit: [DEM-001]}}\n")
        made = run("policy", "test", "--suggest", "--junit",
                   self.path("out.xml"), pack)
        self.assertEqual(made.returncode, 2)
        self.assertIn("FAILED", made.stderr)
        self.assertIn("1 failed", made.stderr)
        self.assertNotIn("FAILED", made.stdout)
        self.assertIn("  - name:", made.stdout)
        suite = xml.parse(self.path("out.xml")).getroot().find("testsuite")
        self.assertEqual(suite.get("failures"), "1")
        made = run("policy", "test", "--suggest", "--junit", "-", pack)
        self.assertEqual(made.returncode, 3)

    def test_a_report_on_stdout_stands_there_alone(self):
        pack = self.demo()
        self.append(pack, "  - {name: wrong, text: hello, "
                          "expect: {hit: [DEM-001]}}\n")
        done = run("policy", "test", "--junit", "-", "--coverage", "--mutants",
                   "--verbose", pack)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(xml.fromstring(done.stdout.encode()).tag,
                         "testsuites")
        for told in ("FAILED", "passed", "not reached", "mutants"):
            self.assertIn(told, done.stderr)

    def test_rules_without_cases_get_suggestions(self):
        os.makedirs(self.path("bare"))
        self.write("bare/pack.yaml", """pack: bare
version: 1.0.0
asks: request
title: A sample
families: {general: General}
rules:
  - {id: BAR-001, title: Proven, family: general, severity: low, score: 10,
    flag: request.urgency_claimed, reason: A reason.}
  - {id: BAR-002, title: Not proven, family: general, severity: low, score: 10,
    flag: request.counter.agent_swaps_1d > 3, reason: A reason.}
""")
        made = run("policy", "test", "--suggest", self.path("bare"))
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("write one first", made.stderr)
        self.write("bare/tests.yaml", """cases:
  - {name: it hits, with: {urgency_claimed: true}, expect: {hit: [BAR-001]}}
  - {name: it is clear, with: {urgency_claimed: false},
    expect: {clear: [BAR-001]}}
  - {name: many, with: {counter.agent_swaps_1d: 4}, expect: {hit: [BAR-002]}}
""")
        made = run("policy", "test", "--suggest", self.path("bare"))
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("clear: [BAR-002]", made.stdout)

    def test_suggestions_of_one_rule_are_of_that_rule(self):
        made = run("policy", "test", "--suggest", "--rule", "DEM-002",
                   os.path.join(CHECKOUT, DEMO))
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("DEM-002", made.stdout)
        self.assertNotIn("DEM-001", made.stdout)

    def test_an_excuse_that_is_not_needed_is_a_mistake(self):
        pack = self.demo()
        with open(os.path.join(pack, "tests.yaml"), "a",
                  encoding="utf-8") as file:
            file.write("  - rule: DEM-001\n    mutant: drop the guard\n"
                       "    why: It is killed.\n")
        done = run("policy", "test", "--mutants", pack)
        self.assertEqual(done.returncode, 2)
        self.assertIn("error[X101]: this mutant is killed by a case",
                      done.stderr)

    def test_an_unknown_rule_is_wrong_usage(self):
        done = run("policy", "test", "--mutants", "--rule", "DEM-01",
                   os.path.join(CHECKOUT, DEMO))
        self.assertEqual(done.returncode, 3)
        self.assertIn("did you mean DEM-001?", done.stderr)

    def test_a_rule_that_no_case_names_is_told_so(self):
        pack = os.path.join(self.path("p"), "demo")
        os.makedirs(pack)
        self.write("p/demo/pack.yaml", PACK)
        self.write("p/demo/tests.yaml", """cases:
  - {name: a, with: {agent.registered: true}, expect: {clear: [DEM-001]}}
  - {name: b, with: {agent.registered: false}, expect: {hit: [DEM-001]}}
""")
        done = run("policy", "test", "--rule", "DEM-002", self.path("p"))
        self.assertIn("no case names DEM-002", done.stdout)
        done = run("policy", "test", "--rule", "DEM-001", self.path("p"))
        self.assertNotIn("no case names", done.stdout)
        self.assertIn("2 passed", done.stdout)

    def test_a_case_that_fails_says_what_was_not_there(self):
        pack = os.path.join(self.path("p"), "demo")
        os.makedirs(pack)
        self.write("p/demo/pack.yaml", PACK.replace(
            "flag: request.urgency_claimed",
            "flag: request.urgency_claimed && request.fee.amount > 10.0"))
        self.write("p/demo/tests.yaml", """cases:
  - {name: a, with: {agent.registered: true}, expect: {hit: [DEM-002]}}
  - {name: b, with: {urgency_claimed: false}, expect: {hit: [DEM-002]}}
  - {name: c, with: {urgency_claimed: true, fee.amount: much},
    expect: {hit: [DEM-002], invalid: [request.fee.amount]}}
""")
        done = run("policy", "test", self.path("p"))
        self.assertEqual(done.returncode, 2)
        for line in (
                "DEM-002 is undetermined, expected hit; not recorded: "
                "request.urgency_claimed, request.fee.amount",
                "DEM-002 is clear, expected hit; not recorded: "
                "request.fee.amount",
                "DEM-002 is undetermined, expected hit; not valid: "
                "request.fee.amount",
                "  DEM-002 (request.fee.amount not valid)"):
            self.assertIn(line, done.stdout)

    def test_a_report_that_cannot_be_written_whole_leaves_the_one_before(self):
        before = "<testsuites/>"
        self.write("out.xml", before)
        os.mkdir(self.path("out.xml.part"))
        done = run("policy", "test", "--junit", self.path("out.xml"),
                   self.demo())
        self.assertEqual(done.returncode, 5)
        with open(self.path("out.xml"), encoding="utf-8") as report:
            self.assertEqual(report.read(), before)

    def test_junit_is_read_by_an_xml_parser(self):
        pack = self.demo()
        self.append(pack, '  - name: "a <case> & its \\"name\\", \u8865\u5361"\n'
                          "    text: hello\n"
                          "    expect: {hit: [DEM-001], clear: [NO-1]}\n")
        done = run("policy", "test", "--junit", self.path("out.xml"), pack)
        self.assertEqual(done.returncode, 2)
        root = xml.parse(self.path("out.xml")).getroot()
        self.assertEqual(root.tag, "testsuites")
        suites = {suite.get("name"): suite for suite in root}
        demo = suites["demo"]
        self.assertEqual(demo.get("tests"), "6")
        self.assertEqual(demo.get("failures"), "1")
        failed = [case for case in demo if case.find("failure") is not None]
        self.assertEqual([case.get("name") for case in failed],
                         ['a <case> & its "name", \u8865\u5361'])
        self.assertIn("DEM-001 is clear, expected hit",
                      failed[0].find("failure").get("message"))
        self.assertTrue(failed[0].get("file").endswith("demo/tests.yaml"))
        mistakes = suites["mistakes in the files"]
        self.assertEqual([case.get("name") for case in mistakes],
                         ["30:38 P171"])
        self.assertEqual(root.get("errors"), "1")


class Shipped(unittest.TestCase):
    def test_the_cases_of_each_pack_pass_with_that_pack_alone(self):
        for pack in ("contact-and-link", "sim-replacement", "smishing"):
            done = run("policy", "test", os.path.join(POLICIES, pack))
            self.assertEqual(done.returncode, 0, done.stdout[-2000:])


COMPANY = """profile: demo-firm
title: A firm
country: ES
status: reviewed
parameters:
  limit: {value: %s, source: demo, confidence: default}
"""
LIMITED = PACK.replace("rules:\n", """parameters:
  limit: {type: int, default: 9, least: 0, doc: Changes that are many.}
rules:
  - id: DEM-003
    title: Many changes
    family: general
    severity: low
    score: 20
    flag: request.history.sim_swaps_30d > profile.limit
    reason: Many changes.
""")
CASES = """cases:
  - name: the firm's limit
    profile: demo-firm
    with: {agent.registered: true, history.sim_swaps_30d: 2}
    expect: {hit: [DEM-003]}
  - name: nobody knows the agent
    with: {agent.registered: false}
    expect: {hit: [DEM-001]}
  - name: the agent is known
    with: {agent.registered: true}
    expect: {clear: [DEM-001]}
  - name: a hurry
    with: {urgency_claimed: true}
    expect: {hit: [DEM-002]}
  - name: nobody hurries, nothing changed
    with: {urgency_claimed: false, history.sim_swaps_30d: 0}
    expect: {clear: [DEM-002, DEM-003]}
"""


class Firm(Site):
    """A company's own profile, beside a pack."""

    def setUp(self):
        super().setUp()
        self.pack = self.policy("p", LIMITED)
        self.write("p/demo/tests.yaml", CASES)

    def firm(self, limit):
        return self.write("firm.yaml", COMPANY % limit)

    def test_cases_are_judged_by_a_profile_from_a_file(self):
        done = run("policy", "test", self.pack)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("P175", done.stderr)
        done = run("policy", "test", "--profile", self.firm(1), self.pack)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("5 passed, 0 failed", done.stdout)
        done = run("policy", "test", "--profile", self.firm(2), self.pack)
        self.assertIn("4 passed, 1 failed", done.stdout)

    def test_a_value_that_a_parameter_cannot_have_is_told_in_its_file(self):
        done = run("policy", "check", "--profile", self.firm(-1), self.pack)
        self.assertEqual(done.returncode, 2)
        self.assertIn("P159", done.stderr)
        self.assertIn("firm.yaml:6:", done.stderr)

    def test_cases_of_one_rule_are_run_alone(self):
        done = run("policy", "test", "--profile", self.firm(2), "--rule",
                   "DEM-001", self.pack)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("2 passed, 0 failed", done.stdout)

    def test_pages_say_that_a_case_is_waived(self):
        pack = self.policy("d")
        self.write("d/demo/tests.yaml", """cases:
  - name: at the branch
    with: {created_at: '2026-11-20T10:00:00Z', channel.id: DL-1, agent.registered: false, urgency_claimed: false}
    expect: {hit: [DEM-001], clear: [DEM-002]}
  - name: the agent is known, in a hurry
    with: {agent.registered: true, urgency_claimed: true}
    expect: {hit: [DEM-002], clear: [DEM-001]}
""")
        for more, word in (((), "| 45 |"), (("--waivers", self.write(
                "waivers.yaml", WAIVERS)), "waived")):
            done = run("policy", "docs", "--output", self.path("site"), *more,
                       pack)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(self.path("site/rules/DEM-001.md"),
                      encoding="utf-8") as file:
                row = next(line for line in file if "[DEM-001](" in line)
            self.assertIn(word, row)

    def test_a_time_that_is_none_proves_no_waiver(self):
        pack = self.policy("w", waivers=WAIVERS)
        log = self.write("r.jsonl", "".join(
            record(name, created_at=created, channel={"id": "DL-1"},
                   agent={"registered": False},
                   recent={"email_changed_at": "2026-11-04T08:00:00Z"}) + "\n"
            for name, created in (("good", "2026-11-20T10:00:00Z"),
                                  ("wrong", "20/12/2026 10:00"))))
        done = run("screen", "--policy", pack, "--quiet", log)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = {line["id"]: line for line in map(json.loads,
                                                 done.stdout.splitlines())}
        self.assertEqual(told["good"]["score"], 0)
        self.assertEqual(told["wrong"]["score"], 45)


if __name__ == "__main__":
    main()
