#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole program, from outside: what it promises on the command line.

usage: program_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import gzip
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from outside import CHECKOUT, PROGRAM, Scratch, corpus, run, verdicts, main


class SameBytes(Scratch):
    inputs = ("requests.jsonl", "requests_export.csv", "messages.jsonl",
              "article_demo.txt")

    def judged(self, *options):
        done = run("screen", "--quiet", *options, *map(corpus, self.inputs))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_one_thread_and_many_say_the_same(self):
        big = self.big_log(20)
        one = run("screen", "--quiet", "--jobs", "1", big)
        many = run("screen", "--quiet", "--jobs", "7", big)
        self.assertEqual(one.returncode, 0, one.stderr)
        self.assertGreater(len(one.stdout), 1 << 20)
        self.assertTrue(one.stdout == many.stdout)

    def test_the_prefilter_changes_nothing(self):
        self.assertTrue(self.judged() == self.judged("--no-prefilter"))

    def test_the_gates_of_rules_change_nothing(self):
        self.assertTrue(self.judged() == self.judged("--no-gates"))
        log = self.path("log.jsonl")
        tool = os.path.join(CHECKOUT, "tools", "make_requests")
        subprocess.run([tool, "--count", "1500", "--seed", "7",
                        "--fraud-rate", "0.3", "--output", log],
                       check=True, capture_output=True, timeout=120)
        fast = run("screen", "--quiet", log)
        slow = run("screen", "--quiet", "--no-gates", log)
        self.assertGreater(len(fast.stdout), 1 << 20)
        self.assertTrue(fast.stdout == slow.stdout)

    def test_compressed_input_says_the_same(self):
        with open(corpus("messages.jsonl"), "rb") as file:
            packed = self.write("messages.jsonl.gz",
                                gzip.compress(file.read()), "wb")
        plain = run("screen", corpus("messages.jsonl"))
        unpacked = run("screen", packed)
        self.assertEqual(
            plain.stdout.replace(corpus("messages.jsonl"), "X"),
            unpacked.stdout.replace(packed, "X"))

    def test_the_order_of_records_changes_no_verdict(self):
        with open(corpus("messages.jsonl"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        shuffled = list(lines)
        random.Random(5).shuffle(shuffled)
        def by_id(text):
            found = {}
            for verdict in verdicts(run("screen", "-", stdin=text)):
                del verdict["source"]
                found[verdict["id"]] = verdict
            return found
        self.assertEqual(by_id("\n".join(lines)), by_id("\n".join(shuffled)))


class NothingIsLost(Scratch):
    def test_bad_lines_are_named_and_the_rest_is_judged(self):
        log = self.write("log.jsonl", '{"kind":"message","text":"hello"}\n'
                         '{"kind":"message","text":\n'
                         '[1,2]\n\n'
                         '{"kind":"message","text":"there"}\n')
        done = run("screen", log)
        self.assertEqual(done.returncode, 4)
        lines = verdicts(done)
        self.assertEqual(["action" in line for line in lines],
                         [True, False, False, True])
        self.assertEqual(lines[1]["error"]["line"], 2)
        self.assertEqual(lines[2]["error"]["line"], 3)
        self.assertRegex(done.stderr, "seen 4 = judged 2 [+] unreadable 2 [+] "
                         "duplicate 0\n  unreadable, the first: line 2: J111 ")

    def test_a_missing_input_does_not_stop_the_others(self):
        done = run("screen", self.path("none.jsonl"), corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("none.jsonl", done.stderr)
        self.assertGreater(len(verdicts(done)), 50)

    def test_policies_beside_the_program_are_found(self):
        bin = self.path("bin")
        os.mkdir(bin)
        program = os.path.join(bin, "simwarden")
        try:
            os.link(PROGRAM, program)
        except OSError:  # another disk
            shutil.copy2(PROGRAM, program)
        alone = {name: value for name, value in os.environ.items()
                 if name != "SIMWARDEN_POLICIES"}

        def listed():
            return subprocess.run([program, "policy", "list"], env=alone,
                                  capture_output=True, text=True, timeout=120)
        none = listed()
        self.assertEqual(none.returncode, 3, none.stdout)
        self.assertIn(os.path.join(bin, "policies"), none.stderr)
        self.assertIn("share/simwarden/policies", none.stderr)
        os.symlink(os.path.join(CHECKOUT, "policies"),
                   os.path.join(bin, "policies"))
        found = listed()
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertIn("sim-replacement", found.stdout)

    def test_an_empty_file_is_told(self):
        done = run("screen", self.write("empty.jsonl", ""))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("empty.jsonl: seen 0 = judged 0 + unreadable 0 + "
                      "duplicate 0  (nothing is in it)\n", done.stderr)

    def test_a_huge_line_is_one_bad_row(self):
        log = self.write("huge.jsonl", '{"text":"' + "x" * (9 << 20) + '"}\n'
                         '{"kind":"message","text":"after"}\n')
        done = run("screen", log)
        self.assertEqual(done.returncode, 4)
        lines = verdicts(done)
        self.assertEqual(len(lines), 2)
        self.assertIn("error", lines[0])
        self.assertEqual(lines[1]["action"], "pass")

    def test_a_truncated_archive_is_said(self):
        with open(corpus("messages.jsonl"), "rb") as file:
            packed = gzip.compress(file.read())
        cut = self.write("cut.jsonl.gz", packed[:len(packed) // 2], "wb")
        done = run("screen", cut)
        self.assertEqual(done.returncode, 4)
        self.assertIn("cut.jsonl.gz", done.stderr)
        self.assertIn("not read to its end", done.stderr)
        # Also the row that it ends in is told, and counted.
        lines = verdicts(done)
        self.assertEqual(lines[-1]["error"]["code"], "J111")
        self.assertEqual(lines[-1]["error"]["line"], len(lines))
        self.assertIn("seen %d = judged %d + unreadable 1 + duplicate 0  (not"
                      % (len(lines), len(lines) - 1), done.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_an_unreadable_folder_is_said(self):
        os.mkdir(self.path("closed"), 0)
        self.write("open.jsonl", '{"kind":"message","text":"hi"}\n')
        done = run("screen", self.folder.name)
        os.chmod(self.path("closed"), 0o700)
        self.assertEqual(done.returncode, 4)
        self.assertIn("closed", done.stderr)
        self.assertEqual(len(verdicts(done)), 1)


class Store(Scratch):
    def test_a_source_that_cannot_be_opened_is_in_the_run(self):
        self.write("bad.csv", "colour,shape\nred,round\n")
        self.write("x.zip", "PK\x03\x04demo")
        self.write("good.jsonl", '{"kind":"message","text":"a"}\n')
        self.write("cut.jsonl.gz", gzip.compress(
            b'{"kind":"message","text":"b"}\n' * 3)[:-4], "wb")
        done = self.screen(*map(self.path, (
            "none.jsonl", "bad.csv", "x.zip", "good.jsonl", "cut.jsonl.gz")))
        self.assertEqual(done.returncode, 4)
        for name in ("none.jsonl", "bad.csv", "x.zip"):
            self.assertIn(self.path(name) + ": seen 0 = judged 0 + unreadable 0 "
                          "+ duplicate 0  (%s)" % (
                              "could not be opened" if name == "none.jsonl"
                              else "nothing of it was read: see its message"),
                          done.stderr)
        told = self.rows("select source, seen, judged, state from completeness")
        self.assertEqual(
            [(os.path.basename(name), *rest) for name, *rest in told],
            [("none.jsonl", None, None, "never ended"),
             ("bad.csv", None, None, "never ended"),
             ("x.zip", None, None, "never ended"),
             ("good.jsonl", 1, 1, "complete"),
             ("cut.jsonl.gz", 3, 3, "never ended")])
        report = run("report", "--db", self.path("v.db"), "--format", "csv")
        self.assertIn("x.zip", report.stdout)
        verified = run("audit", "verify", "--db", self.path("v.db"))
        self.assertEqual(verified.returncode, 0, verified.stdout)

    def rows(self, query, *values):
        with sqlite3.connect(self.path("v.db")) as db:
            return db.execute(query, values).fetchall()

    def screen(self, *inputs):
        return run("screen", "--db", self.path("v.db"), *inputs)

    def count(self):
        return self.rows("select count(*) from verdict")[0][0]

    def test_a_run_repeated_stores_nothing_twice(self):
        first = self.screen(corpus("messages.jsonl"), corpus("requests.jsonl"))
        self.assertEqual(first.returncode, 0, first.stderr)
        stored = self.count()
        again = self.screen(corpus("messages.jsonl"), corpus("requests.jsonl"))
        self.assertEqual(self.count(), stored)
        self.assertEqual(first.stdout, again.stdout)
        self.assertIn("judged 0 + unreadable 0 + duplicate", again.stderr)

    def test_a_log_that_grew_is_continued(self):
        with open(corpus("messages.jsonl"), encoding="utf-8") as file:
            lines = file.read().splitlines(keepends=True)
        log = self.write("log.jsonl", "".join(lines[:50]))
        self.screen(log)
        self.assertEqual(self.count(), 50)
        self.write("log.jsonl", "".join(lines))
        grown = self.screen(log)
        self.assertEqual(self.count(), len(lines))
        self.assertIn("duplicate 50", grown.stderr)
        self.assertEqual(
            self.rows("select count(distinct line) from verdict")[0][0],
            len(lines))

    def test_a_row_that_was_half_written_is_judged_when_it_is_whole(self):
        mail = ("From demo@example.com Sun Nov 29 10:00:00 2026\n"
                "From: demo@example.com\nSubject: Hello %d\n\nLine one\n"
                "Line two\n\n")
        logs = {
            "log.csv": "kind,id,text\n" + "".join(
                f'message,demo-{i},"Hello, line one\nand line two of {i}"\r\n'
                for i in range(4)),
            "log.tsv": "kind\tid\ttext\n" + "".join(
                f"message\tdemo-{i}\tHello to {i}\n" for i in range(4)),
            "log.txt": "".join(f"Hello to the reader {i}\n"
                               for i in range(4)),
            "log.mbox": "".join(mail % i for i in range(4))}
        for name, text in logs.items():
            row = len(text) // 4
            path = self.path(name)
            for end in (2 * row - 9, 3 * row + 11, len(text)):
                self.write(name, text[:end], newline="")
                done = self.screen("--format", name[4:].replace(
                    "txt", "text").replace("mbox", "mail"), path)
            with self.subTest(name):
                once = run("screen", "--format", name[4:].replace(
                    "txt", "text").replace("mbox", "mail"), path)
                self.assertEqual(
                    [json.loads(v)["action"] for v in done.stdout.splitlines()],
                    [json.loads(v)["action"] for v in once.stdout.splitlines()])
                newest = self.rows(
                    "select max(verdict_id) from verdict where source = ? "
                    "group by byte", path)
                self.assertEqual(len(newest), 4, done.stderr)
                # What was taken for a row stays in the database, too.
                self.assertLessEqual(self.rows(
                    "select count(*) from verdict where source = ?",
                    path)[0][0], 8)
                self.assertIn("unreadable 0", done.stderr)
        verified = run("audit", "verify", "--db", self.path("v.db"))
        self.assertEqual(verified.returncode, 0, verified.stdout)

    def test_another_profile_is_another_judgement(self):
        log = corpus("requests.jsonl")
        self.screen(log)
        stored = self.count()
        self.assertEqual(self.screen("--profile", "us-fcc", log).returncode, 0)
        self.assertEqual(self.count(), 2 * stored)

    def test_no_identifier_is_in_clear(self):
        self.screen(corpus("requests.jsonl"))
        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            numbers = {json.loads(line).get("phone_number") for line in file}
        stored = b""
        for name in os.listdir(self.folder.name):
            if name.startswith("v.db") and not name.endswith(".key"):
                with open(self.path(name), "rb") as file:
                    stored += file.read()
        self.assertGreater(len(stored), 4096)
        for number in filter(None, numbers):
            self.assertNotIn(number.encode(), stored)
            self.assertNotIn(number.lstrip("+").encode(), stored)

    def test_killed_in_mid_run_loses_nothing_that_was_reported(self):
        big = self.big_log(100)
        with open(self.path("out.ndjson"), "wb") as out:
            process = subprocess.Popen(
                [PROGRAM, "screen", "--quiet", "--jobs", "2", "--db",
                 self.path("v.db"), big], stdout=out)
            while os.path.getsize(self.path("out.ndjson")) < (1 << 20):
                self.assertIsNone(process.poll(), "ended before the kill")
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with open(self.path("out.ndjson"), "rb") as file:
            whole = [line for line in file.read().split(b"\n")[:-1]]
        reported = [json.loads(line)["source"]["line"] for line in whole]
        stored = {row[0] for row in self.rows("select line from verdict")}
        self.assertGreater(len(reported), 100)
        self.assertTrue(set(reported) <= stored)
        again = self.screen("--quiet", big)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.count(), len(again.stdout.splitlines()))

    def test_an_unwritable_database_is_the_environments_fault(self):
        done = run("screen", "--db", self.path("no/such/folder/v.db"),
                   corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 5)
        self.assertEqual(done.stdout, "")
        self.assertIn("v.db", done.stderr)

    def test_a_file_that_is_no_database_is_left_as_it_is(self):
        self.write("v.db", "these are my notes\n" * 100)
        done = self.screen(corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 5)
        with open(self.path("v.db"), encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("these are my notes"))


if __name__ == "__main__":
    main()
