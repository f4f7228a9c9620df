#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon's HTTP from outside, over real sockets."""
import datetime
import gzip
import hashlib
import json
import random
import re
import socket
import subprocess
import time
import unittest

import jsonschema

try:
    import openapi_spec_validator
except ImportError:
    openapi_spec_validator = None

from daemon import read_to_end
from outside import corpus, main, run
from serving import ONE_PACK, POLICIES, THREAT, Serving, post, without_source


def time_of(line):
    record = json.loads(line)
    told = record.get("created_at") or record.get("received_at") or ""
    try:
        return datetime.datetime.fromisoformat(told).timestamp()
    except (TypeError, ValueError):
        return 0.0


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

    def test_a_byte_order_mark_at_the_front_is_passed_over(self):
        one, mark = json.dumps(THREAT).encode(), b"\xef\xbb\xbf"
        for path, kind, body in (
                ("screen", "application/json", one),
                ("screen", "application/json", b"[" + one + b"]"),
                ("screen", "application/x-ndjson", one + b"\n" + one),
                ("screen", "text/plain", THREAT["text"].encode()),
                ("explain", "application/json", one),
                ("explain", "text/plain", THREAT["text"].encode())):
            plain, marked = (self.daemon.ask("POST", "/v1/" + path, bytes,
                                             Content_Type=kind,
                                             x_correlator="mark")
                             for bytes in (body, mark + body))
            self.assertEqual(plain[0], 200)
            self.assertEqual((marked[0], marked[2]), (plain[0], plain[2]),
                             (path, kind))
        told = self.daemon.ask("POST", "/v1/screen", one + b"\n" + mark + one,
                               Content_Type="application/x-ndjson")[2]
        self.assertIn("error", json.loads(told.splitlines()[1]))
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/screen", THREAT["text"].encode("utf-16"))[0], 400)

    def test_names_that_no_field_has_are_told(self):
        for body, told in (({"kind": "message", "text": "hi"}, None),
                           ({"kind": "message", "body": "hi", "a\r\nX: b": 1},
                            "body, a\\x0d\\x0aX: b")):
            status, head, _ = self.daemon.ask("POST", "/v1/screen",
                                              json.dumps(body))
            self.assertEqual((status, head["X-Simwarden-Unknown"]),
                             (200, told))
        many = dict({"kind": "message"}, **{"k%d" % i: 1 for i in range(50)})
        head = self.daemon.ask("POST", "/v1/screen", json.dumps(many))[1]
        self.assertTrue(head["X-Simwarden-Unknown"].endswith("k9, ..."))
        long = {"kind": "message", "text": "hi", "y" * 100_000: 1}
        head = self.daemon.ask("POST", "/v1/screen", json.dumps(long))[1]
        self.assertEqual(head["X-Simwarden-Unknown"], "y" * 64 + "...")

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

    def test_a_bad_member_of_an_array_is_said_in_its_place(self):
        good = json.dumps(THREAT).encode()
        for bad, code in ((b'{"n":123456789012345678901234567890}', "J108"),
                          (b'{"text":"\xff"}', "J103"),
                          (b'{"text":"\\ud83d"}', "J102"), (b"7", "J101")):
            status, _, body = self.daemon.ask(
                "POST", "/v1/screen", b"[%s,%s]" % (good, bad))
            self.assertEqual(status, 200, bad)
            first, second = json.loads(body)
            self.assertIn("action", first)
            self.assertEqual(second["error"]["code"], code)
            self.assertEqual(second["error"]["line"], 2)
            self.assertNotIn("--encoding", second["error"]["message"])
        status, _, body = self.daemon.ask("POST", "/v1/screen", b"[1,,2]")
        self.assertEqual(status, 400)
        self.assertIn("(byte 4)", json.loads(body)["detail"])

    def test_names_in_clear_are_in_no_field_of_the_answer(self):
        head = self.daemon.ask("POST", "/v1/screen", json.dumps(
            {"text": "x", "13800138000": 1, "demo@mail.example": 2}))[1]
        told = head["X-Simwarden-Unknown"]
        self.assertNotIn("13800138000", told)
        self.assertNotIn("demo@", told)

    def test_an_old_client_gets_lines_without_chunks(self):
        line = json.dumps(THREAT).encode() + b"\n"
        with self.daemon.connect() as sock:
            sock.sendall(b"POST /v1/screen HTTP/1.0\r\nContent-Type: "
                         b"application/x-ndjson\r\nContent-Length: %d\r\n\r\n"
                         % len(line) + line)
            told = read_to_end(sock)
        self.assertNotIn(b"chunked", told)
        self.assertIn("action", json.loads(told.split(b"\r\n\r\n")[1]))

    def test_refusals_are_counted_by_what_they_are(self):
        for body, fields in ((b"<a/>", {"Content_Type": "text/xml"}),
                             (b"[1,,2]", {}),
                             (b"\xff", {"Content_Type": "text/plain"}),
                             (gzip.compress(b" " * (64 << 20)),
                              {"Content_Encoding": "GZIP"})):
            self.daemon.ask("POST", "/v1/screen", body, **fields)
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        for name, kind in re.findall("# TYPE ([^ ]+) ([^ \n]+)", metrics):
            self.assertEqual(name.endswith("_total"), kind == "counter", name)
        for event, times in (("malformed", 3), ("too_large", 1)):
            self.assertIn('event="%s"} %d' % (event, times), metrics)

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
        for tags, wanted in (('"other", W/%s' % headers["ETag"], 304),
                             ("*", 304), ('"other"', 200), ("", 200)):
            self.assertEqual(self.daemon.ask(
                "GET", "/v1/policy", If_None_Match=tags)[0], wanted, tags)

    def test_names_of_requests_come_back(self):
        _, headers, _ = self.daemon.ask("GET", "/healthz",
                                        X_Request_Id="desk-17",
                                        x_correlator="c.42")
        self.assertEqual(headers["X-Request-Id"], "desk-17")
        self.assertEqual(headers["x-correlator"], "c.42")
        _, headers, _ = self.daemon.ask("GET", "/healthz",
                                        X_Request_Id="a b\tc")
        self.assertRegex(headers["X-Request-Id"], "^[0-9a-f]{16}$")
        for name in ("Root=1-5759e988-bd862e3f;Parent=<a>/{b}", "a:b", 256 * "x"):
            for field in ("X-Request-Id", "x-correlator"):
                _, headers, _ = self.daemon.ask("GET", "/healthz",
                                                **{field: name})
                self.assertEqual(headers[field], name)
        for name in ('a"b', "a'b", "a b", "a&b", "caf\xe9", 257 * "x", ""):
            _, headers, _ = self.daemon.ask("GET", "/healthz",
                                            x_correlator=name)
            self.assertNotIn("x-correlator", headers)

    def test_a_body_in_another_charset_is_refused(self):
        # Its letters stand there all the same: "Your" as UTF-7.
        body = json.dumps({"text": "+AFk-our"})
        for charset in ("utf-7", "hz-gb-2312", "iso-2022-jp", "UTF-16BE",
                        '"gb18030"', "iso-8859-1", "none-such"):
            for path, kind in (("screen", "application/json"),
                               ("screen", "application/x-ndjson"),
                               ("screen", "text/plain"),
                               ("explain", "text/plain"),
                               ("explain", "application/json"),
                               ("decisions", "text/csv")):
                status, _, told = self.daemon.ask(
                    "POST", "/v1/" + path, body,
                    Content_Type="%s; a=b; Charset = %s" % (kind, charset))
                self.assertEqual(status, 415, (path, kind, charset))
                self.assertIn(charset.strip('"').lower(), told.decode())
        for charset in ("utf-8", '"UTF-8"', "us-ascii", "utf8"):
            self.assertEqual(self.daemon.ask(
                "POST", "/v1/screen", body,
                Content_Type="application/json;charset=" + charset)[0], 200)

    def test_what_is_too_large_is_told_with_the_setting(self):
        status, _, body = self.daemon.ask("POST", "/v1/screen",
                                          "x" * ((8 << 20) + 1))
        self.assertEqual(status, 413)
        self.assertIn("8388608 bytes that this door takes (limits.request)",
                      body.decode())

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
    rules = ONE_PACK
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
                b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: d\r\n\r\n")
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
                (b"GET / HTTP/1.1\r\nHost: a\r\n"
                 b"A: " + b"x" * 8000 + b"\r\n\r\n", 431),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: 2\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: -1\r\n\r\n",
                 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: 9999999\r\n\r\n",
                 413),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Transfer-Encoding: chunked\r\n"
                 b"\r\nzz\r\n", 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: 5\r\n\r\nab",
                 400)]:
            answer = self.conversation([wire])
            self.assertEqual(answer[:12], b"HTTP/1.1 %d" % status, wire[:60])
            self.assertIn(b"Connection: close", answer)

    def test_who_is_told_no_in_the_middle_of_sending_reads_why(self):
        much = b"x" * (4 << 20)
        for head, status in [
                (b"GET / HTTP/1.1\r\nHost: a\r\n"
                 b"A: " + much + b"\r\n\r\n", 431),
                (b"nonsense\r\n\r\n" + much, 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Transfer-Encoding: chunked\r\n"
                 b"\r\nzz\r\n" + much, 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: -1\r\n\r\n" +
                 much, 400),
                (b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: 9999999\r\n"
                 b"\r\n" + much, 413),
                (b"POST /nowhere HTTP/1.1\r\nHost: a\r\n"
                 b"Content-Length: 4194304\r\n"
                 b"\r\n" + much, 404)]:
            with self.subTest(head=head[:60]), self.daemon.connect() as sock:
                sock.sendall(head)
                answer = read_to_end(sock)
                self.assertEqual(answer[:12], b"HTTP/1.1 %d" % status)
                self.assertIn(b"Connection: close", answer)

    def test_who_is_too_slow_is_told_so(self):
        sock = self.daemon.connect()
        with sock:
            sock.sendall(b"POST /v1/screen HTTP/1.1\r\nContent-")
            self.assertEqual(read_to_end(sock)[:12], b"HTTP/1.1 408")
        with self.daemon.connect() as idle:
            self.assertEqual(read_to_end(idle), b"")

    def test_who_does_not_read_is_too_slow_too(self):
        self.daemon = self.started(
            "listen:\n- {door: http, at: 'tcp:127.0.0.1:0', "
            "timeouts: {write: 500ms}}\n")
        with self.daemon.connect() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.sendall(post("/v1/screen", json.dumps([THREAT] * 9000)
                              .encode()))
            self.daemon.wait_for("no_verdict door=http why=too_slow times=1")
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        self.assertIn('event="too_slow"} 1', metrics)

    def test_a_client_that_wants_to_be_asked_on_is(self):
        body = json.dumps(THREAT).encode()
        for kind in ("application/json", "application/x-ndjson", "text/plain"):
            with self.daemon.connect() as sock:
                sock.sendall(post("/v1/screen", b"", Expect="100-continue",
                                  Content_Type=kind).replace(
                    b"Content-Length: 0", b"Content-Length: %d" % len(body)))
                begun = b"HTTP/1.1 100 Continue\r\n\r\n"
                self.assertEqual(sock.recv(len(begun)), begun, kind)
                sock.sendall(body)
                sock.shutdown(socket.SHUT_WR)
                answer = read_to_end(sock)
                self.assertEqual(answer[:12], b"HTTP/1.1 200", kind)
                self.assertNotIn(b"100 Continue", answer)

    def test_a_text_in_another_charset_is_refused(self):
        text = "补卡找我,免实名,飞机:@demo_kaka88"
        for path in ("/v1/screen", "/v1/explain"):
            status, _, body = self.daemon.ask(
                "POST", path, text.encode("gbk"), Content_Type="text/plain")
            self.assertEqual((status, json.loads(body)["code"]),
                             (400, "T101"))
            self.assertEqual(self.daemon.ask(
                "POST", path, text.encode(), Content_Type="text/plain")[0], 200)

    def test_a_long_stream_is_answered_while_it_comes(self):
        line = json.dumps(THREAT).encode() + b"\n"
        with self.daemon.connect() as sock:
            sock.sendall(b"POST /v1/screen HTTP/1.1\r\nHost: a\r\n"
                         b"Transfer-Encoding: chunked\r\n"
                         b"Content-Type: application/x-ndjson\r\n"
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
    rules = ONE_PACK
    settings = ("listen:\n- {door: http, at: 'tcp:127.0.0.1:0', limits: "
                "{connections: 2}}\n")

    def test_one_too_many_is_told_to_come_back(self):
        with self.daemon.connect() as a, self.daemon.connect() as b:
            for sock in (a, b):
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertIn(b"200 OK", sock.recv(4096))
            with self.daemon.connect() as c:
                answer = read_to_end(c)
            self.assertIn(b"HTTP/1.1 503", answer)
            self.assertIn(b"Retry-After", answer)
        deadline = time.monotonic() + 20
        while self.daemon.ask("GET", "/healthz")[0] != 200:
            self.assertLess(time.monotonic(), deadline)

    def test_a_flood_is_counted_to_the_last(self):
        """Those who are not even told no are counted as those who are."""
        with self.daemon.connect() as a, self.daemon.connect() as b:
            for sock in (a, b):
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertIn(b"200 OK", sock.recv(4096))
            more = [self.daemon.connect() for _ in range(100)]
            a.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(0.5)  # until all were looked at
            a.recv(1 << 20)
            a.sendall(b"GET /metrics HTTP/1.1\r\nHost: a\r\n"
                      b"Connection: close\r\n\r\n")
            metrics = read_to_end(a).decode()
        for sock in more:
            sock.close()
        for event, count in (("connection", 102), ("busy", 100),
                             ("refused", 0)):
            self.assertIn('door="http",event="%s"} %d\n' % (event, count),
                          metrics)

    def test_who_was_told_no_and_stays_takes_nobodys_place(self):
        told_no = []
        with self.daemon.connect() as a, self.daemon.connect() as b:
            for sock in (a, b):
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertIn(b"200 OK", sock.recv(4096))
            for _ in range(4):
                told_no.append(self.daemon.connect())
                self.assertIn(b"HTTP/1.1 503", told_no[-1].recv(4096))
        deadline = time.monotonic() + 10
        while self.daemon.ask("GET", "/healthz")[0] != 200:
            self.assertLess(time.monotonic(), deadline)
            for sock in told_no:  # they are read from while they say something
                sock.sendall(b"x")
            time.sleep(0.2)
        for sock in told_no:
            sock.close()


class Curl(Serving):
    """The client that everybody has."""

    rules = ONE_PACK

    def curl(self, path, *arguments):
        place = self.daemon.places["http"].partition(":")[2]
        done = subprocess.run(
            ["curl", "-sS", "http://%s%s" % (place, path), *arguments],
            capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def test_bodies_of_every_packing(self):
        body = json.dumps(THREAT).encode()
        plain = self.write("body", body, "wb")
        wanted = without_source(self.curl("/v1/screen", "-d", "@" + plain))
        self.write("body.gzip", gzip.compress(body), "wb")
        subprocess.run(["zstd", "-q", plain, "-o", plain + ".zstd"],
                       check=True)
        for packing in ("gzip", "zstd"):
            for more in ((), ("-H", "Transfer-Encoding: chunked"),
                         ("-H", "Expect: 100-continue"), ("--http1.0",)):
                told = self.curl("/v1/screen", "-H", "Content-Encoding: " +
                                 packing, "--data-binary", "@%s.%s" % (
                                     plain, packing), *more)
                self.assertEqual(without_source(told), wanted)

    def test_a_stream_of_any_length(self):
        line = json.dumps(THREAT).encode() + b"\n"
        for count in (1, 8000):  # more than 1 MiB: it expects to be asked on
            stream = self.write("stream", line * count, "wb")
            for more in ((), ("-H", "Transfer-Encoding: chunked"),
                         ("-H", "Expect:"), ("--http1.0",)):
                told = self.curl("/v1/screen", "-H", "Content-Type: "
                                 "application/x-ndjson", "--data-binary",
                                 "@" + stream, *more)
                self.assertEqual(told.count(b"\n"), count, more)
                self.assertEqual(json.loads(told[:told.index(b"\n")])["id"],
                                 "demo-1")

    def test_a_policy_is_fetched_once(self):
        tag = self.path("tag")
        first = self.curl("/v1/policy", "--etag-save", tag)
        self.assertIn(b'"digest"', first)
        self.assertEqual(self.curl("/v1/policy", "--etag-compare", tag), b"")

    def test_one_connection_carries_many_requests(self):
        place = self.daemon.places["http"].partition(":")[2]
        more = []
        for _ in range(20):
            more += ["--next", "-sS", "-d", json.dumps(THREAT), "-w",
                     "%{num_connects}\n", "http://%s/v1/screen" % place]
        told = self.curl("/healthz", *more).splitlines()
        self.assertEqual(told[0], b"ok")
        self.assertEqual(told[2::2], [b"0"] * 20)  # no new connection

    def test_who_offers_http2_is_answered_in_http1(self):
        told = self.curl("/healthz", "--http2", "-w", "%{http_version}")
        self.assertEqual(told, b"ok\n1.1")


class Description(Serving):
    rules = ONE_PACK

    @unittest.skipUnless(openapi_spec_validator,
                         "no openapi_spec_validator: it is not in Debian 12")
    def test_the_description_is_openapi(self):
        document = json.loads(self.daemon.ask("GET", "/openapi.json")[2])
        openapi_spec_validator.validate_spec(document)

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


if __name__ == "__main__":
    main()
