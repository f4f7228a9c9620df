#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon in bad weather, for so many seconds.

serve_storm_test.py SIMWARDEN CHECKOUT [SECONDS]

Clients that behave ask all the time, on connections that they keep, while
others are slow, stop reading, reset, send half a request or rubbish; clients
are stopped as a whole (SIGSTOP); the rules are exchanged again and again; the
disk of the store fills up and is given room. Each record has a name of its
own. At the end every verdict that was told is in the store, nothing that the
good clients asked was answered by anything but a verdict or "busy", and the
memory has stopped growing.
"""
import collections
import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time

SECONDS = float(sys.argv.pop(3)) if len(sys.argv) > 3 and \
    sys.argv[3].replace(".", "").isdigit() else 15.0

from daemon import Daemon  # noqa: E402
from outside import CHECKOUT, Scratch, main, run  # noqa: E402

TEXTS = ["Your SIM will be blocked today, confirm at "
         "http://secure-verify.example/sim", "See you at seven, bring bread",
         "办eSIM加微♥信:kaka_demo2025,包激活包售后"]
# Small: the exchange is what is tried, a thousand times in half an hour.
PACK = {"pack.yaml": """pack: storm
version: 1.0.0
asks: message
title: Bad weather
families: {general: General}
patterns:
  lure:
    view: plain
    any: ['sim will be blocked', 'esim']
rules:
  - id: STO-001
    title: A lure with a link or a contact
    family: general
    severity: high
    score: 45
    flag: patterns.lure && (size(message.links) > 0 || size(message.contacts) > 0)
    reason: It leads away.
    remedy: Ask the operator.
""", "tests.yaml": """cases:
  - name: 'a lure'
    text: 'Your SIM will be blocked, see http://demo-a.test/x'
    expect: {hit: [STO-001]}
  - name: 'a greeting'
    text: 'hello'
    expect: {clear: [STO-001]}
"""}


def resident(pid):
    with open("/proc/%d/statm" % pid, encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


class Storm(Scratch):
    def setUp(self):
        super().setUp()
        self.told = collections.Counter()
        self.names = set()  # of records whose verdict was told
        self.wrong = []
        self.ends = time.time() + SECONDS
        self.lock = threading.Lock()

    def small_disk(self):
        disk = self.path("disk")
        os.mkdir(disk)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m",
                                  "demo", disk], capture_output=True)
        self.has_disk = mounted.returncode == 0
        if self.has_disk:
            self.addCleanup(subprocess.run, ["umount", "-l", disk])
        return disk

    def good(self, number):
        dice = random.Random(number)
        connection = None
        count = 0
        while time.time() < self.ends:
            count += 1
            name = "demo-%d-%d" % (number, count)
            body = json.dumps({"kind": "message", "id": name,
                               "text": dice.choice(TEXTS)})
            try:
                if connection is None:
                    connection = self.daemon.http()
                connection.request("POST", "/v1/screen", body)
                answer = connection.getresponse()
                told = answer.read()
            except (OSError, http.client.HTTPException) as e:
                self.wrong.append("%s: %r" % (name, e))
                if connection is not None:
                    connection.close()
                connection = None
                continue
            with self.lock:
                self.told[answer.status] += 1
            if answer.status == 200:
                if json.loads(told)["id"] != name:
                    self.wrong.append("%s was told %s" % (name, told[:80]))
                with self.lock:
                    self.names.add(name)
            elif answer.status != 503:
                self.wrong.append("%s: %d" % (name, answer.status))
            else:
                time.sleep(0.05)
        if connection is not None:
            connection.close()

    def bad(self, number):
        dice = random.Random(-number)
        body = json.dumps({"kind": "message", "text": TEXTS[0]}).encode()
        whole = (b"POST /v1/screen HTTP/1.1\r\nContent-Length: %d\r\n\r\n"
                 % len(body)) + body
        while time.time() < self.ends:
            try:
                with self.daemon.connect() as sock:
                    way = dice.randrange(5)
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
                    else:  # a wrong length
                        sock.sendall(whole.replace(b"Length: ", b"Length: -"))
                        sock.recv(4096)
            except OSError:
                pass

    def exchanges(self):
        count = 0
        while time.time() < self.ends:
            count += 1
            status, _, body = self.daemon.ask("POST", "/v1/reload")
            if status == 422 and b"disk is full" in body:
                time.sleep(0.1)  # the old rules stay in force
            elif status != 200:
                self.wrong.append("reload: %d %s" % (status, body[:200]))
        self.told["exchanges"] = count

    def stopped_clients(self):
        """Processes that ask, and are stopped with their sockets open."""
        kind, host, port = self.daemon.places["http"].split(":")
        code = ("import socket, time\n"
                "s = socket.create_connection((%r, %s))\n"
                "while True:\n"
                "    s.sendall(b'GET /v1/policy HTTP/1.1\\r\\n\\r\\n' * 20)\n"
                % (host, port))
        while time.time() < self.ends:
            client = subprocess.Popen([sys.executable, "-c", code],
                                      stderr=subprocess.DEVNULL)
            time.sleep(0.3)
            client.send_signal(signal.SIGSTOP)
            time.sleep(2)
            client.kill()
            client.wait()

    def full_disk(self, disk):
        hog = os.path.join(disk, "hog")
        while self.has_disk and time.time() < self.ends:
            time.sleep(SECONDS / 6)
            with open(hog, "wb") as file:
                try:
                    while True:
                        file.write(bytes(1 << 16))
                        file.flush()
                except OSError:
                    pass
            time.sleep(1.5)
            os.unlink(hog)
            self.told["full disks"] += 1

    def test_nothing_is_lost_and_nothing_grows(self):
        disk = self.small_disk()
        db = os.path.join(disk, "out.db")
        policies = self.path("storm")
        os.mkdir(policies)
        for name, text in PACK.items():
            with open(os.path.join(policies, name), "w",
                      encoding="utf-8") as file:
                file.write(text)
        self.daemon = Daemon(self.write(
            "s.yaml", "policies: [%s]\nstore: {db: %s}\nlog: {verdicts: none}\n"
            "listen:\n- door: http\n  at: tcp:127.0.0.1:0\n"
            "  timeouts: {idle: 5s, request: 2s, write: 2s}\n" % (policies, db)))
        self.addCleanup(self.daemon.stop)
        threads = [threading.Thread(target=work, args=args)
                   for work, args in
                   [(self.good, (n,)) for n in range(1, 5)] +
                   [(self.bad, (n,)) for n in range(1, 4)] +
                   [(self.exchanges, ()), (self.stopped_clients, ()),
                    (self.full_disk, (disk,))]]
        for thread in threads:
            thread.start()
        sizes = []
        while time.time() < self.ends:
            time.sleep(SECONDS / 20)
            sizes.append(resident(self.daemon.process.pid))
        for thread in threads:
            thread.join()
        self.daemon.signal(signal.SIGTERM)
        self.assertEqual(self.daemon.process.wait(60), 0)
        print("told %s, resident MB %s" % (
            dict(self.told), [size >> 20 for size in sizes]))
        self.assertEqual(self.wrong[:5], [])
        self.assertGreater(self.told[200], 0)
        with sqlite3.connect(db) as store:
            kept = {row[0] for row in
                    store.execute("SELECT record_id FROM verdict")}
        self.assertEqual(self.names - kept, set())
        self.assertEqual(run("audit", "verify", "--db", db).returncode, 0)
        early, late = max(sizes[5:10]), max(sizes[-5:])
        self.assertLess(late, early * 1.25, "it grows")


if __name__ == "__main__":
    main()
