#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon from outside, over real sockets."""
import datetime
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import time

import jsonschema

from daemon import Daemon, read_to_end
from outside import CHECKOUT, PROGRAM, Scratch, corpus, main, run, verdicts

POLICIES = os.path.join(CHECKOUT, "policies")
THREAT = {"kind": "message", "id": "demo-1", "transport": "sms",
          "text": "Your SIM will be blocked today. Confirm at "
                  "http://secure-verify.example/sim or add Telegram @demo_fix"}


def time_of(line):
    record = json.loads(line)
    told = record.get("created_at") or record.get("received_at") or ""
    try:
        return datetime.datetime.fromisoformat(told).timestamp()
    except (TypeError, ValueError):
        return 0.0


def without_source(line):
    verdict = json.loads(line)
    verdict.pop("source", None)
    return verdict


def post(path, body, **fields):
    """The bytes of a request."""
    head = ["POST %s HTTP/1.1" % path, "Host: localhost",
            "Content-Length: %d" % len(body)]
    head += ["%s: %s" % (name.replace("_", "-"), value)
             for name, value in fields.items()]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Serving(Scratch):
    settings = "listen:\n- {door: http, at: 'tcp:127.0.0.1:0'}\n"

    def setUp(self):
        super().setUp()
        self.daemon = self.started(self.settings)

    def started(self, settings):
        if "policies:" not in settings:
            settings = "policies: [%s]\n" % POLICIES + settings
        daemon = Daemon(self.write("simwarden.yaml", settings))
        self.addCleanup(daemon.stop)
        return daemon


