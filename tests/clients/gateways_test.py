#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Milter, policy delegation and the SMS hooks, asked by the programs that speak
to them: miltertest, Postfix with swaks, curl and Kannel from Debian.

usage: gateways_test.py SIMWARDEN CHECKOUT CLIENTS [unittest options]

CLIENTS is a folder that tests/clients/unpack filled. A client that is not there
ends the test with 77, so that ctest says "skipped". Postfix needs root.
"""
import glob
import json
import os
import subprocess
import sys
import time
import unittest

CLIENTS = os.path.abspath(sys.argv.pop(3))
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "program"))

from daemon import Daemon  # noqa: E402
from outside import CHECKOUT, Scratch, main, run  # noqa: E402
from postfix import Postfix, free_port  # noqa: E402

POLICIES = os.path.join(CHECKOUT, "policies")
LIBRARIES = ":".join([os.path.join(CLIENTS, "usr/lib/postfix")] +
                     glob.glob(CLIENTS + "/usr/lib/*-linux-gnu") +
                     glob.glob(CLIENTS + "/lib/*-linux-gnu"))
TOOLS = {name: os.path.join(CLIENTS, path) for name, path in {
    "miltertest": "usr/bin/miltertest", "swaks": "usr/bin/swaks",
    "curl": "usr/bin/curl", "bearerbox": "usr/sbin/bearerbox",
    "smsbox": "usr/sbin/smsbox",
    "fakesmsc": "usr/lib/kannel/test/fakesmsc",
    "master": "usr/lib/postfix/sbin/master"}.items()}
BAD = ("Your SIM will be blocked today. Confirm at "
       "http://secure-verify.example/sim or add Telegram @demo_fix")
GOOD = "See you at noon."


def client(name, *arguments, **options):
    return subprocess.run(
        [TOOLS[name], *arguments], text=True, capture_output=True, timeout=120,
        env=dict(os.environ, LD_LIBRARY_PATH=LIBRARIES), **options)


def listens(port):
    """Without a connection, which would be taken for a subscriber's."""
    listening = "0A"
    with open("/proc/net/tcp", encoding="ascii") as file:
        return any(int(row[1].split(":")[1], 16) == port
                   and row[3] == listening
                   for row in map(str.split, list(file)[1:]))


def screened(text, **fields):
    record = dict({"kind": "message", "transport": "sms", "text": text},
                  **fields)
    return json.loads(run("screen", "--policy", POLICIES, "--quiet", "-",
                          stdin=json.dumps(record)).stdout)


class Gateways(Scratch):
    def served(self, doors):
        daemon = Daemon(self.write("simwarden.yaml", "policies: [%s]\n%s"
                                   % (POLICIES, doors)))
        self.addCleanup(daemon.stop)
        return daemon

    def port(self, daemon, door):
        return daemon.places[door].rpartition(":")[2]


class Milter(Gateways):
    def test_miltertest_sees_what_an_mta_would_see(self):
        daemon = self.served(
            "listen:\n- {door: milter, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: milter, name: marking, at: 'tcp:127.0.0.1:0', "
            "answers: {refuse: add header}}\n")
        place = "inet:%s@127.0.0.1"
        done = client("miltertest", "-D",
                      "socket=" + place % self.port(daemon, "milter"), "-D",
                      "marking=" + place % self.port(daemon, "marking"), "-s",
                      os.path.join(HERE, "milter.lua"))
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))


