#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What holds at every door: bytes may come in any pieces, a store that fails
is answered as the settings say, every limit has an answer, tokens are asked
for where they can be given."""
import contextlib
import gzip
import hashlib
import json
import os
import random
import re
import select
import sqlite3
import subprocess
import time
import unittest
import zlib

from daemon import read_to_end
from doors import (DOORS, HEADER, HOOKS, MAIL_DOORS, body_of, frame, frames,
                   http, lined, listeners, mail, milter_mail, question,
                   started, status_of, talk, told)
from outside import CHECKOUT, Scratch, fill, main

BAD = ("Your SIM will be blocked today. Confirm at "
       "http://secure-verify.example/sim or add Telegram @demo_fix")
GOOD = "See you at noon."
LINES = ("spamd", "rspamc")
BINARY = ("milter", "postfix_policy")
SPEAKS_HTTP = ("http", "rspamd") + HOOKS


class Manual(unittest.TestCase):
    def test_every_door_of_the_manual_is_asked_here(self):
        with open(os.path.join(CHECKOUT, "docs", "serve.md"),
                  encoding="utf-8") as file:
            table = file.read().partition("<!-- doors -->\n")[2]
        named = re.findall(r"^\| `(\w+)` \| ", table.partition("<!-- end")[0],
                           re.M)
        self.assertEqual(sorted(named), sorted([*DOORS, "door"]))


class Pieces(Scratch):
    """Whole, byte by byte, cut at random places: one conversation."""

    def setUp(self):
        super().setUp()
        self.daemon = started(self, "listen:\n" + listeners(
            more="timeouts: {request: 60s}"))

    def comparable(self, answer):
        """Without what differs from one answer to the next."""
        answer = re.sub(rb'"time_real":[-\d.e]+', b'"time_real":0', answer)
        answer = re.sub(rb'(X-Request-Id: |"correlator":")\w+', b"", answer)
        return re.sub(rb"Content-Length: \d+\r\n", b"", answer)

    def test_pieces_of_any_size_are_the_same_conversation(self):
        dice = random.Random(23)
        for door in DOORS:
            for text in (BAD, GOOD):
                wire = question(door, text)
                with self.subTest(door=door, text=text):
                    whole = self.comparable(talk(self.daemon, door, wire))
                    self.assertNotEqual(whole, b"")
                    single = [wire[i:i + 1] for i in range(len(wire))]
                    self.assertEqual(self.comparable(
                        talk(self.daemon, door, single)), whole)
                    for _ in range(8):
                        cuts = sorted(dice.sample(range(1, len(wire)), 4))
                        pieces = [wire[a:b] for a, b
                                  in zip([0] + cuts, cuts + [None])]
                        self.assertEqual(self.comparable(talk(
                            self.daemon, door, pieces, 0.002)), whole)

    def test_a_request_that_is_cut_off_is_never_answered_like_a_whole_one(self):
        good = {door: told(door, talk(self.daemon, door, question(door, GOOD)))
                for door in DOORS}
        dice = random.Random(29)
        for door in DOORS:
            wire = question(door, GOOD)
            # A milter is answered before its farewell.
            end = len(wire) - (len(frame(b"Q")) if door == "milter" else 0)
            for size in dice.sample(range(end), min(40, end)) + [end - 1]:
                answer = talk(self.daemon, door, wire[:size])
                if answer:
                    self.assertNotEqual(told(door, answer), good[door],
                                        (door, size, answer))

    def test_noise_ends_in_an_answer_or_a_closed_door(self):
        dice = random.Random(31)
        for door in DOORS:
            for _ in range(40):
                wire = bytearray(question(door, BAD))
                for _ in range(dice.randrange(1, 12)):
                    wire[dice.randrange(len(wire))] = dice.randrange(256)
                talk(self.daemon, door, bytes(wire))
                talk(self.daemon, door, dice.randbytes(dice.randrange(300)))
            self.assertNotEqual(
                talk(self.daemon, door, question(door, GOOD)), b"", door)

    def test_a_milters_blocks_may_have_any_size(self):
        body = ("%s\r\n" % GOOD * 40 + BAD + "\r\n").encode()
        whole = talk(self.daemon, "milter", milter_mail(body))
        self.assertEqual(told("milter", whole), "y554")
        for block in (1, 7, 64, 1000, len(body) - 1):
            self.assertEqual(talk(self.daemon, "milter",
                                  milter_mail(body, block=block)), whole)
        # The last block may come with the end of the mail.
        wire = milter_mail(body[:-20])[:-10] + frame(b"E", body[-20:])
        self.assertEqual(talk(self.daemon, "milter", wire), whole)


class Failing(Scratch):
    """The disk is full. 30 doors: each protocol by each word of `on_error`."""

    WORDS = ("tempfail", "hold", "pass")
    # Of a good message: by tempfail, by hold, by pass.
    EXPECTED = {
        "http": (503, 503, "pass"),
        "rspamd": ("soft reject", "add header", "no action"),
        "rspamc": ("RSPAMD/1.3 75", "add header", "no action"),
        "spamd": ("SPAMD/1.0 75 ", "True", "False"),
        "milter": ("y451", "q", "a"),
        "postfix_policy": ("DEFER_IF_PERMIT", "HOLD", "DUNNO"),
        "ios": (503, "junk", "none"),
        "jasmin": (503, "hold", "pass"),
        "kannel": (503, "held", ""),
        "tg_spam": (503, True, False),
    }

    def setUp(self):
        super().setUp()
        self.disk = self.small_disk(8)
        self.daemon = started(self, "store: {db: %s/out.db}\nlisten:\n" %
                              self.disk + "".join(
            listeners(more="on_error: " + word, suffix="-" + word)
            for word in self.WORDS))

    def fill(self):
        fill(os.path.join(self.disk, "hog"))
        body = json.dumps([{"kind": "message", "text": BAD}] * 200)
        for _ in range(100):
            if self.daemon.ask("POST", "/v1/screen", body,
                               door="http-tempfail")[0] == 503:
                return
        self.fail("the disk is not full")

    def ask(self, door, word, text=GOOD):
        return told(door, talk(self.daemon, "%s-%s" % (door, word),
                               question(door, text)))

    def test_every_door_says_what_its_settings_say(self):
        for door in DOORS:  # while the store is well
            before = self.ask(door, "tempfail")
            self.assertEqual(before, self.EXPECTED[door][2], door)
        self.fill()
        bad = {door: self.ask(door, "pass", BAD) for door in DOORS}
        for door in DOORS:
            with self.subTest(door=door):
                self.assertEqual(tuple(self.ask(door, word)
                                       for word in self.WORDS),
                                 self.EXPECTED[door])
        # `hold` tells by name what it would be, or that it is held.
        for text, action in ((GOOD, b"hold"), (BAD, b"refuse")):
            said = talk(self.daemon, "milter-hold", question("milter", text))
            self.assertIn(b"X-Simwarden-Action\0" + action, said)
            self.assertNotIn(b"X-Simwarden-Verdict", said)
            said = talk(self.daemon, "rspamd-hold", question("rspamd", text))
            self.assertIn(b'"X-Simwarden-Action":"' + action, said)
        # `pass` tells the verdict, not "all is well".
        self.assertEqual(bad, {
            "http": "refuse", "rspamd": "reject", "rspamc": "reject",
            "spamd": "True", "milter": "y554", "postfix_policy": "DUNNO",
            "ios": "junk", "jasmin": "refuse", "kannel": "refused",
            "tg_spam": True})
        metrics = self.daemon.ask("GET", "/metrics", door="http-pass")[2]
        for door in DOORS:
            for word in self.WORDS:
                event = "not_kept" if word == "pass" else "store_failed"
                row = 'door="%s-%s",event="%s"} ' % (door, word, event)
                self.assertIn(row.encode(), metrics)

    def test_jasmin_is_not_acknowledged_unless_it_is_kept(self):
        wire = http("/jasmin", b'{"content":"hi","coding":1}')
        self.assertEqual(body_of(talk(self.daemon, "jasmin-hold", wire)),
                         b"ACK/Jasmin")
        self.fill()
        for word, status in (("tempfail", 503), ("hold", 503), ("pass", 200)):
            self.assertEqual(status_of(
                talk(self.daemon, "jasmin-" + word, wire)), status)

    def test_a_stream_of_lines_ends_without_its_end(self):
        line = json.dumps({"kind": "message", "text": GOOD}).encode() + b"\n"
        ask = lambda word: talk(self.daemon, "http-" + word, http(
            "/v1/screen", line * 3, "application/x-ndjson"))
        self.assertTrue(ask("tempfail").endswith(b"0\r\n\r\n"))
        self.fill()
        for word in ("tempfail", "hold"):
            self.assertFalse(ask(word).endswith(b"0\r\n\r\n"))
            self.assertNotIn(b'"action"', ask(word))
        self.assertTrue(ask("pass").endswith(b"0\r\n\r\n"))


class Limits(Scratch):
    """Each limit at each door, and what it says then."""

    def served(self, more, doors=DOORS, top=""):
        self.daemon = started(
            self, top + "listen:\n" + listeners(doors, more=more) +
            listeners(["http"], suffix="-desk"))

    def counted(self, event):
        metrics = self.daemon.ask("GET", "/metrics",
                                  door="http-desk")[2].decode()
        return {door: float(value) for door, value in re.findall(
            r'simwarden_door_events_total\{door="(\w+)",event="%s"\} (\d+)'
            % event, metrics)}

    TOO_MANY = {"spamd": "SPAMD/1.0 75 ", "rspamc": "RSPAMD/1.3 75",
                "milter": "", "postfix_policy": "DEFER_IF_PERMIT"}

    def test_too_many_connections(self):
        self.served("limits: {connections: 1}")
        for door in DOORS:
            with self.subTest(door=door):
                deadline = time.monotonic() + 20
                with self.daemon.connect(door):
                    time.sleep(0.2)
                    answer = talk(self.daemon, door,
                                  question(door, GOOD)
                                  if door == "postfix_policy" else b"")
                    self.assertEqual(told(door, answer),
                                     self.TOO_MANY.get(door, 503), answer)
                    if door in SPEAKS_HTTP and door != "rspamd":
                        self.assertIn(b"Retry-After", answer)
                # The room of who has gone is free again.
                while told(door, talk(self.daemon, door, question(
                        door, GOOD))) in (503, "", "SPAMD/1.0 75 ",
                                          "RSPAMD/1.3 75",
                                          "DEFER_IF_PERMIT"):
                    if door == "kannel":
                        break  # says nothing about a good message
                    self.assertLess(time.monotonic(), deadline)
        counted = self.counted("busy")
        self.assertTrue(all(counted[door] for door in DOORS), counted)

    def test_too_many_connections_are_told_so_while_they_send(self):
        # Not reset: what they are told would be lost.
        doors = [door for door in DOORS if door not in BINARY]
        self.served("limits: {connections: 1}", doors)
        for door in doors:
            with self.subTest(door=door), self.daemon.connect(door):
                time.sleep(0.2)
                with self.daemon.connect(door) as sock:
                    sock.sendall(question(door, "x" * 3_000_000))
                    answer = read_to_end(sock)
                self.assertEqual(told(door, answer),
                                 self.TOO_MANY.get(door, 503), answer)

    def test_a_header_that_is_too_large(self):
        self.served("limits: {headers: 2 KiB}",
                    [door for door in DOORS if door not in BINARY])
        for door in SPEAKS_HTTP:
            answer = talk(self.daemon, door,
                          question(door, GOOD, X_Large="x" * 4000))
            self.assertEqual(status_of(answer),
                             531 if door == "rspamd" else 431, door)
        for door in LINES:
            answer = talk(self.daemon, door, question(door, GOOD).replace(
                b"\r\nContent", b"\r\nA: " + b"x" * 4000 + b"\r\nContent", 1))
            self.assertIn(b" 76 ", answer[:16])
        counted = self.counted("too_large")
        self.assertTrue(all(counted[door] for door in SPEAKS_HTTP + LINES))

    def test_a_request_that_is_too_large(self):
        self.served("limits: {request: 8 KiB}")
        large = "Good day. " * 4000
        for door in SPEAKS_HTTP:
            answer = talk(self.daemon, door, question(door, large))
            self.assertEqual(status_of(answer),
                             513 if door == "rspamd" else 413, door)
        vast = question("rspamd", "Good day. " * 2_000_000)
        with self.daemon.connect("rspamd") as sock:
            sock.sendall(vast)  # nobody hangs up in the middle
            self.assertEqual(status_of(read_to_end(sock)), 513)
        for door in LINES:
            self.assertIn(b" 76 ", talk(self.daemon, door, question(
                door, large))[:16])
        answer = talk(self.daemon, "milter", question("milter", large))
        self.assertEqual(told("milter", answer), "a")  # with a mark
        self.assertIn(b"X-Simwarden-Cut\0008192 bytes were read", answer)
        answer = talk(self.daemon, "postfix_policy",
                      b"a=" + b"x" * 70000 + b"\n\n")
        self.assertIn(told("postfix_policy", answer), ("DEFER_IF_PERMIT", ""))
        counted = self.counted("too_large")
        # A mail that was cut has a verdict, which says so.
        self.assertEqual({door for door in DOORS if not counted[door]},
                         {"milter"})

    def test_nesting_that_is_too_deep(self):
        self.served("")
        deep = b"[" * 100_000 + b"]" * 100_000
        self.assertEqual(status_of(talk(self.daemon, "http", http(
            "/v1/screen", b'{"kind":"message","text":' + deep + b"}"))), 400)
        self.assertIn(b'[{"error":', talk(self.daemon, "http", http(
            "/v1/screen", deep)))  # the one member of an array
        for door, path in (("ios", "/ios"), ("jasmin", "/jasmin/intercept"),
                           ("kannel", "/kannel"), ("tg_spam", "/check")):
            self.assertEqual(status_of(talk(self.daemon, door, http(
                path, b'{"text":' + deep + b"}"))), 400, door)
        parts = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
            % (i, i) for i in range(20_000))
        header = HEADER + b"MIME-Version: 1.0\r\n"
        nested = header + parts + b"\r\n" + BAD.encode()
        for door in ("rspamd", "spamd", "rspamc"):
            wire = {"rspamd": http("/checkv2", nested, "message/rfc822"),
                    "spamd": lined(b"SYMBOLS SPAMC/1.5", nested),
                    "rspamc": lined(b"CHECK RSPAMC/1.3", nested)}[door]
            self.assertNotEqual(talk(self.daemon, door, wire), b"", door)
        head, _, body = parts.partition(b"\r\n\r\n")
        self.assertNotEqual(told("milter", talk(
            self.daemon, "milter", milter_mail(body, header + head + b"\r\n"))),
            "")
        for door in DOORS:  # all are still there
            self.assertNotEqual(
                talk(self.daemon, door, question(door, GOOD)), b"")

    TOO_SLOW = {"spamd": "SPAMD/1.0 75 ", "rspamc": "RSPAMD/1.3 75",
                "milter": "", "postfix_policy": "", "rspamd": 508}

    def test_who_is_too_slow(self):
        self.served("timeouts: {request: 1s, idle: 2s, write: 1s}")
        for door in DOORS:
            with self.subTest(door=door):
                with self.daemon.connect(door) as sock:
                    # A mail's sender may be slow between two frames.
                    sock.sendall(question(door, GOOD)[:-15]
                                 if door != "milter" else
                                 question(door, GOOD)[:3])
                    begun = time.monotonic()
                    answer = read_to_end(sock)
                    self.assertLess(time.monotonic() - begun, 20)
                self.assertEqual(told(door, answer),
                                 self.TOO_SLOW.get(door, 408), answer)
                with self.daemon.connect(door) as sock:  # idle
                    self.assertEqual(read_to_end(sock), b"")
        self.assertTrue(all(self.counted("too_slow")[door] for door in DOORS))

    def packed(self, text):
        """Small bodies that unpack to a large one."""
        plain = json.dumps({"kind": "message", "text": text}).encode()
        return {"http": http("/v1/screen", gzip.compress(plain),
                             Content_Encoding="gzip"),
                "rspamd": http("/checkv2", gzip.compress(mail(text)),
                               Content_Encoding="gzip"),
                "spamd": lined(b"CHECK SPAMC/1.5", zlib.compress(mail(text)),
                               b"Compress: zlib")}

    def filling(self):
        """A connection whose body, which does not end, takes all memory."""
        sock = self.daemon.connect("ios")
        self.addCleanup(sock.close)
        sock.sendall(b"POST /ios HTTP/1.1\r\nHost: localhost\r\n"
                     b"Content-Length: %d\r\n\r\n" % (8 << 20))
        with contextlib.suppress(ConnectionError):  # refused
            sock.sendall(b" " * (7 << 20))
        return sock

    def filled(self):
        """Such a connection, once there is no memory left."""
        sock = self.filling()
        deadline = time.monotonic() + 60
        while status_of(talk(self.daemon, "ios", question(
                "ios", "Good day. " * 200_000))) != 503:
            self.assertLess(time.monotonic(), deadline)
            # What asked meanwhile may have been in the way of its last piece.
            if select.select([sock], [], [], 0)[0]:
                sock = self.filling()
        return sock

    def test_bodies_that_are_only_announced_take_no_memory(self):
        doors = ("http", "rspamd", "spamd")
        self.served("limits: {request: 8 MiB}", doors, "memory: 13 MiB\n")
        for door in doors:
            for _ in range(4):
                sock = self.daemon.connect(door)
                self.addCleanup(sock.close)
                sock.sendall(re.sub(rb"ength: \d+", b"ength: 8388608",
                                    question(door, "x")))
        time.sleep(0.5)
        for door in doors:
            answer = talk(self.daemon, door, question(door, GOOD))
            self.assertIn(told(door, answer), ("pass", "no action", "False"))

    def test_a_door_whose_memory_is_full_leaves_the_others_theirs(self):
        self.served("limits: {request: 8 MiB}", ("http", "ios"),
                    "memory: 12 MiB\n")
        full = self.filled()
        large = question("http", "Good day. " * 200_000)
        for _ in range(4):
            self.assertEqual(status_of(talk(self.daemon, "http", large)),
                             200)
        full.close()

    def test_bodies_that_memory_has_no_room_for(self):
        doors = [door for door in DOORS if door != "postfix_policy"]
        self.served("limits: {request: 8 MiB}", doors, "memory: 15 MiB\n")
        full = self.filled()
        large = "Good day. " * 200_000
        for door in SPEAKS_HTTP:
            answer = talk(self.daemon, door, question(door, large))
            self.assertEqual(status_of(answer), 503, door)
        for door in LINES:
            self.assertIn(b" 75 ", talk(self.daemon, door, question(
                door, large))[:16])
        self.assertEqual(told("milter", talk(self.daemon, "milter", question(
            "milter", large))), "y451")
        for door, wire in self.packed(large).items():
            answer = talk(self.daemon, door, wire)
            self.assertIn(b" 75 " if door == "spamd" else b" 503 ",
                          answer[:16], door)
        full.close()
        counted = self.counted("busy")
        self.assertTrue(all(counted[door] for door in doors))
        self.assertEqual([counted[door] for door in ("http", "rspamd",
                                                     "spamd")], [2, 2, 2])
        for door in doors:  # and what was held is given back
            self.assertIn(told(door, talk(self.daemon, door, question(
                door, GOOD))), ("pass", "no action", "False", "a", "none", "",
                                False), door)


class SelfTests(Scratch):
    GTUBE = ("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL"
             "*C.34X")

    def test_they_are_counted_among_no_verdicts(self):
        doors = ("http", "rspamd", "spamd")
        daemon = started(self, "listen:\n" + listeners(doors))
        for door, expected in (("rspamd", "reject"), ("spamd", "True")):
            answer = talk(daemon, door, question(door, self.GTUBE))
            self.assertEqual(told(door, answer), expected)
            talk(daemon, door, question(door, GOOD))
        metrics = daemon.ask("GET", "/metrics")[2].decode()
        for door in ("rspamd", "spamd"):
            self.assertIn('self_tests_total{door="%s"} 1\n' % door, metrics)
            judged = [int(line.split()[-1]) for line in metrics.splitlines()
                      if line.startswith("simwarden_records_total{")
                      and 'door="%s"' % door in line]
            self.assertEqual(sum(judged), 1, metrics)
            self.assertIn('judging_seconds_count{door="%s"} 1\n' % door,
                          metrics)
        stat = json.loads(daemon.ask("GET", "/stat", door="rspamd")[2])
        self.assertEqual(stat["scanned"], 2)
        history = json.loads(daemon.ask("GET", "/history", door="rspamd")[2])
        self.assertEqual(len(history), 2)
        daemon.stop()
        tests = [line for line in "".join(daemon.said).splitlines()
                 if "self_test=yes" in line]
        self.assertEqual(len(tests), 2)
        self.assertIn(" action=pass ", tests[0])


class Tokens(Scratch):
    CONTROLLER = {  # what the manual names: the role that it takes
        "/ping": None, "/healthy": None, "/ready": None, "/auth": "read",
        "/stat": "read", "/counters": "read", "/symbols": "read",
        "/actions": "read", "/maps": "read", "/getmap": "read",
        "/history": "read", "/graph": "read", "/pie": "read",
        "/errors": "read", "/neighbours": "read", "/plugins": "read",
        "/metrics": "read", "/learnspam": "decide", "/learnham": "decide"}
    SCANNER = ("/checkv2", "/check", "/scan", "/symbols", "/process",
               "/report", "/report_ifspam")

    def setUp(self):
        super().setUp()
        roles = ("screen", "read", "decide", "admin")
        tokens = self.write("tokens", "".join("%s %s %s\n" % (
            role, role, hashlib.sha256(("demo-" + role).encode()).hexdigest())
            for role in roles))
        doors = [door for door in DOORS if door in SPEAKS_HTTP]
        self.daemon = started(
            self, "tokens: %s\nstore: {db: %s}\nlisten:\n" % (
                tokens, self.path("out.db")) +
            listeners([d for d in doors if d != "rspamd"],
                      more="auth: tokens") +
            listeners(["rspamd"], more="auth: tokens, learn: true"))

    def status(self, door, method, path, body=None, **fields):
        return self.daemon.ask(method, path, body, door=door, **fields)[0]

    def test_every_path_of_the_manual_is_there_and_asks_for_its_role(self):
        with open(os.path.join(CHECKOUT, "docs", "serve_rspamd.md"),
                  encoding="utf-8") as file:
            manual = file.read()
        section = manual.partition("## The controller's paths")[2]
        named = set(re.findall(r"`(/\w+)`", section.partition("\n## ")[0]))
        self.assertEqual(named, set(self.CONTROLLER))
        for path, role in self.CONTROLLER.items():
            body = mail(BAD) if role == "decide" else None
            method = "POST" if body else "GET"
            for holder in (None, "screen", "read", "decide", "admin"):
                for field in ("Authorization", "Password"):
                    fields = {} if holder is None else {
                        field: {"Authorization": "Bearer demo-",
                                "Password": "demo-"}[field] + holder}
                    status = self.status("rspamd", method, path, body,
                                         **fields)
                    if role is None or holder == role:
                        good = 404 if path in ("/getmap", "/graph") else 200
                        self.assertEqual(status, good, (path, holder))
                    else:
                        self.assertEqual(status, 403 if holder else 401,
                                         (path, holder, field))

    def test_what_was_learnt_is_counted_and_forged_marks_go(self):
        def ask(role, method, path, body=None):
            status, _, told = self.daemon.ask(method, path, body,
                                              door="rspamd",
                                              Password="demo-" + role)
            self.assertEqual(status, 200, told)
            return json.loads(told)

        for path in ("/learnspam", "/learnham"):
            ask("decide", "POST", path, mail(GOOD))
        self.assertEqual(ask("read", "GET", "/stat")["learned"], 2)
        forged = b"X-Simwarden-ACTION: refuse\r\n" + mail(GOOD)
        for path in ("/checkv2", "/check"):
            told = ask("screen", "POST", path, forged)
            self.assertEqual(told["milter"],
                             {"remove_headers": {"X-Simwarden-ACTION": 0}})
        self.assertNotIn("milter",
                         ask("screen", "POST", "/checkv2", mail(GOOD)))

    def test_a_packed_mail_is_learnt_as_the_mail_that_it_is(self):
        plain = b"Message-ID: <packed@mail.example>\r\n" + mail(GOOD)
        packed = subprocess.run(["zstd", "-c"], input=plain, check=True,
                                capture_output=True).stdout
        for body, status in ((packed, 200), (packed[:-9], 500)):
            for path in ("/learnspam", "/checkv2"):
                self.assertEqual(self.status(
                    "rspamd", "POST", path, body, Compression="zstd",
                    Password="demo-decide" if "learn" in path else
                    "demo-screen"), status, path)
        self.daemon.stop()
        with sqlite3.connect(self.path("out.db")) as store:
            self.assertEqual(
                store.execute("select record_id from verdict").fetchall(),
                [("packed@mail.example",)] * 2)

    def test_scanners_paths_take_mails_for_a_token(self):
        for path in self.SCANNER:
            for fields, wanted in (({}, 401), ({"Password": "demo"}, 401),
                                   ({"Password": "demo-screen"}, 200),
                                   ({"Password": "demo-admin"}, 403)):
                self.assertEqual(self.status("rspamd", "POST", path, mail(GOOD),
                                             **fields), wanted, path)

    def test_a_password_is_a_token_at_this_door_only(self):
        for door, path in (("http", "/v1/screen"), ("ios", "/ios"),
                           ("jasmin", "/jasmin/intercept"),
                           ("kannel", "/kannel"), ("tg_spam", "/check")):
            body = question(door, GOOD).partition(b"\r\n\r\n")[2]
            ask = lambda **fields: self.status(
                door, "POST", path, body, **fields)
            self.assertEqual(ask(), 401, door)
            self.assertEqual(ask(Password="demo-screen"), 401, door)
            self.assertEqual(ask(Authorization="Bearer demo-read"), 403, door)
            self.assertEqual(ask(Authorization="Bearer demo-screen"), 200,
                             door)
            self.assertEqual(ask(Authorization="bearer demo-screen"), 200,
                             door)

    def test_no_other_field_gives_a_right(self):
        for fields in ({"X_Forwarded_User": "screen"}, {"User": "screen"},
                       {"X_Role": "admin"}, {"Cookie": "token=demo-screen"},
                       {"Authorization": "Basic ZGVtby1zY3JlZW46"}):
            self.assertEqual(self.status("http", "POST", "/v1/screen",
                                         "{}", **fields), 401, fields)


if __name__ == "__main__":
    main()