class Answers(Serving):
    def test_every_record_of_the_corpus_gets_the_verdict_that_screen_gives(self):
        # In the order of their events: what is counted over them depends on it.
        for name in ("requests.jsonl", "messages.jsonl"):
            with open(corpus(name), encoding="utf-8") as file:
                lines = sorted(file, key=lambda line: time_of(line))
            body = "".join(lines).encode()
            log = self.write(name, body, "wb")
            status, headers, answer = self.daemon.ask(
                "POST", "/v1/screen", body,
                Content_Type="application/x-ndjson")
            self.assertEqual(status, 200)
            batch = run("screen", "--policy", POLICIES, "--quiet",
                        "--lateness", "0s", log).stdout.splitlines()
            told = answer.decode().splitlines()
            self.assertEqual(len(told), len(batch))
            for ours, theirs in zip(told, batch):
                self.assertEqual(without_source(ours), without_source(theirs))

    def test_a_record_an_array_and_a_text_say_the_same(self):
        one = self.daemon.ask("POST", "/v1/screen", json.dumps(THREAT),
                              Content_Type="application/json")
        self.assertEqual(one[0], 200)
        verdict = json.loads(one[2])
        self.assertIn(verdict["action"], ("hold", "refuse"))
        array = json.loads(self.daemon.ask(
            "POST", "/v1/screen", json.dumps([THREAT, THREAT]),
            Content_Type="application/json")[2])
        self.assertEqual([v["source"]["line"] for v in array], [1, 2])
        self.assertEqual(without_source(one[2]),
                         without_source(json.dumps(array[1])))
        text = json.loads(self.daemon.ask(
            "POST", "/v1/screen", THREAT["text"].encode(),
            Content_Type="text/plain; charset=utf-8")[2])
        self.assertEqual(text["action"], verdict["action"])

    def test_an_unreadable_record_is_said_where_it_stands(self):
        status, _, body = self.daemon.ask("POST", "/v1/screen", "{\"kind\": 7}")
        self.assertEqual(status, 400)
        self.assertEqual(json.loads(body)["code"], "J107")
        lines = b'{"kind":"message","text":"hi"}\n\nnonsense\n' + json.dumps(
            THREAT).encode()
        told = self.daemon.ask("POST", "/v1/screen", lines,
                               Content_Type="application/x-ndjson")[2]
        first, second, third = map(json.loads, told.splitlines())
        self.assertEqual(first["action"], "pass")
        self.assertEqual(second["error"]["line"], 3)
        self.assertEqual(third["source"]["line"], 4)

    def test_packed_bodies_are_unpacked_within_the_limit(self):
        body = json.dumps(THREAT).encode()
        plain = self.daemon.ask("POST", "/v1/screen", body,
                                X_Request_Id="demo")[2]
        packed = self.daemon.ask("POST", "/v1/screen", gzip.compress(body),
                                 Content_Encoding="gzip", X_Request_Id="demo")
        self.assertEqual((packed[0], packed[2]), (200, plain))
        zstd = subprocess.run(["zstd", "-c"], input=body, capture_output=True,
                              check=True).stdout
        packed = self.daemon.ask("POST", "/v1/screen", zstd,
                                 Content_Encoding="zstd", X_Request_Id="demo")
        self.assertEqual((packed[0], packed[2]), (200, plain))
        bomb = gzip.compress(b" " * (64 << 20))
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", bomb,
                                         Content_Encoding="gzip")[0], 413)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", body[:9],
                                         Content_Encoding="gzip")[0], 400)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", body,
                                         Content_Encoding="br")[0], 415)

    def test_explain_draws_what_the_command_draws(self):
        drawn = self.daemon.ask("POST", "/v1/explain", THREAT["text"].encode(),
                                Content_Type="text/plain")[2].decode()
        self.assertEqual(drawn, run("explain", "--policy", POLICIES, "--text",
                                    THREAT["text"]).stdout)

    def test_the_policy_has_a_tag_and_is_not_sent_twice(self):
        status, headers, body = self.daemon.ask("GET", "/v1/policy")
        self.assertEqual(status, 200)
        policy = json.loads(body)
        self.assertEqual(headers["ETag"], '"%s"' % policy["digest"])
        self.assertIn("IDV-002", [rule["rule"] for rule in policy["rules"]])
        status, _, body = self.daemon.ask("GET", "/v1/policy",
                                          If_None_Match=headers["ETag"])
        self.assertEqual((status, body), (304, b""))

    def test_names_of_requests_come_back(self):
        _, headers, _ = self.daemon.ask("GET", "/healthz",
                                        X_Request_Id="desk-17",
                                        x_correlator="c.42")
        self.assertEqual(headers["X-Request-Id"], "desk-17")
        self.assertEqual(headers["x-correlator"], "c.42")
        _, headers, _ = self.daemon.ask("GET", "/healthz",
                                        X_Request_Id="a b\tc")
        self.assertRegex(headers["X-Request-Id"], "^[0-9a-f]{16}$")

    def test_other_paths_and_methods_are_refused_with_a_reason(self):
        status, _, body = self.daemon.ask("GET", "/v2/screen")
        self.assertEqual((status, json.loads(body)["title"]),
                         (404, "Not Found"))
        status, headers, _ = self.daemon.ask("PUT", "/v1/policy", "x")
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
        status, headers, body = self.daemon.ask("HEAD", "/v1/policy")
        self.assertEqual((status, body), (200, b""))
        self.assertGreater(int(headers["Content-Length"]), 1000)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen", "x",
                                         Content_Type="image/png")[0], 415)


