#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Figures over many records, with a database: a restart neither forgets nor
counts twice.

usage: counting_store_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import datetime
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import time
import unittest

from counted_log import PACK, START, by_hand, disturbed, lines, made, told
from outside import PROGRAM, Scratch, main, run, verdicts


def asked(db, sql):
    with sqlite3.connect("file:%s?mode=ro" % db, uri=True) as connection:
        return connection.execute(sql).fetchall()


def moved(rows, days):
    """The same records so many days later."""
    return [dict(r, request_id="%s+%d" % (r["request_id"], days),
                 at=r["at"] + days * 86400,
                 created_at=(datetime.datetime.fromisoformat(r["created_at"]) +
                             datetime.timedelta(days=days)).isoformat())
            for r in rows]


class Stored(Scratch):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("demo"))
        self.policy = os.path.dirname(self.write("demo/pack.yaml", PACK))
        self.db = self.path("out.db")

    def screen(self, *paths, options=(), db=None):
        done = run("screen", "--policy", self.policy, "--db", db or self.db,
                   *options, *paths)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def verified(self, db=None):
        done = run("audit", "verify", "--db", db or self.db)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def verdict_lines(self, done):
        """Without the name of the source, which differs by file."""
        return [{k: v for k, v in verdict.items() if k != "source"}
                for verdict in verdicts(done)]


