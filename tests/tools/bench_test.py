#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of tools/bench says what was measured, and its plots draw that; the
patterns of the peers are found in the mails made of them; what beside_merge_base
measured is judged as its limits say."""
import json
import os
import re
import sqlite3
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
sys.path[:0] = [os.path.join(ROOT, "tools"), os.path.join(ROOT, "tests/bench"),
                os.path.join(ROOT, "tests/bench/pack50")]

from benchmarks import floors, plot, targets  # noqa: E402
from benchmarks.batches import month_after  # noqa: E402
from benchmarks.page import Page  # noqa: E402
from beside.judgement import (Compared, Limits, only_time_is_over,  # noqa: E402
                              slower)
from beside.runs import above_start  # noqa: E402
from beside.builds import Failed  # noqa: E402
import conditions  # noqa: E402
import languages  # noqa: E402
from peers import material  # noqa: E402

MACHINE = {"cpu": "demo", "cores": 2, "load": 0.0, "day": "2026-01-01"}


def scan_row(patterns, hyperscan):
    return {"patterns": patterns, "kind": 0, "ours_ns": 500.0,
            "MB_per_s": 200.0, "by_one": 120.0, "by_set": 0.0,
            "by_filter": 3.0, "by_hyperscan": hyperscan, "load_ms": 1.0,
            "hyperscan_load_ms": 1500.0, "by_yara": 20.0,
            "yara_finds": 1.002}


def page_of(**results):
    with tempfile.TemporaryDirectory() as folder:
        Page(folder, {"machine": MACHINE, "not_compared": ["demo: no demo"],
                      **results}).write()
        with open(os.path.join(folder, "performance.md"),
                  encoding="utf-8") as file:
            return file.read()


class ThePage(unittest.TestCase):
    def test_an_aim_that_is_missed_is_said_to_be(self):
        missed = page_of(scan=[scan_row(300, 0.5), scan_row(1000, 2.0)])
        self.assertRegex(missed, r"\| 300 patterns, ordinary.*\| 0\.50× \| \*\*no")
        self.assertRegex(missed, r"\| 1,000 patterns, ordinary.*\| 2\.00× \| yes")

    def test_of_a_missed_aim_it_is_said_what_it_allows(self):
        doors = {"rows": [
            {"name": name, "bytes": 120, "patterns": 300,
             "per_cpu_second": 1e6 / us, "p50_us": us, "p99_us": us,
             "memory_mib": 10, "hits_per_mail": 0.2, "start_seconds": 0.1,
             "prepare_seconds": 0}
            for name, us in (("simwarden", 10.0), (targets.RSPAMD, 90.0),
                             (floors.KERNEL, 5.0), (targets.BEAST, 30.0))],
            "missing": [], "different": []}
        page = page_of(daemons=doors)
        self.assertRegex(page, r"\| A mail by the door.*rspamd.*\| 6\.00 \| "
                               r"5\.00 by the kernel, .*\| 10\.0 \|")
        self.assertNotRegex(page, r"Boost.Beast.*by the kernel")  # is reached

    def test_what_is_said_of_missed_aims_are_aims(self):
        aims = [row[0] for row in targets.TARGETS]
        for what, _, _ in floors.FLOORS:
            self.assertIn(what, aims)

    def test_a_rival_that_finds_something_else_is_said_to(self):
        page = page_of(scan=[scan_row(300, 0.5)])
        self.assertIn("finds 100.2 to 100.2 for each 100 patterns", page)
        unlike = scan_row(300, 0.5) | {"by_yara": 0.0, "yara_finds": 0.0}
        self.assertNotIn("for each 100", page_of(scan=[unlike]))

    def test_memory_is_that_of_a_process_that_loads_them(self):
        row = {**scan_row(1000, 2.0), "peak_mib": 2.5, "memory_mib": 1.25,
               "hyperscan_peak_mib": 10.0, "hyperscan_memory_mib": 4.0}
        page = page_of(scan=[row])
        self.assertIn("| 1,000 | 2.50 MiB | 1.25 MiB | 10.0 MiB | 4.00 MiB |",
                      page)
        self.assertRegex(page, r"\| Memory to load.*0\.25× \| \*\*no")
        self.assertNotIn("MiB", page_of(scan=[scan_row(1000, 2.0)]))

    def test_csv_without_libcsv_is_shown_and_not_judged(self):
        ours = {"ours": {"MB_per_s": 600.0, "rows_per_s": 3e5}}
        theirs = {"libcsv": {"MB_per_s": 60.0, "rows_per_s": 3e4}}
        self.assertIn("| ours | 600 | 300,000 |  |", page_of(csv=ours))
        self.assertRegex(page_of(csv=ours), r"libcsv \|.*\| not measured")
        self.assertRegex(page_of(csv=ours | theirs),
                         r"libcsv \|.*\| 10\.0× \| yes")

    def test_what_was_not_measured_is_neither_reached_nor_missed(self):
        page = page_of()
        self.assertIn("Of 0 aims that were measured, 0 are reached", page)
        rows = re.findall(r"not measured", page)
        self.assertEqual(len(rows), len(targets.TARGETS))
        self.assertIn("- demo: no demo", page)

    def test_filters_that_differ_are_named(self):
        said = page_of(daemons={"rows": [], "missing": [],
                                "different": ["mail 3: demo differs"]})
        self.assertIn("**1 mails were judged differently**: mail 3", said)


class APlot(unittest.TestCase):
    def test_every_curve_has_its_name_and_a_point_for_each_figure(self):
        drawn = plot.svg("demo", "demo", "x", "y", [
            ("one & only", [(10, 1.0), (100, 2.0)]), ("two", [(10, 400.0)])])
        root = ElementTree.fromstring(drawn)
        words = [one.text for one in root.iter(
            "{http://www.w3.org/2000/svg}text")]
        self.assertIn("one & only", words)
        self.assertIn("two", words)
        lines = [one.get("points").split() for one in root.iter(
            "{http://www.w3.org/2000/svg}polyline")]
        self.assertEqual([len(line) for line in lines], [2, 1])

    def test_more_stands_higher_and_further_right(self):
        x = plot.x_axis([10, 3000])
        y = plot.y_axis([0.2, 700], False)
        self.assertLess(x.at(10), x.at(3000))
        self.assertGreater(y.at(0.2), y.at(700))
        self.assertEqual((y.ticks[0], y.ticks[-1]), (0.2, 1000))


class AnInputThatGoesOn(unittest.TestCase):
    def test_its_months_follow_each_other_without_february(self):
        months = [month_after(b'"2026-03-05"', i)[1:8] for i in range(12)]
        self.assertEqual(months, sorted(months))
        self.assertEqual(months[0], b"2026-03")
        self.assertEqual(months[9:11], [b"2026-12", b"2027-01"])
        self.assertEqual(months[11], b"2027-03")


class BesideTheMergeBase(unittest.TestCase):
    LIMITS = Limits(time=1.10, instructions=1.02)

    def said(self, **figures):
        return slower(Compared("a mail", **figures), self.LIMITS)

    def test_what_is_as_fast_as_its_base_is_not_slower(self):
        self.assertEqual(self.said(
            base=[10, 11, 10], here=[10, 10, 11], base_instructions=1e6,
            here_instructions=1.01e6), [])

    def test_time_and_instructions_have_a_limit_each(self):
        time = {"base": [10.0] * 4, "here": [12.0] * 4}
        counts = {"base_instructions": 1e6, "here_instructions": 1.03e6}
        self.assertRegex(" ".join(self.said(**time)),
                         r"^a mail takes 1\.20 times the CPU time .* 1\.10 is")
        self.assertRegex(" ".join(self.said(**counts)),
                         r"^a mail takes 1\.030 times the instr.* 1\.020 is")
        self.assertEqual(len(self.said(**time, **counts)), 2)

    def test_what_is_faster_in_time_may_still_take_more_instructions(self):
        self.assertEqual(len(self.said(
            base=[10.0] * 4, here=[9.0] * 4, base_instructions=1e6,
            here_instructions=1.03e6)), 1)

    def test_the_limit_itself_is_allowed(self):
        self.assertEqual(self.said(base_instructions=100,
                                   here_instructions=102), [])

    def test_a_neighbour_in_some_of_the_turns_is_no_slower_program(self):
        noisy = [9.9, 9.8, 9.9, 14, 15, 13, 14, 15]
        self.assertEqual(self.said(base=[10.0] * 8, here=noisy), [])
        self.assertEqual(len(self.said(base=[10.0] * 8,
                                       here=[9.9] + noisy[1:2] + [13] * 6)), 1)

    def test_turns_are_compared_with_their_own_turn(self):
        """A machine that becomes twice as slow does so for both."""
        self.assertEqual(self.said(base=[10, 10, 10, 20, 20, 20],
                                   here=[10, 10, 10, 20, 20, 20]), [])

    def test_time_alone_is_told_from_a_program_that_does_more(self):
        time = Compared("a mail", [10.0] * 4, [12.0] * 4, 1e6, 1e6)
        both = Compared("a mail", [10.0] * 4, [12.0] * 4, 1e6, 1.2e6)
        uncounted = Compared("a mail", [10.0] * 4, [12.0] * 4)
        self.assertTrue(only_time_is_over([time], self.LIMITS))
        self.assertFalse(only_time_is_over([time, both], self.LIMITS))
        self.assertFalse(only_time_is_over([uncounted], self.LIMITS))

    def test_the_start_is_taken_off_and_more_than_all_is_no_figure(self):
        self.assertEqual(above_start(5.0, 2.0), 3.0)
        with self.assertRaises(Failed):
            above_start(2.0, 2.0)


class ConditionsInOtherLanguages(unittest.TestCase):
    TREE = conditions.Reader(
        "request.a.b in ['x'] && (request.a.n - 1 >= 2 || !request.c) && "
        "request.l.exists(f, f.t != 'y' && f.u == request.a.b)").whole()

    def test_a_condition_is_read_by_what_binds_tighter(self):
        both, exists = self.TREE[1:]
        self.assertEqual(exists[:2], ("exists", ("fact", ("l",))))
        self.assertEqual(exists[2][2], ("==", ("member", ("u",)),
                                        ("fact", ("a", "b"))))
        self.assertEqual(both[2][0], "||")
        self.assertEqual(both[2][1], (">=", (
            "-", ("fact", ("a", "n")), ("number", 1.0)), ("number", 2.0)))

    def test_what_is_no_form_of_the_pack_is_refused(self):
        for text in ("request.a ? 1 : 2", "request.a ==", "request.a b",
                     "request.a.matches(", "{request.a}"):
            with self.assertRaises((ValueError, IndexError), msg=text):
                conditions.Reader(text).whole()

    def test_all_fifty_can_be_said_in_javascript_and_the_rest_is_counted(self):
        said = {language.__name__: [name for name, _, _ in language().said()]
                for language in (languages.JavaScript, languages.Sql,
                                 languages.Jq, languages.Expr)}
        everything = [name for name, _, _ in conditions.rules()]
        self.assertEqual(len(set(everything)), 50)
        self.assertEqual(said["JavaScript"], everything)
        self.assertEqual(set(everything) - set(said["Sql"]),
                         {"CHN-06", "REC-03"})
        self.assertEqual(len(set(everything) - set(said["Jq"])), 8)
        self.assertEqual(said["Expr"], everything)

    def test_expr_asks_of_a_struct_that_has_what_it_asks_for_and_no_more(self):
        expr = languages.Expr()
        words = expr.say(conditions.Reader(
            "request.a.b in ['x'] && !request.l.exists(f, f.t.u != 'y') && "
            "request.created_at - request.verified_at < duration('1h')"
        ).whole())
        self.assertEqual(words, '(((a.b in ["x"]) && !(any(l, (.t.u != "y")))) '
                         "&& ((created_at.Time - verified_at.Time) < span3600))")
        facts = " ".join(expr.facts([json.dumps(
            {"a": {"b": "x", "c": 1}, "l": [{"t": {"u": "y"}, "v": 1}],
             "created_at": "2026-03-01T10:30:00+08:00"})]).split("func")[0].split())
        self.assertEqual(re.findall(r"(?:F_|Span)(\w+) (\S+)", facts), [
            ("a", "struct"), ("b", "string"), ("l", "[]struct"),
            ("t", "struct"), ("u", "string"), ("created_at", "Moment"),
            ("verified_at", "Moment"), ("3600", "time.Duration")])

    def test_sql_holds_for_the_records_that_the_condition_holds_for(self):
        base = sqlite3.connect(":memory:")
        words = languages.Sql().say(conditions.Reader(
            "request.a.b in ['x'] && request.l.exists(f, f.t != 'y') && "
            "request.created_at - request.verified_at < duration('1h')"
        ).whole())
        for line, holds in (
                ({"a": {"b": "x"}, "l": [{"t": "y"}, {"t": "z"}],
                  "created_at": "2026-03-01T10:30:00+08:00",
                  "verified_at": "2026-03-01T02:00:00Z"}, 1),
                ({"a": {"b": "x"}, "l": [{"t": "y"}],
                  "created_at": "2026-03-01T10:30:00+08:00",
                  "verified_at": "2026-03-01T02:00:00Z"}, 0),
                ({"a": {"b": "x"}, "l": [{"t": "z"}],
                  "created_at": "2026-03-01T10:30:00+08:00",
                  "verified_at": "2026-03-01T01:00:00Z"}, 0),
                ({"l": [{"t": "z"}]}, None)):
            found, = base.execute(f"SELECT {words} FROM (SELECT ? AS line)",
                                  (json.dumps(line),)).fetchone()
            self.assertEqual(found, holds, line)


class Peers(unittest.TestCase):
    def test_patterns_are_different_and_always_the_same(self):
        patterns = material.patterns(material.PATTERNS_MAX)
        self.assertEqual(len(set(patterns)), len(patterns))
        self.assertEqual(patterns[:100], material.patterns(100))

    def test_a_scam_is_found_and_an_ordinary_mail_is_not(self):
        found = [re.compile(one, re.I) for one in material.patterns(60)]
        for i, mail in enumerate(material.mails(40, material.LONG, 60)):
            text = mail.decode()
            self.assertEqual(any(one.search(text) for one in found),
                             i % 10 == 0, text)

    def test_a_paragraph_is_a_line_that_mail_can_carry(self):
        for mail in material.mails(20, material.LONG, 60):
            self.assertLess(max(map(len, mail.split(b"\r\n"))), 998)


if __name__ == "__main__":
    unittest.main()
