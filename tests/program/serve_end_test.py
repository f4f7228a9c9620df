#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The end of a daemon, and what comes in its place."""
import json
import os
import shutil
import signal
import threading
import time

from daemon import read_to_end
from outside import Scratch, main
from serving import POLICIES, THREAT, Serving, post


class Successor(Serving):
    def setUp(self):
        Scratch.setUp(self)
        self.place = self.path("api.sock")
        self.settings = "listen:\n- {door: http, at: 'unix:%s'}\n" % self.place

    def test_the_place_of_its_successor_is_left_alone(self):
        body = json.dumps(THREAT).encode()
        first = self.started(self.settings)
        with first.connect() as busy:
            busy.sendall(post("/v1/screen", body)[:-10])
            time.sleep(0.2)
            first.signal(signal.SIGTERM)
            first.wait_for("stopping")
            deadline = time.monotonic() + 30
            while os.path.exists(self.place):
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.01)
            second = self.started(self.settings)
            busy.sendall(body[-10:])
            self.assertIn(b"HTTP/1.1 200 OK", read_to_end(busy))
        self.assertEqual(first.process.wait(60), 0)
        self.assertEqual(second.ask("GET", "/healthz")[0], 200)
        self.assertEqual(second.stop(), 0)
        self.assertFalse(os.path.exists(self.place))

    def test_a_place_that_was_given_to_another_is_left_alone(self):
        first = self.started(self.settings)
        os.rename(self.place, self.path("old.sock"))
        second = self.started(self.settings)
        self.assertEqual(first.stop(), 0)
        self.assertEqual(second.ask("GET", "/healthz")[0], 200)


class AskedAgain(Serving):
    def test_it_ends_as_well(self):
        daemon = self.started(self.settings)
        while daemon.process.poll() is None:
            daemon.signal(signal.SIGTERM)
        self.assertEqual(daemon.process.returncode, 0)


class Proving(Serving):
    def test_an_exchange_is_given_up(self):
        """Reading the cases of the shipped policies takes seconds."""
        daemon = self.started(self.settings)
        with daemon.connect() as asks:
            asks.sendall(post("/v1/reload", b""))
            time.sleep(0.2)
            daemon.signal(signal.SIGTERM)
            told = read_to_end(asks)
        self.assertIn(b"HTTP/1.1 503 ", told)
        self.assertIn(b"the program ends; ask again", told)
        self.assertEqual(daemon.process.wait(60), 0)
        self.assertNotIn("policy_unchanged", "".join(daemon.said))


class Exchanges(Serving):
    """One is under way for as long as the files do not come to rest."""

    def setUp(self):
        Scratch.setUp(self)
        policies = self.path("policies")
        shutil.copytree(POLICIES, policies)
        self.daemon = self.started("policies: [%s]\n%s" % (
            policies, self.settings))
        self.rests = threading.Event()
        pack = os.path.join(policies, "smishing", "pack.yaml")
        writes = threading.Thread(target=self.scribble, args=[pack])
        writes.start()
        self.addCleanup(writes.join)
        self.addCleanup(self.rests.set)

    def scribble(self, pack):
        while not self.rests.is_set():
            with open(pack, "a", encoding="utf-8") as file:
                file.write("rulez: 1\n")
            time.sleep(0.01)

    def test_one_that_has_not_begun_does_not_begin(self):
        with self.daemon.connect() as first, self.daemon.connect() as second:
            first.sendall(post("/v1/reload", b""))
            time.sleep(0.5)
            second.sendall(post("/v1/reload", b""))
            time.sleep(0.2)
            self.daemon.signal(signal.SIGTERM)
            self.assertIn(b"HTTP/1.1 422 ", read_to_end(first))
            told = read_to_end(second)
        self.assertIn(b"HTTP/1.1 503 ", told)
        self.assertIn(b"the program ends; ask again", told)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual("".join(self.daemon.said).count("policy_stays"), 1)


if __name__ == "__main__":
    main()
