#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the daemon counts over records outlives it: restarts, kills, exchanges
of the rules and a full disk neither forget nor count twice, and `screen --db`
goes on where the daemon ended and the other way round."""
import concurrent.futures
import json
import os
import random
import shutil
import signal
import sqlite3
import threading
import time

from daemon import Daemon
from outside import Scratch, fill, main, run

PACK = """pack: demo
version: 1.0.0
asks: request
title: Every kind of window
families: {staff: Staff, line: Line}
windows:
  agent_requests_1h: {doc: Requests of a clerk., count: requests, by: request.agent.id, over: 1h}
  agent_numbers_1d: {doc: Numbers of a clerk., distinct: request.phone_number, by: request.agent.id, over: 24h}
  since_request: {doc: Time since the last one., since: requests, by: request.phone_number, over: 7d}
MOREWINDOWS
rules:
  - {id: DEM-001, title: Requests, family: staff, severity: low, score: 21, flag: windows.agent_requests_1h >= 1, reason: '{windows.agent_requests_1h} in an hour.', remedy: Call.}
  - {id: DEM-002, title: Numbers, family: staff, severity: low, score: 20, flag: windows.agent_numbers_1d >= 1, reason: '{windows.agent_numbers_1d} numbers.', remedy: Call.}
  - {id: DEM-003, title: Again, family: line, severity: low, score: 10, flag: windows.since_request < duration('24h'), reason: '{windows.since_request} ago.', remedy: Call.}
MORERULES
"""
CASES = """base:
  one: {request_id: 'demo', created_at: '2026-03-02T09:00:00Z', phone_number: '+12025550101', agent: {id: demo_a}}
cases:
  - {name: counted, base: one, windows: {agent_requests_1h: 1, agent_numbers_1d: 1, since_request: 1h}, expect: {hit: [DEM-001, DEM-002, DEM-003]}}
  - {name: none, base: one, windows: {agent_requests_1h: 0, agent_numbers_1d: 0, since_request: 2d}, expect: {clear: [DEM-001, DEM-002, DEM-003]}}
