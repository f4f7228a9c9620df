#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One person is found, by pseudonym, wherever the database has one.

usage: person_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import csv
import datetime
import io
import json
import os
import shutil
import sqlite3

from outside import Scratch, run, main
from own_policy import record

NUMBER = "+8613800138000"
REQUESTS = [
    record("demo-1", phone_number=NUMBER, created_at="2026-03-02T10:00:00Z"),
    record("demo-2", phone_number="+8613800138001",
           agent={"id": "demo_clerk"}),
    record("demo-3", device={"new": {"imei": "490154203237518"}}),
]
MESSAGES = [
    {"id": "demo-4", "sender": "0086 138-0013-8000", "text": "hello"},
    {"id": "demo-5", "sender": "8613800138000", "text": "hello"},
    {"id": "demo-6", "sender": "+15555550101", "country": "CN",
     "text": "call me at +86 138 0013 8000"},
    {"id": "demo-7", "sender": "+15555550101", "text": "nothing here"},
    {"id": "demo-8", "sender": "demo@mail.example", "text": "hello"},
]


class Person(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")
        self.input = self.write("in.jsonl", "".join(
            line + "\n" for line in REQUESTS + [
                json.dumps(dict(row, kind="message")) for row in MESSAGES]))
        self.screen()

    def screen(self, *more, db=None):
        done = run("screen", "--quiet", "--db", db or self.db, "--output",
                   self.path("v.jsonl"), *more, self.input)
        self.assertEqual(done.returncode, 0, done.stderr)

    def person(self, *numbers, code=0, more=()):
        """(verdict_id, found_in) of each; and what was said."""
        done = run("audit", "person", "--db", self.db, "--number", "-",
                   "--format", "json", *more, stdin="\n".join(numbers))
        self.assertEqual(done.returncode, code, done.stderr)
        self.rows = [json.loads(line) for line in done.stdout.splitlines()]
        return ({row["verdict_id"]: row["found_in"] for row in self.rows},
                done.stderr)

    def test_a_number_is_found_whoever_the_record_is_about(self):
        found, said = self.person(NUMBER)
        self.assertEqual(sorted(found), [1, 5, 6])
        self.assertEqual((found[1], found[5]), ("phone_number", "sender"))
        self.assertIn("contacts[].value", found[6])
        self.assertEqual(said, "")
        self.assertEqual(
            [self.rows[0][name] for name in
             ("kind", "record_id", "line", "event_time", "database")],
            ["request", "demo-1", 1, "2026-03-02T10:00:00Z", self.db])
        for spelling in ("8613800138000", "+86 138 0013 8000",
                         "0086-138-0013-8000", " " + NUMBER + " "):
            self.assertEqual(self.person(spelling)[0], found, spelling)
        both = self.person(NUMBER, "", "0086 138-0013-8000")[0]
        self.assertEqual(sorted(both), [1, 4, 5, 6])

    def test_any_identifier_is_found(self):
        for value, verdict, fields in (
                ("demo_clerk", 2, "agent.id"), ("Demo_Clerk", 2, "agent.id"),
                ("490154203237518", 3, "device.new.imei"),
                ("demo@mail.example", 8, "sender")):
            found = self.person(value)[0]
            self.assertEqual(list(found), [verdict], value)
            self.assertIn(fields, found[verdict])
        self.assertEqual(self.person("+8613800138002")[0], {})

    def test_cases_whose_texts_name_the_person_are_told(self):
        until = str(datetime.date.today() + datetime.timedelta(30))
        self.input = self.write("advert.jsonl", json.dumps({
            "kind": "message", "id": "demo-9", "sender": "+15555550102",
            "text": "eSIM without ID, TG @demo_kaka88, ask Ada Demo at "
                    "+86 138-0013 8000"}) + "\n")
        self.screen("--case", "FD-2026-17", "--case-until", until,
                    "--case-by", "demo_lead")
        with sqlite3.connect(self.db) as store:
            opened = store.execute("SELECT count(*) FROM case_opening")
            self.assertEqual(opened.fetchone(), (0,))
        for value in (NUMBER, "138 0013 8000", "ada demo", "@demo_kaka88"):
            self.person(value)
            cases = {row["record_id"]: row["cases"] for row in self.rows}
            self.assertEqual(cases.pop("demo-9"), "FD-2026-17", value)
            self.assertEqual(set(cases.values()) - {""}, set(), value)
        for value in ("Ada Dem", "+8613800138009", "emo"):
            self.person(value)
            self.assertNotIn("demo-9", [r["record_id"] for r in self.rows])
        done = run("audit", "person", "--db", self.db, "--number", NUMBER)
        self.assertNotIn("138", done.stdout)

    def test_it_is_listed_as_a_table_and_as_csv(self):
        ask = ("audit", "person", "--db", self.db, "--number", NUMBER)
        table = run(*ask).stdout.splitlines()
        self.assertEqual(len(table), 5)
        self.assertTrue(table[0].startswith("verdict_id  event_time"))
        self.assertEqual(table[-1], "3 verdicts")
        rows = list(csv.DictReader(io.StringIO(
            run(*ask, "--format", "csv").stdout)))
        self.assertEqual([row["verdict_id"] for row in rows], ["1", "5", "6"])
        self.assertNotIn("13800138000", "".join(table))

    def test_runs_under_a_key_that_is_not_at_hand_are_told(self):
        old = shutil.move(self.db + ".key", self.path("old.key"))
        self.screen("--profile", "cn-realname", "--new-site-key")
        found, said = self.person(NUMBER, code=4)
        self.assertEqual(sorted(found), [9, 13, 14])
        self.assertRegex(said, r"1 run of \S+ to \S+ with 8 verdicts under "
                         "site key [0-9a-f]{8}, which is not at hand")
        found, said = self.person(NUMBER, more=("--site-key", old))
        self.assertEqual(sorted(found), [1, 5, 6, 9, 13, 14])
        self.assertEqual(said, "")
        done = run("audit", "purge", "--db", self.db, "--before", "2099-01-01",
                   "--today", "2099-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("16 verdicts purged", self.person(NUMBER)[1])

    def test_without_any_key_nobody_is_looked_for(self):
        os.remove(self.db + ".key")
        said = self.person(NUMBER, code=5)[1]
        self.assertIn("--site-key", said)
        self.assertFalse(os.path.exists(self.db + ".key"))
        none = self.path("none.key")
        said = self.person(NUMBER, code=5, more=("--site-key", none))[1]
        self.assertIn("there is no such site key", said)
        self.assertFalse(os.path.exists(none))

    def test_what_is_not_kept_is_told(self):
        self.db = self.path("bare.db")
        self.screen("--keep", "verdicts")
        found, said = self.person(NUMBER)
        self.assertEqual(found, {1: "phone_number", 5: "sender"})
        self.assertIn("of 8 verdicts no facts are kept", said)
        done = run("audit", "purge", "--db", self.db, "--before", "2099-01-01",
                   "--today", "2099-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        found, said = self.person(NUMBER)
        self.assertEqual(found, {})
        self.assertIn("8 verdicts purged of pseudonyms", said)
        self.assertNotIn("no facts are kept", said)

    def test_damaged_facts_are_told(self):
        with sqlite3.connect(self.db) as db:
            db.execute("UPDATE kept_facts SET facts = zeroblob(10)")
        found, said = self.person(NUMBER, code=4)
        self.assertEqual(sorted(found), [1, 5])
        self.assertIn("block 1", said)

    def test_several_databases_and_merged_ones_are_asked(self):
        other = self.path("other.db")
        self.screen("--profile", "cn-realname", db=other)
        ask = ("--db", other)
        found, said = self.person(NUMBER, more=ask)
        self.assertEqual(len(self.rows), 6)
        self.assertEqual({row["database"] for row in self.rows},
                         {self.db, other})
        merged = self.path("all.db")
        done = run("audit", "merge", "--db", self.db, "--db", other,
                   "--output", merged)
        self.assertEqual(done.returncode, 0, done.stderr)
        keys = ("--site-key", self.db + ".key", "--site-key", other + ".key")
        self.db = merged
        found, said = self.person(NUMBER, more=keys)
        self.assertEqual(sorted(found), [1, 5, 6, 9, 13, 14])

    def test_wrong_usage_is_named(self):
        self.assertIn("standard input has no number",
                      self.person(" ", "", code=3)[1])
        self.assertIn("not those of one person",
                      self.person(*("1" * 9 for _ in range(1001)),
                                  code=3)[1])
        done = run("audit", "person", "--db", self.path("none.db"),
                   "--number", NUMBER)
        self.assertEqual(done.returncode, 5)


if __name__ == "__main__":
    main()
