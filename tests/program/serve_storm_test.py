#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon in bad weather, for so many seconds.

serve_storm_test.py SIMWARDEN CHECKOUT [SECONDS]

Clients that behave ask at every door all the time, while others are slow, stop
reading, reset, send half a request, malformed frames or rubbish; clients are
stopped as a whole (SIGSTOP); the rules are exchanged again and again; the disk
of the store fills up and is given room. Each record has a name of its own,
where the protocol has one. At the end every verdict that was told is in the
store, nothing that the good clients asked was answered by anything but a
verdict or "busy", and the memory has stopped growing.
"""
import collections
import os
import random
import sqlite3
import sys
import threading
import time
import signal

SECONDS = float(sys.argv.pop(3)) if len(sys.argv) > 3 and \
    sys.argv[3].replace(".", "").isdigit() else 15.0

from daemon import Daemon  # noqa: E402
from doors import DOORS, listeners  # noqa: E402
from outside import Scratch, fill, main, run  # noqa: E402
from storm_clients import GOOD, PATIENCE, TEXTS, Gone, misbehave, stop_one  # noqa: E402

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
windows:
  sender_1m: {doc: Of one sender., count: messages, by: message.sender, over: 1m}
MORE
rules:
  - id: STO-001
    title: A lure with a link or a contact
    family: general
    severity: high
    score: 45
    flag: patterns.lure && (size(message.links) > 0 || size(message.contacts) > 0)
    reason: It leads away.
    remedy: Ask the operator.
  - {id: STO-002, title: Many, family: general, severity: low, score: 1, flag: windows.sender_1m > 100000, reason: Many., remedy: Ask.}
""", "tests.yaml": """base:
  one: {text: 'Your SIM will be blocked, see http://demo-a.test/x', sender: demo_a, received_at: '2026-03-02T09:00:00Z'}
cases:
  - {name: 'a lure', base: one, windows: {sender_1m: 100001}, expect: {hit: [STO-001, STO-002]}}
  - {name: 'a greeting', base: one, with: {text: 'hello'}, expect: {clear: [STO-001, STO-002]}}
"""}
# At every other exchange: counts have to be taken over.
MORE = ("  sender_2m: {doc: Of one sender., count: messages, by: "
        "message.sender, over: 2m}")
# What an exchange is refused with while the disk is full.
NO_ROOM = (b"disk is full", b"cannot be written", b"No space left on device")
FULL = 60  # seconds at most that the disk stays full
PAUSE = 0.05  # of a client that behaves, between two questions