@unittest.skipUnless(os.geteuid() == 0, "Postfix needs root")
class Mailserver(Gateways):
    def postfix(self, doors, settings):
        daemon = self.served(doors)
        made = Postfix(CLIENTS, self.path("mta"), settings(daemon))
        self.addCleanup(made.stop)
        return made

    def swaks(self, mta, body, *more):
        return client("swaks", "--server", "127.0.0.1:%d" % mta.port, "--from",
                      "care@mail.example", "--to", "demo_anna@example.com",
                      "--header", "Subject: Your SIM", "--body", body, *more)

    def through_milter(self, answers="{}"):
        return self.postfix(
            "listen:\n- {door: milter, at: 'unix:%s', mode: '0666', answers: "
            "%s}\n" % (self.path("milter.sock"), answers),
            lambda daemon: "smtpd_milters = unix:%s\n"
            "milter_default_action = tempfail\n" % self.path("milter.sock"))

    def test_mails_go_on_or_do_not(self):
        mta = self.through_milter()
        good = self.swaks(mta, GOOD, "--header", "X-Spam: No", "--header",
                          "X-Simwarden-Action: pass")
        self.assertEqual(good.returncode, 0, good.stdout + mta.said())
        mail = mta.sink.wait_for(1)
        self.assertIn(b"See you at noon.", mail)
        self.assertNotIn(b"X-Spam", mail)  # whatever its sender wrote
        self.assertNotIn(b"X-Simwarden", mail)
        bad = self.swaks(mta, BAD)
        self.assertIn("554 5.7.1 Message refused by policy", bad.stdout)
        self.assertNotEqual(bad.returncode, 0)
        self.assertEqual(len(mta.sink.mails), 1)

    def test_marks_are_on_what_goes_on(self):
        mta = self.through_milter("{refuse: rewrite subject}")
        marked = self.swaks(mta, BAD, "--header", "X-Spam: No")
        self.assertEqual(marked.returncode, 0, marked.stdout + mta.said())
        mail = mta.sink.wait_for(1)
        self.assertIn(b"Subject: *** SUSPECT *** Your SIM\r\n", mail)
        self.assertIn(b"X-Spam: Yes\r\n", mail)
        self.assertIn(b"X-Simwarden-Action: refuse\r\n", mail)
        self.assertNotIn(b"X-Spam: No", mail)

    def test_quarantine_is_the_hold_queue_and_a_soft_rejection_is_one(self):
        mta = self.through_milter("{refuse: quarantine}")
        self.assertEqual(self.swaks(mta, BAD).returncode, 0)
        self.assertEqual(mta.held(), 1)
        self.assertEqual(mta.sink.mails, [])

    def test_a_soft_rejection_stays_soft(self):
        mta = self.through_milter("{refuse: soft reject}")
        self.assertIn("451 4.7.1 Try again later", self.swaks(mta, BAD).stdout)

    def test_a_policy_service_answers_for_envelopes(self):
        mta = self.postfix(
            "listen:\n- {door: postfix_policy, at: 'tcp:127.0.0.1:0'}\n",
            lambda daemon: "smtpd_recipient_restrictions = "
            "check_policy_service inet:127.0.0.1:%s, permit\n"
            % self.port(daemon, "postfix_policy"))
        for _ in range(3):
            done = self.swaks(mta, BAD)  # no mail is seen, only its envelope
            self.assertEqual(done.returncode, 0, done.stdout + mta.said())
        mta.sink.wait_for(3)
        self.assertNotIn("warning: problem talking to server", mta.said())