"""
MORE = {"MOREWINDOWS": "  agent_requests_1d: {doc: In a day., count: requests,"
        " by: request.agent.id, over: 24h}",
        "MORERULES": "  - {id: DEM-004, title: Day, family: staff, severity: "
        "low, score: 5, flag: windows.agent_requests_1d >= 1, reason: "
        "'{windows.agent_requests_1d} in a day.', remedy: Call.}"}
DOORS = ("store: {db: %s}\nlog: {verdicts: none}\nlisten:\n"
         "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: http, name: second, at: 'tcp:127.0.0.1:0'}\n"
         "- {door: http, name: private, at: 'tcp:127.0.0.1:0', keep: false}\n")


def requests(count):
    dice = random.Random(41)
    begin = 1_772_442_000
    for number in range(count):
        begin += dice.randrange(1, 240)
        yield {"kind": "request", "request_id": "r-%d" % number,
               "created_at": time.strftime("%Y-%m-%dT%H:%M:%SZ",
                                           time.gmtime(begin)),
               "phone_number": "+120255501%02d" % dice.randrange(40),
               "agent": {"id": "demo_%s" % dice.choice("abc")}}


def figures(verdict):
    """By its id: what every rule said about it, with the figures in it."""
    return verdict["id"], [(f["rule"], f["reason"])
                           for f in verdict.get("findings", [])]


class Counting(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("desk.db")
        self.records = list(requests(160))
        self.put()
        self.daemon = None

    def put(self, **more):
        pack = PACK
        for name in MORE:
            pack = pack.replace(name, more.get(name, ""))
        os.makedirs(self.path("demo"), exist_ok=True)
        self.write("demo/pack.yaml", pack)
        self.write("demo/tests.yaml", CASES if not more else CASES.replace(
            "since_request: 1h", "agent_requests_1d: 1, since_request: 1h"
        ).replace("since_request: 2d", "agent_requests_1d: 0, since_request: 2d"
                  ).replace("DEM-003]", "DEM-003, DEM-004]"))

    def start(self, db=None):
        self.daemon = Daemon(self.write(
            "s.yaml", "policies: [%s]\n" % self.path("demo") +
            DOORS % (db or self.db)))
        self.addCleanup(self.daemon.stop)

    def judge(self, records, door="http"):
        told = []
        for record in records:
            status, _, body = self.daemon.ask(
                "POST", "/v1/screen", json.dumps(record), door=door)
            self.assertEqual(status, 200, body)
            told.append(figures(json.loads(body)))
        return told

    def reload(self):
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 200, body)

    def screen(self, records, *more):
        """By `screen`, in one run, as of a file of its own."""
        log = self.write("%s.jsonl" % records[0]["request_id"], "".join(
            json.dumps(record) + "\n" for record in records))
        done = run("screen", "--policy", self.path("demo"), "--lateness", "0s",
                   "--quiet", *more, log)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [figures(json.loads(line)) for line in done.stdout.splitlines()]

    def stored(self):
        with sqlite3.connect(self.db) as store:
            return [figures(json.loads(row[0])) for row in store.execute(
                "SELECT verdict_json FROM verdict ORDER BY verdict_id")]

    def verified(self):
        done = run("audit", "verify", "--db", self.db)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Restarts(Counting):
    def test_one_go_is_what_screen_counts(self):
        wanted = self.screen(self.records)
        self.assertGreater(len({str(row[1]) for row in wanted}), 50)
        self.start()
        self.assertEqual(self.judge(self.records), wanted)

    def test_what_is_ahead_of_the_clock_has_no_figure_and_is_not_kept(self):
        ahead = [dict(record, request_id="ahead-%d" % number,
                      created_at="2999-01-01T00:00:00Z")
                 for number, record in enumerate(self.records[:9])]
        wanted = self.screen(self.records[:40])
        self.start()
        told = self.judge(self.records[:20] + ahead + self.records[20:40])
        self.assertEqual(told[20:29], [(record["request_id"], [])
                                       for record in ahead])
        self.assertEqual(told[:20] + told[29:], wanted)
        self.assertEqual(self.daemon.stop(), 0)
        with sqlite3.connect(self.db) as store:
            newest, = store.execute(
                "SELECT max(newest) FROM window_events").fetchone()
        self.assertLess(newest, time.time() * 10**6)

    def test_ends_and_kills_change_no_figure(self):
        wanted = dict(self.screen(self.records))
        told = []
        for turn, begin in enumerate(range(0, 160, 20)):
            self.start()
            told += self.judge(self.records[begin:begin + 20],
                               ("http", "second")[turn % 2])
            if turn % 2:
                self.daemon.signal(signal.SIGKILL)
                self.daemon.process.wait()
            else:
                self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(dict(told), wanted)
        self.assertEqual(dict(self.stored()), wanted)
        self.verified()

    def test_a_kill_in_the_middle_loses_what_was_not_stored_and_no_more(self):
        wanted = dict(self.screen(self.records))
        left = list(self.records)
        kills = 0
        while left:
            self.start()
            body = "".join(json.dumps(r) + "\n" for r in left).encode()
            connection = self.daemon.http()
            connection.request("POST", "/v1/screen", body, {
                "Content-Type": "application/x-ndjson"})
            if len(left) > 40:  # killed while it answers
                time.sleep(0.004 * kills)
                self.daemon.signal(signal.SIGKILL)
                kills += 1
            else:
                connection.getresponse().read()
                self.daemon.signal(signal.SIGTERM)
            self.daemon.process.wait()
            connection.close()
            if not os.path.exists(self.db):
                continue
            stored = {name for name, _ in self.stored()}
            left = [r for r in left if r["request_id"] not in stored]
            if kills > 40:
                break
        if left:
            self.start()
            self.judge(left)
            self.daemon.stop()
        self.assertGreater(kills, 0)
        self.assertEqual(len(self.stored()), len(self.records))
        self.assertEqual(dict(self.stored()), wanted)
        self.verified()

    def test_screen_and_the_daemon_go_on_where_the_other_ended(self):
        wanted = self.screen(self.records)
        told = self.screen(self.records[:40], "--db", self.db)
        self.start()
        told += self.judge(self.records[40:90])
        self.assertEqual(self.daemon.stop(), 0)
        told += self.screen(self.records[90:130], "--db", self.db)
        self.start()
        told += self.judge(self.records[130:])
        self.assertEqual(told, wanted)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.stored(), wanted)
        self.verified()
        replayed = run("replay", "--db", self.db)
        self.assertIn("under their own rulesets: 160 as they were stored, 0 "
                      "otherwise", replayed.stdout)

    def test_what_was_purged_is_as_unknown_as_to_screen(self):
        self.start()
        self.judge(self.records[:80])
        self.assertEqual(self.daemon.stop(), 0)
        purged = run("audit", "purge", "--db", self.db, "--before",
                     "2027-01-01", "--today", "2027-01-01", "--class", "subjects", "--who", "demo")
        self.assertEqual(purged.returncode, 0, purged.stderr)
        for name in ("", ".key"):
            shutil.copy(self.db + name, self.path("copy.db" + name))
        wanted = self.screen(self.records[80:], "--db", self.path("copy.db"))
        self.assertNotEqual(wanted, self.screen(self.records)[80:])
        self.start()
        self.assertEqual(self.judge(self.records[80:]), wanted)
        self.assertEqual(self.daemon.stop(), 0)
        self.verified()

    def test_events_that_were_changed_are_not_begun_with(self):
        self.start()
        self.judge(self.records[:10])
        self.assertEqual(self.daemon.stop(), 0)
        with sqlite3.connect(self.db) as store:
            store.execute("UPDATE window_events SET events = x'00'")
        done = run("serve", "--config", self.path("s.yaml"))
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn("are not as they were written", done.stderr)


class Exchanges(Counting):
    def judge_and_exchange(self):
        """Another window comes, and goes again."""
        self.start()
        told = self.judge(self.records[:60])
        self.put(**MORE)
        self.reload()
        told += self.judge(self.records[60:100])
        self.put()
        self.reload()
        return told + self.judge(self.records[100:])

    def without_more(self, rows):
        return [(name, [f for f in found if f[0] != "DEM-004"])
                for name, found in rows]

    def test_windows_that_stay_go_on_and_others_begin(self):
        wanted = self.screen(self.records)
        told = self.judge_and_exchange()
        self.assertEqual(self.without_more(told), wanted)
        first = dict(told)["r-60"]
        self.assertIn(("DEM-004", "1 in a day."), first)

    def test_a_restart_says_what_an_exchange_said(self):
        self.start()
        self.judge(self.records[:60])
        self.put(**MORE)
        self.reload()
        self.judge(self.records[60:100])
        self.daemon.signal(signal.SIGKILL)
        self.daemon.process.wait()
        self.start()
        wanted = dict(self.screen(self.records[60:]))
        for name, found in self.judge(self.records[100:]):
            day = [f for f in found if f[0] == "DEM-004"]
            self.assertEqual(day, [f for f in wanted[name]
                                   if f[0] == "DEM-004"], name)


    def test_under_several_clients_each_is_answered_by_one_ruleset(self):
        """Exchanges while they ask; each has a clerk and numbers of its own,
        so that what `screen` says of his records alone is what he is told."""
        clients = 4
        dice = random.Random(7)
        streams = [[{"kind": "request", "request_id": "%d-%d" % (client, i),
                     "created_at": time.strftime(
                         "%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_772_442_000 + i)),
                     "phone_number": "+12025550%d%02d" % (
                         client + 1, dice.randrange(60)),
                     "agent": {"id": "demo_%d" % client}} for i in range(900)]
                   for client in range(clients)]
        wanted = dict(row for stream in streams for row in self.screen(stream))
        self.start()
        ended = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(clients) as crowd:
            asking = [crowd.submit(self.ask_until, ended, stream)
                      for stream in streams]
            exchanges = 0
            until = time.monotonic() + 60
            while exchanges < 12 and time.monotonic() < until:
                self.put(**(MORE if exchanges % 2 == 0 else {}))
                self.reload()
                exchanges += 1
            ended.set()
            told = [each.result() for each in asking]
        self.daemon.signal(signal.SIGKILL)
        self.daemon.process.communicate()
        self.put(**MORE)
        self.start()
        for verdicts, stream in zip(told, streams):  # and after a restart
            verdicts += self.ask_until(None, stream[len(verdicts):][:5])
        told_all = [figures(v) for verdicts in told for v in verdicts]
        self.assertEqual(sorted(told_all), sorted(self.stored()))
        for verdicts in told:
            self.assertEqual(len({v["policy"]["digest"] for v in verdicts}), 2)
            self.by_one_ruleset(verdicts, wanted)
        self.verified()

    def by_one_ruleset(self, verdicts, wanted):
        """The day's window counts what was judged by rules that declare it."""
        day = 0
        more = verdicts[-1]["policy"]["digest"]
        for verdict in verdicts:
            name, found = figures(verdict)
            counted = [reason for rule, reason in found if rule == "DEM-004"]
            self.assertEqual([f for f in found if f[0] != "DEM-004"],
                             wanted[name], name)
            day += verdict["policy"]["digest"] == more
            self.assertEqual(counted, ["%d in a day." % day] if
                             verdict["policy"]["digest"] == more else [], name)

    def ask_until(self, ended, records):
        """One after the other, on one connection."""
        connection = self.daemon.http()
        told = []
        for record in records:
            if ended is not None and ended.is_set():
                break
            connection.request("POST", "/v1/screen", json.dumps(record),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            body = answer.read()
            self.assertEqual(answer.status, 200, body)
            told.append(json.loads(body))
        connection.close()
        return told


class NotKept(Counting):
    def test_a_door_that_keeps_nothing_is_counted_until_the_end(self):
        wanted = self.screen(self.records[:60])
        self.start()
        told = self.judge(self.records[:30], "private")
        told += self.judge(self.records[30:60])
        self.assertEqual(told, wanted)  # counted
        self.assertEqual(self.daemon.stop(), 0)
        self.start()  # and forgotten
        self.assertEqual(self.judge(self.records[60:90]),
                         self.screen(self.records[30:90])[30:])

    def test_what_a_full_disk_did_not_take_is_counted_once(self):
        disk = self.small_disk(16)
        self.db = os.path.join(disk, "out.db")
        wanted = self.screen(self.records)
        self.start()
        told = self.judge(self.records[:50])
        hog = os.path.join(disk, "hog")
        fill(hog)
        refused = 0
        left = self.records[50:100]
        while left and refused < 5:
            status, _, body = self.daemon.ask("POST", "/v1/screen",
                                              json.dumps(left[0]))
            if status == 200:
                told.append(figures(json.loads(body)))
                del left[0]
            else:
                refused += 1  # asked again, as a client does
        self.assertEqual(refused, 5)
        os.unlink(hog)
        deadline = time.time() + 30
        # Without a rest: ready is not said before the counts are those stored.
        while self.daemon.ask("GET", "/readyz")[0] != 200:
            self.assertLess(time.time(), deadline)
        told += self.judge(left + self.records[100:])
        self.assertEqual(told, wanted)

    def test_a_start_on_a_full_disk_counts_on_once_it_has_room(self):
        disk = self.small_disk(16)
        self.db = os.path.join(disk, "out.db")
        wanted = self.screen(self.records[:80])
        self.start()
        told = self.judge(self.records[:50])
        self.assertEqual(self.daemon.stop(), 0)
        hog = os.path.join(disk, "hog")
        fill(hog)
        self.start()
        for record in self.records[50:53]:  # and again, below
            self.assertEqual(self.daemon.ask("POST", "/v1/screen",
                                             json.dumps(record))[0], 503)
        os.unlink(hog)
        self.daemon.wait_for(" store_is_back ")
        self.assertEqual(told + self.judge(self.records[50:80]), wanted)
        self.assertEqual(self.daemon.stop(), 0)
        self.verified()


if __name__ == "__main__":
    main()
