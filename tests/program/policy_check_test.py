#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""policy check from outside: what is shown where, in which format, with which
exit code. What is found is for tests/lint to say.

usage: policy_check_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import json
import os
import re
import unittest
from unittest import mock

from outside import CHECKOUT, Scratch, run, main

PLANTED = os.path.join("tests", "lint", "planted")


def check(case, *options):
    return run("policy", "check", "--as-of", "2026-11-26", *options,
               os.path.join(PLANTED, case, "policies"), cwd=CHECKOUT)


class PolicyCheck(Scratch):
    pack = """\
pack: demo
version: 1.0.0
asks: request
title: Demo
families: {a: A}
rules:
  - id: A-1
    title: T
    family: a
    severity: low
    score: 10
    flag: request.history.sim_swaps_30d > 7
    reason: R.
    remedy: Do.
    source: S
    confidence: default
"""
    cases = """\
cases:
  - {name: many, with: {history.sim_swaps_30d: 9}, expect: {hit: [A-1]}}
  - {name: few, with: {history.sim_swaps_30d: 1}, expect: {clear: [A-1]}}
"""

    def demo(self, more=""):
        os.makedirs(self.path("demo"), exist_ok=True)
        self.write("demo/pack.yaml", self.pack + more)
        self.write("demo/tests.yaml", self.cases)
        self.write("demo/README.md", "Demo.\n")
        return self.path("demo")

    def test_warnings_fail_only_when_asked_and_notes_never(self):
        demo = self.demo()
        lax = run("policy", "check", demo)
        self.assertEqual(lax.returncode, 0, lax.stderr)
        self.assertIn("warning[L124]", lax.stderr)
        self.assertNotIn("note[L105]", lax.stderr)
        self.assertIn("1 note (L105 1): --notes shows it", lax.stderr)
        self.assertIn("note[L105]",
                      run("policy", "check", "--notes", demo).stderr)
        self.assertIn("0 mistakes, 1 warning, 1 note", lax.stdout)
        self.assertEqual(run("policy", "check", "--strict", demo).returncode,
                         2)
        excused = self.demo("    lint: {L124: the law says seven}\n")
        done = run("policy", "check", "--strict", excused)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("0 mistakes, 0 warnings, 1 note", done.stdout)

    def test_no_command_loses_a_pack_that_looks_like_one(self):
        self.write("one.jsonl", '{"kind":"request","request_id":"demo-1"}\n')
        self.demo()
        for place in ("group/demo/pack.yaml", "demo/Pack.yaml"):
            os.makedirs(os.path.dirname(self.path("m/" + place)))
            os.rename(self.path("demo/pack.yaml"), self.path("m/" + place))
            for command in (("policy", "check"), ("policy", "test"),
                            ("policy", "list"), ("screen", "--policy"),
                            ("explain", "--policy")):
                inputs = ["one.jsonl"] if command[1] == "--policy" else []
                done = run(*command, "m", *inputs, cwd=self.folder.name)
                with self.subTest(command=command, place=place):
                    self.assertEqual(done.returncode, 2, done.stderr)
                    self.assertIn("error[P106]", done.stderr)
                    self.assertIn("m/" + place, done.stderr)
            os.rename(self.path("m/" + place), self.path("demo/pack.yaml"))

    def test_mistakes_beside_the_pack_are_shown_at_once(self):
        demo = self.demo()
        self.write("demo/tests.yaml", self.cases + """\
  - name: slips
    with:
      agent.registred: true
      channel: {tpye: dealer, type: dealer}
    expect: {clear: [A-9]}
""")
        self.write("demo/advice.yaml", "b: {en: Ask at the store.}\n")
        done = run("policy", "check", demo)
        self.assertEqual(done.returncode, 2)
        for code, words, place in (
                ("P171", "has no rule A-9", "tests.yaml:8:22"),
                ("P197", "no field agent.registred", "tests.yaml:6:7"),
                ("P197", "no field channel.tpye", "tests.yaml:7:7"),
                ("G101", "b", "advice.yaml:1:1")):
            self.assertRegex(done.stderr, re.escape(f"error[{code}]")
                             + ".*" + re.escape(words) + ".*\n.*"
                             + re.escape(place))
        self.assertIn("did you mean agent.registered?", done.stderr)
        self.assertIn("4 mistakes", done.stdout)

    def test_mistakes_of_cases_are_shown_with_those_that_stop_the_load(self):
        demo = self.demo("wrong: key\n")
        slips = self.cases + """\
  - name: slips
    whith: {}
    profile: not-asked-about
    with: {agent.registred: true}
    expect: {clear: [A-9]}
survivors: [{rule: A-9, branch: x, why: so, wy: z}]
"""
        for cases, expected in (
                (slips, {"demo/pack.yaml": ["Y121"],
                         "demo/tests.yaml": ["Y121", "P197", "Y121"]}),
                ("cases: [\n", {"demo/pack.yaml": ["Y121"],
                                "demo/tests.yaml": ["Y103"]})):
            self.write("demo/tests.yaml", cases)
            done = run("policy", "check", "--format", "json", demo)
            self.assertEqual(done.returncode, 2, done.stderr)
            found = {}
            for issue in json.loads(done.stdout):
                name = os.path.relpath(issue["file"], self.path("."))
                found.setdefault(name, []).append(issue["code"])
            self.assertEqual(found, expected, done.stdout)

    def test_a_field_of_no_record_is_told_where_it_is_written(self):
        demo = self.demo()
        self.write("demo/tests.yaml", """\
base:
  shop: {chanel: {id: demo_shop}, history: {sim_swaps_30d: 9}}
cases:
  - {name: many, base: shop, expect: {hit: [A-1]}}
  - {name: more, base: shop, expect: {hit: [A-1]}}
  - name: few
    with: {history.sim_swap_30d: 1, history.sim_swaps_30d: 1, agnt.id: x}
    expect: {clear: [A-1]}
  - {name: a message, text: hello, expect: {clear: [A-1]}}
""")
        said = json.loads(run("policy", "check", "--format", "json",
                              demo).stdout)
        told = [(issue["line"], issue["column"], issue["message"],
                 issue["help"]) for issue in said
                if issue["code"] == "P197"]
        self.assertEqual(told, [
            (2, 10, "the record has no field chanel.id",
             "did you mean channel.id?"),
            (7, 12, "the record has no field history.sim_swap_30d",
             "did you mean history.sim_swaps_30d?"),
            (7, 63, "the record has no field agnt.id", "did you mean agent.id?"),
            (9, 12, "the record has no field text",
             "a message has it, and the case is a request"),
        ])

    def test_cases_that_cannot_be_read_hide_no_mistake_of_the_pack(self):
        demo = self.demo("wrong: key\n")
        os.remove(self.path("demo/tests.yaml"))
        os.mkdir(self.path("demo/tests.yaml"))
        done = run("policy", "check", demo)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("error[Y121]: unknown key wrong", done.stderr)

    def test_cases_of_shipped_policies_that_do_not_load_are_read(self):
        demo = self.demo("wrong: key\n")
        self.write("demo/tests.yaml", "cases: [\n")
        with mock.patch.dict(os.environ, SIMWARDEN_POLICIES=demo):
            done = run("policy", "check")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("demo/tests.yaml", done.stderr)

    def test_formats_for_programs_are_one_document_on_stdout(self):
        for case, code in (("patterns", 2), ("contradictions", 2)):
            done = check(case, "--format", "json")
            self.assertEqual(done.returncode, code)
            found = json.loads(done.stdout)
            self.assertTrue(found)
            for issue in found:
                self.assertIn(issue["severity"], ("error", "warning", "note"))
                self.assertRegex(issue["code"], "^[YCPL][0-9]{3}$")

    def test_mistakes_that_stop_the_load_are_shown_in_every_format(self):
        text = check("contradictions")
        self.assertIn("8 mistakes in the policies", text.stderr)
        self.assertIn("error[C119]", text.stderr)
        self.assertEqual(text.stdout, "")
        sarif = json.loads(check("contradictions", "--format", "sarif").stdout)
        self.assertEqual(len(sarif["runs"][0]["results"]), 8)
        github = check("contradictions", "--format", "github").stdout
        self.assertEqual(github.count("::error file="), 8)

    def test_sarif_points_where_the_text_points(self):
        sarif = json.loads(check("patterns", "--format", "sarif").stdout)
        self.assertEqual(sarif["version"], "2.1.0")
        only = sarif["runs"][0]
        rules = only["tool"]["driver"]["rules"]
        as_json = json.loads(check("patterns", "--format", "json").stdout)
        self.assertEqual(len(only["results"]), len(as_json))
        for result, issue in zip(only["results"], as_json):
            self.assertEqual(result["ruleId"], issue["code"])
            self.assertEqual(rules[result["ruleIndex"]]["id"], issue["code"])
            place = result["locations"][0]["physicalLocation"]
            self.assertEqual(place["artifactLocation"]["uri"], issue["file"])
            if "line" not in issue:
                continue
            self.assertEqual(place["region"]["startLine"], issue["line"])
            self.assertEqual(place["region"]["startColumn"], issue["column"])

    def test_an_annotation_is_one_line(self):
        for line in check("patterns", "--format", "github").stdout.split("\n"):
            if line:
                self.assertTrue(re.match("::(error|warning|notice) file=", line),
                                line)

    def test_the_day_decides_about_lists_and_must_be_one(self):
        path = os.path.join(CHECKOUT, PLANTED, "lists", "policies")
        young = run("policy", "check", "--as-of", "2024-06-02", path)
        self.assertNotIn("warning[L140]", young.stderr)
        old = run("policy", "check", "--as-of", "2026-11-26", path)
        self.assertIn("L140", old.stderr)
        wrong = run("policy", "check", "--as-of", "2026-02-30", path)
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("not a date", wrong.stderr)

    def test_the_shipped_policies_have_no_mistake(self):
        done = run("policy", "check", os.path.join(CHECKOUT, "policies"))
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    main()
