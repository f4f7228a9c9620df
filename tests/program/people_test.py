#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Decisions by people, through the program.

usage: people_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import csv
import io
import json
import os
import shutil
import subprocess

from outside import CHECKOUT, PROGRAM, run, main
from people import FAR_DAY, RECORDS, People


class Decisions(People):
    def setUp(self):
        super().setUp()
        self.screen("--quiet", RECORDS)

    def test_a_rule_that_names_an_instrument_as_a_whole_has_its_row(self):
        policies = self.path("policies")
        shutil.copytree(os.path.join(CHECKOUT, "policies"), policies)
        for folder, _, names in os.walk(policies):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text.replace("us-fcc-64.2010/h-4",
                                            "us-fcc-64.2010"))
        self.screen("--policy", policies, RECORDS)
        done = run("report", "--db", self.db, "--policy", policies,
                   "--format", "csv", "--table", "obligations")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        [whole] = [row for row in rows if row["control"] == "us-fcc-64.2010"]
        self.assertEqual(whole["state"], "not met in places")
        self.assertGreater(int(whole["not_met"]), 0)
        for row in rows:
            if row["checked"]:
                parts = ("not_met", "undetermined", "waived", "nothing_found")
                self.assertEqual(int(row["checked"]),
                                 sum(int(row[part]) for part in parts))

    def test_a_decision_is_stored_listed_and_proven(self):
        done = self.decide("--verdict", "3", "--outcome", "fraud_confirmed",
                           "--owner", "demo_lead", "--due", "2026-12-31",
                           "--note", "call +86 138 0013 8000, code 482913")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "decision 1: verdict 3 fraud_confirmed "
                         "by demo_clerk\n")
        [(outcome, state, note)] = self.ask(
            "SELECT outcome, state, note FROM decision")
        self.assertEqual((outcome, state), ("fraud_confirmed", "open"))
        self.assertNotIn("8000", note)
        self.assertNotIn("482913", note)
        self.assertNotIn("482913", self.everything_written())
        listed = self.audit("cases")
        self.assertIn("demo_lead", listed.stdout)
        self.assertIn("1 open", listed.stdout)
        self.assertIn("1 decision, ", self.verify())

    def table(self, name, key):
        done = run("report", "--db", self.db, "--format", "csv", "--table",
                   name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {row[key]: row
                for row in csv.DictReader(io.StringIO(done.stdout))}

    def test_a_confirmed_fraud_that_is_taken_back_is_counted_no_more(self):
        passed = self.ask("SELECT verdict_id FROM verdict WHERE "
                          "action = 'pass' AND event_time <> ''")[0][0]

        def frauds_after(*outcomes):
            for outcome in outcomes:
                done = self.decide("--verdict", str(passed), "--outcome",
                                   outcome)
                self.assertEqual(done.returncode, 0, done.stderr)
            decided = self.table("decisions", "outcome")
            row = "passed or for review, and fraud confirmed"
            return (sum(int(row["fraud"]) for row in
                        self.table("fraud_by_month", "month").values()),
                    int(decided[row]["request"]),
                    int(decided["against the verdict"]["request"]))

        # Some say it of themselves.
        fraud = frauds_after("approved")[0]
        self.assertEqual(frauds_after("fraud_confirmed"), (fraud + 1, 1, 1))
        self.assertEqual(frauds_after("false_alarm"), (fraud, 0, 0))
        log = self.table("remediation", "outcome")
        self.assertEqual(log["fraud confirmed"]["taken_back"], "false alarm")
        self.assertEqual(log["false alarm"]["taken_back"], "")
        self.assertEqual(frauds_after("fraud_confirmed"), (fraud + 1, 1, 1))

    def test_no_silence_is_promised_where_there_is_none(self):
        for verb in (("cases",), ("open", "--case", "1", "--why", "demo"),
                     ("decide", "--verdict", "1", "--outcome", "approved")):
            self.assertEqual(self.audit(*verb, "--quiet").returncode, 3, verb)

    def everything_written(self):
        text = b""
        for name in os.listdir(self.folder.name):
            with open(self.path(name), "rb") as file:
                text += file.read()
        return text.decode("latin-1")

    def test_an_index_that_hides_an_open_case_is_said(self):
        for outcome in ("refused", "appealed"):
            done = self.decide("--verdict", "73", "--outcome", outcome)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.strike("decision_by_verdict", "outcome <> 'appealed'")
        for done in (self.audit("cases"), self.audit("cases", "--undecided")):
            self.assertEqual(done.returncode, 4, done.stdout)
            self.assertIn("decisions may be hidden: row 2 missing from index "
                          "decision_by_verdict; see simwarden audit verify",
                          done.stderr)
        # A single verdict's decisions are looked for without it.
        done = run("explain", "--db", self.db, "--verdict", "73")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("appealed by demo_clerk", done.stdout)
        self.ask("UPDATE decision_row SET owner = 'demo_x' "
                 "WHERE outcome = 'appealed'")
        done = run("explain", "--db", self.db, "--verdict", "73")
        self.assertEqual(done.returncode, 4, done.stdout)

    def test_four_eyes_let_a_stopped_request_through(self):
        # Taken by a-7701.
        approve = ("--verdict", "73", "--outcome", "approved", "--four-eyes")
        alone = self.decide(*approve)
        self.assertEqual(alone.returncode, 3, alone.stdout)
        self.assertIn("nobody but demo_clerk vouches", alone.stderr)
        self.audit("decide", "--by", "demo_lead", "--verdict", "73",
                   "--outcome", "assigned")
        for name in ("a-7701", "A-7701 "):
            own = self.audit("decide", "--by", name, *approve)
            self.assertEqual(own.returncode, 3, own.stdout)
            self.assertIn("verdict 73: %s took this request (agent.id)" % name,
                          own.stderr)
        rows = self.write("own.csv", "verdict_id,outcome,decided_by\n"
                          "73,approved,a-7701\n")
        own = self.audit("decide", "--four-eyes", "--from", rows)
        self.assertEqual(own.returncode, 4, own.stdout)
        self.assertIn(":2: verdict 73: a-7701 took this request", own.stderr)
        self.assertEqual(self.ask("SELECT count(*) FROM decision"), [(1,)])
        both = self.decide(*approve)
        self.assertEqual(both.returncode, 0, both.stderr)
        self.assertIn("\n0 held or refused and let through by one person\n",
                      self.audit("cases", "--one-person").stdout)
        self.decide("--verdict", "74", "--outcome", "approved")
        shown = self.audit("cases", "--one-person").stdout
        self.assertIn("\n1 held or refused and let through by one person\n",
                      shown)
        self.assertIn("\n74 ", shown)
        # Purged: whether it was his own nobody knows any more.
        self.audit("purge", "--class", "excerpts", "--before", "2099-01-01",
                   *FAR_DAY)
        gone = self.decide(*approve)
        self.assertEqual(gone.returncode, 3, gone.stdout)
        self.assertIn("verdict 73: what is kept of its record is gone: whether "
                      "demo_clerk took it (agent.id) cannot", gone.stderr)
        # A refusal needs nobody.
        refuse = ("--verdict", "73", "--outcome", "refused", "--four-eyes")
        self.assertEqual(self.decide(*refuse).returncode, 0)
        # Who may not know who took it does not guess.
        os.rename(self.db + ".key", self.path("lost.key"))
        lost = self.decide(*approve)
        self.assertEqual(lost.returncode, 5, lost.stdout)
        self.assertIn("out.db.key: is not there", lost.stderr)

    def test_under_four_eyes_a_taker_that_is_no_valid_value_is_nobodys(self):
        def stopped(record_id, agent):
            return json.dumps({
                "kind": "request", "request_id": record_id, "agent": agent,
                "channel": {"type": "store_own"}})
        takers = {"list": {"id": ["demo_clerk"]}, "null": {"id": None},
                  "nobody": {}}
        lines = [stopped(name, agent) for name, agent in takers.items()]
        self.screen("--quiet", self.write("takers.jsonl", "\n".join(lines)))
        kept = dict(self.ask("SELECT record_id, verdict_id FROM verdict"))
        for name in takers:
            verdict = str(kept[name])
            self.audit("decide", "--by", "demo_lead", "--verdict", verdict,
                       "--outcome", "assigned")
            done = self.decide("--verdict", verdict, "--outcome", "approved",
                               "--four-eyes")
            if name != "list":
                self.assertEqual(done.returncode, 0, done.stderr)
                continue
            self.assertEqual(done.returncode, 3, done.stdout)
            self.assertIn("who took it (agent.id) was recorded with a value "
                          "that is none: whether it was demo_clerk cannot be "
                          "told", done.stderr)

    def test_of_a_verdict_it_is_said_what_came_after_it(self):
        self.screen("--quiet", "--profile", "us-fcc", RECORDS)
        [later] = [row[0] for row in self.ask(
            "SELECT verdict_id FROM verdict WHERE record_id = (SELECT "
            "record_id FROM verdict WHERE verdict_id = 73) AND verdict_id > 73")]
        done = run("explain", "--db", self.db, "--verdict", "73")
        self.assertIn("verdict %d stands for it now" % later, done.stdout)
        done = run("explain", "--db", self.db, "--verdict", str(later))
        self.assertNotIn("stands for it now", done.stdout)
        self.audit("purge", "--class", "verdicts", "--before", "2099-01-01",
                   "--today", "2099-01-01")
        done = run("explain", "--db", self.db, "--verdict", "73")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertRegex(done.stderr, r"verdict 73 was purged 2\S+Z, with the "
                         "class verdicts")
        done = run("explain", "--db", self.db, "--verdict", "99999")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("has no verdict 99999", done.stderr)

    def test_two_decisions_are_two_rows_and_the_newest_counts(self):
        for outcome in ("fraud_confirmed", "remedied"):
            self.decide("--verdict", "3", "--outcome", outcome)
        self.assertEqual(self.ask("SELECT outcome FROM decision"),
                         [("fraud_confirmed",), ("remedied",)])
        self.assertEqual(self.ask("SELECT * FROM open_case"), [])
        self.assertIn("0 open", self.audit("cases").stdout)
        self.verify()

    def test_wrong_words_are_exit_code_3_and_store_nothing(self):
        for arguments, said in (
                (("--verdict", "99999", "--outcome", "approved"),
                 "verdict 99999: this database has no such verdict_id"),
                (("--verdict", "1", "--outcome", "ok"), "outcome “ok”"),
                (("--verdict", "1", "--outcome", "approved", "--due", "soon"),
                 "due “soon”"),
                (("--verdict", "1", "--outcome", "approved", "--at",
                  "2999-01-01T00:00:00Z"), "has not come yet"),
                (("--verdict", "x", "--outcome", "approved"), "--verdict"),
                (("--verdict", "1"), "--outcome"),
                ((), "--from"),
                (("--verdict", "1", "--outcome", "approved", "--from", "x"),
                 "--from")):
            done = self.decide(*arguments)
            self.assertEqual(done.returncode, 3, arguments)
            self.assertIn(said, done.stderr)
        self.assertEqual(self.ask("SELECT count(*) FROM decision"), [(0,)])

    def test_a_database_that_is_not_there_is_not_made(self):
        self.db = self.path("absent.db")
        for done in (self.decide("--verdict", "1", "--outcome", "approved"),
                     self.audit("cases"),
                     self.audit("open", "--case", "x", "--why", "y")):
            self.assertEqual(done.returncode, 5, done.stderr)
        self.assertFalse(os.path.exists(self.db))

    def test_a_sample_goes_to_the_desk_and_comes_back(self):
        def sample():
            done = run("report", "--db", self.db, "--format", "csv",
                       "--table", "sample")
            self.assertEqual(done.returncode, 0, done.stderr)
            return list(csv.DictReader(io.StringIO(done.stdout)))
        rows = sample()
        self.assertGreater(len(rows), 20)
        for number, row in enumerate(rows[:20]):
            row["outcome"] = "disagreed" if number == 4 else "agreed"
            row["note"] = "a note; with \"quotes\"\nand two lines"
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        # As a spreadsheet in Europe saves it.
        path = self.write("sample.csv", "\ufeff" + out.getvalue())
        for expected in ("20 stored, 0 repeated", "0 stored, 20 repeated"):
            done = self.audit("decide", "--by", "demo_reviewer", "--from",
                              path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(expected + ", %d without" % (len(rows) - 20),
                          done.stdout)
        again = sample()
        self.assertEqual([row["outcome"] for row in again[:20]],
                         [row["outcome"] for row in rows[:20]])
        self.assertEqual(again[0]["decided_by"], "demo_reviewer")
        done = run("report", "--db", self.db, "--format", "csv", "--table",
                   "reviews")
        reviews = list(csv.DictReader(io.StringIO(done.stdout)))
        self.assertEqual(sum(int(row["reviewed"]) for row in reviews), 20)
        self.assertEqual(sum(int(row["errors"]) for row in reviews), 1)
        self.verify()

    def test_json_lines_come_from_standard_input(self):
        lines = [{"verdict_id": 1, "outcome": "approved"},
                 {"verdict_id": "2", "outcome": "refused", "note": None,
                  "decided_by": "demo_other"}]
        done = self.decide("--from", "-", stdin="\n".join(
            map(json.dumps, lines)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.ask("SELECT verdict_id, decided_by FROM decision"
                                  ), [(1, "demo_clerk"), (2, "demo_other")])

    def test_every_wrong_row_is_named_and_none_is_stored(self):
        path = self.write("rows.csv", "verdict_id,outcome,due\n1,approved,\n"
                          "99999,approved,\n2,perhaps,\n\n3,refused,soon\n")
        done = self.decide("--from", path)
        self.assertEqual(done.returncode, 4)
        for line, said in ((3, "no such verdict_id"), (4, "“perhaps”"),
                           (6, "“soon”")):
            self.assertIn("%s:%d: " % (path, line), done.stderr)
            self.assertIn(said, done.stderr)
        self.assertIn("nothing was stored, 3 of its rows cannot be",
                      done.stderr)
        # Those that cannot be read hide none that cannot be stored.
        path = self.write("rows.csv", "verdict_id,outcome\n1,aproved\n"
                          "99999,refused\nabc,refused\n")
        done = self.decide("--from", path)
        self.assertEqual([line[len(path):][:3] for line in
                          done.stderr.splitlines()[:3]], [":2:", ":3:", ":4:"])
        path = self.write("rows.jsonl", '{"stored_as":"9-9","outcome":'
                          '"refused"}\n{"verdict_id":1,"outcome":"aproved"}\n')
        done = self.decide("--from", path)
        for said in (":1: stored_as", ":2: outcome “aproved”"):
            self.assertIn(said, done.stderr)
        for text, said in (("verdict_id,outcom\n1,approved\n", "outcome"),
                           ("verdict_id,outcome\nx,approved\n", "“x”"),
                           ("verdict_id,outcome\n1,a,b\n", "3 cells"),
                           ("verdict_id,outcome\n1,\"a\n", "quote"),
                           ('{"verdict_id":1,\n', "no JSON object"),
                           ('{"verdict_id":1.5}\n', "verdict_id"),
                           ('{"verdikt":1}\n', "“verdikt”"),
                           ("verdict_id,outcome\n1,\xff\n",
                            ":2: is not UTF-8"),
                           ("verdict_id,outcome\n1,\x1b[31m\n", "“·[31m”")):
            path = self.write("rows.csv", text.encode("latin-1"), "wb")
            done = self.decide("--from", path)
            self.assertEqual(done.returncode, 4, text)
            self.assertIn(said, done.stderr)
        self.assertEqual(self.ask("SELECT count(*) FROM decision"), [(0,)])

    def test_a_file_without_decisions_is_said_to_be_one(self):
        for text in ("", "\n", "verdict_id,outcome\n"):
            done = self.decide("--from", self.write("rows.csv", text))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("rows.csv: no decision stood in it", done.stderr)

    def test_what_cannot_be_read_is_exit_code_5(self):
        for path in (self.path("absent.csv"), self.folder.name):
            self.assertEqual(self.decide("--from", path).returncode, 5)
        closed = subprocess.run(
            ["sh", "-c", 'exec "$@" <&-', "sh", PROGRAM, "audit", "decide",
             "--db", self.db, "--from", "-"], capture_output=True, text=True,
            timeout=120)
        self.assertEqual(closed.returncode, 5, closed.stderr)
        self.assertIn("/dev/stdin", closed.stderr)
        empty = self.decide("--from", "-", stdin="")
        self.assertEqual(empty.returncode, 0, empty.stderr)
        self.assertIn("0 stored", empty.stdout)

    def test_what_nobody_decided_is_a_list_that_can_be_filled_in(self):
        done = self.audit("cases", "--undecided", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        stopped = self.ask("SELECT count(*) FROM verdict WHERE action IN "
                           "('hold', 'refuse')")[0][0]
        self.assertEqual(len(rows), stopped)
        self.assertEqual(rows[0]["action"], "refuse")
        for row in rows:
            row["outcome"] = "refused"
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        done = self.decide("--from", self.write("done.csv", out.getvalue()))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.audit("cases", "--undecided", "--format", "json")
        self.assertEqual(done.stdout, "")
        done = self.audit("cases", "--undecided", "--limit", "1")
        self.assertIn("0 held or refused and undecided", done.stdout)

    def test_an_export_carries_outcomes_and_no_name(self):
        self.decide("--verdict", "3", "--outcome", "false_alarm", "--owner",
                    "demo_lead", "--note", "demo words")
        folder = self.path("evidence")
        done = self.audit("export", "--output", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(folder, "chain.jsonl"),
                  encoding="utf-8") as file:
            bodies = [json.loads(json.loads(line)["body"]) for line in file]
        [body] = [body for body in bodies if body["kind"] == "decision"]
        self.assertEqual((body["verdict"], body["outcome"]),
                         (3, "false_alarm"))
        for private in ("demo_clerk", "demo_lead", "demo words"):
            self.assertNotIn(private, json.dumps(bodies))

    def test_a_name_does_not_paint_on_the_terminal(self):
        self.decide("--verdict", "3", "--outcome", "assigned")
        self.ask("UPDATE decision_row SET owner = char(27) || '[31m'")
        self.assertNotIn("\x1b", self.audit("cases").stdout)


if __name__ == "__main__":
    main()
