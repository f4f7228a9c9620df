#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Milter and Postfix' policy delegation by their bytes: whole, byte by byte,
cut anywhere, garbled."""
import errno
import glob
import json
import os
import random
import socket
import struct
import time

from daemon import Daemon, read_to_end
from doors import frame, frames
from outside import CHECKOUT, Scratch, main, run

POLICIES = os.path.join(CHECKOUT, "policies")
SPAM = [b"From: Singtel Care <care@mail.example>",
        b"To: demo_anna@example.com", b"Subject: Your SIM",
        b"Message-ID: <demo-1@mail.example>", b"X-Spam: No"]
SPAM_BODY = (b"Your SIM will be blocked today. Confirm at\r\n"
             b"http://secure-verify.example/sim or add Telegram @demo_fix\r\n")
HAM = [b"From: Demo <demo@mail.example>", b"To: demo_anna@example.com",
       b"Subject: lunch", b"Message-ID: <demo-2@mail.example>"]
HAM_BODY = b"See you at noon.\r\n"
ANSWERS = {b"pass": b"a", b"review": b"a", b"hold": b"q", b"refuse": b"y"}

OFFER = frame(b"O", struct.pack(">III", 6, 0x1ff, 0x1fffff))


def mail(header, body, sender=b"<care@mail.example>"):
    wire = frame(b"D", b"Mi\0004XYZ\0{auth_authen}\0demo\0")
    wire += frame(b"M", sender + b"\0")
    wire += frame(b"R", b"<demo_anna@example.com>\0")
    for field in header:
        name, _, value = field.partition(b": ")
        wire += frame(b"L", name + b"\0" + value + b"\0")
    wire += frame(b"N")
    for at in range(0, len(body), 65535):
        wire += frame(b"B", body[at:at + 65535])
    return wire + frame(b"E")


class Wires(Scratch):
    request = "20s"  # for half a request, on a busy machine

    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.write(
            "simwarden.yaml", "policies: [%s]\nlisten:\n"
            "- {door: milter, at: 'unix:%s', limits: {request: 1 MiB}, "
            "timeouts: {request: %s}}\n"
            "- {door: postfix_policy, at: 'tcp:127.0.0.1:0', "
            "timeouts: {request: %s}, answers: {review: add header}}\n" % (
                POLICIES, self.path("milter.sock"), self.request,
                self.request)))
        self.addCleanup(self.daemon.stop)

    def talk(self, door, pieces, pause=0.0):
        """What it says, or b"reset": it hung up before it had read all."""
        nothing = b""
        with self.daemon.connect(door) as sock:
            try:
                for piece in pieces:
                    sock.sendall(piece)
                    if pause:
                        time.sleep(pause)
                sock.shutdown(socket.SHUT_WR)
            except OSError as gone:  # it has hung up already
                self.assertIn(gone.errno, (errno.EPIPE, errno.ECONNRESET,
                                           errno.ENOTCONN))
                nothing = b"reset"
            try:
                return read_to_end(sock) or nothing
            except ConnectionResetError:
                return b"reset"

    def cuts(self, wire, seed=7, count=20):
        dice = random.Random(seed)
        for _ in range(count):
            at = sorted(dice.sample(range(len(wire)), 5))
            yield [wire[a:b] for a, b in zip([0] + at, at + [None])]

    def lives(self, door, wire, answer):
        self.assertEqual(self.talk(door, [wire]), answer)


class Milter(Wires):
    def test_pieces_of_any_size_are_the_same_conversation(self):
        wire = (OFFER + frame(b"C", b"mx.example\0004\0\0310.0.0.1\0") +
                frame(b"H", b"mx.example\0") + mail(SPAM, SPAM_BODY) +
                frame(b"A") + mail(HAM, HAM_BODY) + mail(HAM, HAM_BODY) +
                frame(b"K") + mail(SPAM, SPAM_BODY) + frame(b"Q"))
        whole = self.talk("milter", [wire])
        told = frames(whole)
        self.assertEqual(told[0], (b"O", struct.pack(">III", 6, 0x31,
                                                     0xff383)))
        self.assertEqual([command for command, _ in told].count(b"a") +
                         [command for command, _ in told].count(b"y"), 4)
        self.assertEqual(self.talk("milter", [wire[i:i + 1] for i in
                                              range(len(wire))]), whole)
        for pieces in self.cuts(wire):
            self.assertEqual(self.talk("milter", pieces, 0.002), whole)

    def test_a_verdict_is_that_of_screen(self):
        """The mails of the tests of intake, and two of ours."""
        folder = os.path.join(CHECKOUT, "tests", "fuzz", "seeds", "mail")
        samples = [b"\r\n".join(SPAM) + b"\r\n\r\n" + SPAM_BODY,
                   b"\r\n".join(HAM) + b"\r\n\r\n" + HAM_BODY]
        for path in sorted(glob.glob(folder + "/*"))[:40]:
            with open(path, "rb") as file:
                samples.append(file.read()[1:])
        seen = set()
        for sample in samples:
            header, _, body = sample.replace(b"\r\n", b"\n").partition(b"\n\n")
            fields = header.replace(b"\n ", b"\r\n ").replace(
                b"\n\t", b"\r\n\t").split(b"\n")
            if not all(b": " in field.split(b"\r\n")[0] for field in fields):
                continue
            if b"Return-Path" in header or b"\0" in header:
                continue
            path = self.write("one.eml", sample, "wb")
            verdict = json.loads(run("screen", "--policy", POLICIES, "--quiet",
                                     "--format", "mail", path).stdout)
            if "error" in verdict:
                continue
            fields = [field.replace(b"\r\n", b"\n") for field in fields]
            told = frames(self.talk("milter", [OFFER + mail(
                fields, body.replace(b"\n", b"\r\n"))]))[1:]
            # The envelope is known here and not there: the same but for that.
            action = verdict["action"].encode()
            marks = dict(data.split(b"\0")[:2] for command, data in told
                         if command == b"h")
            seen.add(action)
            if action == b"refuse":
                self.assertEqual(told[-1][0], b"y")
            elif action == b"pass":
                self.assertEqual(marks, {})
            else:
                self.assertEqual(marks[b"X-Simwarden-Action"], action)
                self.assertEqual(float(marks[b"X-Simwarden-Score"]),
                                 verdict["score"])
                self.assertEqual(
                    marks.get(b"X-Simwarden-Rules", b"").decode().split(","),
                    [f["rule"].replace("-", "_") for f in verdict["findings"]
                     if f["outcome"] == "hit" and not f.get("shadow")])
        self.assertIn(b"pass", seen)
        self.assertGreater(len(seen), 1)

    def test_a_mail_for_review_without_a_rule_says_why(self):
        parts = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i)
            for i in range(100))
        told = frames(self.talk("milter", [OFFER + mail(
            HAM + [b"Content-Type: multipart/mixed; boundary=b"],
            b"--b\nContent-Type: application/x-demo; name=a.bin\n\n"
            b"\1\2\n--b\n" + parts)]))[1:]
        marks = dict(data.split(b"\0")[:2] for command, data in told
                     if command == b"h")
        self.assertEqual(marks.get(b"X-Simwarden-Action"), b"review")
        self.assertNotIn(b"X-Simwarden-Rules", marks)
        self.assertEqual(marks.get(b"X-Simwarden-Invalid"),
                         b"message.mail_faults:cut_depth")
        self.assertEqual(marks.get(b"X-Simwarden-Closed"),
                         b"not_looked_into=1")
        self.daemon.wait_for("action=review score=0 "
                             "invalid=message.mail_faults:cut_depth "
                             "correlator=4XYZ")

    def test_what_breaks_the_protocol_ends_the_connection(self):
        for wire in [b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\0", b"\xff" * 64,
                     mail(HAM, HAM_BODY), frame(b"O"), OFFER + OFFER,
                     OFFER + frame(b"R", b"<a@b.example>\0"),
                     OFFER + frame(b"E"), OFFER + frame(b"Z"),
                     OFFER + frame(b"M", b"<>\0") + frame(b"B", b"x") +
                     frame(b"L", b"A\0b\0"),
                     struct.pack(">I", (1 << 20) + 1) + b"O" * 100]:
            told = self.talk("milter", [wire])
            self.assertIn(told[4:5], (b"", b"O", b"t"), wire[:40])
            self.assertNotIn((b"a", b""), frames(told) if told[:5] != b"reset"
                             else [])
        good = OFFER + mail(HAM, HAM_BODY)
        for size in range(len(good)):  # cut at every byte
            told = self.talk("milter", [good[:size]])
            self.assertNotIn(frame(b"a"), told)
        self.assertTrue(self.talk("milter", [good]).endswith(frame(b"a")))

    def test_garbage_inside_of_frames_is_survived(self):
        dice = random.Random(9)
        for _ in range(200):
            wire = OFFER + frame(b"M", b"<>\0")
            for _ in range(dice.randrange(20)):
                wire += frame(dice.choice([b"D", b"R", b"L", b"N", b"B", b"H",
                                           b"C", b"A", b"M", b"E", b"U"]),
                              dice.randbytes(dice.randrange(60)))
            self.talk("milter", [wire])
        self.assertTrue(self.talk("milter", [OFFER + mail(
            HAM, HAM_BODY)]).endswith(frame(b"a")))

    def test_a_mail_of_forged_marks_is_refused_at_once(self):
        told = frames(self.talk("milter", [OFFER + mail(
            HAM + [b"X-Simwarden-A: pass"] * 16000, HAM_BODY)]))
        self.assertEqual(told[1:], [
            (b"y", b"554 5.6.0 Too many header fields of a mail filter\0")])
        self.daemon.wait_for("no_verdict door=milter why=malformed")

    def test_a_mail_beyond_the_limit_is_judged_by_its_beginning(self):
        told = frames(self.talk("milter", [OFFER + mail(
            HAM, HAM_BODY * 100000)]))
        marks = dict(data.split(b"\0")[:2] for command, data in told
                     if command == b"h")
        self.assertEqual(marks[b"X-Simwarden-Cut"],
                         b"%d bytes were read" % (1 << 20))
        self.assertEqual(marks[b"X-Simwarden-Action"], b"review")
        self.assertEqual(marks[b"X-Simwarden-Invalid"],
                         b"message.mail_faults:cut_mail")
        self.daemon.wait_for("action=review score=0 "
                             "invalid=message.mail_faults:cut_mail")
        self.assertEqual(told[-1], (b"a", b""))


REQUEST = (b"request=smtpd_access_policy\nprotocol_state=RCPT\n"
           b"sender=care@mail.example\nrecipient=demo_anna@example.com\n"
           b"client_address=10.0.0.1\ninstance=1.2.%d\n\n")


class Policy(Wires):
    def test_requests_are_answered_one_by_one_on_one_connection(self):
        wire = b"".join(REQUEST % i for i in range(20))
        whole = self.talk("postfix_policy", [wire])
        self.assertEqual(whole, b"action=DUNNO\n\n" * 20)
        self.assertEqual(self.talk("postfix_policy", [
            wire[i:i + 1] for i in range(len(wire))]), whole)
        for pieces in self.cuts(wire):
            self.assertEqual(self.talk("postfix_policy", pieces, 0.002),
                             whole)

    def test_what_is_no_request_is_deferred_and_ends_the_connection(self):
        deferred = b"action=DEFER_IF_PERMIT 4.7.1 Try again later\n\n"
        for wire in [b"\n", b"GET / HTTP/1.1\n\n", b"sender=a\n\n",
                     b"request=other\n\n" + REQUEST % 1,
                     b"a=" + b"x" * 200000]:
            told = self.talk("postfix_policy", [wire])
            self.assertIn(told, (deferred, b"reset"), wire[:40])
        for size in range(len(REQUEST) - 1):
            self.assertEqual(self.talk("postfix_policy", [REQUEST[:size]]),
                             b"")


class Waiting(Wires):
    request = "1s"

    def test_who_says_nothing_at_all_is_not_waited_for(self):
        for door in ("milter", "postfix_policy"):
            with self.daemon.connect(door) as mute:
                begin = time.monotonic()
                self.assertEqual(mute.recv(100), b"")
                self.assertLess(time.monotonic() - begin, 20)
            self.daemon.wait_for("no_verdict door=%s why=too_slow" % door)

    def test_half_a_frame_is_not_waited_for_and_a_pause_is(self):
        with self.daemon.connect("milter") as sock:
            sock.sendall(OFFER + frame(b"M", b"<>\0"))
            self.assertEqual(len(sock.recv(100)), 17)
            time.sleep(1.5)  # the sender of the mail is slow
            sock.sendall(frame(b"N") + frame(b"E", b"Hello\r\n"))
            self.assertEqual(sock.recv(100)[4:5], b"a")
            sock.sendall(b"\0\0")
            begun = time.monotonic()
            self.assertEqual(read_to_end(sock), b"")
            self.assertLess(time.monotonic() - begun, 20)

    def test_half_a_request_is_not_waited_for(self):
        with self.daemon.connect("postfix_policy") as sock:
            sock.sendall(b"request=")
            self.assertEqual(read_to_end(sock), b"")  # after a second


class Envelopes(Scratch):
    """Rules about senders decide; the answers are those of the settings."""

    def answers(self, settings):
        pack = self.path("demo")
        os.mkdir(pack)
        self.write("demo/pack.yaml", """pack: demo