class Wire(Serving):
    settings = ("listen:\n- {door: http, at: 'tcp:127.0.0.1:0', limits: "
                "{request: 1 MiB, headers: 4 KiB}, timeouts: {request: 1s, "
                "idle: 2s}}\n")

    def conversation(self, pieces, pause=0.0):
        sock = self.daemon.connect()
        with sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                sock.sendall(piece)
                if pause:
                    time.sleep(pause)
            sock.shutdown(socket.SHUT_WR)
            return read_to_end(sock)

    def test_pieces_of_any_size_are_the_same_conversation(self):
        body = json.dumps(THREAT).encode()
        lines = b"".join(json.dumps(THREAT).encode() + b"\n" for _ in range(3))
        wire = (post("/v1/screen", body, X_Request_Id="a") +
                post("/v1/screen", lines, X_Request_Id="b",
                     Content_Type="application/x-ndjson") +
                post("/v1/explain", body, X_Request_Id="c") +
                b"GET /healthz HTTP/1.1\r\nX-Request-Id: d\r\n\r\n")
        whole = self.conversation([wire])
        self.assertEqual(whole.count(b"HTTP/1.1 200 OK"), 4)
        payloads = lambda answer: json.loads(  # chunks may be cut otherwise
            b'"%s"' % hashlib.sha256(b"".join(
                line for line in answer.split(b"\r\n")
                if line.startswith(b"{") or b"points" in line)
                .replace(b"\n", b"")).hexdigest().encode())
        single = self.conversation([wire[i:i + 1] for i in range(len(wire))])
        self.assertEqual(payloads(single), payloads(whole))
        dice = random.Random(7)
        for _ in range(20):
            cuts = sorted(dice.sample(range(len(wire)), 5))
            pieces = [wire[a:b] for a, b in zip([0] + cuts, cuts + [None])]
            self.assertEqual(payloads(self.conversation(pieces, 0.002)),
                             payloads(whole))

    def test_broken_requests_are_answered_and_end_the_connection(self):
        for wire, status in [
                (b"nonsense\r\n\r\n", 400),
                (b"GET / HTTP/1.1\r\nA: " + b"x" * 8000 + b"\r\n\r\n", 431),
                (b"POST /v1/screen HTTP/1.1\r\nContent-Length: 2\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                (b"POST /v1/screen HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                 400),
                (b"POST /v1/screen HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n",
                 413),
                (b"POST /v1/screen HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                 b"\r\nzz\r\n", 400),
                (b"POST /v1/screen HTTP/1.1\r\nContent-Length: 5\r\n\r\nab",
                 400)]:
            answer = self.conversation([wire])
            self.assertEqual(answer[:12], b"HTTP/1.1 %d" % status, wire[:60])
            self.assertIn(b"Connection: close", answer)

    def test_who_is_too_slow_is_told_so(self):
        sock = self.daemon.connect()
        with sock:
            sock.sendall(b"POST /v1/screen HTTP/1.1\r\nContent-")
            self.assertEqual(read_to_end(sock)[:12], b"HTTP/1.1 408")
        with self.daemon.connect() as idle:
            self.assertEqual(read_to_end(idle), b"")

    def test_a_client_that_wants_to_be_asked_on_is(self):
        body = json.dumps(THREAT).encode()
        with self.daemon.connect() as sock:
            sock.sendall(post("/v1/screen", b"", Expect="100-continue").replace(
                b"Content-Length: 0", b"Content-Length: %d" % len(body)))
            self.assertEqual(sock.recv(100),
                             b"HTTP/1.1 100 Continue\r\n\r\n")
            sock.sendall(body)
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(read_to_end(sock)[:12], b"HTTP/1.1 200")

    def test_a_long_stream_is_answered_while_it_comes(self):
        line = json.dumps(THREAT).encode() + b"\n"
        with self.daemon.connect() as sock:
            sock.sendall(b"POST /v1/screen HTTP/1.1\r\nTransfer-Encoding: "
                         b"chunked\r\nContent-Type: application/x-ndjson\r\n"
                         b"\r\n")
            answer = sock.makefile("rb")
            while answer.readline() != b"\r\n":
                pass
            for _ in range(3):
                sock.sendall(b"%x\r\n%s\r\n" % (len(line), line))
                size = int(answer.readline(), 16)
                verdict = json.loads(answer.read(size))
                answer.readline()
                self.assertEqual(verdict["id"], "demo-1")
            sock.sendall(b"0\r\n\r\n")
            self.assertEqual(answer.readline(), b"0\r\n")
            answer.close()


class Crowd(Serving):
    settings = ("listen:\n- {door: http, at: 'tcp:127.0.0.1:0', limits: "
                "{connections: 2}}\n")

    def test_one_too_many_is_told_to_come_back(self):
        with self.daemon.connect() as a, self.daemon.connect() as b:
            for sock in (a, b):
                sock.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
                self.assertIn(b"200 OK", sock.recv(4096))
            with self.daemon.connect() as c:
                answer = read_to_end(c)
            self.assertIn(b"HTTP/1.1 503", answer)
            self.assertIn(b"Retry-After", answer)
        deadline = time.monotonic() + 20
        while self.daemon.ask("GET", "/healthz")[0] != 200:
            self.assertLess(time.monotonic(), deadline)


class Doors(Serving):
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

    def test_a_door_judges_by_its_own_profile(self):
        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            record = json.loads(file.readline())
        record.pop("policy_profile", None)
        record = json.dumps(record)
        told = json.loads(self.daemon.ask("POST", "/v1/screen",
                                          record.encode(), door="china")[2])
        self.assertEqual(told["policy"]["profile"], "cn-realname")
        batch = run("screen", "--policy", POLICIES, "--quiet", "--profile",
                    "cn-realname", "-", stdin=record)
        self.assertEqual(without_source(json.dumps(told)),
                         without_source(batch.stdout))


class Exchange(Serving):
    def setUp(self):
        Scratch.setUp(self)
        self.policies = self.path("policies")
        shutil.copytree(POLICIES, self.policies)
        self.pack = os.path.join(self.policies, "smishing", "pack.yaml")
        self.daemon = self.started(
            "policies: [%s]\n%s" % (self.policies, self.settings))

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
        self.change("title: ", "title: Changed: " if False else "title: New ")
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
        self.assertIn("fails", json.loads(body)["detail"])
        self.assertEqual(self.digest(), before)


class Keeping(Serving):
    """With a store."""
    settings = ("store: {db: %s}\nlisten:\n"
                "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
                "- {door: http, name: private, at: 'tcp:127.0.0.1:0', "
                "keep: false}\n")

    def setUp(self):
        Scratch.setUp(self)
        self.db = self.path("out.db")
        self.daemon = self.started(self.settings % self.db)

    def screened(self, record=THREAT, door="http", **fields):
        status, _, body = self.daemon.ask(
            "POST", "/v1/screen", json.dumps(record), door=door, **fields)
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def rows(self, question):
        with sqlite3.connect("file:%s?mode=ro" % self.db, uri=True) as store:
            return store.execute(question).fetchall()

    def test_a_verdict_is_stored_before_it_is_told(self):
        told = self.screened(x_correlator="demo-call-7")
        self.assertEqual(told["source"]["correlator"], "demo-call-7")
        name = told["source"]["stored_as"]
        # Killed at once: what was told is there.
        self.daemon.signal(signal.SIGKILL)
        self.daemon.process.wait()
        rows = self.rows("SELECT source, line, action, verdict_json FROM "
                         "verdict")
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0][:3], ("http", 1, told["action"]))
        kept = json.loads(rows[0][3])
        self.assertEqual(kept["correlator"], "demo-call-7")
        self.assertEqual(kept["findings"], told["findings"])
        again = self.started(self.settings % self.db)
        found = again.ask("GET", "/v1/verdicts/" + name)
        self.assertEqual(found[0], 200)
        self.assertEqual(json.loads(found[2])["verdict"], kept)

    def test_a_stream_is_stored_line_by_line(self):
        with open(corpus("messages.jsonl"), "rb") as file:
            body = file.read()
        status, _, answer = self.daemon.ask(
            "POST", "/v1/screen", b"{broken\n" + body,
            Content_Type="application/x-ndjson")
        self.assertEqual(status, 200)
        told = [json.loads(line) for line in answer.splitlines()]
        names = [v["source"]["stored_as"] for v in told[1:]]
        self.assertEqual(names, ["1-%d" % (n + 2) for n in range(len(names))])
        for place in (1, len(told) // 2, -1):
            found = json.loads(self.daemon.ask(
                "GET", "/v1/verdicts/" + told[place]["source"]["stored_as"])[2])
            self.assertEqual(found["verdict"]["action"], told[place]["action"])
            self.assertEqual(found["verdict"].get("id"), told[place].get("id"))
        self.assertEqual(self.daemon.ask("GET", "/v1/verdicts/1-1")[0], 404)
        self.assertEqual(self.daemon.stop(), 0)
        (row,) = self.rows("SELECT seen, judged, unreadable, state FROM "
                           "completeness WHERE source = 'http'")
        self.assertEqual(row, (len(told), len(names), 1, "complete"))
        verified = run("audit", "verify", "--db", self.db)
        self.assertEqual(verified.returncode, 0, verified.stdout)
        replayed = run("replay", "--db", self.db, "--old", POLICIES, "--new",
                       POLICIES)
        self.assertEqual(replayed.returncode, 0, replayed.stderr)

    def test_a_private_door_keeps_nothing(self):
        told = self.screened(door="private")
        self.assertNotIn("stored_as", told["source"])
        self.assertEqual(self.rows("SELECT count(*) FROM verdict"), [(0,)])

    def test_people_decide_about_what_was_stored(self):
        name = self.screened()["source"]["stored_as"]
        found = json.loads(self.daemon.ask("GET", "/v1/verdicts/" + name)[2])
        decide = lambda **row: self.daemon.ask(
            "POST", "/v1/decisions", json.dumps(row))
        status, _, body = decide(verdict_id=found["verdict_id"],
                                 outcome="refused", decided_by="demo_clerk",
                                 note="called +86 138 0013 8000")
        self.assertEqual((status, json.loads(body)["stored"]), (200, 1))
        found = json.loads(self.daemon.ask("GET", "/v1/verdicts/" + name)[2])
        self.assertEqual(found["decisions"][0]["outcome"], "refused")
        self.assertNotIn("8000", found["decisions"][0]["note"])
        self.assertEqual(decide(verdict_id=99, outcome="refused",
                                decided_by="demo_clerk")[0], 422)
        self.assertEqual(decide(verdict_id=found["verdict_id"],
                                outcome="perhaps",
                                decided_by="demo_clerk")[0], 422)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(run("audit", "verify", "--db", self.db).returncode, 0)

    def test_no_identifier_of_a_record_is_stored_in_clear(self):
        self.screened({"kind": "request", "request_id": "demo-1",
                       "phone_number": "+8613800138000"})
        self.daemon.stop()
        for name in os.listdir(self.folder.name):
            with open(self.path(name), "rb") as file:
                self.assertNotIn(b"13800138000", file.read(), name)
        self.assertNotIn("13800138000", "".join(self.daemon.said))

    def test_an_exchange_ends_the_run_of_the_old_rules(self):
        self.screened()
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 200)
        self.assertEqual(self.screened()["source"]["line"], 1)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.rows("SELECT status FROM run"),
                         [("done",), ("done",)])
        self.assertEqual(
            self.rows("SELECT DISTINCT state FROM completeness"),
            [("complete",)])


