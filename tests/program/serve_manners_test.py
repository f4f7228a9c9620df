#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How the daemon begins, is guarded, watched and ends."""
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest

from daemon import Daemon, read_to_end
from doors import frame, question
from outside import CHECKOUT, PROGRAM, Scratch, corpus, main, run
from serving import ONE_PACK, POLICIES, THREAT, Serving, post, without_source


class Doors(Serving):
    rules = ONE_PACK

    def settings_for(self):
        holders = [("desk", "screen,read"), ("boss", "screen,read,admin")]
        tokens = "".join(
            "%s %s %s\n" % (name, roles,
                            hashlib.sha256(("demo-" + name).encode())
                            .hexdigest()) for name, roles in holders)
        self.write("tokens", "# who may ask\n" + tokens)
        return ("tokens: %s\nlisten:\n"
                "- {door: http, at: 'unix:%s', mode: '0660'}\n"
                "- {door: http, name: guarded, at: 'tcp:127.0.0.1:0', "
                "auth: tokens}\n"
                "- {door: http, name: china, at: 'tcp:127.0.0.1:0', "
                "profile: cn-realname}\n" % (self.path("tokens"),
                                             self.path("api.sock")))

    def setUp(self):
        Scratch.setUp(self)
        self.daemon = self.started(self.settings_for())

    def test_a_unix_socket_has_its_mode_and_goes_with_the_program(self):
        path = self.path("api.sock")
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o660)
        self.assertEqual(self.daemon.ask("GET", "/healthz")[0], 200)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertFalse(os.path.exists(path))

    def test_a_socket_that_a_dead_program_left_is_taken_over(self):
        self.daemon.signal(signal.SIGKILL)
        self.daemon.process.wait()
        self.assertTrue(os.path.exists(self.path("api.sock")))
        again = self.started(self.settings_for())
        self.assertEqual(again.ask("GET", "/healthz")[0], 200)
        second = run("serve", "--config", self.path("simwarden.yaml"))
        self.assertEqual(second.returncode, 5)
        self.assertIn("another program listens there", second.stderr)

    def test_tokens_have_roles(self):
        ask = lambda method, path, token=None, body=None: self.daemon.ask(
            method, path, body, door="guarded",
            **({"Authorization": "Bearer " + token} if token else {}))[0]
        self.assertEqual(ask("GET", "/healthz"), 200)
        self.assertEqual(ask("GET", "/v1/policy"), 401)
        self.assertEqual(ask("GET", "/v1/policy", "demo-nobody"), 401)
        self.assertEqual(ask("GET", "/v1/policy", "demo-desk"), 200)
        self.assertEqual(ask("POST", "/v1/reload", "demo-desk"), 403)
        self.assertEqual(ask("POST", "/v1/reload", "demo-boss"), 200)

    def reload(self):
        return self.daemon.ask("POST", "/v1/reload", door="guarded",
                               Authorization="Bearer demo-boss")[0]

    def policy_for(self, token):
        return self.daemon.ask("GET", "/v1/policy", door="guarded",
                               Authorization="Bearer " + token)[0]

    def test_a_revoked_token_is_nobodys_after_an_exchange(self):
        with open(self.path("tokens")) as file:
            lines = file.read().splitlines(True)
        self.write("tokens", "".join(line for line in lines
                                     if "desk" not in line))
        self.assertEqual(self.policy_for("demo-desk"), 200)
        self.assertEqual(self.reload(), 200)
        self.assertEqual(self.policy_for("demo-desk"), 401)
        self.assertEqual(self.policy_for("demo-boss"), 200)
        for wrong, why in (("".join(lines) + "more nonsense\n", "tokens:4: "),
                           ("# nobody\n", "no token stands in it")):
            self.write("tokens", wrong)
            self.assertEqual(self.reload(), 422)
            self.assertIn(why, json.loads(
                self.daemon.ask("GET", "/readyz")[2])["keys_stay"])
            self.assertEqual(self.metric("simwarden_keys_current"), "0")
            said = self.daemon.wait_for("keys_stay")
            self.assertIn(" error ", said)
            self.assertIn(why, said)
            self.assertEqual(self.policy_for("demo-desk"), 401)
            self.assertEqual(self.policy_for("demo-boss"), 200)
        self.write("tokens", "".join(lines))
        self.assertEqual(self.reload(), 200)
        self.assertEqual(self.policy_for("demo-desk"), 200)
        self.assertEqual(self.metric("simwarden_keys_current"), "1")

    def metric(self, name):
        text = self.daemon.ask("GET", "/metrics", door="guarded",
                               Authorization="Bearer demo-boss")[2].decode()
        return re.search(r"^%s (\S+)$" % name, text, re.M).group(1)

    def test_policies_that_are_in_force_go_on(self):
        self.assertEqual(self.reload(), 200)
        self.daemon.wait_for("policy_unchanged")

    def test_tokens_that_others_may_read_or_write_are_warned_of(self):
        config = self.path("simwarden.yaml")
        for mode, word in ((0o600, ""), (0o640, ""), (0o644, "read"),
                           (0o660, "written"), (0o666, "written")):
            os.chmod(self.path("tokens"), mode)
            checked = run("serve", "--check", "--config", config)
            self.assertEqual(checked.returncode, 0, checked.stderr)
            self.assertEqual(checked.stderr, word and (
                "%s: can be %s by others (mode %04o): chmod 600 or 640\n" % (
                    self.path("tokens"), word, mode)))
        self.assertEqual(self.daemon.stop(), 0)
        os.chmod(self.path("tokens"), 0o644)
        self.daemon = self.started(self.settings_for())
        self.assertRegex("".join(self.daemon.said),
                         "loose_file what=.* can be read by others")

    def test_web_pages_get_no_answer_where_no_token_is_asked(self):
        for method, path, head, status in (
                ("GET", "/v1/policy", {}, 200),
                ("GET", "/v1/policy", {"Host": "localhost:8480"}, 200),
                ("GET", "/v1/policy", {"Host": "filter"}, 200),
                ("GET", "/v1/policy", {"Host": "page.example:8480"}, 403),
                ("GET", "/v1/policy", {"Origin": "http://page.example"}, 403),
                ("POST", "/v1/decisions", {"Origin": "null"}, 403),
                ("POST", "/v1/reload", {"Origin": "http://localhost"}, 403),
                ("POST", "/v1/screen", {"Origin": "http://page.example"}, 403),
                ("POST", "/v1/screen", {"Host": "proxy.example"}, 200),
                ("GET", "/healthz", {"Host": "page.example"}, 200)):
            body = json.dumps(THREAT) if method == "POST" else None
            answer = self.daemon.ask(method, path, body, door="china", **head)
            self.assertEqual(answer[0], status, (path, head))
            if status == 403:
                self.assertIn(b"auth: tokens", answer[2])
        self.assertEqual(
            self.daemon.ask("GET", "/v1/policy",
                            Origin="http://page.example")[0], 200)
        self.assertEqual(
            self.daemon.ask("GET", "/v1/policy", door="guarded",
                            Origin="http://page.example",
                            Authorization="Bearer demo-desk")[0], 200)

    def test_tokens_that_change_are_seen_by_watch(self):
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon = self.started("watch: 100ms\n" + self.settings_for())
        with open(self.path("tokens")) as file:
            lines = file.read().splitlines(True)
        self.write("tokens", "".join(line for line in lines
                                     if "desk" not in line))
        for _ in range(100):
            if self.policy_for("demo-desk") == 401:
                break
            time.sleep(0.1)
        self.assertEqual(self.policy_for("demo-desk"), 401)

    def test_all_lines_of_tokens_that_are_none_are_told(self):
        self.write("tokens", "a screen 12\n# b\nc nothing %s\n" % ("0" * 64))
        settings = self.settings_for()
        for text, words in (("a screen 12\n\nc none %s\n" % ("0" * 64),
                             "tokens: lines 1, 3 are none"),
                            ("", "no token stands in it")):
            self.write("tokens", text)
            done = run("serve", "--config", self.write("s.yaml", settings
                       .replace("api.sock", "other.sock")))
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn(words, done.stderr)
            self.settings_for()

    def test_requests_without_a_verdict_are_told_in_few_lines(self):
        for _ in range(3):
            with self.daemon.connect("guarded") as sock:
                sock.sendall(b"nonsense\r\n\r\n")
                self.assertIn(b" 400 ", read_to_end(sock)[:16])
        self.assertEqual(
            self.daemon.ask("GET", "/v1/policy", door="guarded")[0], 401)
        self.assertEqual(self.daemon.stop(), 0)
        told = [re.sub("correlator=[0-9a-f]{16}", "correlator=…",
                       re.sub(" client=.*", "",
                              line.split("no_verdict ")[1].strip()))
                for line in "".join(self.daemon.said).splitlines()
                if "no_verdict" in line]
        # What is no request has no name; others are named.
        self.assertEqual(told, ["door=guarded why=malformed times=1",
                                "door=guarded why=refused times=1 "
                                "correlator=…",
                                "door=guarded why=malformed times=2"])

    def test_a_door_judges_by_its_own_profile(self):
        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            record = json.loads(file.readline())
        record.pop("policy_profile", None)
        record = json.dumps(record)
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon = self.started("policies: [%s]\n" % POLICIES +
                                   self.settings_for())
        told = json.loads(self.daemon.ask("POST", "/v1/screen",
                                          record.encode(), door="china")[2])
        self.assertEqual(told["policy"]["profile"], "cn-realname")
        batch = run("screen", "--policy", POLICIES, "--quiet", "--profile",
                    "cn-realname", "-", stdin=record)
        self.assertEqual(without_source(json.dumps(told)),
                         without_source(batch.stdout))


