#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows that are shorter than what is said of them: judged in portions.

usage: short_rows_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import json
import os
import sqlite3
import subprocess

from outside import PROGRAM, Scratch, run, main

# Of what is said of a record; as much is stored.
REASON_BYTES = 4000
# More than two chunks: a chunk has 16,384 rows, a portion 2,048.
ROWS = 35000


class ShortRows(Scratch):
    def setUp(self):
        super().setUp()
        self.pack = self.path("demo")
        os.mkdir(self.pack)
        self.write("demo/pack.yaml", "pack: demo\nversion: 1.0.0\n"
                   "asks: request\ntitle: D\nfamilies: {a: A}\n"
                   "windows:\n"
                   "  of_sim: {doc: D., count: requests, "
                   "by: request.phone_number, over: 1h}\n"
                   "rules:\n"
                   "  - {id: A-1, title: T, family: a, severity: high, "
                   "score: 10, require: request.channel.type == 'store_own', "
                   "reason: %s., remedy: D.}\n"
                   "  - {id: A-2, title: T, family: a, severity: high, "
                   "score: 20, flag: windows.of_sim > 3, "
                   "reason: R., remedy: D.}\n" % ("r" * REASON_BYTES))

    def screen(self, log, *options):
        return run("screen", "--policy", self.pack, *options, log)

    def timed(self, rows):
        """A row an SMS long, of one number in a hundred and one in time."""
        return "".join(
            '{"kind":"request","phone_number":"+1202555%04d",'
            '"created_at":"2026-01-01T%02d:%02d:%02dZ"}\n'
            % (i % 100, i // 3600, i // 60 % 60, i % 60) for i in range(rows))

    def stored(self, db):
        rows = []
        with sqlite3.connect(db) as file:
            for table in ("verdict_row", "block", "window_events",
                          "kept_facts", "block_rows"):
                if file.execute("SELECT 1 FROM sqlite_master WHERE name = ?",
                                (table,)).fetchone():
                    rows += file.execute("SELECT * FROM " + table).fetchall()
        return rows

    def test_memory_does_not_grow_with_what_is_said(self):
        log = self.write("log.jsonl", '{"kind":"request"}\n' * ROWS)
        for options in ([], ["--db", self.path("out.db")]):
            process = subprocess.Popen(
                [PROGRAM, "screen", "--quiet", "--jobs", "2", "--policy",
                 self.pack, "--output", self.path("out.jsonl"), *options, log])
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(process.returncode, 0)
            self.assertLess(usage.ru_maxrss, LIMIT_KB, options)

    def test_the_number_of_threads_changes_nothing(self):
        log = self.write("log.jsonl", self.timed(20000))
        seen = []
        for jobs in ("1", "2", "5"):
            db = self.path(jobs + ".db")
            os.environ["SIMWARDEN_SITE_KEY"] = self.path("site.key")
            self.addCleanup(os.environ.pop, "SIMWARDEN_SITE_KEY", None)
            done = self.screen(log, "--jobs", jobs, "--db", db)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(
                done.stdout, self.screen(log, "--jobs", jobs).stdout)
            seen.append((done.stdout, self.stored(db)))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0], seen[2])
        hits = [json.loads(line)["findings"] for line in
                seen[0][0].splitlines()]
        self.assertEqual(sum(len(found) == 2 for found in hits), 20000 - 300)

    def test_what_is_stored_is_not_stored_again(self):
        db = self.path("out.db")
        text = self.timed(9000)
        lines = text.splitlines(keepends=True)
        log = self.write("log.jsonl", "".join(lines[:5000]))
        first = self.screen(log, "--db", db)
        self.assertIn("judged 5,000 ", first.stderr)
        again = self.screen(log, "--db", db)
        self.assertIn("judged 0 + unreadable 0 + duplicate 5,000", again.stderr)
        self.assertEqual(first.stdout, again.stdout)
        log = self.write("log.jsonl", text)
        grown = self.screen(log, "--db", db)
        self.assertIn("judged 4,000 + unreadable 0 + duplicate 5,000",
                      grown.stderr)
        self.assertEqual(grown.stdout, self.screen(log).stdout)
        verified = run("audit", "verify", "--db", db)
        self.assertEqual(verified.returncode, 0, verified.stdout)


# In between: with chunks that were judged whole some 430 MB, and 70 to 140.
LIMIT_KB = 260 << 10


if __name__ == "__main__":
    main()