class FullDisk(Serving):
    """A store that cannot grow: on a file system of its own."""

    def setUp(self):
        Scratch.setUp(self)
        self.disk = self.path("disk")
        os.mkdir(self.disk)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "demo", self.disk],
            capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("cannot mount a small file system here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk])
        self.daemon = self.started(
            "store: {db: %s/out.db}\nlisten:\n"
            "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
            "- {door: http, name: open, at: 'tcp:127.0.0.1:0', "
            "on_error: pass}\n" % self.disk)

    def test_nothing_is_told_that_is_not_stored_unless_the_door_says_so(self):
        body = json.dumps([THREAT] * 200)
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
        self.assertGreaterEqual(count, told + 200)
        self.assertEqual(run("audit", "verify", "--db", db).returncode, 0)


class Description(Serving):
    def test_answers_are_what_the_description_says(self):
        status, _, body = self.daemon.ask("GET", "/openapi.json")
        self.assertEqual(status, 200)
        document = json.loads(body)
        self.assertEqual(document["openapi"], "3.0.3")

        def check(value, path, method="post", code="200",
                  kind="application/json"):
            schema = (document["paths"][path][method]["responses"][code]
                      ["content"][kind]["schema"])
            jsonschema.validate(value, dict(
                schema, components=document["components"]))

        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            records = [json.loads(line) for line in file][:50]
        jsonschema.validate(records[0], dict(
            document["components"]["schemas"]["Record"],
            components=document["components"]))
        ask = self.daemon.ask
        check(json.loads(ask("POST", "/v1/screen", json.dumps(records[0]))[2]),
              "/v1/screen")
        check(json.loads(ask("POST", "/v1/screen",
                             json.dumps(records + [17]))[2]), "/v1/screen")
        check(json.loads(ask("GET", "/v1/policy")[2]), "/v1/policy", "get")
        check(json.loads(ask("GET", "/readyz")[2]), "/readyz", "get")
        check(json.loads(ask("POST", "/v1/reload")[2]), "/v1/reload")
        for path in document["paths"]:
            for method in document["paths"][path]:
                status, headers, body = ask(
                    method.upper(), path.replace("{id}", "demo-none"))
                if status >= 400:
                    self.assertEqual(headers["Content-Type"],
                                     "application/problem+json")
                    check(json.loads(body), path, method, "default",
                          "application/problem+json")
                else:
                    self.assertIn(
                        headers["Content-Type"].split(";")[0],
                        document["paths"][path][method]["responses"]["200"]
                        ["content"])


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
            "policies: [%s]\nwatch: 200ms\nlisten:\n"
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


class End(Serving):
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

    def test_a_socket_that_systemd_opened_is_a_door(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = self.write("s.yaml", "policies: [%s]\nlisten:\n"
                            "- {door: http, at: 'systemd:api'}\n" % POLICIES)
        activate = shutil.which("systemd-socket-activate")
        process = subprocess.Popen(
            [activate, "--fdname=api", "-l", "127.0.0.1:%d" % port, PROGRAM,
             "serve", "--config", config], stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        deadline = time.time() + 60
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), 60) as sock:
                    sock.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                    answer = read_to_end(sock)
                break
            except ConnectionRefusedError:
                self.assertLess(time.time(), deadline)
                time.sleep(0.1)
        self.assertIn(b"200 OK", answer)


class UnreadLog(Serving):
    def test_who_does_not_read_the_log_holds_up_nothing(self):
        for _ in range(20):
            status = self.daemon.ask(
                "POST", "/v1/screen", json.dumps([THREAT] * 100))[0]
            self.assertEqual(status, 200)  # 2,000 lines: more than a pipe holds
        self.daemon.signal(signal.SIGTERM)
        self.assertEqual(self.daemon.process.wait(20), 0)


class Tls(Serving):
    def setUp(self):
        Scratch.setUp(self)
        for name in ("server", "client"):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes",
                 "-keyout", self.path(name + ".key"), "-out",
                 self.path(name + ".pem"), "-subj", "/CN=localhost", "-days",
                 "2"], check=True, capture_output=True)
        self.daemon = self.started(
            "listen:\n- {door: http, at: 'tcp:0.0.0.0:0', tls: {certificate: "
            "%s, key: %s, client_ca: %s}}\n" % tuple(
                map(self.path, ("server.pem", "server.key", "client.pem"))))

    def context(self, known):
        context = ssl.create_default_context(cafile=self.path("server.pem"))
        if known:
            context.load_cert_chain(self.path("client.pem"),
                                    self.path("client.key"))
        return context

    def talk(self, context):
        port = int(self.daemon.places["http"].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 30) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as s:
                s.sendall(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
                return read_to_end(s)

    def test_a_client_with_its_certificate_is_answered(self):
        self.assertIn(b"200 OK", self.talk(self.context(known=True)))

    def test_others_are_not(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.assertEqual(self.talk(self.context(known=False)), b"")
            raise ConnectionError("ended without a word")
        old = self.context(known=True)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.talk(old)


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
                      "without TLS", "no place to listen at", "no unit",
                      "no file of tokens", "colour"):
            self.assertIn(words, said)

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
