#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Many clients at once, exchanges of the rules under them, and kill -9 in the
middle: what the daemon counts is what the store has, recounted here from the
records whose verdicts are stored.

counting_crowd_test.py SIMWARDEN CHECKOUT [ROUNDS]: so many kills.
"""
import http.client
import json
import math
import os
import random
import signal
import sqlite3
import sys
import threading
import time

ROUNDS = int(sys.argv.pop(3)) if sys.argv[3:] and sys.argv[3].isdigit() else 5

from daemon import Daemon  # noqa: E402
from outside import Scratch, main, run  # noqa: E402

DAY = 86400
REACH = 30 * DAY
CLIENTS = 4
AGENTS = ["demo_busy"] * 5 + ["demo_a", "demo_b", "demo_c", None]
PHONES = ["+120255501%02d" % number for number in range(30)]
# Two rulesets: what both declare goes on, the others are of one each.
BOTH = """\
  requests: {doc: d, count: requests, by: request.agent.id, over: 30d}
  since: {doc: d, since: requests, by: request.phone_number, over: 30d}
"""
OWN = {
    "a": "  numbers: {doc: d, distinct: request.phone_number, by: request.agent.id, over: 30d}\n",
    "b": "  numbers: {doc: d, distinct: request.phone_number, by: request.agent.id, over: 30d, where: request.agent.override_used}\n"
         "  overrides: {doc: d, share: request.agent.override_used, by: request.agent.id, over: 30d}\n",
}
RULE = ("  - {id: D-%s, title: t, family: f, severity: low, score: 1, flag: "
        "windows.%s %s, reason: '%s {windows.%s}', remedy: r}\n")


# Nothing is said of what is not there.
LEAST = {"requests": ">= 1", "since": "< duration('720h')", "numbers": ">= 1",
         "overrides": "> 0.0"}
NONE = {"requests": "0", "since": "30d", "numbers": "0", "overrides": "0.0"}
NOTHING = {"requests": 0, "since": REACH, "numbers": 0, "overrides": 0}
SOME = {"requests": "1", "since": "1h", "numbers": "1", "overrides": "0.5"}


def windows_of(name):
    return [window for window in LEAST if window != "overrides" or name == "b"]


def pack(name):
    return ("pack: demo\nversion: 1.0.0\nasks: request\ntitle: Windows\n"
            "families: {f: F}\nwindows:\n%s%srules:\n%s" % (
                BOTH, OWN[name], "".join(
                    RULE % (w.upper(), w, LEAST[w], name, w)
                    for w in windows_of(name))))


def cases(name):
    rules = ", ".join("D-" + w.upper() for w in windows_of(name))
    return "cases:\n" + "".join(
        "  - {name: %s, with: {created_at: '2026-03-02T09:00:00Z', "
        "phone_number: '+12025550101', agent.id: demo_a}, "
        "windows: {%s}, expect: {%s: [%s]}}\n" % (
            how, ", ".join("%s: %s" % (w, figures[w]) for w in windows_of(name)),
            how, rules)
        for how, figures in (("hit", SOME), ("clear", NONE)))


def written(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def request(name, at, agent, phone, override):
    made = {"kind": "request", "request_id": name, "phone_number": phone,
            "agent": {"override_used": override}}
    if at is not None:
        made["created_at"] = written(at)
    if agent is not None:
        made["agent"]["id"] = agent
    return made


def told(verdict):
    """Window -> what was said of it; and by which rules: one or none."""
    said, by = {}, set()
    for finding in verdict.get("findings", []):
        name, _, figure = finding["reason"].partition(" ")
        by.add(name)
        said[finding["rule"][2:].lower()] = figure
    return said, by


class Client(threading.Thread):
    """Asks in turn at two doors, one record or some, until it is told to end
    or the daemon is gone."""

    def __init__(self, test, daemon, number, seed):
        super().__init__(daemon=True)
        self.test, self.server, self.number = test, daemon, number
        self.dice = random.Random(seed)
        self.answered = []
        self.wrong = []
        self.sent = {}

    def record(self):
        dice = self.dice
        name = "%d-%d-%d" % (self.test.round, self.number, len(self.sent))
        at = self.test.now - dice.choice(
            [dice.randrange(60), dice.randrange(DAY), dice.randrange(29 * DAY)])
        odd = dice.random()
        if odd < 0.02:
            at = None  # counted by none
        elif odd < 0.04:
            at = self.test.now + 400 * DAY  # believed by nobody
        made = request(name, at, dice.choice(AGENTS), dice.choice(PHONES),
                       dice.random() < 0.3)
        self.sent[name] = at, made
        return made

    def ask(self, connection):
        count = self.dice.choice([1, 1, 1, 5, 40])
        lines = [json.dumps(self.record()) for _ in range(count)]
        connection.request("POST", "/v1/screen", "\n".join(lines) + "\n",
                           {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        verdicts = [json.loads(v) for v in answer.read().splitlines()]
        if answer.status != 200 or len(verdicts) != count:
            self.wrong.append((answer.status, count, verdicts[:1]))
            return
        self.answered += verdicts

    def run(self):
        connections = [self.server.http(door) for door in ("http", "second")]
        try:
            while not self.test.ends.is_set():
                self.ask(self.dice.choice(connections))
        except (OSError, http.client.HTTPException):
            if not self.test.killed.is_set():
                self.wrong.append("hung up")
        for connection in connections:
            connection.close()


class Crowd(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("desk.db")
        os.mkdir(self.path("demo"))
        self.records = {}  # by id: (time, record), of all that was sent
        self.digests = {}  # of a ruleset: its name
        self.round = 0
        self.now = int(time.time())
        self.probed = self.now

    def put(self, name):
        self.rules = name
        self.write("demo/pack.yaml", pack(name))
        self.write("demo/tests.yaml", cases(name))

    def start(self):
        self.daemon = Daemon(self.write("s.yaml", (
            "policies: [%s]\nstore: {db: %s}\nlog: {verdicts: none}\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: http, name: second, at: 'tcp:127.0.0.1:0'}\n") % (
                self.path("demo"), self.db)))
        self.addCleanup(self.daemon.stop)
        ready = json.loads(self.daemon.ask("GET", "/readyz")[2])
        self.digests[ready["ruleset"]] = self.rules

    def exchange(self, name):
        self.put(name)
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 200, body)
        self.digests[json.loads(body)["digest"]] = name

    def stored(self):
        """By id: the verdict, and the ruleset that its run names."""
        with sqlite3.connect(self.db) as store:
            rows = store.execute(
                "SELECT verdict_json, ruleset.digest FROM verdict "
                "JOIN ruleset USING (ruleset_id)").fetchall()
        found = {}
        for text, digest in rows:
            verdict = json.loads(text)
            self.assertNotIn(verdict["id"], found, "stored twice")
            found[verdict["id"]] = verdict, self.digests[digest]
        return found

    def recount(self, stored, agent, phone, at, override):
        """What a record is told that comes after all of these."""
        seen = [(time, record, by) for time, record, by in
                ((*self.records[name], by) for name, (_, by) in stored.items())
                if time is not None and at - REACH < time <= at]
        line = [time for time, record, _ in seen
                if record["phone_number"] == phone]
        said = {"since": at - max(line, default=at - REACH)}
        of_agent = [(record, by) for _, record, by in seen
                    if record["agent"].get("id") == agent]
        said["requests"] = len(of_agent) + 1
        own = [record for record, by in of_agent if by == self.rules]
        used = [r for r in own if r["agent"]["override_used"]]
        if self.rules == "a":
            said["numbers"] = len({r["phone_number"] for r in own} | {phone})
        else:
            said["numbers"] = len({r["phone_number"] for r in used} |
                                  ({phone} if override else set()))
            said["overrides"] = (len(used) + override) / (len(own) + 1)
        return said

    def probe(self, stored):
        """Every agent and number, after all that came: are the windows those
        of the store?"""
        for place, phone in enumerate(PHONES):
            agent = sorted(set(filter(None, AGENTS)))[place % 4]
            override = place % 3 == 0
            self.probed += 1
            name = "probe-%d" % self.probed
            record = request(name, self.probed, agent, phone, override)
            self.records[name] = self.probed, record
            status, _, body = self.daemon.ask("POST", "/v1/screen",
                                              json.dumps(record))
            self.assertEqual(status, 200, body)
            verdict = json.loads(body)
            said, by = told(verdict)
            wanted = self.recount(stored, agent, phone, self.probed, override)
            self.assertEqual(by, {self.rules})
            self.assertEqual(said, {k: self.shown(k, v) for k, v
                                    in wanted.items() if v != NOTHING[k]}, name)
            stored[name] = verdict, self.rules

    @staticmethod
    def shown(window, figure):
        if window == "since":
            h, m, s = figure // 3600, figure // 60 % 60, figure % 60
            return "".join("%d%s" % (n, u) for n, u in
                           [(h, "h"), (m, "m"), (s, "s")] if n) or "0s"
        if window == "overrides":
            tenths = math.floor(figure * 1000 + 0.5)  # halves up
            return "%g %%" % (tenths / 10)
        return repr(figure).removesuffix(".0")

    def crowd(self, seconds):
        """Clients for so long, rules that change under them."""
        self.round += 1
        self.ends, self.killed = threading.Event(), threading.Event()
        self.clients = [Client(self, self.daemon, number,
                               self.round * 100 + number)
                        for number in range(CLIENTS)]
        for client in self.clients:
            client.start()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.exchange("b" if self.rules == "a" else "a")

    def part(self, kill=False):
        if kill:
            self.killed.set()
            self.daemon.signal(signal.SIGKILL)
            self.daemon.process.communicate()
        self.ends.set()
        for client in self.clients:
            client.join()
            self.assertEqual(client.wrong[:3], [])
            self.records.update(client.sent)

    def check_answers(self, stored):
        """Each by one ruleset as a whole, and in the store as it was told."""
        by_rules = dict.fromkeys("ab", 0)
        for client in self.clients:
            for verdict in client.answered:
                name = self.digests[verdict["policy"]["digest"]]
                self.assertLessEqual(told(verdict)[1], {name})
                kept, by = stored[verdict["id"]]
                self.assertEqual(by, name)
                self.assertEqual(kept.get("findings"), verdict.get("findings"))
                by_rules[name] += 1
        return by_rules

    def check_store(self, stored):
        done = run("audit", "verify", "--db", self.db)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        replayed = run("replay", "--db", self.db)
        self.assertIn("under their own rulesets: {:,} as they were stored, "
                      "0 otherwise".format(len(stored)), replayed.stdout)

    def test_exchanges_under_a_crowd_answer_each_by_one_ruleset(self):
        self.put("a")
        self.start()
        self.crowd(seconds=3)
        self.part()
        stored = self.stored()
        self.assertEqual(set(stored), set(self.records), "lost, or told twice")
        by_rules = self.check_answers(stored)
        self.assertGreater(min(by_rules.values()), 50)
        self.probe(stored)
        self.exchange("b" if self.rules == "a" else "a")
        self.probe(stored)
        self.assertEqual(self.daemon.stop(), 0)
        self.start()
        self.probe(stored)
        self.assertEqual(self.daemon.stop(), 0)
        self.check_store(stored)

    def test_a_kill_amid_a_crowd_leaves_windows_of_what_is_stored(self):
        self.put("a")
        for turn in range(ROUNDS):
            self.start()
            self.crowd(seconds=0.3 + turn * 0.07)
            self.part(kill=True)
            stored = self.stored()
            self.check_answers(stored)
            self.start()
            self.probe(stored)
            self.assertEqual(self.daemon.stop(), 0)
        self.check_store(stored)


if __name__ == "__main__":
    main()
