#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The line protocols of the doors for mail servers on the wire: whole, byte by
byte, cut anywhere, too large, and no protocol at all."""
import os
import random
import socket
import time
import zlib

from daemon import Daemon, read_to_end
from outside import CHECKOUT, Scratch, main

POLICIES = os.path.join(CHECKOUT, "policies")
MAIL = (b"From: Singtel Care <care@mail.example>\r\nSubject: Your SIM\r\n"
        b"Message-ID: <demo-1@mail.example>\r\n\r\n"
        b"Your SIM will be blocked today. Confirm at "
        b"http://secure-verify.example/sim\r\n")


def asked(command, body=MAIL, *fields):
    head = [command, b"Content-length: %d" % len(body), *fields]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


SPAMD = [asked(command + b" SPAMC/1." + minor)
         for command in (b"CHECK", b"SYMBOLS", b"REPORT", b"REPORT_IFSPAM",
                         b"PROCESS", b"HEADERS") for minor in (b"2", b"5")]
SPAMD += [b"PING SPAMC/1.5\r\n\r\n",
          asked(b"CHECK SPAMC/1.5", zlib.compress(MAIL), b"Compress: zlib"),
          asked(b"TELL SPAMC/1.5", MAIL, b"Message-class: spam",
                b"Set: local")]
RSPAMC = [asked(b"CHECK RSPAMC/1.3", MAIL, b"Queue-Id: 1abc",
                b"From: <bounce@mail.example>", b"Recipient-Number: 1",
                b"Rcpt: <demo_bo@mail.example>", b"Helo: mail.example",
                b"IP: 192.0.2.4"),
          b"PING RSPAMC/1.3\r\n\r\n"]


class Lines(Scratch):
    settings = """policies: [%s]