class Watching(Serving):
    def test_counts_go_by_door_action_and_rule(self):
        for _ in range(3):
            self.daemon.ask("POST", "/v1/screen", json.dumps(THREAT))
        self.daemon.ask("POST", "/v1/screen", "{broken")
        text = self.daemon.ask("GET", "/metrics")[2].decode()
        told = [line for line in text.splitlines()
                if line.startswith("simwarden_records_total")]
        self.assertEqual(sum(float(line.split()[-1]) for line in told), 3)
        self.assertIn('simwarden_unreadable_total{door="http"} 1', text)
        self.assertIn('simwarden_judging_seconds_count{door="http"} 3', text)
        self.assertRegex(text, r'simwarden_rule_hits_total\{rule="MSG-0\d\d"\} 3')
        self.assertIn("simwarden_ruleset_info{", text)
        page = self.daemon.ask("GET", "/")
        self.assertIn("text/html", page[1]["Content-Type"])
        self.assertIn("Rules in force", page[2].decode())

    def test_changed_files_come_into_force_by_themselves(self):
        policies = self.path("policies")
        shutil.copytree(POLICIES, policies)
        daemon = self.started(
            "policies: [%s/smishing]\nwatch: 200ms\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0'}\n" % policies)
        pack = os.path.join(policies, "smishing", "pack.yaml")
        with open(pack, encoding="utf-8") as file:
            text = file.read()
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text + "# a remark\n")
        self.assertIn("in_force=sha256:", daemon.wait_for("policy_exchanged"))
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text + "rulez: 1\n")
        self.assertIn("rulez", daemon.wait_for("policy_stays"))


