# SPDX-License-Identifier: Apache-2.0
"""Clients of the storm: those that behave, one kind a door, and those that do
not, at every door."""
import json
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.parse

from doors import DOORS, frame, question

TEXTS = ["Your SIM will be blocked today, confirm at "
         "http://secure-verify.example/sim", "See you at seven, bring bread",
         "办eSIM加微♥信:kaka_demo2025,包激活包售后"]


def mail(name, text):
    return ("From: Demo <demo@mail.example>\r\nMessage-ID: <%s@demo>\r\n\r\n"
            "%s\r\n" % (name, text)).encode()


PATIENCE = 120  # seconds that a client waits: the machine may be busy


class Gone(Exception):
    """The door hung up or said something that is no answer."""


class Client:
    """One that behaves. ask() gives the ids whose verdicts were told; an empty
    list: busy."""
    door = "http"
    keeps = True  # its connection

    def __init__(self, daemon):
        self.daemon = daemon
        self.sock = None

    def say(self, wire):
        if self.sock is None:
            self.sock = self.daemon.connect(self.door)
            self.sock.settimeout(PATIENCE)
            self.file = self.sock.makefile("rb")
            self.greet()
        self.sock.sendall(wire)

    def greet(self):
        pass

    def close(self):
        if self.sock is not None:
            self.file.close()
            self.sock.close()
        self.sock = None

    def line(self):
        line = self.file.readline()
        if not line.endswith(b"\n"):
            raise Gone("%s: hung up after %r" % (self.door, line))
        return line

    def head(self):
        """Status and length of an answer of HTTP."""
        status = int(self.line().split()[1])
        length = 0
        while True:
            line = self.line()
            if line == b"\r\n":
                return status, length
            if line.lower().startswith(b"content-length:"):
                length = int(line.split()[1])

    def asked(self, path, body, kind="application/json"):
        self.say(b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
                 b"Content-Length: %d\r\n\r\n" % (
                     path.encode(), kind.encode(), len(body)) + body)
        status, length = self.head()
        return status, self.file.read(length)

    def verdict(self, name, status, good):
        if status == 200 and good:
            return [name]
        if status == 503:
            return []
        raise Gone("%s: %s was answered %d" % (self.door, name, status))


