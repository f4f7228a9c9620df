#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the daemon stores, and a disk that is full."""
import contextlib
import datetime
import json
import os
import shutil
import signal
import sqlite3
import time

from outside import Scratch, corpus, main, run
from serving import ONE_PACK, POLICIES, THREAT, UNNAMED, Serving


class Keeping(Serving):
    """With a store."""

    rules = ONE_PACK
    settings = ("store: {db: %s}\nlisten:\n"
                "- {door: http, at: 'tcp:127.0.0.1:0'}\n"
                "- {door: http, name: private, at: 'tcp:127.0.0.1:0', "
                "keep: false}\n")

    def setUp(self):
        Scratch.setUp(self)
        self.db = self.path("out.db")
        self.daemon = self.started(self.settings % self.db)

    def screened(self, record=UNNAMED, door="http", **fields):
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

    def test_a_correlator_that_is_a_number_is_masked_where_it_is_kept(self):
        uuid = "550e8400-e29b-41d4-a716-446655440000"
        for given, shown in (("13800138000", False), (uuid, True),
                             ("demo-call-7", True)):
            told = self.screened(X_Request_Id=given)["source"]
            self.assertEqual(told["correlator"], given)
            _, _, body = self.daemon.ask(
                "GET", "/v1/verdicts/" + told["stored_as"])
            kept = json.loads(body)["verdict"]["correlator"]
            self.assertEqual(kept == given, shown, kept)
            self.assertNotIn("13800138000", kept)

    def test_verdicts_are_found_in_a_copy_that_was_put_back(self):
        told = self.screened()["source"]["stored_as"]
        self.assertEqual(self.daemon.ask("GET", "/v1/verdicts/" + told)[0],
                         200)
        copy = self.path("copy.db")
        with sqlite3.connect(self.db) as store, sqlite3.connect(copy) as to:
            store.backup(to)
        for tail in ("", "-wal", "-shm"):
            os.rename(self.db + tail, self.path("moved.db" + tail))
        self.assertEqual(self.daemon.ask("POST", "/v1/screen",
                                         json.dumps(UNNAMED))[0], 503)
        os.rename(copy, self.db)
        self.daemon.wait_for("store_is_back")
        told = self.screened()["source"]["stored_as"]
        self.assertEqual(self.daemon.ask("GET", "/v1/verdicts/" + told)[0],
                         200)

    def test_an_exchange_that_the_store_failed_is_done_when_it_is_back(self):
        moved = self.path("moved.db")
        os.rename(self.db, moved)
        self.store_fails("was moved or removed")
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 503)
        self.assertIn("last_reload_failed", json.loads(
            self.daemon.ask("GET", "/readyz")[2]))
        os.rename(moved, self.db)
        line = self.daemon.wait_for("policy_unchanged")
        self.assertNotIn("why=", line)
        status, _, body = self.daemon.ask("GET", "/readyz")
        self.assertEqual(status, 200)
        self.assertNotIn("last_reload_failed", json.loads(body))
        self.assertIn("simwarden_last_reload_succeeded 1\n",
                      self.daemon.ask("GET", "/metrics")[2].decode())

    def store_fails(self, why=""):
        if why:
            self.daemon.wait_for(why)
        self.assertEqual(self.daemon.ask("GET", "/readyz")[0], 503)
        self.assertEqual(self.daemon.ask("POST", "/v1/screen",
                                         json.dumps(UNNAMED))[0], 503)

    def test_an_empty_file_in_its_place_is_not_the_database(self):
        self.screened()
        for tail in ("", "-wal", "-shm"):
            os.rename(self.db + tail, self.path("moved.db" + tail))
        self.write("out.db", "")
        self.store_fails("was moved or removed")
        time.sleep(1.5)
        self.store_fails()
        self.assertIn("is an empty file", json.loads(
            self.daemon.ask("GET", "/readyz")[2])["store_failed"])
        self.assertEqual(os.path.getsize(self.db), 0)
        # Nor at a start.
        self.assertEqual(self.daemon.stop(), 0)
        for more in ("--check",), ():
            done = run("serve", "--config", self.path("simwarden.yaml"), *more)
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertIn("is an empty file", done.stderr)
        os.rename(self.path("moved.db"), self.db)
        self.started(self.settings % self.db)
        self.assertEqual(self.rows("SELECT count(*) FROM verdict"), [(1,)])

    def test_a_file_that_is_overwritten_is_the_database_no_more(self):
        self.screened()
        copy = self.path("copy.db")
        with contextlib.closing(sqlite3.connect(self.db)) as store, \
                contextlib.closing(sqlite3.connect(copy)) as to:
            store.backup(to)
        self.screened()
        with open(copy, "rb") as old, open(self.db, "r+b") as file:
            file.truncate(0)
            file.write(old.read())
        self.store_fails("was overwritten")
        time.sleep(1.5)
        self.store_fails()
        with open(copy, "rb") as old, open(self.db, "rb") as file:
            self.assertEqual(old.read(), file.read())
        self.assertEqual(self.daemon.stop(), 0)
        # As the manual says.
        for tail in ("-wal", "-shm"):
            os.rename(self.db + tail, self.path("lost.db" + tail))
        self.daemon = self.started(self.settings % self.db)
        self.screened()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.rows("SELECT count(*) FROM verdict"), [(2,)])
        self.assertEqual(run("audit", "verify", "--db", self.db).returncode, 0)

    def test_an_emptied_file_is_noticed_also_while_nothing_comes(self):
        self.screened()
        os.truncate(self.db, 0)
        self.store_fails("was overwritten")
        self.assertEqual(self.daemon.stop(), 0)
        log = os.path.getsize(self.db + "-wal")
        self.assertGreater(log, 0)
        for command in (("audit", "verify", "--db", self.db),
                        ("screen", "--db", self.db, os.devnull),
                        ("serve", "--config", self.path("simwarden.yaml"))):
            done = run(*command)
            self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual(os.path.getsize(self.db + "-wal"), log)

    def test_the_log_says_that_an_older_schema_was_brought_up(self):
        self.assertEqual(self.daemon.stop(), 0)
        settings = self.path("simwarden.yaml")
        with contextlib.closing(sqlite3.connect(self.db)) as store:
            (newest,) = store.execute("PRAGMA user_version").fetchone()
            store.executescript(
                "ALTER TABLE part_double DROP COLUMN events_purge;"
                "PRAGMA user_version = 8")
        self.assertEqual(newest, 9)  # one more: undo that step here, too
        done = run("serve", "--config", settings, "--check")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("has the older schema 8", done.stderr)
        daemon = self.started(self.settings % self.db)
        self.assertIn("store_brought_up from=8 to=9", "".join(daemon.said))
        self.assertEqual(daemon.stop(), 0)
        self.assertNotIn("schema", run("serve", "--config", settings,
                                       "--check").stderr)

    def test_a_decision_by_a_clock_that_is_behind_is_said(self):
        told = self.screened({"kind": "request", "request_id": "demo-1",
                              "created_at": "2099-03-02T09:00:00Z"})
        status, _, body = self.daemon.ask("POST", "/v1/decisions", json.dumps(
            {"stored_as": told["source"]["stored_as"], "outcome": "refused",
             "decided_by": "demo_clerk"}))
        self.assertEqual(status, 200, body)
        self.daemon.wait_for("clock_behind")
        self.assertIn("the event of verdict 1", "".join(self.daemon.said))
        self.assertEqual(self.daemon.stop(), 0)
        done = run("audit", "decide", "--db", self.db, "--verdict", "1",
                   "--by", "demo_clerk", "--outcome", "approved")
        self.assertEqual(done.returncode, 0)
        self.assertIn("has not come by this machine's clock", done.stderr)

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
        replayed = run("replay", "--db", self.db, "--old", self.rules,
                       "--new", self.rules)
        self.assertEqual(replayed.returncode, 0, replayed.stderr)

    def test_a_message_without_a_time_arrived_when_it_came(self):
        self.screened()
        self.daemon.ask("POST", "/v1/screen", THREAT["text"],
                        Content_Type="text/plain")
        told = "2026-03-02T02:15:30Z"
        self.screened({**THREAT, "received_at": told})
        self.screened({"kind": "request", "request_id": "demo-1"})
        now = time.time()
        times = [row[0] for row in self.rows(
            "SELECT event_time FROM verdict ORDER BY verdict_id")]
        for came in times[:2]:
            self.assertRegex(came, r"^20\d\d-.*Z$")
            at = datetime.datetime.fromisoformat(came.replace("Z", "+00:00"))
            self.assertLess(abs(at.timestamp() - now), 60)
        self.assertEqual(times[2:], [told, ""])
        self.assertEqual(self.daemon.stop(), 0)
        day = times[0][:10]
        for command in (("replay", "--old", self.rules, "--new", self.rules),
                        ("audit", "verify"), ("replay", "--from", day)):
            done = run(*command, "--db", self.db)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("2 as they were stored, 0 otherwise", done.stdout)

    def test_a_report_counts_what_a_killed_run_has_stored(self):
        for _ in range(3):
            self.screened()
        for kill in (False, True):
            if kill:
                self.daemon.signal(signal.SIGKILL)
                self.daemon.process.wait()
            done = run("report", "--db", self.db, "--format", "markdown")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("NOT complete: seen 3, judged 3, ", done.stdout)
            self.assertIn("at least 3 records of them", done.stdout)

    def test_of_a_purged_verdict_what_is_left_is_told(self):
        told = self.screened()
        self.assertEqual(self.daemon.stop(), 0)
        done = run("audit", "purge", "--db", self.db, "--before",
                   "2099-01-01", "--today", "2099-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        again = self.started(self.settings % self.db)
        found = json.loads(again.ask("GET", "/v1/verdicts/1-1")[2])
        self.assertIsNone(found["verdict"])
        self.assertEqual(found["left"]["action"], told["action"])
        self.assertEqual(found["left"]["score"], told["score"])
        self.assertEqual(found["left"]["top_rule"],
                         told["findings"][0]["rule"])
        self.assertTrue(found["left"]["event_time"])
        self.assertEqual(found["purged"]["class"], "subjects")
        self.assertRegex(found["purged"]["at"], "^20")

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
        # Also behind an index that was made to pass over it.
        with sqlite3.connect(self.db) as db:
            made = db.execute("SELECT sql FROM sqlite_schema WHERE name = "
                              "'decision_by_verdict'").fetchone()[0]
            db.executescript(
                f"DROP INDEX decision_by_verdict; {made} WHERE outcome = '-';"
                "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = "
                f"'{made}' WHERE name = 'decision_by_verdict';")
        found = json.loads(self.daemon.ask("GET", "/v1/verdicts/" + name)[2])
        self.assertEqual(len(found["decisions"]), 1)
        with sqlite3.connect(self.db) as db:
            db.execute("REINDEX")
        self.assertEqual(decide(verdict_id=99, outcome="refused",
                                decided_by="demo_clerk")[0], 422)
        self.assertEqual(decide(verdict_id=found["verdict_id"],
                                outcome="perhaps",
                                decided_by="demo_clerk")[0], 422)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(run("audit", "verify", "--db", self.db).returncode, 0)

    def test_four_eyes_are_asked_for_by_the_settings(self):
        self.assertEqual(self.daemon.stop(), 0)
        daemon = self.started(
            "policies: [%s]\n" % POLICIES +
            self.settings.replace("%s", "%s, four_eyes: true") % self.db)
        status, _, body = daemon.ask(
            "POST", "/v1/screen", json.dumps({"request_id": "demo-1",
                                              "agent": {"id": "demo_a"}}))
        self.assertEqual((status, json.loads(body)["action"]), (200, "refuse"))
        name = json.loads(body)["source"]["stored_as"]
        for by, outcome, status in (("demo_b", "approved", 422),
                                    ("Demo_B ", "assigned", 200),
                                    ("demo_b", "approved", 422),
                                    ("demo_c", "assigned", 200),
                                    ("Demo_A", "approved", 422),
                                    ("demo_b", "approved", 200)):
            told = daemon.ask("POST", "/v1/decisions", json.dumps(
                {"stored_as": name, "outcome": outcome, "decided_by": by}))
            self.assertEqual(told[0], status, (by, told[2]))

    def test_a_decision_names_a_verdict_as_its_answer_did(self):
        names = [self.screened(record)["source"]["stored_as"]
                 for record in (THREAT, UNNAMED, UNNAMED)]
        rows = [{"stored_as": name, "outcome": "refused",
                 "decided_by": "demo_clerk"} for name in names]
        rows[0]["record_id"] = "demo-1"
        decide = lambda text: self.daemon.ask("POST", "/v1/decisions", text)
        csv = "stored_as,outcome,decided_by\n%s,refused,demo_clerk\n"
        for text, stored in (
                (json.dumps(rows[0], indent=2), 1),
                (json.dumps(rows[:2], indent=1), 1),  # the first is repeated
                ("\n".join(json.dumps(row) for row in rows[1:]), 1),
                ("[]", 0), (csv % names[0], 0)):
            status, _, body = decide(text)
            self.assertEqual((status, json.loads(body).get("stored")),
                             (200, stored), body)
        for name in names:
            found = json.loads(self.daemon.ask("GET",
                                               "/v1/verdicts/" + name)[2])
            self.assertEqual(len(found["decisions"]), 1)
        for text, status, said in (
                ("{}", 400, "no row has an outcome"),
                (json.dumps({"verdict_id": 1}), 400, "no row has an outcome"),
                (csv % "9-9" + "%s,refusd,demo_a\n" % names[0], 422,
                 "row 3: outcome “refusd”"),
                ("", 400, "empty"), (" \r\n", 400, "empty"),
                (csv % "9-9", 422, "no such verdict"),
                (csv % "nine", 422, "no name of a verdict"),
                (json.dumps(dict(rows[0], verdict_id=3)), 422, "verdict_id 3"),
                (json.dumps(dict(rows[0], record_id="demo-2")), 422,
                 "is of the record “demo-1”"),
                ("[7]", 422, "no JSON object"), ("[{", 422, "broken")):
            got, _, body = decide(text)
            self.assertEqual(got, status, body)
            self.assertIn(said, body.decode())
        self.assertEqual(self.daemon.stop(), 0)
        done = run("audit", "decide", "--db", self.db, "--from", "-",
                   stdin=csv.replace("refused", "agreed") % names[0])
        self.assertIn("1 stored", done.stdout + done.stderr)

    def test_no_identifier_of_a_record_is_stored_in_clear(self):
        self.screened({"kind": "request", "request_id": "demo-1",
                       "phone_number": "+8613800138000"})
        self.daemon.stop()
        for name in os.listdir(self.folder.name):
            with open(self.path(name), "rb") as file:
                self.assertNotIn(b"13800138000", file.read(), name)
        self.assertNotIn("13800138000", "".join(self.daemon.said))

    def test_an_exchange_ends_the_run_of_the_old_rules(self):
        self.assertEqual(self.daemon.stop(), 0)
        policies = self.path("policies")
        shutil.copytree(POLICIES, policies)
        self.daemon = self.started("policies: [%s/smishing]\n" % policies +
                                   self.settings % self.db)
        self.screened()
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 200)
        self.screened()
        with open(os.path.join(policies, "smishing", "pack.yaml"), "a",
                  encoding="utf-8") as file:
            file.write("# a remark\n")
        self.assertEqual(self.daemon.ask("POST", "/v1/reload")[0], 200)
        self.screened()
        self.assertEqual(self.daemon.stop(), 0)
        # Rules that were in force already went on with their run.
        self.assertEqual(
            self.rows("SELECT line FROM verdict ORDER BY verdict_id"),
            [(1,), (2,), (1,)])
        # The one of setUp judged nothing.
        self.assertEqual(self.rows("SELECT status FROM run"),
                         [("done",)] * 3)
        self.assertEqual(
            self.rows("SELECT DISTINCT state FROM completeness"),
            [("complete",)])


if __name__ == "__main__":
    main()