class OneThread(Serving):
    rules = ONE_PACK
    settings = ("threads: 1\nlisten:\n- {door: http, at: 'tcp:127.0.0.1:0', "
                "timeouts: {request: 2s}}\n")

    def test_who_is_slow_holds_up_nobody_and_is_told(self):
        body = json.dumps(THREAT).encode()
        with self.daemon.connect() as slow:
            slow.sendall(post("/v1/screen", body)[:-10])
            for _ in range(3):
                status, _, answer = self.daemon.ask("POST", "/v1/screen", body)
                self.assertEqual(status, 200)
                self.assertEqual(json.loads(answer)["id"], "demo-1")
            self.assertIn(b"HTTP/1.1 408 ", read_to_end(slow))


class End(Serving):
    rules = ONE_PACK

    def test_what_was_begun_is_finished(self):
        body = json.dumps(THREAT).encode()
        with self.daemon.connect() as idle, self.daemon.connect() as busy:
            busy.sendall(post("/v1/screen", body)[:-10])
            time.sleep(0.2)
            self.daemon.signal(signal.SIGTERM)
            self.daemon.wait_for("stopping")
            self.assertEqual(read_to_end(idle), b"")
            busy.sendall(body[-10:])
            answer = read_to_end(busy)
        self.assertIn(b"HTTP/1.1 200 OK", answer)
        self.assertIn(b"Connection: close", answer)
        self.assertEqual(self.daemon.process.wait(60), 0)


    def test_what_is_cut_off_in_the_middle_ends_in_peace(self):
        """A reload and rows that wait for the disk, when the time is over."""
        body = json.dumps([THREAT] * 200).encode()
        for turn in range(5):
            daemon = self.started(
                "policies: [%s]\ndrain: 10ms\nstore: {db: %s}\n%s" % (
                    self.rules, self.path("cut%d.db" % turn), self.settings))
            wires = [daemon.connect() for _ in range(9)]
            wires[0].sendall(post("/v1/reload", b""))
            for wire in wires[1:]:
                wire.sendall(post("/v1/screen", body))
            time.sleep(0.05 * turn)
            daemon.signal(signal.SIGTERM)
            self.assertEqual(daemon.process.wait(60), 0)
            for wire in wires:
                wire.close()


