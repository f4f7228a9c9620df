#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The shipped policies over a made log (tools/make_requests), half of whose
records bring no counters: the figures are those of the definition, and nothing
depends on threads, cuts, restarts, or the order within the lateness.

usage: counting_log_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import bisect
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from counted_log import lines, made
from outside import CHECKOUT, PROGRAM, Scratch, main, run, verdicts

RECORDS = 2500
COUNTERS = {
    "agent_swaps_1h", "agent_swaps_1d", "agent_override_rate",
    "store_swaps_1d", "document_lines_30d", "device_requests_7d",
    "ip_requests_1d", "address_requests_30d", "eid_lines_30d",
    "imei_lines_30d"}
SWAPS = {"sim_replacement", "esim_conversion", "esim_reinstall",
         "esim_device_transfer", "multisim_add"}
HOUR = 3600
DAY = 24 * HOUR
# Distinct numbers: what by, how long, which kinds of request (none: all).
DISTINCT = {
    "agent_swaps_1h": ("agent.id", HOUR, SWAPS),
    "agent_swaps_1d": ("agent.id", DAY, SWAPS),
    "agent_lines_30d": ("agent.id", 30 * DAY, None),
    "store_swaps_1d": ("channel.id", DAY, SWAPS),
    "document_lines_30d": ("identity.document.number_hash", 30 * DAY, SWAPS),
    "ip_requests_1d": ("session.ip", DAY, None),
    "address_requests_30d": ("delivery.address_hash", 30 * DAY, None),
    "eid_lines_30d": ("sim.new.eid", 30 * DAY, None),
    "imei_lines_30d": ("device.new.imei", 30 * DAY, None),
}


def at(record, name):
    for step in name.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(step)
    return record


def seconds(record):
    return datetime.datetime.fromisoformat(record["created_at"]).timestamp()


def by_hand(rows):
    """Of each record, by its place: window -> figure."""
    figures = [{} for _ in rows]
    order = sorted(range(len(rows)), key=lambda i: (seconds(rows[i]), i))
    for window, (by, over, kinds) in DISTINCT.items():
        times, numbers = {}, {}
        for i in order:
            row = rows[i]
            key = at(row, by)
            if key is None:
                continue
            when = times.setdefault(key, [])
            what = numbers.setdefault(key, [])
            if kinds is None or row["request_type"] in kinds:
                when.append(seconds(row))
                what.append(row["phone_number"])
            first = bisect.bisect_right(when, seconds(row) - over)
            figures[i][window] = len(set(what[first:]))
    add_overrides(rows, order, figures)
    return figures


def is_signed(row):
    second = at(row, "agent.second_approver_id") or ""
    return second not in ("", "-") and second != at(row, "agent.id")


def add_overrides(rows, order, figures):
    seen_of = {}
    for i in order:
        row = rows[i]
        agent = at(row, "agent.id")
        if agent is None:
            continue
        of_agent = seen_of.setdefault(agent, [])
        used = at(row, "agent.override_used") is True
        of_agent.append((seconds(row), used, used and not is_signed(row),
                         row["phone_number"]))
        seen = [of for of in of_agent if of[0] > seconds(row) - 30 * DAY]
        figures[i]["agent_override_rate"] = sum(
            used for _, used, _, _ in seen) / len(seen)
        for window, which in (("agent_overrides_30d", 1),
                              ("agent_overrides_alone_30d", 2)):
            figures[i][window] = len({of[3] for of in seen if of[which]})


