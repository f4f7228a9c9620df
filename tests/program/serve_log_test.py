#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The log of the daemon: its lines, who is named in it, and when nobody reads it."""
import hashlib
import json
import os
import re
import signal
import subprocess
import time

from daemon import Daemon, read_to_end
from outside import PROGRAM, Scratch, main
from serving import POLICIES, THREAT, Serving, post


class LinesOfTheLog(Scratch):
    def test_a_line_begins_with_the_time_of_the_place(self):
        config = self.write("simwarden.yaml", "policies: [%s]\n%s" % (
            POLICIES, Serving.settings))
        for zone, offset in [("<-0330>3:30", "-03:30"), ("<+0545>-5:45",
                                                         "+05:45")]:
            daemon = Daemon(config, TZ=zone)
            self.addCleanup(daemon.stop)
            daemon.stop()
            self.assertRegex(daemon.said[-1], (
                r"^simwarden: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}%s "
                r"info [a-z]+") % re.escape(offset))


class LostLines(Serving):
    settings = "log: {verdicts: all}\n" + Serving.settings

    def test_lines_that_could_not_be_written_are_counted(self):
        self.daemon.stop()
        config = self.path("simwarden.yaml")
        with open("/dev/full", "w", encoding="ascii") as full:
            place = self.path("api.sock")
            with open(config, "w", encoding="utf-8") as file:
                file.write("policies: [%s]\nlog: {verdicts: all}\nlisten:\n"
                           "- {door: http, at: 'unix:%s'}\n" % (
                               POLICIES, place))
            process = subprocess.Popen([PROGRAM, "serve", "--config", config],
                                       stderr=full)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        self.daemon.process = process
        self.daemon.places["http"] = "unix:" + place
        deadline = time.monotonic() + 60
        while True:
            try:
                self.daemon.connect().close()
                break
            except OSError:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.05)
        for _ in range(3):
            self.daemon.ask("POST", "/v1/screen", json.dumps(THREAT))
        while self.lost() < 5:  # with `listening` and `ready`
            self.assertLess(time.monotonic(), deadline)

    def lost(self):
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        return int(re.search(r"^simwarden_log_lines_dropped_total (\d+)",
                             metrics, re.MULTILINE)[1])


class NamedInTheLog(Serving):
    settings = "log: {verdicts: all}\n" + Serving.settings

    def test_a_refused_request_and_a_line_of_a_batch_are_found_in_the_log(self):
        self.daemon.ask("GET", "/healthz", X_Request_Id="demo-well")
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", "[1,,2]",
                                         X_Request_Id="demo-job-a")[0], 400)
        self.assertIn("why=malformed times=1 correlator=demo-job-a",
                      self.daemon.wait_for("no_verdict"))
        self.assertEqual(self.daemon.ask("GET", "/nothing",
                                         X_Request_Id="demo-job-b")[0], 404)
        self.assertIn("why=not_found times=1 correlator=demo-job-b",
                      self.daemon.wait_for("no_verdict"))
        self.daemon.ask("POST", "/v1/screen", json.dumps([THREAT] * 2),
                        X_Request_Id="demo-job-c")
        for line in "12":
            self.assertRegex(self.daemon.wait_for(" verdict "),
                             "correlator=demo-job-c line=%s\\b" % line)
        # What ends before it has said its name has none of another's.
        connection = self.daemon.connect()
        connection.sendall(post("/v1/screen", b"[1,,2]", X_Request_Id="demo-d"))
        connection.sendall(b"no request\r\n\r\n")
        while connection.recv(65536):
            pass
        connection.close()
        self.daemon.stop()
        last = [line for line in "".join(self.daemon.said).splitlines()
                if "why=malformed" in line][-1]
        self.assertNotIn("demo-d", last)


TOKENS = "desk screen %s\n" % hashlib.sha256(b"demo").hexdigest()


class WhoAsks(Scratch):
    """Where somebody guesses tokens, sends nothing or breaks the protocol."""

    def said(self, log):
        config = self.write("simwarden.yaml", (
            "policies: [%s]\ntokens: %s\nlog: {%s}\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0', auth: tokens, "
            "timeouts: {request: 200ms}}\n"
            "- {door: http, name: local, at: 'unix:%s', auth: tokens}\n"
            "- {door: spamd, at: 'tcp:[::1]:0'}\n"
            "- {door: milter, at: 'tcp:127.0.0.1:0', timeouts: "
            "{request: 200ms}}\n"
            "- {door: postfix_policy, at: 'tcp:127.0.0.1:0'}\n") % (
                POLICIES, self.write("tokens", TOKENS), log,
                self.path("api.sock")))
        daemon = Daemon(config)
        self.addCleanup(daemon.stop)
        for door, wire in (("http", post("/v1/screen", b"hello")),
                           ("local", post("/v1/screen", b"hello")),
                           ("http", b"POST /v1/screen HTTP/1.1\r\n"),
                           ("spamd", b"GUESS\r\n\r\n"), ("milter", b""),
                           ("postfix_policy", b"what is this\n\n")):
            with daemon.connect(door) as connection:
                connection.sendall(wire)
                connection.settimeout(20)
                if door == "http" or door == "local":
                    connection.recv(65536)
                else:
                    read_to_end(connection)
        daemon.stop()
        return [line.split(" door=")[1]
                for line in "".join(daemon.said).splitlines()
                if " no_verdict " in line]

    def test_who_is_told_no_is_named_by_the_network(self):
        here = "client=127.0.0.0/24 client_times=1"
        self.assertEqual(
            [re.sub(" correlator=[0-9a-f]+", "", line)
             for line in self.said("verdicts: none")],
            ["http why=refused times=1 " + here,
             "local why=refused times=1 client=uid:%d client_times=1"
             % os.getuid(),
             "http why=too_slow times=1 " + here,
             "spamd why=malformed times=1 client=::/48 client_times=1",
             "milter why=too_slow times=1 " + here,
             "postfix_policy why=malformed times=1 " + here])

    def test_or_by_the_address_or_not_at_all(self):
        said = "\n".join(self.said("clients: address"))
        self.assertEqual(said.count("client=127.0.0.1 "), 4, said)
        self.assertIn("client=::1 ", said)
        self.assertNotIn("client", "".join(self.said("clients: none")))


class UnreadLog(Serving):
    def test_who_does_not_read_the_log_holds_up_nothing(self):
        for _ in range(20):
            status = self.daemon.ask(
                "POST", "/v1/screen", json.dumps([THREAT] * 100))[0]
            self.assertEqual(status, 200)  # 2,000 lines: more than a pipe holds
        self.daemon.signal(signal.SIGTERM)
        self.assertEqual(self.daemon.process.wait(20), 0)


    def test_who_went_away_from_the_log_ends_nothing(self):
        self.daemon.process.stderr.close()
        for _ in range(3):
            self.assertEqual(self.daemon.ask(
                "POST", "/v1/screen", json.dumps(THREAT))[0], 200)
        self.daemon.signal(signal.SIGTERM)
        self.assertEqual(self.daemon.process.wait(20), 0)


if __name__ == "__main__":
    main()
