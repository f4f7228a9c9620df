#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The end of a daemon, and what comes in its place."""
import json
import os
import signal
import time

from daemon import read_to_end
from outside import Scratch, main
from serving import THREAT, Serving, post


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


if __name__ == "__main__":
    main()
