#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon on a disk that is full, or nearly."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time

from daemon import Daemon
from outside import Scratch, fill, main, run
from serving import ONE_PACK, POLICIES, THREAT, UNNAMED, Serving


class FullDisk(Serving):
    """A store that cannot grow: on a file system of its own."""

    rules = ONE_PACK

    def setUp(self):
        Scratch.setUp(self)
        self.disk = self.small_disk(4)
        self.daemon = self.started(
            "store: {db: %s/out.db}\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: http, name: open, at: 'tcp:127.0.0.1:0', "
            "on_error: pass}\n" % self.disk)

    def test_nothing_is_told_that_is_not_stored_unless_the_door_says_so(self):
        body = json.dumps([UNNAMED] * 200)
        told = 0
        for _ in range(100):
            status = self.daemon.ask("POST", "/v1/screen", body)[0]
            if status != 200:
                break
            told += 200
        self.assertEqual(status, 503)
        self.assertEqual(self.daemon.ask("GET", "/readyz")[0], 503)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", body,
                                         door="open")[0], 200)
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        self.assertIn("simwarden_store_up 0", metrics)
        self.assertIn('{door="open",event="not_kept"} 1', metrics)
        # Room again: it goes on by itself, and what was told is there.
        subprocess.run(["mount", "-o", "remount,size=64m", self.disk],
                       check=True)
        deadline = time.time() + 30
        while self.daemon.ask("GET", "/readyz")[0] != 200:
            self.assertLess(time.time(), deadline)
            time.sleep(0.2)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", body)[0], 200)
        self.assertEqual(self.daemon.stop(), 0)
        db = os.path.join(self.disk, "out.db")
        with sqlite3.connect(db) as store:
            (count,) = store.execute("SELECT count(*) FROM verdict").fetchone()
            kept = {"%d-%d" % row for row in store.execute(
                "SELECT source_id, line FROM verdict_row JOIN block "
                "USING (block_id)")}
        self.assertGreaterEqual(count, told + 200)
        self.assertEqual(run("audit", "verify", "--db", db).returncode, 0)
        # The log says of none that it is stored which is not.
        said = "".join(self.daemon.said)
        named = set(re.findall(r" stored_as=(\S+)", said))
        self.assertTrue(named)
        self.assertEqual(named - kept, set())

    def test_a_start_on_a_full_disk_answers_as_the_doors_say(self):
        record = json.dumps({"kind": "message", "id": "m-1", "text": "hi"})
        self.assertEqual(self.daemon.stop(), 0)
        hog = os.path.join(self.disk, "hog")
        fill(hog)
        daemon = Daemon(self.path("simwarden.yaml"))
        self.addCleanup(daemon.stop)
        self.assertIn(" store_failed ", "".join(daemon.said))
        for door, wanted in (("http", 503), ("open", 200)):
            self.assertEqual(daemon.ask("POST", "/v1/screen", record,
                                        door=door)[0], wanted)
        self.assertEqual(daemon.ask("GET", "/readyz")[0], 503)
        subprocess.run(["mount", "-o", "remount,size=64m", self.disk],
                       check=True)
        daemon.wait_for(" store_is_back ")
        status, _, body = daemon.ask("POST", "/v1/screen", record)
        told = json.loads(body)["source"]
        self.assertEqual((status, "repeated" in told), (200, False))
        self.assertEqual(daemon.ask(
            "GET", "/v1/verdicts/" + told["stored_as"])[0], 200)
        self.assertEqual(daemon.stop(), 0)
        db = os.path.join(self.disk, "out.db")
        with sqlite3.connect(db) as store:
            self.assertEqual(store.execute(
                "SELECT count(*) FROM verdict").fetchone(), (1,))
        self.assertEqual(run("audit", "verify", "--db", db).returncode, 0)

    def test_the_log_says_what_was_not_stored(self):
        fill(os.path.join(self.disk, "rest"))
        body = json.dumps([UNNAMED] * 200)
        while self.daemon.ask("POST", "/v1/screen", body)[0] == 200:
            pass
        self.daemon.stop()
        lost = [line for line in "".join(self.daemon.said).splitlines()
                if "not_stored=" in line]
        self.assertTrue(lost)
        for line in lost:
            self.assertIn(" not_stored=failed", line)
            self.assertNotIn(" stored_as=", line)


