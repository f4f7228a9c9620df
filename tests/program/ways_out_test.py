#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How a run of the program ends, well or not, and what it leaves.

usage: ways_out_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import ctypes
import os
import re
import signal
import sqlite3
import struct
import subprocess
import threading
import time
import unittest

from outside import PROGRAM, Scratch, corpus, run, main

FSYNC = {"x86_64": 74, "aarch64": 82}.get(os.uname().machine)  # its number


def cannot_sync():
    """Before a program starts: its fsync fails with EIO, as of a bad disk."""
    load, is_equal, answer = 0x20, 0x15, 0x06  # seccomp's language
    code = ctypes.create_string_buffer(b"".join(
        struct.pack("HBBI", *step) for step in (
            (load, 0, 0, 0), (is_equal, 0, 1, FSYNC),
            (answer, 0, 0, 0x00050005), (answer, 0, 0, 0x7fff0000))))
    program = ctypes.create_string_buffer(
        struct.pack("HP", 4, ctypes.addressof(code)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(38, 1, 0, 0, 0) or prctl(22, 2, program, 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


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
            'request.created_at (2, as in "********00"), '
            'request.policy_profile (1, as in "cn-realnam")\n',
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
                      'message.mail_faults (1, as in "cut_headers")\n', done.stderr)
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

    @unittest.skipIf(FSYNC is None, "not known on this machine")
    def test_nothing_has_its_name_that_is_not_on_the_disk(self):
        out = self.write("out.ndjson", "of before\n")
        done = run("screen", "--output", out, corpus("messages.jsonl"),
                   preexec_fn=cannot_sync)
        self.assertEqual(done.returncode, 5)
        self.assertIn("Input/output error; the output is not whole and stays "
                      "in %s.part" % out, done.stderr)
        pack = self.write("demo.yaml", "list:   demo\n")
        done = run("policy", "format", pack, preexec_fn=cannot_sync)
        self.assertEqual(done.returncode, 5)
        self.assertIn("is as it was: ", done.stderr)
        for path, text in ((out, "of before\n"), (pack, "list:   demo\n")):
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), text)
        self.assertEqual(sorted(os.listdir(self.folder.name)),
                         ["demo.yaml", "out.ndjson", "out.ndjson.part"])

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


if __name__ == "__main__":
    main()