class MadeLog(Scratch):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "log.jsonl")
            subprocess.run(
                [sys.executable, os.path.join(CHECKOUT, "tools", "make_requests"),
                 "--count", str(RECORDS), "--seed", "7", "--fraud-rate", "0.1",
                 "--days", "20", "--output", path], check=True)
            with open(path, encoding="utf-8") as file:
                cls.full = [json.loads(line) for line in file]
        cls.rows = []
        for i, row in enumerate(cls.full):
            if i % 2 == 0:
                counter = {name: value for name, value in row["counter"].items()
                           if name not in COUNTERS}
                row = dict(row, counter=counter)
            cls.rows.append(row)

    def log(self, name, rows):
        return self.write(name, "".join(json.dumps(r) + "\n" for r in rows))

    def screen(self, *arguments):
        done = run("screen", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_threads_change_nothing(self):
        path = self.log("log.jsonl", self.rows)
        one = self.screen("--jobs", "1", path).stdout
        for jobs in ("2", "7"):
            self.assertEqual(self.screen("--jobs", jobs, path).stdout, one)

    def test_two_runs_with_a_database_are_one(self):
        chance = random.Random(3)
        for cut in (1, chance.randrange(400, 2100), RECORDS - 1):
            a = self.log("a.jsonl", self.rows[:cut])
            b = self.log("b.jsonl", self.rows[cut:])
            db = self.path("two-%d.db" % cut)
            two = (self.screen("--db", db, a).stdout +
                   self.screen("--db", db, b).stdout)
            one = self.screen("--db", self.path("one-%d.db" % cut), a, b).stdout
            self.assertEqual(two, one)

    def test_a_log_that_grew_is_the_whole_log(self):
        whole = self.screen(self.log("log.jsonl", self.rows)).stdout
        db = self.path("grown.db")
        for end in (300, 1111, RECORDS):
            path = self.log("log.jsonl", self.rows[:end])
            done = self.screen("--db", db, path)
            self.assertEqual(done.stdout, whole[:len(done.stdout)])
        self.assertEqual(done.stdout, whole)

    def test_the_order_within_the_lateness_changes_no_verdict(self):
        chance = random.Random(5)
        mixed = sorted(self.rows,
                       key=lambda r: seconds(r) + chance.random() * 899)
        self.assertNotEqual(mixed, self.rows)

        def found(rows, name):
            done = self.screen(self.log(name, rows))
            self.assertNotIn("came late", done.stderr)
            said = {}
            for verdict in verdicts(done):
                del verdict["source"]
                said[verdict["id"]] = verdict
            return said
        self.assertEqual(found(mixed, "mixed.jsonl"),
                         found(self.rows, "log.jsonl"))

    def test_figures_are_those_of_the_definition(self):
        path = self.log("log.jsonl", self.rows)
        db = self.path("out.db")
        self.screen("--db", db, path)
        kept = self.kept(db)
        self.assertEqual(len(kept), RECORDS)
        compared = dict.fromkeys([*DISTINCT, "agent_override_rate",
                                  "agent_overrides_30d",
                                  "agent_overrides_alone_30d"], 0)
        for row, line, figures in zip(self.rows, kept, by_hand(self.rows)):
            told = line.get("windows", {})
            for window, figure in figures.items():
                given = row["counter"].get(window)
                if window in DISTINCT and given == 0:
                    given = None  # no figure beside one that was counted
                self.assertEqual(
                    told["sim-replacement/" + window],
                    figure if given is None else given,
                    (row["request_id"], window))
                compared[window] += given is None
        for window, count in compared.items():
            self.assertGreater(count, 50, window)

    def test_counters_of_a_source_that_counts_alike_change_no_verdict(self):
        # The maker of the log counts these two over the log as we do.
        rules = {"COL-002", "DLV-008"}

        def hits(rows, name):
            done = self.screen(self.log(name, rows))
            return {(v["id"], f["rule"]) for v in verdicts(done)
                    for f in v.get("findings", []) if f["rule"] in rules}
        given = hits(self.full, "full.jsonl")
        self.assertEqual({rule for _, rule in given}, rules)
        self.assertEqual(hits(self.rows, "log.jsonl"), given)

    def kept(self, db):
        with sqlite3.connect(db) as connection:
            blocks = connection.execute(
                "SELECT facts FROM kept_facts ORDER BY block_id").fetchall()
        lines_of = []
        for (facts,) in blocks:
            plain = subprocess.run(["zstd", "-dc"], input=facts, check=True,
                                   stdout=subprocess.PIPE).stdout
            lines_of += [json.loads(line) for line in plain.splitlines()]
        return lines_of


class Bounds(Scratch):
    def test_what_waits_for_later_records_is_bounded(self):
        """90 MB within ten minutes: nobody can be answered by time alone."""
        os.mkdir(self.path("demo"))
        self.write("demo/pack.yaml", """\
pack: demo
version: 1.0.0
asks: request
title: Windows
families: {f: F}
windows:
  all_1h: {doc: All., count: requests, over: 1h}
rules:
  - {id: W-1, title: t, family: f, severity: low, score: 1, flag: windows.all_1h >= 9000, reason: '{windows.all_1h}'}
""")
        rows = made(9000, padding=10000)
        for i, row in enumerate(rows):
            row["created_at"] = "2026-03-02T10:%02d:%02dZ" % (
                i // 900, i % 900 // 15)
        path = self.write("log.jsonl", lines(rows))
        size = os.path.getsize(path)
        self.assertGreater(size, 85 << 20)
        # 64 MiB of text may wait, the rest is the program itself.
        child = ("import resource, subprocess, sys; "
                 "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE); "
                 "sys.stdout.buffer.write(done.stdout); "
                 "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, "
                 "file=sys.stderr)")
        done = subprocess.run(
            [sys.executable, "-c", child, PROGRAM, "screen", "--quiet",
             "--policy", self.path("demo"), path], capture_output=True,
            text=True, check=True)
        reasons = [f["reason"] for v in verdicts(done)
                   for f in v.get("findings", [])]
        self.assertEqual(reasons, ["9000"])
        kilobytes = int(done.stderr.split()[-1])
        self.assertLess(kilobytes, 260 * 1024)


if __name__ == "__main__":
    main()
