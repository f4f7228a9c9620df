#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Exchanges of the ruleset.

serve_reload_test.py SIMWARDEN CHECKOUT [EXCHANGES]: so many under load.
"""
import json
import os
import shutil
import signal
import sys
import threading
import time

EXCHANGES = int(sys.argv.pop(3)) if sys.argv[3:] and sys.argv[3].isdigit() \
    else 60

from daemon import Daemon  # noqa: E402
from outside import Scratch, main, run  # noqa: E402
from serving import POLICIES, THREAT, Serving, post  # noqa: E402


class Exchange(Serving):
    def setUp(self):
        Scratch.setUp(self)
        self.policies = self.path("policies")
        shutil.copytree(POLICIES, self.policies)
        self.pack = os.path.join(self.policies, "smishing", "pack.yaml")
        self.daemon = self.started(
            "policies: [%s/smishing]\n%s" % (self.policies, self.settings))

    def change(self, old, new):
        with open(self.pack, encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        with open(self.pack, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))

    def digest(self):
        return json.loads(self.daemon.ask("GET", "/readyz")[2])["ruleset"]

    def test_a_good_change_comes_into_force(self):
        before = self.digest()
        self.change("title: ", "title: New ")
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 200, body)
        self.assertNotEqual(self.digest(), before)
        self.assertEqual(json.loads(body)["digest"], self.digest())

    def test_a_mistake_leaves_the_last_good_rules_in_force(self):
        before = self.digest()
        self.change("rules:", "rulez:")
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 422)
        self.assertIn("pack.yaml", json.loads(body)["detail"])
        self.assertEqual(self.digest(), before)
        ready = json.loads(self.daemon.ask("GET", "/readyz")[2])
        self.assertIn("rulez", ready["last_reload_failed"])
        self.daemon.signal(signal.SIGHUP)
        self.assertIn("rulez", self.daemon.wait_for("policy_stays"))
        self.assertEqual(self.daemon.ask("POST", "/v1/screen",
                                         json.dumps(THREAT))[0], 200)

    def test_settings_that_changed_are_told_and_not_read(self):
        self.daemon.signal(signal.SIGHUP)
        self.daemon.wait_for("policy_unchanged")
        self.assertNotIn("settings_not_read", "".join(self.daemon.said))
        with open(self.path("simwarden.yaml"), "a", encoding="utf-8") as file:
            file.write("profile: cn-realname\n")
        self.daemon.signal(signal.SIGHUP)
        self.assertIn("simwarden.yaml",
                      self.daemon.wait_for("settings_not_read"))

    def test_a_check_tells_what_a_start_would(self):
        config = self.path("simwarden.yaml")
        checked = run("serve", "--check", "--config", config)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn("1 door, ruleset " + self.digest(), checked.stdout)
        self.change("rules:", "rulez:")
        self.assertEqual(run("serve", "--check", "--config",
                             config).returncode, 2)
        store = self.path("never.db")
        self.write("simwarden.yaml", "store: {db: '%s'}\n%s" % (
            store, self.settings + "tokens: none.txt\nprofil: x\n"))
        checked = run("serve", "--check", "--config", config)
        self.assertEqual(checked.returncode, 3)
        self.assertIn("profil", checked.stderr)
        self.write("simwarden.yaml", self.settings +
                   "tokens: none.txt\nprofil: x\nprofile: nobodys\n"
                   "user: demo_no_such\n")
        checked = run("serve", "--check", "--config", config)
        self.assertEqual(checked.returncode, 3)
        for word in ("unknown key profil", "none.txt",
                     "there is no profile nobodys", "user demo_no_such"):
            self.assertIn(word, checked.stderr)
        self.assertFalse(os.path.exists(store))

    def test_all_that_is_wrong_is_told_and_no_line_that_there_is_not(self):
        tests = os.path.join(self.policies, "smishing", "tests.yaml")
        with open(tests, encoding="utf-8") as file:
            text = file.read()
        with open(tests, "w", encoding="utf-8") as file:
            file.write(text.replace("\ncases:\n", "\ncases:\n" + "".join(
                "  - {name: 'wrong %d', text: 'hello', "
                "expect: {action: refuse}}\n" % i for i in (1, 2))))
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 422)
        for words in ("'wrong 1' fails", "'wrong 2' fails"):
            self.assertIn(words, json.loads(body)["detail"])
        os.remove(tests)
        detail = json.loads(
            self.daemon.ask("POST", "/v1/reload")[2])["detail"]
        self.assertIn("tests.yaml: ", detail)
        self.assertNotIn(":0:0", detail)

    def test_who_asks_while_files_are_copied_gets_the_whole_of_them(self):
        with open(self.pack, encoding="utf-8") as file:
            text = file.read()
        before = self.digest()
        answers = []
        asks = threading.Thread(target=lambda: answers.append(
            self.daemon.ask("POST", "/v1/reload")))
        # Longer than a reading takes, so that one falls into its middle.
        lines = text.replace("title: ", "title: New ", 1).splitlines(True)
        with open(self.pack, "w", encoding="utf-8") as file:
            asks.start()
            for line in lines:
                file.write(line)
                file.flush()
                time.sleep(2 / len(lines))
        asks.join()
        status, _, body = answers[0]
        self.assertEqual(status, 200, body)
        self.assertNotEqual(self.digest(), before)

    def test_files_that_never_come_to_rest_are_said(self):
        ends = threading.Event()

        def scribble():
            while not ends.is_set():
                with open(self.pack, "a", encoding="utf-8") as file:
                    file.write("rulez: 1\n")
                time.sleep(0.01)

        writes = threading.Thread(target=scribble)
        writes.start()
        try:
            status, _, body = self.daemon.ask("POST", "/v1/reload")
        finally:
            ends.set()
            writes.join()
        self.assertEqual(status, 422)
        self.assertIn("changed all the time while they were read",
                      json.loads(body)["detail"])

    def test_a_pack_that_fails_its_own_cases_does_not_come_into_force(self):
        before = self.digest()
        tests = os.path.join(self.policies, "smishing", "tests.yaml")
        with open(tests, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count("\ncases:\n"), 1)
        with open(tests, "w", encoding="utf-8") as file:
            file.write(text.replace(
                "\ncases:\n", "\ncases:\n  - name: 'nobody refuses this'\n"
                "    text: 'hello'\n    expect: {action: refuse}\n"))
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 422)
        self.assertIn("'nobody refuses this' fails",
                      json.loads(body)["detail"])
        self.assertEqual(self.digest(), before)
        # Said aloud: in the log, to who watches, and in figures.
        said = self.daemon.wait_for("policy_stays")
        self.assertIn("in_force=" + before, said)
        self.assertIn("nobody refuses this", said)
        ready = json.loads(self.daemon.ask("GET", "/readyz")[2])
        self.assertTrue(ready["ready"])
        self.assertIn("nobody refuses this", ready["last_reload_failed"])
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        for row in ("simwarden_last_reload_succeeded 0",
                    'simwarden_reloads_total{result="failed"} 1',
                    'simwarden_reloads_total{result="done"} 0',
                    'simwarden_ruleset_info{digest="%s"' % before):
            self.assertIn(row, metrics)
        # Mended it comes into force.
        with open(tests, "w", encoding="utf-8") as file:
            file.write(text)
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 200)
        self.assertIn("simwarden_last_reload_succeeded 1",
                      self.daemon.ask("GET", "/metrics")[2].decode())
        self.assertNotIn("last_reload_failed", json.loads(
            self.daemon.ask("GET", "/readyz")[2]))


class Poor(Serving):
    """A daemon that may open few files."""

    def setUp(self):
        Scratch.setUp(self)
        self.policies = self.path("policies")
        shutil.copytree(POLICIES, self.policies)
        self.daemon = Daemon(self.write(
            "simwarden.yaml", "policies: [%s/smishing]\nwatch: 200ms\n%s" % (
                self.policies, self.settings)),
            wrapper=("prlimit", "--nofile=64"))
        self.addCleanup(self.daemon.stop)

    def test_what_could_not_be_read_is_read_when_it_can_be(self):
        with self.daemon.http().sock as sock:
            held = [self.daemon.connect() for _ in range(64)]
            deadline = time.monotonic() + 30
            files = "/proc/%d/fd" % self.daemon.process.pid
            while len(os.listdir(files)) < 64:
                self.assertLess(time.monotonic(), deadline)
            with open(os.path.join(self.policies, "waivers.yaml"), "w",
                      encoding="utf-8") as file:
                file.write("waivers: []\n")
            said = self.daemon.wait_for("policy_stays")
            self.assertIn("Too many open files", said)
            sock.sendall(post("/v1/reload", b""))
            self.assertIn(b" 503 ", sock.recv(4096))
            for one in held:
                one.close()
            self.daemon.wait_for("policy_exchanged")
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 200)


class NamedByItself(Serving):
    """A pack of many, and a profile in a file of its own."""

    def setUp(self):
        Scratch.setUp(self)
        self.policies = self.path("policies")
        shutil.copytree(POLICIES, self.policies)
        self.profile = self.path("company.yaml")
        self.put(self.profile, 70)
        self.daemon = Daemon(self.write(
            "simwarden.yaml",
            "policies: [%s]\nprofile: %s\nwatch: 200ms\n%s" % (
                os.path.join(self.policies, "smishing"), self.profile,
                self.settings)))
        self.addCleanup(self.daemon.stop)

    def put(self, path, hold):
        with open(path, "w", encoding="utf-8") as file:
            file.write("profile: company\ntitle: Ours\nstatus: example\n"
                       "country: ''\n"
                       "thresholds: {review: 20, hold: %d, refuse: 90}\n" %
                       hold)

    def test_the_profile_is_looked_at(self):
        self.put(self.profile, 65)
        self.daemon.wait_for("policy_exchanged")

    def test_what_it_shares_with_its_neighbours_is_looked_at(self):
        with open(os.path.join(self.policies, "waivers.yaml"), "w",
                  encoding="utf-8") as file:
            file.write("waivers: []\n")
        self.daemon.wait_for("policy_exchanged")


def slope(points):
    """Of the line through (x, y) that is nearest to them by least squares."""
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    return (sum((x - x_mean) * (y - y_mean) for x, y in points) /
            sum((x - x_mean) ** 2 for x, _ in points))


class Often(Serving):
    """Under load, with a window and a store, so that all of it is exchanged."""

    PACK = """pack: demo