version: 1.0.0
asks: message
title: Senders whom we know
families: {sender: Senders}
rules:
  - id: DEMO-001
    title: A sender whom we know
    family: sender
    severity: high
    score: 50
    at_least: ACTION
    flag: message.return_path == 'care@mail.example'
    reason: The envelope is from {message.return_path}.
    remedy: Call the sender.
""".replace("ACTION", settings.pop("floor")))
        self.write("demo/README.md", "# demo\n")
        daemon = Daemon(self.write(
            "s.yaml", "policies: [%s]\nlisten:\n- {door: postfix_policy, at: "
            "'tcp:127.0.0.1:0', answers: %s}\n" % (
                pack, json.dumps(settings.get("answers", {})))))
        self.addCleanup(daemon.stop)
        with daemon.connect("postfix_policy") as sock:
            sock.sendall(REQUEST % 1 + REQUEST % 1 + REQUEST % 2)
            sock.shutdown(socket.SHUT_WR)
            return read_to_end(sock).decode().split("\n\n")[:-1]

    def test_a_refusal_is_a_rejection(self):
        self.assertEqual(self.answers({"floor": "refuse"}), [
            "action=REJECT 5.7.1 Message refused by policy"] * 3)

    def test_a_hold_is_a_hold(self):
        self.assertEqual(self.answers({"floor": "hold"}),
                         ["action=HOLD held by policy"] * 3)

    def test_a_field_is_added_once_for_a_mail(self):
        self.assertEqual(self.answers(
            {"floor": "hold", "answers": {"hold": "add header"}}), [
                "action=PREPEND X-Simwarden-Envelope: hold; score=50.00; "
                "rules=DEMO_001", "action=DUNNO",
                "action=PREPEND X-Simwarden-Envelope: hold; score=50.00; "
                "rules=DEMO_001"])

    def test_a_soft_rejection_is_a_deferral(self):
        self.assertEqual(self.answers(
            {"floor": "hold", "answers": {"hold": "soft reject"}}), [
                "action=DEFER_IF_PERMIT 4.7.1 Try again later"] * 3)


if __name__ == "__main__":
    main()
