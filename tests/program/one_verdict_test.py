#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One verdict, handed out with what proves it and nothing of others: the
script of docs/audit.md says so, and finds what is changed in it.

usage: one_verdict_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import glob
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys

from manual_scripts import scripts
from outside import run, main
from own_policy import PACK, WAIVERS, Site, record

# Two people in one block; the first is waived, on trial and hit.
ANNA = record("demo-anna", phone_number="+8613800138000",
              created_at="2026-03-02T10:00:00Z", agent={"id": "demo_clerk_1"},
              channel={"id": "DL-1"}, urgency_claimed=True)
BERT = record("demo-bert", phone_number="+8613800138001",
              created_at="2026-03-03T11:22:33Z", agent={"id": "demo_clerk_2"},
              channel={"id": "DL-2"})
CARL = record("demo-carl", phone_number="+8613800138002",
              created_at="2026-03-04T10:00:00Z", agent={"id": "demo_clerk_3"},
              channel={"id": "DL-3"})


class OneVerdict(Site):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")
        self.rules = self.policy("rules", waivers=WAIVERS)
        self.records = self.write("records.jsonl", ANNA + "\n" + BERT + "\n")
        self.screen(self.records)
        self.write("verify_evidence.py", scripts()["verify_evidence.py"])
        self.key = self.path("audit.key")
        self.checkpoints = 0
        self.out = self.path("handed out")

    def screen(self, *inputs, policy=None):
        done = run("screen", "--quiet", "--policy", policy or self.rules,
                   "--db", self.db, "--output", self.path("v.jsonl"), *inputs)
        self.assertEqual(done.returncode, 0, done.stderr)

    def decide(self, verdict, outcome, *more):
        done = run("audit", "decide", "--db", self.db, "--verdict",
                   str(verdict), "--outcome", outcome, "--by", "demo_lead",
                   *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def checkpoint(self):
        """Of the database at hand, with a key that is made at the first."""
        new = () if os.path.exists(self.key) else ("--new-key",)
        self.checkpoints += 1
        signed = self.path("checkpoint-%d.json" % self.checkpoints)
        done = run("audit", "checkpoint", "--db", self.db, "--key", self.key,
                   *new, "--output", signed)
        self.assertEqual(done.returncode, 0, done.stderr)
        return signed

    def export(self, verdict, *more, code=0):
        shutil.rmtree(self.out, ignore_errors=True)
        done = run("audit", "export", "--db", self.db, "--verdict",
                   str(verdict), "--output", self.out, *more)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def verify(self, signed):
        return subprocess.run(
            [sys.executable, self.path("verify_evidence.py"), self.out,
             signed, self.key + ".pub"], capture_output=True, text=True)

    def fits(self, signed):
        done = self.verify(signed)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def file(self, name):
        return os.path.join(self.out, name)

    def read(self, name):
        with open(self.file(name), encoding="utf-8") as file:
            return file.read()

    def forged(self, signed, name, text, said):
        """Found, though SHA256SUMS was made to fit."""
        whole, sums = self.read(name), self.read("SHA256SUMS")
        self.write(self.file(name), text)
        old, new = (hashlib.sha256(each.encode()).hexdigest()
                    for each in (whole, text))
        self.write(self.file("SHA256SUMS"), sums.replace(old, new))
        done = self.verify(signed)
        self.assertEqual(done.returncode, 1, (said, text[:200], done.stdout))
        self.assertIn(said, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.write(self.file(name), whole)
        self.write(self.file("SHA256SUMS"), sums)

    def rewritten(self, signed, said, change):
        """The same of what `change` does to the object of verdict.json."""
        told = json.loads(self.read("verdict.json"))
        change(told)
        self.forged(signed, "verdict.json", json.dumps(told), said)


class HandedOut(OneVerdict):
    def test_it_is_proven_and_said(self):
        self.decide(1, "refused", "--note", "the customer was told")
        signed = self.checkpoint()
        self.export(1, "--key", self.key, "--facts")
        said = self.fits(signed)
        self.assertIn("verdict 1, %s, line 1: pass, 0 points" % self.records,
                      said)
        self.assertIn("45 DEM-001 (waived): Not registered.", said)
        self.assertIn("refused by demo_lead", said)
        self.assertNotIn("nobody has signed", said)
        text = self.read("verdict.txt")
        self.assertIn("demo-anna", text)
        self.assertIn("the customer was told", text)
        self.assertIn("demo_clerk_1", ANNA)
        self.assertNotIn("demo_clerk_1", self.read("facts.json"))
        self.assertEqual(json.loads(self.read("facts.json"))["channel"]["id"],
                         "DL-1")
        self.export(1, "--language", "zh")
        self.assertIn("判定 1", self.read("verdict.txt"))

    def test_nothing_of_another_record_is_in_it(self):
        self.decide(2, "fraud_confirmed", "--note", "a secret of demo-bert",
                    "--owner", "demo_other_owner")
        with sqlite3.connect(self.db) as db:
            others = list(db.execute(
                "SELECT record_id, subject, event_time, verdict_json "
                "FROM verdict_row WHERE verdict_id = 2").fetchone())
            self.assertEqual(len({row[0] for row in db.execute(
                "SELECT block_id FROM verdict_row")}), 1)
        self.screen(self.write("more.jsonl", CARL + "\n"))
        others += ["demo-bert", "demo-carl", "13800138001", "DL-2", "DL-3",
                   "demo_clerk_2", "more.jsonl", "a secret of demo-bert",
                   "demo_other_owner", "2026-03-03T11:22:33"]
        self.checkpoint()
        self.export(1, "--key", self.key, "--facts")
        found = 0
        for name in glob.glob(self.file("**"), recursive=True):
            if not os.path.isfile(name):
                continue
            with open(name, "rb") as file:
                data = file.read()
            found += b"demo-anna" in data
            for value in others:
                self.assertNotIn(value.encode(), data, name)
        self.assertEqual(found, 2)
        self.assertEqual(len(self.read("rows.jsonl").splitlines()), 1)

    def test_what_was_changed_is_named(self):
        self.decide(1, "refused", "--note", "the customer was told")
        self.decide(1, "complained")
        signed = self.checkpoint()
        self.export(1)
        self.fits(signed)
        row = "verdict 1 was changed"
        form = "is not as an export writes it"

        def put(**values):
            return lambda told: told.update(values)

        def in_row(name, **values):
            return lambda told: told[name][0].update(values)

        def json_told(old, new):
            def change(told):
                self.assertIn(old, told["verdict_json"])
                told["verdict_json"] = told["verdict_json"].replace(old, new)
            return change

        def no_salt(told):
            for name in ("salt", "record_id", "subject", "verdict_json"):
                del told[name]
            told["personal"] = "0" * 64

        for said, change in (
                (row, put(score=1)), (row, put(action="refuse")),
                (row, put(kind="message")), (row, put(line=2)),
                (row, put(record_id="demo-other")), (row, put(subject="")),
                (row, put(event_time="2026-03-02T10:00:01Z")),
                (row, put(profile="cn-realname")), (row, put(top_rule="X")),
                (row, put(salt="t1:0")), (row[9:], put(verdict_id=2)),
                (row[9:], put(verdict_id=3)), (row, put(shadow_hits=[])),
                (row, put(waived_hits=[])),
                (row, in_row("waived_hits", approved_by="Nobody")),
                (row, in_row("shadow_hits", score=1)),
                (row, json_told("Not registered", "Registered")),
                (row, lambda told: told.pop("verdict_json")),
                ("the source of verdict 1", put(source="other.jsonl")),
                ("the chain has no block 1", put(block=2)),
                ("decision 1 was changed",
                 in_row("decisions", note="nobody was told")),
                ("decision 1 was changed",
                 in_row("decisions", outcome="approved")),
                ("decision 1 was changed",
                 in_row("decisions", decided_by="demo_other")),
                ("decision 1 was changed",
                 in_row("decisions", stored_at="2020-01-01T00:00:00Z")),
                ("decision 2 about the verdict is missing",
                 lambda told: told["decisions"].pop()),
                ("decision 9: the chain does not know it",
                 lambda told: told["decisions"].append(
                     dict(told["decisions"][0], decision_id=9))),
                (form, put(more="something")), (form, no_salt),
                (form, lambda told: told.pop("line")),
                (form, in_row("decisions", more="something")),
                (form, in_row("shadow_hits", more="something")),
                (form, in_row("waived_hits", more="something")),
                ("a key stands there twice",
                 lambda told: told["decisions"].insert(0, dict(
                     told["decisions"][0], note="what else")))):
            self.rewritten(signed, said, change)
        twice = self.read("verdict.json").replace(
            '"score"', '"score":99,"score"', 1)
        self.forged(signed, "verdict.json", twice, "a key stands there twice")
        told = json.loads(self.read("rows.jsonl"))
        told["rows"][:2] = reversed(told["rows"][:2])
        self.forged(signed, "rows.jsonl", json.dumps(told) + "\n",
                    "the rows of block 1 were changed")
        chain = self.read("chain.jsonl").splitlines(keepends=True)
        for at in range(len(chain)):
            self.forged(signed, "chain.jsonl",
                        "".join(chain[:at] + chain[at + 1:]),
                        "chain.jsonl: link" if at < len(chain) - 1 else
                        "decision 2: the chain does not know it")
        for name in ("policies/*/demo/pack.yaml", "policies/*/waivers.yaml",
                     "rulesets/*"):
            [path] = glob.glob(self.file(name))
            name = os.path.relpath(path, self.out)
            self.forged(signed, name, self.read(name) + " ", "was changed")

    def test_what_was_signed_cannot_be_changed(self):
        signed = self.checkpoint()
        self.export(1, "--key", self.key)
        self.fits(signed)
        self.forged(signed, "verdict.txt", self.read("verdict.txt") + " ",
                    "no key that was given has signed it")
        os.remove(self.file("SHA256SUMS.sig"))
        self.assertIn("SHA256SUMS: no key", self.verify(signed).stderr)

    def test_what_nobody_has_signed_is_named(self):
        signed = self.checkpoint()
        self.export(1, "--facts")
        said = self.fits(signed)
        for name in ("verdict.txt", "facts.json"):
            self.assertIn(name + ": nobody has signed it", said)
        self.export(2)
        self.assertNotIn("facts.json", self.fits(signed))

    def test_what_is_not_as_it_was_written_is_not_handed_out(self):
        self.decide(1, "refused")
        for query in ("UPDATE verdict_row SET score = 1 WHERE verdict_id = 1",
                      "UPDATE decision_row SET outcome = 'approved'"):
            kept = self.path("kept.db")
            shutil.copy(self.db, kept)
            with sqlite3.connect(self.db) as db:
                db.execute(query)
            done = self.export(1, code=4)
            self.assertIn("as it was written", done.stderr)
            self.assertFalse(os.path.exists(self.out))
            shutil.copy(kept, self.db)
        for verdict, code in ((99, 3), ("x", 3), ("1-2", 0)):
            self.export(verdict, code=code)
        self.assertEqual(json.loads(self.read("verdict.json"))["record_id"],
                         "demo-bert")

    def test_a_record_that_was_judged_again_has_both_decisions(self):
        self.decide(1, "refused", "--note", "the first time")
        self.screen(self.records, policy=self.policy("other", PACK.replace(
            "DEM-001", "DEM-009")))
        self.decide(3, "approved", "--note", "the second time")
        signed = self.checkpoint()
        for verdict, rule in ((1, "DEM-001"), (3, "DEM-009")):
            self.export(verdict)
            self.assertIn(rule, self.fits(signed))
            self.assertEqual(len(os.listdir(self.file("policies"))), 1)
            told = json.loads(self.read("verdict.json"))
            self.assertEqual([row["verdict_id"] for row in told["decisions"]],
                             [1, 3])
        self.export(1)
        self.assertIn("verdict 3 stands for it now", self.read("verdict.txt"))
        self.rewritten(signed, "decision 2 was changed",
                       lambda told: told["decisions"][1].update(note="x"))


class Purged(OneVerdict):
    def purge(self, what):
        done = run("audit", "purge", "--db", self.db, "--before", "2099-01-01",
                   "--today", "2099-01-01", "--class", what)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_is_left_is_proven_and_told_as_purged(self):
        self.decide(1, "refused", "--note", "the customer was told")
        self.screen(self.write("more.jsonl", CARL + "\n"))
        for what in ("excerpts", "subjects"):
            self.purge(what)
            signed = self.checkpoint()
            done = self.export(1, "--facts", code=4)
            self.assertIn("no longer kept", done.stderr)
            self.assertIn("no facts of its record are kept", done.stderr)
            said = self.fits(signed)
            self.assertIn("was purged", said)
            self.assertIn("with the class excerpts", said)
            told = json.loads(self.read("verdict.json"))
            for name in ("record_id", "subject", "verdict_json", "salt"):
                self.assertNotIn(name, told)
            self.assertNotIn("the customer was told", self.read("verdict.txt"))
            self.rewritten(signed, "verdict 1 was changed",
                           lambda told: told.update(score=1))
            self.rewritten(signed, "was not taken by purge",
                           lambda told: told["purge"]["list"].pop())
            self.rewritten(
                signed, "was not taken by purge 2",
                lambda told: told["purge"].update(purge_id=2))
        self.purge("verdicts")
        done = self.export(1, code=4)
        self.assertIn("verdict 1 was purged", done.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_nobody_says_purged_of_what_is_there(self):
        """A reason and a note, by the name of a purge that took others."""
        self.decide(1, "refused", "--note", "the first")
        self.purge("subjects")
        self.screen(self.write("more.jsonl", CARL + "\n"))
        self.decide(3, "refused", "--note", "the second")
        signed = self.checkpoint()
        self.export(1, code=4)
        old = json.loads(self.read("verdict.json"))
        self.export(3)
        self.fits(signed)
        new = json.loads(self.read("verdict.json"))
        secret = [new.pop(name) for name in
                  ("salt", "record_id", "subject", "verdict_json")]
        digest = hashlib.sha256("".join(
            "%d:%s," % (len(value.encode()), value)
            for value in secret).encode())
        hidden = dict(new, personal=digest.hexdigest(), purge=old["purge"])
        self.forged(signed, "verdict.json", json.dumps(hidden),
                    "block 2 was not taken by purge 1")
        hidden["purge"]["list"].append(2)
        self.forged(signed, "verdict.json", json.dumps(hidden),
                    "block 2 was not taken by purge 1")
        note = old["decisions"][0]["purge"]
        self.rewritten(
            signed, "decision 2 was not taken by purge",
            lambda told: told.update(decisions=[dict(
                {name: value for name, value in told["decisions"][0].items()
                 if name not in ("salt", "note")},
                purge=note, note_digest="0" * 64)]))


class Merged(OneVerdict):
    def merge(self, *parts):
        self.db = self.path("all.db")
        done = run("audit", "merge", *(word for part in parts
                                       for word in ("--db", part)),
                   "--output", self.db)
        self.assertEqual(done.returncode, 0, done.stderr)

    def part(self, name, *inputs):
        self.db = self.path(name)
        self.screen(*inputs)
        return self.db

    def test_a_checkpoint_of_a_part_holds_for_it(self):
        north = self.db
        self.decide(1, "refused", "--note", "in the north")
        south = self.part("south.db", self.write("more.jsonl", CARL + "\n"),
                          self.records)
        self.decide(1, "complained", "--note", "in the south, of carl")
        self.decide(2, "appealed", "--note", "in the south, of anna")
        signed = self.checkpoint()
        self.merge(north, south)
        self.export(1)
        self.assertIn("the checkpoint saw parts/2.jsonl", self.fits(signed))
        told = json.loads(self.read("verdict.json"))
        self.assertEqual([row["outcome"] for row in told["decisions"]],
                         ["refused", "appealed"])
        for at, number in enumerate((1, 3)):
            self.rewritten(signed,
                           "decision %d about the verdict is missing" % number,
                           lambda told: told["decisions"].pop(at))
        [carl] = [row[0] for row in sqlite3.connect(self.db).execute(
            "SELECT verdict_id FROM verdict_row WHERE record_id = 'demo-carl'")]
        self.export(carl)
        self.fits(signed)
        self.rewritten(signed, "decision 2 was changed",
                       lambda told: told["decisions"][0].update(note="x"))

    def test_what_a_part_had_purged_is_told_so(self):
        north = self.db
        south = self.part("south.db", self.write("more.jsonl", CARL + "\n"))
        self.decide(1, "refused", "--note", "in the south")
        done = run("audit", "purge", "--db", south, "--before", "2099-01-01",
                   "--today", "2099-01-01", "--class", "excerpts")
        self.assertEqual(done.returncode, 0, done.stderr)
        signed = self.checkpoint()
        self.merge(north, south)
        inner = shutil.move(self.db, self.path("inner.db"))
        west = self.part("west.db", self.write(
            "west.jsonl", ANNA.replace("anna", "west")))
        self.merge(west, inner)
        [carl] = [row[0] for row in sqlite3.connect(self.db).execute(
            "SELECT verdict_id FROM decision_row")]
        self.export(carl, code=4)
        said = self.fits(signed)
        self.assertIn("with the class excerpts", said)
        self.assertIn("refused by demo_lead", said)


if __name__ == "__main__":
    main()