version: 1.0.0
asks: message
title: NAME
families: {general: General}
patterns:
  lure: {view: plain, any: ['sim will be blocked', 'esim']}
windows:
  sender_1h: {doc: Of a sender., count: messages, by: message.sender, over: 1h}
rules:
  - id: DEMO-001
    title: A lure
    family: general
    severity: high
    score: 45
    flag: patterns.lure
    reason: It leads away.
    remedy: Ask the operator.
  - id: DEMO-002
    title: Many from one sender
    family: general
    severity: low
    score: 1
    flag: windows.sender_1h >= 1000000
    reason: Many.
    remedy: Ask the operator.
"""
    TESTS = """base:
  one: {text: 'hello', sender: '+15555550101', received_at: '2026-03-02T09:00:00Z'}
cases:
  - name: 'a greeting'
    base: one
    expect: {clear: [DEMO-001, DEMO-002]}
  - name: 'a lure'
    base: one
    with: {text: 'Your SIM will be blocked'}
    windows: {sender_1h: 1000000}
    expect: {hit: [DEMO-001, DEMO-002]}
"""

    def setUp(self):
        Scratch.setUp(self)
        self.pack = self.path("demo")
        os.mkdir(self.pack)
        self.put("pack.yaml", self.PACK)
        self.put("tests.yaml", self.TESTS)
        self.daemon = self.started(
            "policies: [%s]\nstore: {db: %s}\nlog: {verdicts: none}\n%s" % (
                self.pack, self.path("out.db"), self.settings))
        self.wrong = []
        self.ends = False
        self.told = 0

    def put(self, name, text):
        with open(os.path.join(self.pack, name), "w",
                  encoding="utf-8") as file:
            file.write(text)

    def client(self):
        connection = self.daemon.http()
        body = json.dumps(dict(THREAT, sender="+15555550101",
                               received_at="2026-03-02T09:00:00Z"))
        while not self.ends:
            connection.request("POST", "/v1/screen", body)
            answer = connection.getresponse()
            verdict = json.loads(answer.read())
            if answer.status != 200 or verdict["action"] != "hold":
                self.wrong.append((answer.status, verdict))
            self.told += 1
        connection.close()

    def wait_for_verdict(self):
        """So that no two exchanges happen without one between them."""
        before = self.told
        ends = time.monotonic() + 30
        while self.told == before:
            self.assertLess(time.monotonic(), ends, "no verdict for 30 s")
            time.sleep(0.0002)

    def figure(self, name, path):
        with open(path % self.daemon.process.pid, encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file
                        if line.startswith(name))

    def test_many_exchanges_leave_nothing_behind(self):
        clients = [threading.Thread(target=self.client, daemon=True)
                   for _ in range(3)]
        for client in clients:
            client.start()
        memory = []
        digests = set()
        for count in range(EXCHANGES):
            self.wait_for_verdict()
            self.put("pack.yaml", self.PACK.replace("NAME", "No %d" % count))
            status, _, body = self.daemon.ask("POST", "/v1/reload")
            self.assertEqual(status, 200, body)
            digests.add(json.loads(body)["digest"])
            memory.append((count, self.figure("VmRSS", "/proc/%d/status")))
        self.ends = True
        for client in clients:
            client.join()
        self.assertEqual(self.wrong[:3], [])
        self.assertEqual(len(digests), EXCHANGES)
        open_files = os.listdir("/proc/%d/fd" % self.daemon.process.pid)
        threads = self.figure("Threads", "/proc/%d/status")
        late = memory[len(memory) // 3:]
        growth = slope(late)
        print("%d exchanges beside %d verdicts: %d kB after a third, %d at "
              "the end, %.2f kB an exchange; %d threads, %d open files" % (
                  EXCHANGES, self.told, late[0][1], late[-1][1], growth,
                  threads, len(open_files)))
        self.assertLess(len(open_files), 40)
        self.assertLess(threads, 20)
        # A tenth of what one ruleset of this size takes.
        self.assertLess(late[-1][1] - late[0][1], 8192, "it grows")


if __name__ == "__main__":
    main()