class Restart(Stored):
    def test_two_runs_say_the_same_bytes_as_one(self):
        rows = made(400)
        a = self.write("a.jsonl", lines(rows[:170]))
        b = self.write("b.jsonl", lines(rows[170:]))
        one = self.screen(a, b, db=self.path("one.db"))
        two = self.screen(a).stdout + self.screen(b).stdout
        self.assertEqual(two, one.stdout)
        self.assertEqual(told(one), by_hand(rows))
        self.verified()

    def test_many_small_runs_are_one(self):
        rows = made(120)
        said = []
        chance = random.Random(4)
        at = 0
        while at < len(rows):
            end = at + chance.randrange(1, 12)
            said += verdicts(self.screen(
                self.write("%d.jsonl" % at, lines(rows[at:end]))))
            at = end
        whole = run("screen", "--policy", self.policy,
                    self.write("all.jsonl", lines(rows)))
        self.assertEqual([v["findings"] for v in said],
                         [v["findings"] for v in verdicts(whole)])
        self.verified()

    def test_a_log_that_has_grown_is_continued(self):
        rows = disturbed(made(1500, padding=3000), 300)
        whole = lines(rows)
        once = run("screen", "--policy", self.policy,
                   self.write("log.jsonl", whole)).stdout
        # The log ends where records in time are not waited for any more.
        cut = [i for i in range(200, 1400)
               if max(r["at"] for r in rows[:i]) <
               min(r["at"] for r in rows[i:])]
        path = self.path("log.jsonl")
        for end in (cut[0], cut[len(cut) // 2], cut[-1], len(rows)):
            self.write("log.jsonl", lines(rows[:end]))
            done = self.screen(path)
            self.assertEqual(done.stdout, once[:len(done.stdout)])
        self.assertEqual(done.stdout, once)
        self.assertEqual(asked(self.db, "SELECT count(*) FROM verdict"),
                         [(len(rows),)])
        self.verified()

    def test_a_log_read_while_its_last_row_was_half_written(self):
        rows = made(40)
        whole = lines(rows)
        once = run("screen", "--policy", self.policy,
                   self.write("log.jsonl", whole)).stdout
        path = self.path("log.jsonl")
        ends = [i for i, c in enumerate(whole) if c == "\n"]
        # In a row, before its line break, behind it.
        for end in (ends[9] + 20, ends[9] + 50, ends[19], ends[29] + 1,
                    len(whole)):
            self.write("log.jsonl", whole[:end])
            done = run("screen", "--policy", self.policy, "--db", self.db, path)
            half = end < len(whole) and whole[end - 1:end + 1].count("\n") == 0
            self.assertEqual(done.returncode, 4 if half else 0, done.stderr)
        self.assertEqual(done.stdout, once)
        self.assertEqual(
            asked(self.db, "SELECT count(*), count(DISTINCT byte) FROM verdict"),
            [(len(rows), len(rows))])
        self.verified()

    def test_who_reads_a_record_again_counts_it_no_more(self):
        rows = made(300)
        a = self.write("a.jsonl", lines(rows[:200]))
        b = self.write("b.jsonl", lines(rows[200:]))
        first = self.screen(a)
        copy = self.write("copy.jsonl", lines(rows[:200]))
        again = self.screen(a, copy)
        self.assertEqual(again.stdout, first.stdout + first.stdout.replace(
            a, copy))
        self.assertEqual(
            asked(self.db, "SELECT sum(judged), sum(duplicate) FROM source"),
            [(200, 400)])
        after = self.screen(b)
        figures = by_hand(rows)
        self.assertEqual(told(after),
                         {r["request_id"]: figures[r["request_id"]]
                          for r in rows[200:]})

    def test_nor_with_another_lateness_or_profile(self):
        rows = made(300)
        a = self.write("a.jsonl", lines(rows[:200]))
        b = self.write("b.jsonl", lines(rows[200:]))
        first = self.screen(a)
        again = self.screen(a, options=("--lateness", "1h"))
        self.assertEqual(again.stdout, first.stdout)
        self.write("mine.yaml", "profile: mine\ntitle: Mine\nstatus: example\n"
                   "country: ''\nnote: Made.\n"
                   "thresholds: {review: 20, hold: 40, refuse: 70}\n")
        other = self.screen(a, options=("--profile", self.path("mine.yaml")))
        self.assertEqual(told(other), told(first))
        after = told(self.screen(b))
        figures = by_hand(rows)
        self.assertEqual(after, {r["request_id"]: figures[r["request_id"]]
                                 for r in rows[200:]})

    def test_a_changed_policy_goes_on_counting(self):
        rows = made(300)
        a = self.write("a.jsonl", lines(rows[:200]))
        b = self.write("b.jsonl", lines(rows[200:]))
        first = self.screen(a)
        changed = PACK.replace("version: 1.0.0", "version: 1.1.0").replace(
            "windows:\n", "windows:\n"
            "  all_1h: {doc: All., count: requests, over: 1h}\n").replace(
            "flag: windows.late", "flag: windows.all_1h >= 0")
        self.write("demo/pack.yaml", changed)
        # The same records under other rules: their figures are those of then,
        # and a window that nobody counted then has none.
        again = self.screen(a)
        self.assertEqual(told(again), told(first))
        self.assertEqual({tuple(v.get("undetermined", []))
                          for v in verdicts(again)}, {("W-4",)})
        after = self.screen(b)
        figures = by_hand(rows)
        self.assertEqual(told(after), {r["request_id"]: figures[r["request_id"]]
                                       for r in rows[200:]})
        self.verified()

    def test_a_run_that_was_killed_is_continued(self):
        rows = disturbed(made(6000, padding=3000), 800)
        path = self.write("log.jsonl", lines(rows))
        once = self.screen(path, db=self.path("once.db")).stdout
        blocks = asked(self.path("once.db"), "SELECT count(*) FROM block")[0][0]
        self.assertGreater(blocks, 8)
        killed = subprocess.Popen(
            [PROGRAM, "screen", "--quiet", "--policy", self.policy, "--db",
             self.db, path], stdout=subprocess.DEVNULL)
        # After some of its blocks, by what it has written so far.
        end = time.monotonic() + 60
        while killed.poll() is None and time.monotonic() < end:
            try:
                if asked(self.db, "SELECT count(*) FROM block")[0][0] >= 2:
                    break
            except sqlite3.Error:
                pass
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        self.assertEqual(self.screen(path).stdout, once)
        same = ("SELECT block_id, parent, digest, newest, frontier, "
                "figures_sha256, length(events) FROM window_events ORDER BY 1")
        self.assertEqual(asked(self.db, same),
                         asked(self.path("once.db"), same))
        self.verified()


class Kept(Stored):
    def test_nothing_of_a_record_can_be_read_there(self):
        self.screen(self.write("a.jsonl", lines(made(50))))
        kept = b"".join(events for (events,) in asked(
            self.db, "SELECT events FROM window_events"))
        self.assertGreater(len(kept), 1000)
        for value in (b"A-1", b"120255501"):
            self.assertNotIn(value, kept)
        # Nor tried out with what needs no key.
        for number in range(40):
            value = b"request.phone_number\0+120255501%02d" % number
            for digest in ("md5", "sha1", "sha256", "blake2b"):
                self.assertNotIn(hashlib.new(digest, value).digest()[:8], kept)

    def test_another_site_key_counts_anew_and_knows_what_was_counted(self):
        rows = made(60)
        a = self.write("a.jsonl", lines(rows[:30]))
        b = self.write("b.jsonl", lines(rows[30:]))
        self.screen(a)
        os.remove(self.db + ".key")
        lost = run("screen", "--policy", self.policy, "--db", self.db, b)
        self.assertEqual((lost.returncode, lost.stdout), (5, ""))
        self.assertRegex(lost.stderr, r"out\.db\.key: is not there, and \S+ has "
                         "its pseudonyms and counts under site key [0-9a-f]{8}")
        self.assertFalse(os.path.exists(self.db + ".key"))
        after = told(self.screen(b, options=("--new-site-key",)))
        self.assertEqual(after, {r["request_id"]: f for r, f in
                                 zip(rows[30:], by_hand(rows[30:]).values())})

    def test_clocks_that_are_ahead_of_ours_make_no_later_run_late(self):
        rows = made(60)
        ahead = moved(rows[:8], (datetime.datetime.now(datetime.timezone.utc) -
                                 START).days + 400)
        self.screen(self.write("a.jsonl", lines(rows[:30])),
                    self.write("b.jsonl", lines(ahead)))
        for _ in range(2):
            done = self.screen(self.write("c.jsonl", lines(rows[30:])))
            self.assertEqual(told(done), {
                r["request_id"]: f
                for r, f in list(zip(rows, by_hand(rows).values()))[30:]})
            self.assertNotIn("came late", done.stderr)
            self.assertRegex(done.stderr, r"windows: an earlier run was led "
                                          r"to \S+Z, more than a day ahead")
        self.verified()

    def test_damaged_events_stop_a_run_before_its_first_record(self):
        path = self.write("a.jsonl", lines(made(50)))
        for column in ("events", "figures"):
            db = self.path(column + ".db")
            self.screen(path, db=db)
            with sqlite3.connect(db) as connection:
                connection.execute("UPDATE window_events SET %s = "
                                   "CAST(substr(%s, 1, 9) || x'00' AS BLOB)"
                                   % (column, column))
            done = run("screen", "--policy", self.policy, "--db", db, path)
            self.assertEqual(done.returncode, 5)
            self.assertIn("%s of" % column, done.stderr)
            self.assertIn("not as they were written; see audit verify",
                          done.stderr)
            self.assertEqual(done.stdout, "")
            verify = run("audit", "verify", "--db", db)
            self.assertEqual(verify.returncode, 4)
            self.assertIn("its %s are not as they were written" % column,
                          verify.stdout + verify.stderr)

    def test_a_window_over_purged_events_has_no_figure(self):
        rows = made(200)
        later = moved(rows, 1)
        self.screen(self.write("a.jsonl", lines(rows)))
        done = run("audit", "purge", "--db", self.db, "--before", "2026-03-03",
                   "--who", "demo officer", "--reason", "over")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.verified()
        after = verdicts(self.screen(self.write("b.jsonl", lines(later))))
        # An hour is known, a day reaches back to what is gone.
        self.assertEqual(after[0].get("undetermined"), ["W-2"])
        self.assertEqual(after[-1].get("undetermined"), None)
        self.verified()

    def test_a_purge_takes_what_no_window_looks_back_to(self):
        rows = made(400)
        late = moved(rows, 30)
        self.screen(self.write("a.jsonl", lines(rows)),
                    self.write("b.jsonl", lines(late)))
        purge = ("audit", "purge", "--db", self.db, "--before", "2020-01-01",
                 "--who", "demo officer", "--reason", "over")
        done = run(*purge)
        self.assertIn("1 block purged: events that no window looks at any more",
                      done.stdout)
        self.verified()
        self.assertNotIn("no window looks", run(*purge).stdout)
        # What was counted then is known all the same.
        again = self.screen(self.path("a.jsonl"), self.path("b.jsonl"))
        self.assertEqual(told(again), by_hand(rows + late))


if __name__ == "__main__":
    main()
