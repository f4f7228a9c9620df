#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""policy test from outside: coverage, mutants, suggestions, JUnit.

usage: policy_trial_test.py SIMWARDEN CHECKOUT [unittest options]

UPDATE_GOLDEN=1 rewrites tests/trial/demo.out.
"""
import os
import shutil
import xml.etree.ElementTree as xml

from outside import CHECKOUT, Scratch, run, main

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


if __name__ == "__main__":
    main()