class Hooks(Gateways):
    def setUp(self):
        super().setUp()
        self.daemon = self.served(
            "listen:\n- {door: ios, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: jasmin, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: kannel, at: 'tcp:127.0.0.1:0', replies: {refuse: 'Do "
            "not answer it.', hold: 'Do not answer it.'}}\n"
            "- {door: tg_spam, at: 'tcp:127.0.0.1:0'}\n")

    def curl(self, door, path, *arguments):
        done = client("curl", "-sS", "http://127.0.0.1:%s%s" % (
            self.port(self.daemon, door), path), *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_curl_gets_from_every_hook_what_its_gateway_expects(self):
        self.assertEqual(self.curl("jasmin", "/jasmin", "-G", "-d", "id=1",
                                   "-d", "from=+15555550101", "--data-urlencode",
                                   "content=" + BAD), "ACK/Jasmin")
        self.assertEqual(self.curl("kannel", "/kannel", "-G",
                                   "--data-urlencode", "text=" + BAD, "-d",
                                   "phone=%2B15555550101"),
                         "Do not answer it.")
        answer = json.loads(self.curl(
            "ios", "/ios", "-H", "Content-Type: application/json; "
            "charset=utf-8", "-d", json.dumps(
                {"_version": 1, "query": {"sender": "14085550001",
                                          "message": {"text": BAD}},
                 "app": {"version": "1.1"}})))
        self.assertEqual(answer["action"], "junk")
        checked = json.loads(self.curl("tg_spam", "/check", "-d", json.dumps(
            {"msg": BAD, "user_id": "1", "user_name": "demo_fix"})))
        self.assertEqual(
            [check["name"] for check in checked["checks"]],
            [f["rule"] for f in screened(BAD, transport="chat",
                                         sender="demo_fix")["findings"]
             if f["outcome"] == "hit" and not f.get("shadow")])
        self.assertEqual(self.curl("tg_spam", "/ping"), "pong")


class Kannel(Gateways):
    """Messages of subscribers through bearerbox and smsbox."""

    def setUp(self):
        super().setUp()
        self.daemon = self.served(
            "listen:\n- {door: kannel, at: 'tcp:127.0.0.1:0', replies: "
            "{refuse: 'Do not answer it.', hold: 'Do not answer it.'}}\n")
        self.ports = {name: free_port() for name in ("admin", "box", "smsc",
                                                     "send")}
        config = self.write("kannel.conf", """group = core
admin-port = {admin}
admin-password = demo
smsbox-port = {box}
box-allow-ip = 127.0.0.1

group = smsc
smsc = fake
smsc-id = demo
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
global-sender = 7726

group = sms-service
keyword = default
get-url = "http://127.0.0.1:{door}/kannel?phone=%p&to=%P&text=%b&id=%I&coding=%c&charset=%C"
omit-empty = true
max-messages = 1
""".format(door=self.port(self.daemon, "kannel"), **self.ports))
        for box, doors in (("bearerbox", ("admin", "box", "smsc")),
                           ("smsbox", ("send",))):
            process = subprocess.Popen(
                [TOOLS[box], config], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(os.environ, LD_LIBRARY_PATH=LIBRARIES))
            self.addCleanup(process.wait)
            self.addCleanup(process.terminate)
            self.wait_until_listening([self.ports[door] for door in doors])

    def wait_until_listening(self, ports):
        until = time.time() + 60
        while not all(map(listens, ports)):
            self.assertLess(time.time(), until, "Kannel does not listen")
            time.sleep(0.05)

    def sent(self, kind, text):
        """What a subscriber who writes this is sent within some seconds."""
        try:
            subprocess.run(
                [TOOLS["fakesmsc"], "-H", "127.0.0.1", "-r",
                 str(self.ports["smsc"]), "-m", "1",
                 "+15555550101 7726 %s %s" % (kind, text)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=8,
                env=dict(os.environ, LD_LIBRARY_PATH=LIBRARIES))
        except subprocess.TimeoutExpired as late:  # it listens for ever
            return (late.stdout or b"").decode(errors="replace")
        raise AssertionError("fakesmsc went away")

    def test_a_subscriber_is_told_what_the_settings_say(self):
        self.assertIn("Do+not+answer+it.", self.sent("text", BAD).replace(
            " ", "+"))
        ucs2 = "".join("%%%02x" % byte for byte in BAD.encode("utf-16-be"))
        self.assertIn("Do+not+answer+it.", self.sent("ucs2", ucs2).replace(
            " ", "+"))
        quiet = self.sent("text", GOOD)
        self.assertNotIn("Empty", quiet)
        self.assertNotIn("Do not", quiet)


if __name__ == "__main__":
    missing = [path for path in TOOLS.values() if not os.path.exists(path)]
    if missing:
        print("SKIPPED: not there: " + ", ".join(missing))
        sys.exit(77)
    main()