class FewFiles(Serving):
    """What a shell allows is less than what the doors may need."""

    rules = ONE_PACK
    FILES = 64

    def started_with(self, limit, settings):
        daemon = Daemon(
            self.write("few.yaml", "policies: [%s]\nstore: {db: %s}\n%s" % (
                self.rules, self.path("few.db"), settings)),
            wrapper=("sh", "-c", 'ulimit %s %d; exec "$@"' % (
                limit, self.FILES), "sh"))
        self.addCleanup(daemon.stop)
        return daemon

    def test_a_crowd_leaves_files_for_policies_and_store(self):
        daemon = self.started_with("-Sn", self.settings)
        crowd = [daemon.connect() for _ in range(2 * self.FILES)]
        status, _, body = daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 200, body)
        self.assertEqual(daemon.ask("POST", "/v1/screen",
                                    json.dumps(THREAT))[0], 200)
        for wire in crowd:
            wire.close()

    def test_what_may_not_be_raised_is_said(self):
        daemon = self.started_with("-n", self.settings)
        daemon.stop()
        self.assertRegex("".join(daemon.said),
                         "few_files .*64 files may be open, and all "
                         "connections of the doors together need 576: raise")


class Systemd(Scratch):
    def test_it_says_when_it_is_ready_alive_and_stopping(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(self.path("notify"))
            told.settimeout(30)
            daemon = Daemon(
                self.write("s.yaml", "policies: [%s]\n" % POLICIES +
                           Serving.settings),
                NOTIFY_SOCKET=self.path("notify"), WATCHDOG_USEC="200000")
            self.addCleanup(daemon.stop)
            words = [told.recv(100) for _ in range(4)]
            self.assertIn(b"READY=1", words)
            self.assertGreaterEqual(words.count(b"WATCHDOG=1"), 2)
            daemon.signal(signal.SIGTERM)
            while told.recv(100) != b"STOPPING=1":
                pass

    def test_sockets_that_systemd_opened_are_doors(self):
        """Of any protocol, TCP or Unix."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        places = {"http": ("127.0.0.1", port), "spamd": self.path("spamd"),
                  "milter": self.path("milter")}
        config = self.write(
            "s.yaml", "policies: [%s]\nlisten:\n" % POLICIES + "".join(
                "- {door: %s, at: 'systemd:the-%s'}\n" % (door, door)
                for door in places))
        command = [shutil.which("systemd-socket-activate"), "--fdname=" +
                   ":".join("the-" + door for door in places)]
        for place in places.values():
            command += ["-l", place if isinstance(place, str)
                        else "%s:%d" % place]
        process = subprocess.Popen(
            command + [PROGRAM, "serve", "--config", config],
            stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        for door, place in places.items():
            family = socket.AF_UNIX if isinstance(place, str) else \
                socket.AF_INET
            answer = self.answer_at(family, place, question(door, "hello"))
            self.assertIn({"http": b"200 OK", "spamd": b"EX_OK",
                           "milter": frame(b"a")}[door], answer)

    def handed(self, sockets, listen):
        """The daemon with (name, socket) as systemd hands them over."""
        lines = "policies: [%s]\nlisten:\n%s" % (POLICIES, listen)
        first = 3  # SD_LISTEN_FDS_START
        code = ("import os, sys\n"
                "fds = [int(fd) for fd in sys.argv[1].split(',')]\n"
                "high = [os.dup2(fd, 100 + i) for i, fd in enumerate(fds)]\n"
                "for i, fd in enumerate(high): os.dup2(fd, %d + i)\n"
                "os.environ['LISTEN_PID'] = str(os.getpid())\n"
                "os.execv(sys.argv[2], sys.argv[2:])\n" % first)
        numbers = [sock.fileno() for _, sock in sockets]
        return subprocess.Popen(
            [sys.executable, "-c", code, ",".join(map(str, numbers)), PROGRAM,
             "serve", "--config", self.write("s.yaml", lines)],
            pass_fds=numbers, stderr=subprocess.PIPE, text=True,
            env=dict(os.environ, NO_COLOR="1", LISTEN_FDS=str(len(sockets)),
                     LISTEN_FDNAMES=":".join(name for name, _ in sockets)))

    def socket_at(self, address, kind=socket.SOCK_STREAM, listens=True):
        made = socket.socket(socket.AF_INET, kind)
        self.addCleanup(made.close)
        made.bind((address, 0))
        if listens:
            made.listen()
        return made

    DOOR = "- {door: http, at: 'systemd:api'%s}\n"

    def test_a_socket_that_others_reach_is_guarded_or_refused(self):
        everywhere = self.socket_at("0.0.0.0")
        process = self.handed([("api", everywhere)], self.DOOR % "")
        said = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, 3, said)
        self.assertIn("can be reached from other machines, without TLS", said)
        process = self.handed([("api", everywhere)],
                              self.DOOR % ", anybody: true")
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        for line in process.stderr:
            if " ready " in line:
                break
        else:
            self.fail("it did not start")

    def test_a_socket_that_is_none_to_listen_at_is_refused(self):
        for wrong in (self.socket_at("127.0.0.1", socket.SOCK_DGRAM, False),
                      self.socket_at("127.0.0.1", listens=False)):
            process = self.handed([("api", wrong)], self.DOOR % "")
            said = process.communicate(timeout=120)[1]
            self.assertEqual(process.returncode, 5, said)
            self.assertIn("no stream socket that listens", said)

    def test_a_socket_without_a_door_is_said(self):
        process = self.handed(
            [("api", self.socket_at("127.0.0.1")),
             ("more", self.socket_at("127.0.0.1")),
             ("api", self.socket_at("127.0.0.1"))], self.DOOR % "")
        said = []
        for line in process.stderr:
            said.append(line)
            if " ready " in line:
                break
        process.terminate()
        said = "".join(said) + process.communicate(timeout=120)[1]
        for name in ("more", "api"):
            self.assertIn("a socket %s that no door takes" % name, said)
        self.assertEqual(said.count("that no door takes"), 2, said)

    def answer_at(self, family, place, wire):
        deadline = time.time() + 60
        while True:
            with socket.socket(family) as sock:
                sock.settimeout(60)
                try:
                    sock.connect(place)
                except OSError:
                    self.assertLess(time.time(), deadline)
                    time.sleep(0.1)
                    continue
                sock.sendall(wire)
                sock.shutdown(socket.SHUT_WR)
                return read_to_end(sock)


@unittest.skipUnless(os.geteuid() == 0, "only root can become somebody")
class Privileges(Serving):
    rules = ONE_PACK
    USER = "nobody"

    def setUp(self):
        Scratch.setUp(self)
        os.chmod(self.folder.name, 0o711)
        self.uid = pwd.getpwnam(self.USER).pw_uid
        shutil.copytree(os.path.join(CHECKOUT, "tests/bench/pack50"),
                        self.path("pack50"))
        for folder, _, names in os.walk(self.path("pack50")):
            os.chmod(folder, 0o755)
            for name in names:
                os.chmod(os.path.join(folder, name), 0o644)
        os.mkdir(self.path("state"))
        os.chown(self.path("state"), self.uid, -1)

    def test_who_started_as_root_is_somebody_else_when_it_listens(self):
        daemon = self.started(
            "policies: [%s]\nuser: %s\nstore: {db: %s}\nlisten:\n"
            "- {door: http, at: 'unix:%s'}\n" % (
                self.path("pack50"), self.USER, self.path("state/out.db"),
                self.path("state/api.sock")))
        daemon.wait_for(" ready")
        with open("/proc/%d/status" % daemon.process.pid,
                  encoding="ascii") as file:
            status = dict(line.split(":\t", 1) for line in file)
        self.assertEqual(set(status["Uid"].split()), {str(self.uid)})
        self.assertEqual(set(status["CapEff"].strip()), {"0"})
        status, _, body = daemon.ask("POST", "/v1/screen", json.dumps(THREAT))
        self.assertEqual(status, 200)
        self.assertEqual(daemon.ask("POST", "/v1/reload")[0], 200)
        # The store is that user's, from the first file on.
        self.assertEqual({os.stat(self.path("state/" + name)).st_uid
                          for name in os.listdir(self.path("state"))
                          if name.startswith("out.db")},
                         {self.uid})
        self.assertEqual(daemon.ask("GET", "/v1/verdicts/" + json.loads(
            body)["source"]["stored_as"])[0], 200)

    def test_its_unix_sockets_are_that_users_and_go_with_it(self):
        path = self.path("state/api.sock")
        daemon = self.started(
            "policies: [%s]\nuser: %s\nlisten:\n- {door: http, mode: '0660', "
            "at: 'unix:%s'}\n" % (self.path("pack50"), self.USER, path))
        there = os.stat(path)
        person = pwd.getpwnam(self.USER)
        self.assertEqual((there.st_uid, there.st_gid, there.st_mode & 0o777),
                         (person.pw_uid, person.pw_gid, 0o660))
        self.assertEqual(daemon.stop(), 0)
        self.assertFalse(os.path.exists(path))

    def test_a_store_of_root_is_refused_at_once(self):
        os.mkdir(self.path("roots"), 0o700)
        done = run("serve", "--config", self.write(
            "s.yaml", "policies: [%s]\nuser: %s\nstore: {db: %s}\nlisten:\n"
            "- {door: http, at: 'unix:%s'}\n" % (
                self.path("pack50"), self.USER, self.path("roots/out.db"),
                self.path("state/api.sock"))))
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertFalse(os.path.exists(self.path("state/api.sock")))

    def test_somebody_who_is_nobody_is_said(self):
        config = self.write(
            "s.yaml", "policies: [%s]\nuser: demo_no_such\nlisten:\n"
            "- {door: http, at: 'unix:%s'}\n" % (
                self.path("pack50"), self.path("state/api.sock")))
        for check in ([], ["--check"]):
            done = run("serve", *check, "--config", config)
            self.assertEqual(done.returncode, 3)
            self.assertIn("user demo_no_such: there is none", done.stderr)


class Settings(Scratch):
    def refused(self, text):
        done = run("serve", "--config", self.write("s.yaml", text))
        self.assertEqual(done.returncode, 3, done.stderr)
        return done.stderr

    def test_mistakes_are_told_all_at_once_with_their_place(self):
        said = self.refused(
            "listen:\n"
            "- {door: htp, at: 'tcp:127.0.0.1:1'}\n"
            "- {door: http, at: 'tcp:0.0.0.0:8480'}\n"
            "- {door: http, name: b, at: 'localhost', limits: {request: 8}}\n"
            "- {door: http, name: c, at: 'tcp:127.0.0.1:2', auth: tokens, "
            "timeouts: {idle: 9 days}}\n"
            "colour: red\n")
        for words in ("s.yaml:2:10", "did you mean http", "s.yaml:3:20",
                      "without TLS", "no place to listen at",
                      "request has no unit",
                      "idle is no number with a unit of ms, s, m",
                      "no file of tokens", "colour"):
            self.assertIn(words, said)
        self.assertNotIn("in quotes", said)

    def test_a_profile_that_is_not_there_is_told_with_its_place(self):
        start = "policies: [%s]\n" % POLICIES
        door = "- {door: http, name: %s, at: 'unix:%s', profile: %s}\n"
        of_doors = "listen:\n" + "".join(
            door % (name, self.path(name), profile)
            for name, profile in (("a", "nowhere"), ("b", "cn-relname")))
        said = self.refused(start + of_doors)
        for words in ("error[D111]: there is no profile nowhere",
                      "s.yaml:3:%d" % (of_doors.splitlines()[1]
                                       .index("nowhere") + 1),
                      "there are: ", "there is no profile cn-relname",
                      "s.yaml:4:%d" % (of_doors.splitlines()[2]
                                       .index("cn-relname") + 1),
                      "did you mean cn-realname?"):
            self.assertIn(words, said)
        said = self.refused(start + "profile: nowhere\nlisten:\n" + door % (
            "a", self.path("a"), "generic"))
        self.assertIn("s.yaml:2:10", said)
        self.assertIn("there is no profile nowhere", said)

    def test_names_that_are_not_there_and_the_store_are_told_together(self):
        settings = ("policies: [%s]\nprofile: ke-caa\nlanguage: sw\n"
                    "store: {db: /proc/none/x.db}\nlisten:\n"
                    "- {door: http, at: 'unix:%s', profile: nope}\n"
                    % (POLICIES, self.path("a")))
        done = run("serve", "--config", self.write("s.yaml", settings))
        self.assertEqual(done.returncode, 5)
        stored = settings.replace("/proc/none", self.folder.name)
        for said in (done.stderr, self.refused(stored)):
            for words in ("s.yaml:2:10", "there is no profile ke-caa",
                          "s.yaml:3:11", "in the language sw",
                          "there are: en, zh",
                          "s.yaml:6:", "there is no profile nope"):
                self.assertEqual(said.count(words), 1, (words, said))
        self.assertIn("/proc/none/x.db: cannot be written", done.stderr)

    def test_a_place_that_is_taken_is_the_environments_fault(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            config = self.write(
                "s.yaml", "policies: [%s]\nlisten:\n- {door: http, at: "
                "'tcp:127.0.0.1:%d'}\n" % (POLICIES, taken.getsockname()[1]))
            done = run("serve", "--config", config)
        self.assertEqual(done.returncode, 5)
        self.assertIn("Address already in use", done.stderr)


if __name__ == "__main__":
    main()
