#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A record that is sent again because its answer did not arrive: one verdict,
counted once; and what is not the same record."""
import concurrent.futures
import hashlib
import json
import os
import random
import sqlite3

from daemon import Daemon
from outside import Scratch, main, run

PACK = """pack: demo
version: 1.0.0
asks: request
title: Requests of a clerk
families: {staff: Staff}
windows:
  agent_requests_1h: {doc: Requests of a clerk., count: requests, by: request.agent.id, over: 1h}
MOREWINDOWS
rules:
  - {id: DEM-001, title: Requests, family: staff, severity: low, score: 21, flag: windows.agent_requests_1h >= 1, reason: '{windows.agent_requests_1h} in an hour.', remedy: Call.}
"""
CASES = """base:
  one: {request_id: 'demo', created_at: '2026-03-02T09:00:00Z', agent: {id: demo_a}}
cases:
  - {name: counted, base: one, windows: {agent_requests_1h: 1}, expect: {hit: [DEM-001]}}
  - {name: none, base: one, windows: {agent_requests_1h: 0}, expect: {clear: [DEM-001]}}
"""
SETTINGS = """policies: [%s]
store: {db: %s}
tokens: %s
log: {verdicts: all}
listen:
- {door: http, at: 'tcp:127.0.0.1:0'}
- {door: http, name: second, at: 'tcp:127.0.0.1:0'}
- {door: http, name: private, at: 'tcp:127.0.0.1:0', keep: false}
- {door: http, name: guarded, at: 'tcp:127.0.0.1:0', auth: tokens}
"""
TOKENS = ("demo-token-one", "demo-token-two")


def request(number, minute=0, **more):
    return dict({"kind": "request", "request_id": "r-%d" % number,
                 "created_at": "2026-03-02T09:%02d:00Z" % minute,
                 "agent": {"id": "demo_a"}}, **more)


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


class Repeats(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("desk.db")
        os.makedirs(self.path("demo"))
        self.write("demo/tests.yaml", CASES)
        self.put()
        tokens = self.write("tokens", "".join(
            "%s screen %s\n" % (name, hashlib.sha256(
                name.encode()).hexdigest()) for name in TOKENS))
        self.daemon = Daemon(self.write("s.yaml", SETTINGS % (
            self.path("demo"), self.db, tokens)))
        self.addCleanup(self.daemon.stop)

    def put(self, more="", score=21):
        self.write("demo/pack.yaml", PACK.replace("MOREWINDOWS", more).replace(
            "score: 21", "score: %d" % score))

    def ask(self, body, door="http", **fields):
        if not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        status, _, answer = self.daemon.ask("POST", "/v1/screen", body,
                                            door=door, **fields)
        self.assertEqual(status, 200, answer)
        return json.loads(answer)

    def ask_lines(self, records, **fields):
        _, _, answer = self.daemon.ask(
            "POST", "/v1/screen", lines(records),
            Content_Type="application/x-ndjson", **fields)
        return [json.loads(line) for line in answer.splitlines()]

    def rows(self, question="SELECT count(*) FROM verdict_row"):
        with sqlite3.connect("file:%s?mode=ro" % self.db, uri=True) as store:
            return store.execute(question).fetchall()

    def clerks_figure(self, verdict):
        return verdict["findings"][0]["reason"]

    def assert_same(self, first, again):
        self.assertNotIn("repeated", first["source"])
        self.assertTrue(again["source"]["repeated"])
        for verdict in first, again:
            for key in "repeated", "correlator", "line":
                verdict["source"].pop(key, None)
        self.assertEqual(first, again)

    def test_the_same_record_has_one_verdict_and_is_counted_once(self):
        first = self.ask(request(1))
        for _ in range(3):
            self.assert_same(dict(first, source=dict(first["source"])),
                             self.ask(request(1)))
        self.assertEqual(self.rows(), [(1,)])
        self.assertEqual(self.clerks_figure(self.ask(request(2, 1))),
                         "2 in an hour.")
        # What came between changes no answer that was given.
        self.assert_same(first, self.ask(request(1)))
        metrics = self.daemon.ask("GET", "/metrics")[2].decode()
        self.assertIn('simwarden_repeated_total{door="http"} 4\n', metrics)
        self.assertIn('simwarden_records_total{action="review",door="http"} 2',
                      metrics)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.rows(
            "SELECT seen, judged, duplicate, state FROM completeness "
            "WHERE source = 'http'"), [(6, 2, 4, "complete")])
        done = run("audit", "verify", "--db", self.db)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        told = "".join(self.daemon.said)
        self.assertEqual(told.count("repeated=yes"), 4, told)

    def test_another_byte_door_or_token_is_another_record(self):
        self.ask(request(1))
        self.ask(json.dumps(request(1)) + " ")
        self.ask(request(1), door="second")
        for token in TOKENS + TOKENS[:1]:
            self.ask(request(1), door="guarded",
                     Authorization="Bearer " + token)
        self.assertEqual(self.rows(), [(5,)])

    def test_a_batch_that_was_cut_in_half_is_sent_again(self):
        records = [request(i, i // 2) for i in range(40)]
        half = self.ask_lines(records[:23])
        again = self.ask_lines(records)
        whole = self.ask(records)
        self.assertEqual(self.rows(), [(40,)])
        for first, second in zip(half, again):
            self.assert_same(first, second)
        self.assertEqual([v["source"]["stored_as"] for v in whole],
                         [v["source"]["stored_as"] for v in again])
        self.assertEqual([self.clerks_figure(v) for v in whole],
                         ["%d in an hour." % (i + 1) for i in range(40)])

    def test_what_has_no_id_is_known_by_the_key_of_its_request(self):
        text = {"kind": "message", "text": "See you at seven"}
        self.ask(text)
        self.ask(text)
        self.ask(text, x_correlator="demo-flow")
        self.ask(text, x_correlator="demo-flow")
        self.assertEqual(self.rows(), [(4,)])
        for name in "X-Request-Id", "Idempotency-Key":
            first = self.ask(text, **{name: name})
            self.assert_same(first, self.ask(text, **{name: name}))
            self.assertNotIn("repeated", self.ask(
                text, **{name: name + "-2"})["source"])
        # A proxy gives each try a name of its own; the caller's own stands.
        first = self.ask(text, Idempotency_Key="k", X_Request_Id="1")
        self.assert_same(first, self.ask(text, Idempotency_Key="k",
                                         X_Request_Id="2"))
        for _ in range(2):
            self.assertNotIn("repeated", self.ask(
                text, Idempotency_Key="k" * 257, X_Request_Id="3")["source"])
        # In a batch one text may stand twice.
        batch = self.ask_lines([text, text], Idempotency_Key="batch")
        self.assertEqual(len({v["source"]["stored_as"] for v in batch}), 2)
        for first, again in zip(batch, self.ask_lines(
                [text, text], Idempotency_Key="batch")):
            self.assert_same(first, again)

    def test_of_many_at_once_one_is_the_first(self):
        records = [request(i) for i in range(60)]
        random.Random(3).shuffle(records)
        with concurrent.futures.ThreadPoolExecutor(6) as crowd:
            told = list(crowd.map(
                lambda n: self.ask_lines(records[n % 3:]), range(6)))
        self.assertEqual(self.rows(), [(60,)])
        names = {}
        for verdict in sum(told, []):
            names.setdefault(verdict["id"], set()).add(
                (verdict["source"]["stored_as"], self.clerks_figure(verdict)))
        self.assertEqual([len(each) for each in names.values()], [1] * 60)

    def reload(self):
        status, _, body = self.daemon.ask("POST", "/v1/reload")
        self.assertEqual(status, 200, body)

    def test_other_rules_judge_anew_and_count_nothing_twice(self):
        self.ask(request(1))
        self.put(score=42)
        self.reload()
        again = self.ask(request(1))
        self.assertNotIn("repeated", again["source"])
        self.assertEqual((again["score"], self.clerks_figure(again)),
                         (42, "1 in an hour."))
        self.assert_same(again, self.ask(request(1)))
        self.assertEqual(self.rows(), [(2,)])
        self.assertEqual(self.clerks_figure(self.ask(request(2, 1))),
                         "2 in an hour.")
        # Neither does the store.
        self.daemon.stop()
        self.daemon = Daemon(self.path("s.yaml"))
        self.addCleanup(self.daemon.stop)
        self.assertEqual(self.clerks_figure(self.ask(request(3, 2))),
                         "3 in an hour.")

    def test_a_door_that_keeps_nothing_knows_nothing_again(self):
        for _ in range(2):
            self.assertNotIn("repeated", self.ask(
                request(1), door="private")["source"])

    def fail_for_a_moment(self, record):
        for tail in ("", "-wal", "-shm"):
            os.rename(self.db + tail, self.path("moved.db" + tail))
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/screen", json.dumps(record))[0], 503)
        for tail in ("", "-wal", "-shm"):
            if os.path.exists(self.path("moved.db" + tail)):
                os.rename(self.path("moved.db" + tail), self.db + tail)
        self.daemon.wait_for("store_is_back")

    def test_what_was_not_stored_is_judged_when_it_comes_again(self):
        self.ask(request(1))
        self.fail_for_a_moment(request(2, 1))
        second = self.ask(request(2, 1))
        self.assertNotIn("repeated", second["source"])
        self.assertEqual(self.clerks_figure(second), "2 in an hour.")
        self.assertTrue(self.ask(request(1))["source"]["repeated"])
        self.assertEqual(self.rows(), [(2,)])

    def test_a_batch_from_before_and_after_a_failure_is_sent_again(self):
        batch = [request(i, i) for i in range(4)]
        before = self.ask(batch[0])
        self.fail_for_a_moment(batch[1])
        after = self.ask(batch[2])
        for whole in self.ask(batch), self.ask_lines(batch):
            for first, again in (before, whole[0]), (after, whole[2]):
                self.assert_same(json.loads(json.dumps(first)), again)
        self.assertEqual(len(whole), 4)
        self.assertEqual(self.rows(), [(4,)])

    def test_a_copy_that_was_put_back_has_to_be_told_again(self):
        self.ask(request(1))
        copy = self.path("copy.db")
        with sqlite3.connect(self.db) as store, sqlite3.connect(copy) as to:
            store.backup(to)
        self.ask(request(2, 1))
        for tail in ("", "-wal", "-shm"):
            os.rename(self.db + tail, self.path("moved.db" + tail))
        self.assertEqual(self.daemon.ask(
            "POST", "/v1/screen", json.dumps(request(3, 2)))[0], 503)
        os.rename(copy, self.db)
        self.daemon.wait_for("store_is_back")
        again = self.ask(request(2, 1))
        self.assertNotIn("repeated", again["source"])
        name = again["source"]["stored_as"]
        status, _, body = self.daemon.ask("GET", "/v1/verdicts/" + name)
        self.assertEqual((status, json.loads(body)["verdict"]["id"]),
                         (200, "r-2"))


if __name__ == "__main__":
    main()