class LittleRoom(Serving):
    """A disk where a run has room, but no block."""

    rules = ONE_PACK

    def setUp(self):
        Scratch.setUp(self)
        self.disk = self.small_disk(8)
        self.daemon = self.started(
            "store: {db: %s/out.db}\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0'}\n" % self.disk)

    def until_it_is_ill(self):
        """Twenty times; says how often it was well and took nothing."""
        body = json.dumps([UNNAMED] * 200)
        in_vain, ill = 0, 0
        for _ in range(300):
            ready = self.daemon.ask("GET", "/readyz")[0] == 200
            taken = self.daemon.ask("POST", "/v1/screen", body)[0] == 200
            in_vain += ready and not taken
            ill = 0 if ready or taken else ill + 1
            if ill == 20:
                return in_vain
            if not taken:
                time.sleep(0.1)
        self.fail("it was well %d times and took nothing" % in_vain)

    def test_the_store_is_said_to_be_well_again_only_when_it_is(self):
        little = os.path.join(self.disk, "little")
        with open(little, "wb") as file:
            file.write(bytes(300 << 10))
        self.until_it_is_ill()
        os.remove(little)
        self.assertEqual(self.until_it_is_ill(), 0)


class WatchedOnAFullDisk(Serving):
    """A change of policy that the store could not take."""

    def setUp(self):
        Scratch.setUp(self)
        self.disk = self.small_disk(32)
        self.policies = self.path("policies")
        shutil.copytree(POLICIES, self.policies)
        self.daemon = self.started(
            "policies: [%s/smishing]\nwatch: 200ms\nstore: {db: %s/out.db}\n%s" % (
                self.policies, self.disk, self.settings))

    def digest(self):
        return json.loads(self.daemon.ask("GET", "/readyz")[2])["ruleset"]

    def test_a_change_comes_into_force_when_the_disk_has_room_again(self):
        before = self.digest()
        hog = os.path.join(self.disk, "hog")
        fill(hog)
        pack = os.path.join(self.policies, "smishing", "pack.yaml")
        with open(pack, encoding="utf-8") as file:
            text = file.read()
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text.replace("title: ", "title: New ", 1))
        self.daemon.wait_for("policy_stays")
        self.assertEqual(self.digest(), before)
        os.unlink(hog)
        self.daemon.wait_for("policy_exchanged")
        self.assertNotEqual(self.digest(), before)

    def test_no_rules_come_into_force_of_which_the_store_knows_nothing(self):
        before = self.digest()
        fill(os.path.join(self.disk, "hog"))
        pack = os.path.join(self.policies, "smishing", "pack.yaml")
        with open(pack, encoding="utf-8") as file:
            text = file.read()
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text.replace("title: ", "title: New ", 1))
        self.daemon.wait_for("policy_stays")
        for _ in range(3):  # the store is down by now
            status, _, body = self.daemon.ask("POST", "/v1/reload")
            self.assertEqual(status, 503, body)
            self.assertEqual(self.digest(), before)
        # Nobody reads policies over and over for a store that is down.
        time.sleep(1)
        said = sum("policy_stays" in line for line in self.daemon.said)
        self.assertLessEqual(said, 5)
        os.unlink(os.path.join(self.disk, "hog"))
        self.daemon.wait_for("policy_exchanged")
        self.assertNotEqual(self.digest(), before)
        self.daemon.stop()
        with sqlite3.connect(os.path.join(self.disk, "out.db")) as store:
            self.assertEqual(
                store.execute("SELECT count(*) FROM ruleset").fetchone(),
                (2,))

    def test_a_decision_that_was_not_stored_is_not_the_last_one(self):
        self.daemon.ask("POST", "/v1/screen", json.dumps(THREAT))
        hog = os.path.join(self.disk, "hog")
        for count in range(1000):  # SQLite writes on in the room of its log
            fill(hog)
            decision = json.dumps({
                "verdict_id": 1, "outcome": "fraud_confirmed",
                "decided_by": "demo_clerk", "note": "call %d" % count})
            status, _, body = self.daemon.ask("POST", "/v1/decisions",
                                              decision)
            if status != 200:
                break
        self.assertEqual(status, 503, body)
        os.unlink(hog)
        self.daemon.wait_for("store_is_back")
        self.assertEqual(self.daemon.ask("POST", "/v1/decisions", decision)[0],
                         200)


if __name__ == "__main__":
    main()