def resident(pid):
    with open("/proc/%d/statm" % pid, encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def slope(points):
    """Of the line through (x, y) that is nearest to them by least squares."""
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    return (sum((x - x_mean) * (y - y_mean) for x, y in points) /
            sum((x - x_mean) ** 2 for x, _ in points))


class Storm(Scratch):
    def setUp(self):
        super().setUp()
        self.told = collections.Counter()
        self.names = set()  # of records whose verdict was told
        self.wrong = []
        self.waits = []  # seconds, of good clients
        self.exchange = 0.0  # the longest
        self.begun = time.time()
        self.ends = self.begun + SECONDS
        self.lock = threading.Lock()

    def store_folder(self):
        # Room for what is told in that time, beside the times without room.
        disk = self.disk_of(64 + int(1.5 * SECONDS))
        self.has_disk = disk is not None
        return disk or self.path("disk")

    def good(self, kind, number):
        dice = random.Random(number)
        client = kind(self.daemon)
        count = 0
        while time.time() < self.ends:
            count += 1
            name = "demo-%d-%d" % (number, count)
            asked = time.time()
            try:
                told = client.ask(name, dice.choice(TEXTS))
            except (OSError, Gone, ValueError) as e:
                self.wrong.append("%s %s: %r" % (client.door, name, e))
                client.close()
                continue
            with self.lock:
                self.told[kind.__name__ if told else "busy"] += 1
                self.names.update(filter(None, told))
                self.waits.append(time.time() - asked)
            if not client.keeps:
                client.close()
            time.sleep(PAUSE)
        client.close()

    def bad(self, number):
        dice = random.Random(-number)
        while time.time() < self.ends:
            try:
                misbehave(self.daemon, dice)
            except OSError:
                pass
            self.told["misbehaved"] += 1

    def put(self, more):
        for name, text in PACK.items():
            with open(self.path("storm/" + name), "w",
                      encoding="utf-8") as file:
                file.write(text.replace("MORE", more))

    def exchanges(self):
        count = 0
        while time.time() < self.ends:
            count += 1
            asked = time.time()
            connection = self.daemon.http()
            connection.sock.settimeout(PATIENCE)
            connection.request("POST", "/v1/reload")
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
            connection.close()
            self.exchange = max(self.exchange, time.time() - asked)
            if status == 503 and any(why in body for why in NO_ROOM):
                time.sleep(0.1)  # the old rules stay in force
            elif status != 200:
                self.wrong.append("reload: %d %s" % (status, body[:200]))
            self.put(MORE if count % 2 else "")
            time.sleep(PAUSE)
            self.told["exchanges"] = count

    def stopped_clients(self):
        dice = random.Random(1)
        while time.time() < self.ends:
            stop_one(self.daemon, dice.choice(DOORS))
            self.told["stopped"] += 1

    def full_disk(self, disk):
        hog = os.path.join(disk, "hog")
        while self.has_disk and time.time() < self.ends:
            time.sleep(min(SECONDS / 6, 120))
            busy = self.told["busy"]
            full_until = min(time.time() + FULL, self.ends)
            # SQLite writes on in the room that its log has: until it is felt.
            while self.told["busy"] == busy and time.time() < full_until:
                fill(hog)
                time.sleep(0.1)
            self.told["felt"] += self.told["busy"] > busy
            time.sleep(1.5)
            if os.path.exists(hog):  # not when the time was over
                os.unlink(hog)
            self.told["full disks"] += 1

    def threads(self, disk):
        work = [(self.good, (kind, number))
                for number, kind in enumerate(GOOD, 1)]
        work += [(self.bad, (number,)) for number in range(1, 5)]
        work += [(self.exchanges, ()), (self.stopped_clients, ()),
                 (self.full_disk, (disk,))]
        return [threading.Thread(target=run_it, args=args)
                for run_it, args in work]

    def watch(self):
        """(minutes, MB) of resident memory: every minute, or twenty times."""
        sizes = []
        while time.time() < self.ends:
            time.sleep(min(SECONDS / 20, 60))
            sizes.append(((time.time() - self.begun) / 60,
                          resident(self.daemon.process.pid) / (1 << 20)))
        return sizes

    def test_nothing_is_lost_and_nothing_grows(self):
        disk = self.store_folder()
        db = os.path.join(disk, "out.db")
        os.mkdir(self.path("storm"))
        self.put("")
        self.daemon = Daemon(self.write(
            "s.yaml", "policies: [%s]\nstore: {db: %s}\nlog: {verdicts: none}\n"
            "listen:\n" % (self.path("storm"), db) + listeners(
                more="timeouts: {idle: 20s, request: 2s, write: 2s}")))
        self.addCleanup(self.daemon.stop)
        threads = self.threads(disk)
        for thread in threads:
            thread.start()
        sizes = self.watch()
        for thread in threads:
            thread.join()
        self.daemon.signal(signal.SIGTERM)
        self.assertEqual(self.daemon.process.wait(60), 0)
        with sqlite3.connect(db) as store:
            kept = {row[0] for row in
                    store.execute("SELECT record_id FROM verdict")}
        # Mails have their Message-ID for a name.
        kept |= {name.partition("@")[0] for name in kept if name}
        lost = self.names - kept
        later = sizes[len(sizes) // 3:]
        waits = sorted(self.waits)
        print("waited: half at most %.3f s, 999 of 1000 %.3f s, all %.3f s; "
              "the longest exchange %.3f s" % (
                  waits[len(waits) // 2], waits[len(waits) * 999 // 1000],
                  waits[-1], self.exchange))
        print("told %s\nresident MB %s\n%.0f s, %d named verdicts told, %d "
              "lost, %d wrong answers; slope after a third of the time %+.1f "
              "kB a minute" % (
                  dict(self.told), ["%.1f" % size for _, size in sizes],
                  SECONDS, len(self.names), len(lost), len(self.wrong),
                  slope(later) * 1024))
        self.assertEqual(self.wrong[:5], [])
        for kind in GOOD:
            self.assertGreater(self.told[kind.__name__], 0, kind)
        if self.has_disk:
            self.assertGreater(self.told["felt"], 0, "no disk was full")
        self.assertEqual(lost, set())
        self.assertEqual(run("audit", "verify", "--db", db).returncode, 0)
        early = max(size for _, size in sizes[5:10])
        late = max(size for _, size in sizes[-5:])
        self.assertLess(late, early * 1.25, "it grows")


if __name__ == "__main__":
    main()
