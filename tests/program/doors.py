# SPDX-License-Identifier: Apache-2.0
"""Every door of the daemon, asked in its own protocol."""
import json
import os
import re
import socket
import struct
import time
import urllib.parse

from daemon import Daemon, read_to_end
from outside import CHECKOUT

POLICIES = os.path.join(CHECKOUT, "policies")
MAIL_DOORS = ("rspamd", "rspamc", "spamd", "milter", "postfix_policy")
HOOKS = ("ios", "jasmin", "kannel", "tg_spam")
DOORS = ("http",) + MAIL_DOORS + HOOKS
REPLIES = "replies: {hold: 'held', refuse: 'refused'}"

HEADER = (b"From: Demo <demo@mail.example>\r\nTo: demo_anna@mail.example\r\n"
          b"Subject: lunch\r\nMessage-ID: <demo-1@mail.example>\r\n")


def listeners(doors=DOORS, more="", suffix="", at="tcp:127.0.0.1:0"):
    """Lines of `listen:` for these doors, all with the same keys."""
    lines = []
    for door in doors:
        keys = ["door: %s" % door, "name: %s%s" % (door, suffix),
                "at: '%s'" % at.replace("DOOR", door)]
        if door == "ios":
            keys.append("keep: true")
        if door == "kannel":
            keys.append(REPLIES)
        if more:
            keys.append(more)
        lines.append("- {%s}\n" % ", ".join(keys))
    return "".join(lines)


def mail(text, header=HEADER):
    return header + b"\r\n" + text.encode() + b"\r\n"


def frame(command, data=b""):
    return struct.pack(">I", len(data) + 1) + command + data


def milter_mail(body, header=HEADER, block=65535, sender=b"<demo@mail.example>"):
    wire = frame(b"O", struct.pack(">III", 6, 0x1ff, 0x1fffff))
    wire += frame(b"M", sender + b"\0")
    wire += frame(b"R", b"<demo_anna@mail.example>\0")
    for field in header.split(b"\r\n")[:-1]:
        name, _, value = field.partition(b": ")
        wire += frame(b"L", name + b"\0" + value + b"\0")
    wire += frame(b"N")
    for at in range(0, len(body), block):
        wire += frame(b"B", body[at:at + block])
    return wire + frame(b"E") + frame(b"Q")


def http(path, body, kind="application/json", method="POST", **fields):
    head = ["%s %s HTTP/1.1" % (method, path), "Host: localhost",
            "Content-Length: %d" % len(body), "Content-Type: " + kind,
            "Connection: close"]
    head += ["%s: %s" % (name.replace("_", "-"), value)
             for name, value in fields.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def lined(command, body, *fields):
    return b"\r\n".join((command, b"Content-length: %d" % len(body)) +
                        fields) + b"\r\n\r\n" + body


def question(door, text, **fields):
    """The bytes by which a client of `door` asks about `text`."""
    if door == "http":
        return http("/v1/screen", json.dumps({
            "kind": "message", "transport": "sms", "text": text}).encode(),
            **fields)
    if door == "rspamd":
        return http("/checkv2", mail(text), "message/rfc822", **fields)
    if door == "rspamc":
        return lined(b"CHECK RSPAMC/1.3", mail(text))
    if door == "spamd":
        return lined(b"SYMBOLS SPAMC/1.5", mail(text))
    if door == "milter":
        return milter_mail(text.encode() + b"\r\n")
    if door == "postfix_policy":
        return (b"request=smtpd_access_policy\nsender=demo@mail.example\n"
                b"recipient=demo_anna@mail.example\ninstance=1.2\n\n")
    if door == "ios":
        return http("/ios", json.dumps({"query": {
            "sender": "14085550001", "message": {"text": text}}}).encode(),
            **fields)
    if door == "jasmin":
        return http("/jasmin/intercept", json.dumps({
            "content": text, "coding": 1, "from": "14085550001"}).encode(),
            **fields)
    if door == "kannel":
        return http("/kannel", urllib.parse.urlencode({
            "text": text, "phone": "14085550001"}).encode(),
            "application/x-www-form-urlencoded", **fields)
    return http("/check", json.dumps({
        "msg": text, "user_id": "14085550001"}).encode(), **fields)


def talk(daemon, name, pieces, pause=0.0, half_close=True):
    """All that the door says; b"" also when it hung up on us."""
    if isinstance(pieces, bytes):
        pieces = [pieces]
    said = b""
    with daemon.connect(name) as sock:
        if sock.family == socket.AF_INET:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in pieces:
                sock.sendall(piece)
                if pause:
                    time.sleep(pause)
            if half_close:
                sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has hung up already; what it said may be there
        try:
            said = read_to_end(sock)
        except ConnectionError:
            pass
    return said


def body_of(answer):
    return answer.partition(b"\r\n\r\n")[2]


def status_of(answer):
    """Of HTTP; 0 when there was no answer."""
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found.group(1)) if found else 0


def frames(wire):
    found = []
    while wire:
        size, = struct.unpack(">I", wire[:4])
        found.append((wire[4:5], wire[5:4 + size]))
        wire = wire[4 + size:]
    return found


def told(door, answer):
    """What the door said about a message, in its words but few: a status when
    it was none of them."""
    text = answer.decode(errors="replace")
    if door == "spamd":
        found = re.search(r"^Spam: (\w+)", text, re.M)
        return found.group(1) if found else text[:13]
    if door == "rspamc":
        found = re.search(r"^Action: ([\w ]+)", text, re.M)
        return found.group(1) if found else text[:13]
    if door == "milter":
        said = frames(answer)[1:]
        if any(command == b"q" for command, _ in said):
            return "q"
        if not said:
            return ""
        command, data = said[-1]
        return (command + data[:3]).decode() if command == b"y" else \
            command.decode()
    if door == "postfix_policy":
        return text.partition("=")[2].split()[0] if text else ""
    if status_of(answer) != 200:
        return status_of(answer)
    body = body_of(answer)
    if door == "kannel":
        return body.decode()
    value = json.loads(body)
    if door == "tg_spam":
        return value["spam"]
    return value["action"]


def started(test, settings, **options):
    """A daemon that ends with the test."""
    if "policies:" not in settings:
        settings = "policies: [%s]\n" % POLICIES + settings
    daemon = Daemon(test.write("simwarden.yaml", settings), **options)
    test.addCleanup(daemon.stop)
    return daemon
