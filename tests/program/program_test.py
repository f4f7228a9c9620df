#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole program, from outside: what it promises on the command line.

usage: program_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import gzip
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
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
        self.assertIn("seen 4 = judged 2 + unreadable 2 + duplicate 0",
                      done.stderr)

    def test_a_missing_input_does_not_stop_the_others(self):
        done = run("screen", self.path("none.jsonl"), corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 4)
        self.assertIn("none.jsonl", done.stderr)
        self.assertGreater(len(verdicts(done)), 50)

    def test_an_empty_file_is_whole(self):
        done = run("screen", self.write("empty.jsonl", ""))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("seen 0 = judged 0", done.stderr)

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


class WaysOut(Scratch):
    def test_fail_on(self):
        clean = self.write("a.jsonl", '{"kind":"message","text":"hello"}\n')
        bad = run("screen", "--fail-on", "refuse", corpus("messages.jsonl"))
        self.assertEqual(bad.returncode, 1)
        good = run("screen", "--fail-on", "review", clean)
        self.assertEqual(good.returncode, 0)

    def test_wrong_usage(self):
        for arguments in ([], ["scren"], ["screen"], ["screen", "--jobs", "0",
                          "x"], ["screen", "--no-such", "x"],
                          ["explain"], ["policy"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 3, arguments)
            self.assertIn("simwarden:", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_what_a_signal_ends_is_told_by_its_number(self):
        fifo = self.path("pack.fifo")
        os.mkfifo(fifo)
        process = subprocess.Popen([PROGRAM, "policy", "learn", "--scam", fifo,
                                    "--output", "-"])
        time.sleep(0.5)
        process.terminate()
        # A shell writes 128 + 15.
        self.assertEqual(process.wait(timeout=20), -15)
        self.assertIn("130, 143 or 129", run("--help").stdout)

    def test_an_unknown_profile_names_the_known_ones(self):
        done = run("screen", "--profile", "atlantis", corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("generic", done.stderr)

    def test_what_is_not_valid_is_counted_where_a_person_sees_it(self):
        log = self.write("log.jsonl", """
            {"kind":"request","created_at":1772000000}
            {"kind":"request","created_at":"1772000000"}
            {"kind":"request","policy_profile":"cn-realnam"}\n""")
        done = run("screen", log)
        self.assertEqual(done.returncode, 0)
        self.assertIn(
            "values that are not valid, or were cut: "
            "request.created_at (2), request.policy_profile (1)\n",
            done.stderr)
        self.assertIn("where the policy_profile is not valid, generic judged",
                      done.stderr)
        self.assertEqual(run("screen", "--quiet", log).stderr, "")

    def test_what_was_cut_is_not_said_to_be_unrecorded(self):
        headers = "".join(f"X-{i}: demo\n" for i in range(20000))
        mail = self.write("long.eml", "From: care@mail.example\n" + headers
                          + "\nHello\n")
        done = run("screen", "--kind", "message", "--format", "mail", mail)
        self.assertIn("values that are not valid, or were cut: "
                      "message.mail_faults (1)\n", done.stderr)
        self.assertIn("what was cut is for review at least", done.stderr)
        self.assertIn('"action":"review"', done.stdout)

    def test_a_wrong_policy_judges_nothing(self):
        os.mkdir(self.path("demo"))
        self.write("demo/pack.yaml",
                   "pack: demo\nversion: 1.0.0\nasks: request\ntitle: Demo\n"
                   "families: {a: A}\nrules:\n"
                   "  - id: A-1\n    title: T\n    family: a\n"
                   "    severity: high\n    score: 10\n"
                   "    flag: request.chanel.type == 'dealer'\n"
                   "    reason: R.\n    remedy: Do.\n")
        done = run("screen", "--policy", self.path("demo"),
                   corpus("requests.jsonl"))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "")
        self.assertIn("pack.yaml:12:11", done.stderr)
        self.assertIn("request.channel.type", done.stderr)

    def test_a_full_disk_is_no_success(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "screen", corpus("messages.jsonl")],
                                  stdout=full, stderr=subprocess.PIPE,
                                  timeout=60)
        self.assertEqual(done.returncode, 5)
        self.assertEqual(done.stderr.count(b"not whole"), 1, done.stderr)
        self.assertIn(b"No space left on device", done.stderr)
        self.assertIn(b"(not read to its end)", done.stderr)
        self.assertNotIn(b"seen 0", done.stderr)
        named = run("screen", "--output", "/dev/full",
                    corpus("messages.jsonl"))
        self.assertEqual(named.returncode, 5)
        for arguments in (["facts"], ["policy", "list"],
                          ["explain", "--text", "x"]):
            with open("/dev/full", "wb") as full:
                ended = subprocess.run([PROGRAM, *arguments], stdout=full,
                                       stderr=subprocess.PIPE, timeout=60)
            self.assertEqual(ended.returncode, 5, arguments)

    def test_a_reader_that_went_away_is_not_worth_a_word(self):
        reads, writes = os.pipe()
        os.close(reads)
        done = subprocess.run([PROGRAM, "screen",
                               corpus("requests.jsonl")], stdout=writes,
                              stderr=subprocess.PIPE, timeout=60)
        os.close(writes)
        self.assertEqual((done.returncode, done.stderr), (5, b""))

    def test_an_output_has_its_name_only_when_it_is_whole(self):
        out = self.path("out.ndjson")
        done = run("screen", "--output", out, corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.exists(out))
        self.assertFalse(os.path.exists(out + ".part"))

    def test_ctrl_c_leaves_no_output_that_claims_to_be_whole(self):
        out = self.path("out.ndjson")
        process = subprocess.Popen([PROGRAM, "screen", "--output", out, "-"],
                                   stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        line = b'{"kind":"message","text":"hello"}\n'
        process.stdin.write(line * 200000)
        process.stdin.flush()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            process.stdin.write(line * 200000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdin = None
        said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130)
        self.assertIn(b"stopped", said)
        self.assertFalse(os.path.exists(out))
        self.assertTrue(os.path.exists(out + ".part"))

    def wait_until_it_minds_ctrl_c(self, pid):
        """Loading the policies takes as long as the machine lets it."""
        for _ in range(600):
            with open(f"/proc/{pid}/status", encoding="utf-8") as status:
                caught = [line for line in status if line.startswith("SigCgt")]
            if int(caught[0].split()[1], 16) >> (signal.SIGINT - 1) & 1:
                return
            time.sleep(0.1)
        self.fail("it never minded Ctrl-C")

    def test_ctrl_c_stops_a_run_that_waits_for_input(self):
        process = subprocess.Popen([PROGRAM, "screen", "-"],
                                   stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        self.wait_until_it_minds_ctrl_c(process.pid)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        self.assertEqual(process.wait(timeout=20), 130)
        self.assertIn(b"stopped", said)
        self.assertNotIn(b"unreadable 1", said)
        process.stdin.close()

    def test_a_live_pipe_is_answered_record_by_record(self):
        requests = ['{"request_id":"demo-%d","created_at":'
                    '"2026-01-01T00:00:%02dZ"}' % (i, i) for i in range(12)]
        at_once = ("--lateness", "0s")
        # Time is believed when eight have said it.
        for rows, together, options in (
                (requests, 8, at_once),
                (requests, 8, (*at_once, "--jobs", "1")),
                (['{"text":"demo %d"}' % i for i in range(4)], 1, ()),
                (["demo %d" % i for i in range(4)], 1,
                 ("--format", "text", "--encoding", "utf-8",
                  "--kind", "message"))):
            command = ["screen", "--quiet", *options, "-"]
            whole = run(*command, stdin="\n".join(rows) + "\n")
            answers = self.answers_one_by_one(command, rows, together)
            self.assertEqual(answers, whole.stdout, options)

    def answers_one_by_one(self, command, rows, together):
        """What is told of each row before the next one is written; of so many
        at first in one."""
        with subprocess.Popen([PROGRAM, *command], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True,
                              encoding="utf-8") as live:
            limit = threading.Timer(60, live.kill)  # were one held back
            limit.start()
            told = []
            for number, row in enumerate(rows, 1):
                live.stdin.write(row + "\n")
                live.stdin.flush()
                while together <= number > len(told):
                    told.append(live.stdout.readline())
            live.stdin.close()
            limit.cancel()
        return "".join(told)

    def test_a_run_that_is_stopped_while_it_loads_ends_in_order(self):
        out = self.path("early")
        process = subprocess.Popen(
            [PROGRAM, "screen", "--db", self.path("v.db"), "--output", out,
             corpus("messages.jsonl")], stderr=subprocess.PIPE)
        caught = 0
        while not caught >> (signal.SIGTERM - 1) & 1:
            with open(f"/proc/{process.pid}/status") as status:
                caught = int(re.search(r"SigCgt:\s*(\w+)", status.read())[1],
                             16)
        self.assertFalse(os.path.exists(out + ".part"))
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 130, said)
        verified = run("audit", "verify", "--db", self.path("v.db"))
        self.assertEqual(verified.returncode, 0, verified.stdout)

    def test_a_terminal_that_goes_away_stops_a_run_in_order(self):
        for ignored, code in ((False, 130), (True, 0)):
            process = subprocess.Popen(
                [PROGRAM, "screen", "--output", self.path("out"), "-"],
                stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                preexec_fn=lambda: signal.signal(
                    signal.SIGHUP,
                    signal.SIG_IGN if ignored else signal.SIG_DFL))
            process.stdin.write(b'{"kind":"message","text":"hello"}\n')
            process.stdin.flush()
            time.sleep(1)
            process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            said = process.communicate(timeout=60)[1]
            self.assertEqual(process.returncode, code, said)

    def test_a_run_whose_output_fails_is_stored_as_failed(self):
        db = self.path("v.db")
        done = run("screen", "--db", db, "--output", "/dev/full",
                   corpus("messages.jsonl"))
        self.assertEqual(done.returncode, 5)
        with sqlite3.connect(db) as opened:
            self.assertEqual(opened.execute(
                "select status from run").fetchall(), [("failed",)])

    def test_no_colours_and_no_progress_into_a_pipe(self):
        done = run("screen", corpus("messages.jsonl"))
        self.assertNotIn("\x1b", done.stdout + done.stderr)
        self.assertNotIn("\r", done.stderr)


class Charsets(Scratch):
    text = "您好，请携带本人身份证原件到营业厅办理补卡业务，加微信 demo_sim88。\n"

    def test_a_declared_charset_gives_the_verdicts_of_utf_8(self):
        traditional = "您好，請攜帶身分證，加微信 demo_sim88。\n"
        for name, text in (("gbk", self.text), ("GB18030", self.text),
                           ("utf-16le", self.text), ("big5", traditional)):
            wanted = run("screen", "--quiet", self.write("a.txt", text))
            path = self.write("a.txt", text.encode(name), "wb")
            done = run("screen", "--encoding", name, path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout, wanted.stdout)
            self.assertRegex(done.stderr, r"a\.txt: read as \S+ \(declared\)\n")

    def test_a_detected_charset_is_named_with_its_confidence(self):
        path = self.write("a.txt", self.text.encode("gbk"), "wb")
        for command in ("screen", "explain"):
            done = run(command, path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("a.txt: read as gb18030 (detected, confidence 100)\n",
                          done.stderr)
        self.assertIn("营业厅", done.stdout)
        self.assertNotIn("read as", run("screen", "--quiet", path).stderr)

    def test_utf_8_needs_no_word(self):
        path = self.write("a.txt", self.text)
        self.assertNotIn("read as", run("screen", path).stderr)

    def test_a_byte_order_mark_is_named(self):
        path = self.write("a.txt", self.text.encode("utf-16"), "wb")
        done = run("screen", "--encoding", "gbk", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("a.txt: read as utf-16le (byte order mark)\n",
                      done.stderr)

    def test_bytes_that_mean_nothing_are_counted_error_rows(self):
        path = self.write("a.txt", self.text.encode("gbk") + b"\xff\xfe\n",
                          "wb")
        done = run("screen", "--encoding", "gbk", path)
        self.assertEqual(done.returncode, 4)
        self.assertEqual(verdicts(done)[1]["error"]["code"], "T101")
        self.assertEqual(verdicts(done)[1]["error"]["line"], 2)
        self.assertIn("means nothing in it, byte sequences: 2", done.stderr)
        self.assertIn("seen 2 = judged 1 + unreadable 1", done.stderr)

    def test_a_declaration_that_is_wrong_is_doubted_aloud(self):
        path = self.write("a.txt", self.text)
        done = run("screen", "--encoding", "windows-1252", path)
        self.assertIn("its beginning is UTF-8", done.stderr)

    def test_an_unknown_charset_is_wrong_usage_with_a_hint(self):
        path = self.write("a.txt", self.text)
        for command in ("screen", "explain"):
            done = run(command, "--encoding", "windows-1521", path)
            self.assertEqual(done.returncode, 3)
            self.assertIn("did you mean windows-125", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_another_charset_is_another_judgement(self):
        path = self.write("a.txt", b"caf\xe9\n", "wb")
        db = self.path("v.db")
        for name in ("windows-1252", "windows-1251"):
            done = run("screen", "--db", db, "--encoding", name, path)
            self.assertIn("judged 1 ", done.stderr)


class OperatorsOwnWords(Scratch):
    def test_a_mapping_translates_columns_and_values(self):
        done = run("screen", "--map", corpus("branch_map.yaml"),
                   corpus("requests_branch.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(verdicts(done)), 12)
        for verdict in verdicts(done):
            self.assertEqual(verdict["kind"], "request")
            self.assertNotIn("invalid", verdict)

    def test_a_column_that_the_mapping_waits_for_is_told(self):
        rules = self.write("m.yaml", "columns: {Ref: request_id, "
                           "Telefon: phone_number}\n")
        log = self.write("a.csv", "Ref,Telefn\nA1,07700900123\n")
        done = run("screen", "--map", rules, log)
        self.assertIn("no column Telefon, which --map has; did you mean "
                      "Telefn?", done.stderr)
        self.assertNotIn("no column Ref", done.stderr)
        log = self.write("b.csv", "Ref,Telefon\nA1,07700900123\n")
        done = run("screen", "--map", rules, log)
        self.assertNotIn("no column", done.stderr)
        self.assertIn("country: GB", done.stderr)

    def test_a_mistake_in_a_mapping_has_its_place(self):
        wrong = self.write("m.yaml", "columns:\n  渠道: chanel.type\n")
        done = run("screen", "--map", wrong, corpus("requests_branch.csv"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("m.yaml:2:7", done.stderr)
        self.assertIn("channel.type", done.stderr)

    def test_camel_case_is_understood(self):
        snake = '{"kind":"request","channel":{"official_status":"unofficial"}}'
        camel = '{"kind":"request","channel":{"officialStatus":"unofficial"}}'
        one, two = (verdicts(run("screen", "-", stdin=text))
                    for text in (snake, camel))
        self.assertEqual(one, two)
        self.assertIn("CHN-001", [f["rule"] for f in one[0]["findings"]])

    def test_absent_null_and_wrong_stay_apart(self):
        def evidence(value):
            record = '{"kind":"request"%s}' % (
                ',"channel":{"official_status":%s}' % value if value else "")
            verdict = verdicts(run("screen", "-", stdin=record))[0]
            return verdict
        self.assertNotIn("invalid", evidence(""))
        self.assertNotIn("invalid", evidence("null"))
        wrong = evidence('"oficial"')
        self.assertEqual(wrong["invalid"][0]["fact"],
                         "request.channel.official_status")
        self.assertIn("official", wrong["invalid"][0]["expected"])


if __name__ == "__main__":
    main()