def record(name, text):
    return {"kind": "message", "id": name, "text": text, "sender": "demo_a",
            "received_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}


class Json(Client):
    def ask(self, name, text):
        status, body = self.asked("/v1/screen",
                                  json.dumps(record(name, text)).encode())
        return self.verdict(name, status, b'"id":"%s"' % name.encode() in body)


class Stream(Client):
    """Lines; what was told before an answer broke off is told."""
    LINES = 20

    def ask(self, name, text):
        names = ["%s.%d" % (name, i) for i in range(self.LINES)]
        self.say(b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Transfer-Encoding: chunked\r\n"
                 b"Content-Type: application/x-ndjson\r\n\r\n")
        told = []
        try:
            for part in (names[:7], names[7:]):
                lines = "".join(json.dumps(record(n, text)) + "\n"
                                for n in part).encode()
                self.sock.sendall(b"%x\r\n%s\r\n" % (len(lines), lines))
                time.sleep(0.01)
            self.sock.sendall(b"0\r\n\r\n")
            status, _ = self.head()
            if status != 200:
                self.verdict(name, status, False)
                return []
            while True:
                size = int(self.line(), 16)
                chunk = self.file.read(size)
                self.line()
                if size == 0:
                    break
                told += [json.loads(line)["id"] for line in
                         chunk.splitlines()]
        except (OSError, Gone, ValueError):
            self.close()  # the store failed: as documented
            return told
        if told != names:
            raise Gone("a stream of %d was answered by %d" % (
                len(names), len(told)))
        return told


class Rspamd(Client):
    door = "rspamd"

    def ask(self, name, text):
        status, body = self.asked("/checkv2", mail(name, text),
                                  "message/rfc822")
        if status == 200 and json.loads(body)["action"] == "soft reject":
            return []
        return self.verdict(name, status, name.encode() in body)


class Lines(Client):
    keeps = False

    def ask(self, name, text):
        body = mail(name, text)
        self.say(b"%s\r\nContent-length: %d\r\n\r\n" % (self.command,
                                                       len(body)) + body)
        told = self.file.read()
        if b" 75 " in told[:16]:
            return []
        if b" 0 EX_OK" not in told[:24]:
            raise Gone("%s: %r" % (self.door, told[:60]))
        return [name]


class Spamd(Lines):
    door = "spamd"
    command = b"SYMBOLS SPAMC/1.5"


class Rspamc(Lines):
    door = "rspamc"
    command = b"CHECK RSPAMC/1.3"


class Milter(Client):
    door = "milter"

    def frame(self):
        size = self.file.read(4)
        if len(size) < 4:
            raise Gone("milter: hung up")
        data = self.file.read(struct.unpack(">I", size)[0])
        return data[:1], data[1:]

    def greet(self):
        self.sock.sendall(frame(b"O", struct.pack(">III", 6, 0x1ff, 0x1fffff)))
        self.frame()

    def ask(self, name, text):
        body = text.encode() + b"\r\n"
        half = len(body) // 2
        self.say(frame(b"M", b"<demo@mail.example>\0") +
                 frame(b"L", b"Message-ID\0<%s@demo>\0" % name.encode()) +
                 frame(b"N") + frame(b"B", body[:half]) +
                 frame(b"B", body[half:]) + frame(b"E"))
        while True:
            command, data = self.frame()
            if command == b"y" and data.startswith(b"451"):
                return []
            if command in b"aydrt":
                return [name]


class Policy(Client):
    door = "postfix_policy"

    def ask(self, name, text):
        self.say(b"request=smtpd_access_policy\nsender=demo@mail.example\n"
                 b"recipient=demo_a@mail.example\nqueue_id=%s\n\n"
                 % name.encode())
        action = self.line()
        self.line()
        return [] if action.startswith(b"action=DEFER") else [name]


class Ios(Client):
    """It has no name for a message: nothing can be looked up."""
    door = "ios"

    def ask(self, name, text):
        status, body = self.asked("/ios", json.dumps(
            {"query": {"sender": "1", "message": {"text": text}}}).encode())
        self.verdict(name, status, b'"action":' in body)
        return [] if status == 503 else [None]


class Jasmin(Client):
    door = "jasmin"

    def ask(self, name, text):
        status, body = self.asked("/jasmin", urllib.parse.urlencode({
            "id": name, "coding": 8, "from": "1",
            "binary": text.encode("utf-16-be").hex()}).encode(),
            "application/x-www-form-urlencoded")
        return self.verdict(name, status, body == b"ACK/Jasmin")


class Kannel(Client):
    door = "kannel"

    def ask(self, name, text):
        status, _ = self.asked("/kannel", urllib.parse.urlencode({
            "id": name, "text": text, "phone": "1"}).encode(),
            "application/x-www-form-urlencoded")
        return self.verdict(name, status, True)


class TgSpam(Client):
    """As Ios."""
    door = "tg_spam"

    def ask(self, name, text):
        status, body = self.asked("/check", json.dumps(
            {"msg": text, "user_id": 1}).encode())
        self.verdict(name, status, b'"spam":' in body)
        return [] if status == 503 else [None]


GOOD = (Json, Stream, Rspamd, Spamd, Rspamc, Milter, Policy, Ios, Jasmin,
        Kannel, TgSpam)


def misbehave(daemon, dice):
    """One client that is slow, broken or away, at any door."""
    door = dice.choice(DOORS)
    whole = question(door, TEXTS[0]).replace(b"Connection: close\r\n", b"")
    with daemon.connect(door) as sock:
        way = dice.randrange(6)
        if way == 0:  # half of it, then away with a reset
            sock.sendall(whole[:dice.randrange(1, len(whole))])
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            struct.pack("ii", 1, 0))
        elif way == 1:  # rubbish
            sock.sendall(dice.randbytes(dice.randrange(1, 4000)))
            sock.recv(4096)
        elif way == 2:  # a byte at a time
            for byte in whole[:60]:
                sock.sendall(bytes([byte]))
                time.sleep(0.01)
        elif way == 3:  # asks much, reads nothing
            sock.sendall(whole * 50)
            time.sleep(0.5)
        elif way == 4:  # malformed: some bytes of it are others
            wire = bytearray(whole)
            for _ in range(dice.randrange(1, 8)):
                wire[dice.randrange(len(wire))] = dice.randrange(256)
            sock.sendall(wire)
            sock.shutdown(socket.SHUT_WR)
            sock.recv(4096)
        else:  # half of it, and no more
            sock.sendall(whole[:len(whole) // 2])
            sock.recv(4096)


STOPPED = """import socket, sys
family, place, wire = eval(sys.argv[1])
while True:
    with socket.socket(family) as sock:
        sock.connect(place)
        try:
            while True:
                sock.sendall(wire)
        except OSError:
            pass
"""


def stop_one(daemon, door):
    """A process that asks and asks is stopped with its sockets open."""
    with daemon.connect(door) as sock:
        place, family = sock.getpeername(), int(sock.family)
    wire = question(door, TEXTS[0]).replace(b"Connection: close\r\n", b"")
    client = subprocess.Popen(
        [sys.executable, "-c", STOPPED, repr((family, place, wire))],
        stderr=subprocess.DEVNULL)
    time.sleep(0.4)
    client.send_signal(signal.SIGSTOP)
    time.sleep(2)
    client.kill()
    client.wait()