listen:
- {door: spamd, at: 'tcp:127.0.0.1:0', limits: {request: 64 KiB, headers: 4 KiB, connections: 8}, timeouts: {request: 1s, idle: 2s}}
- {door: rspamc, at: 'tcp:127.0.0.1:0', limits: {request: 64 KiB, headers: 4 KiB}, timeouts: {request: 1s, idle: 2s}}
"""

    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.write("simwarden.yaml",
                                        self.settings % POLICIES))
        self.addCleanup(self.daemon.stop)

    def talk(self, door, pieces, pause=0.0, half_close=True):
        with self.daemon.connect(door) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                try:
                    sock.sendall(piece)
                except (BrokenPipeError, ConnectionResetError):
                    break
                if pause:
                    time.sleep(pause)
            try:
                if half_close:
                    sock.shutdown(socket.SHUT_WR)
                return read_to_end(sock)
            except (ConnectionResetError, OSError):
                return b""

    def test_pieces_of_any_size_are_the_same_request(self):
        dice = random.Random(9)
        for door, scripts in (("spamd", SPAMD), ("rspamc", RSPAMC)):
            for wire in scripts:
                with self.subTest(wire=wire[:24]):
                    whole = self.talk(door, [wire])
                    self.assertTrue(whole.startswith(
                        (b"SPAMD/1.1 0 EX_OK\r\n", b"SPAMD/1.5 0 PONG\r\n",
                         b"SPAMD/1.0 69 Service Unavailable: (this door",
                         b"RSPAMD/1.3 0 ")), whole)
                    single = [wire[i:i + 1] for i in range(len(wire))]
                    self.assertEqual(self.talk(door, single), whole)
                    for _ in range(5):
                        cuts = sorted(dice.sample(range(1, len(wire)),
                                                  min(4, len(wire) - 1)))
                        pieces = [wire[a:b] for a, b
                                  in zip([0] + cuts, cuts + [None])]
                        self.assertEqual(self.talk(door, pieces, 0.002),
                                         whole)

    def test_who_does_not_close_his_side_is_answered(self):
        for door, scripts in (("spamd", SPAMD), ("rspamc", RSPAMC)):
            for wire in scripts:
                self.assertEqual(self.talk(door, [wire], half_close=False),
                                 self.talk(door, [wire]))

    def test_a_body_without_length_ends_with_the_clients_side(self):
        whole = self.talk("spamd", [b"SYMBOLS SPAMC/1.5\r\n\r\n", MAIL])
        self.assertEqual(whole, self.talk("spamd",
                                          [asked(b"SYMBOLS SPAMC/1.5")]))
        self.assertIn(b"MSG_021", whole)

    def test_a_packed_mail_is_the_same_mail(self):
        packed = asked(b"SYMBOLS SPAMC/1.5", zlib.compress(MAIL),
                       b"Compress: zlib")
        self.assertEqual(self.talk("spamd", [packed]),
                         self.talk("spamd", [asked(b"SYMBOLS SPAMC/1.5")]))
        for body in (MAIL, zlib.compress(MAIL)[:30],
                     zlib.compress(b" " * (1 << 20))):
            told = self.talk("spamd", [asked(b"CHECK SPAMC/1.5", body,
                                             b"Compress: zlib")])
            self.assertTrue(told.startswith(b"SPAMD/1.0 76 "), told)

    def test_what_breaks_the_protocol_is_told_and_ends_it(self):
        mismatch = b"CHECK SPAMC/1.5\r\nContent-length: 9\r\n\r\n"
        for wire in (b"\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
                     b"CHECK SPAMC/2.0\r\n\r\n", b"NOPE SPAMC/1.5\r\n\r\n",
                     b"CHECK SPAMC/1.5\r\nContent-length: x\r\n\r\n",
                     b"CHECK SPAMC/1.5\r\nContent-length: 9999999\r\n\r\n",
                     b"CHECK SPAMC/1.5\r\n" + b"A: b\r\n" * 2000 + b"\r\n",
                     b"CHECK SPAMC/1.5\r\nno field\r\n\r\n",
                     mismatch + b"short", mismatch + b"much too long",
                     b"CHECK SPAMC/1.5\r\n\r\n" + b"a" * 100_000):
            told = self.talk("spamd", [wire])
            if told:  # the rest of a large request may meet a closed door
                self.assertTrue(told.startswith(b"SPAMD/1.0 76 "), told)
            told = self.talk("rspamc", [wire.replace(b"SPAMC", b"RSPAMC")])
            if told:
                self.assertTrue(told.startswith(b"RSPAMD/1.3 76 "), told)
        self.assertEqual(self.talk("spamd", [b"SKIP SPAMC/1.5\r\n\r\n"]), b"")

    def test_nothing_and_the_slow_end(self):
        self.assertEqual(self.talk("spamd", []), b"")
        for door in ("spamd", "rspamc"):
            with self.daemon.connect(door) as sock:
                sock.sendall(b"CHECK ")
                self.assertIn(b" 75 ", read_to_end(sock))
            with self.daemon.connect(door) as sock:
                self.assertEqual(read_to_end(sock), b"")  # idle

    def test_noise_ends_in_an_answer_or_a_closed_door(self):
        dice = random.Random(11)
        for turn in range(60):
            wire = bytearray(dice.choice(SPAMD + RSPAMC))
            for _ in range(dice.randrange(1, 12)):
                wire[dice.randrange(len(wire))] = dice.randrange(256)
            door = ("spamd", "rspamc")[turn % 2]
            self.talk(door, [bytes(wire[:dice.randrange(1, len(wire))])])
        self.assertEqual(self.talk("spamd", [b"PING SPAMC/1.5\r\n\r\n"]),
                         b"SPAMD/1.5 0 PONG\r\n")

    def test_an_empty_mail_is_nothing_to_judge(self):
        self.assertEqual(self.talk("spamd", [asked(b"CHECK SPAMC/1.5", b"")]),
                         b"SPAMD/1.1 0 EX_OK\r\nSpam: False ; 0.0 / 20.0\r\n"
                         b"\r\n")

    def test_too_many_are_told_to_come_again(self):
        held = [self.daemon.connect("spamd") for _ in range(8)]
        try:
            time.sleep(0.3)
            self.assertIn(b"SPAMD/1.0 75 ", self.talk("spamd", []))
        finally:
            for sock in held:
                sock.close()


if __name__ == "__main__":
    main()
