#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Evidence from outside: what `audit` writes is verified by the scripts of
docs/audit.md, which are not ours but Python's and openssl's.

usage: evidence_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import glob
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import unittest
import unittest.mock

from manual_scripts import scripts
from outside import CHECKOUT, Scratch, run, main

RECORDS = os.path.join(CHECKOUT, "corpus", "requests.jsonl")
MESSAGES = os.path.join(CHECKOUT, "corpus", "messages.jsonl")


class Evidence(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")
        self.screen(RECORDS, MESSAGES)
        for name, text in scripts().items():
            self.write(name, text)

    def screen(self, *inputs):
        done = run("screen", "--quiet", "--db", self.db, "--output",
                   self.path("verdicts.jsonl"), *inputs)
        self.assertIn(done.returncode, (0, 4), done.stderr)

    def audit(self, verb, *more):
        return run("audit", verb, "--db", self.db, *more)

    def checkpoint(self):
        self.key = self.path("audit.key")
        self.signed = self.path("checkpoint.json")
        done = self.audit("checkpoint", "--key", self.key, "--new-key",
                          "--output", self.signed)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_what_a_checkpoint_needs_is_named(self):
        done = self.audit("checkpoint", "--output", self.path("c.json"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("--new-key", done.stderr)
        done = self.audit("checkpoint", "--key", self.path("none.key"),
                          "--output", self.path("c.json"))
        self.assertEqual(done.returncode, 5)
        self.assertIn("none.key: no such key; `simwarden audit checkpoint "
                      "--new-key` makes one", done.stderr)

    def script(self, name, *arguments):
        return subprocess.run([sys.executable, self.path(name), *arguments],
                              capture_output=True, text=True)

    def change(self, query):
        with sqlite3.connect(self.db) as db:
            db.execute(query)

    def test_a_third_party_verifies_an_export_with_public_tools(self):
        self.checkpoint()
        folder = self.path("evidence")
        done = self.audit("export", "--output", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        key = self.key + ".pub"
        done = self.script("verify_evidence.py", folder, self.signed, key)
        self.assertEqual(done.returncode, 0, done.stderr)
        chain = os.path.join(folder, "chain.jsonl")
        with open(chain, encoding="utf-8") as file:
            links = file.readlines()
        for number in range(len(links)):
            with open(chain, "w", encoding="utf-8") as file:
                changed = links[number].replace("0", "1", 1)
                file.writelines(links[:number] + [changed] +
                                links[number + 1:])
            done = self.script("verify_evidence.py", folder, self.signed, key)
            self.assertNotEqual(done.returncode, 0, links[number])
        with open(chain, "w", encoding="utf-8") as file:
            file.writelines(links[:-1])
        done = self.script("verify_evidence.py", folder, self.signed, key)
        self.assertIn("the tail is gone", done.stderr)

    def test_no_file_of_an_export_can_be_changed(self):
        self.checkpoint()
        folder = self.path("evidence")
        done = self.audit("export", "--output", folder, "--facts")
        self.assertEqual(done.returncode, 0, done.stderr)
        verify = ("verify_evidence.py", folder, self.signed,
                  self.key + ".pub")
        done = self.script(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)
        for pattern in ("facts/*", "rulesets/*", "policies/*/*/pack.yaml"):
            path = glob.glob(os.path.join(folder, pattern))[0]
            with open(path, "rb") as file:
                whole = file.read()
            for changed in (whole[:-1], whole + b" "):
                with open(path, "wb") as file:
                    file.write(changed)
                done = self.script(*verify)
                self.assertIn("was changed", done.stderr, pattern)
            with open(path, "wb") as file:
                file.write(whole)
        for name in ("facts/99.jsonl.zst", "policies/more.yaml", "note.txt"):
            path = os.path.join(folder, name)
            with open(path, "wb"):
                pass
            done = self.script(*verify)
            self.assertIn(name + ": the chain does not know it", done.stderr)
            os.remove(path)
        rows = os.path.join(folder, "rows.jsonl")
        with open(rows, encoding="utf-8") as file:
            whole = file.read()
        with open(rows, "w", encoding="utf-8") as file:
            file.write(re.sub(r'"kept":\[\d+', '"kept":[1', whole, count=1))
        done = self.script(*verify)
        self.assertIn("the facts of block 1 were changed", done.stderr)

    def test_two_policy_files_of_an_export_cannot_be_exchanged(self):
        self.checkpoint()
        folder = self.path("evidence")
        self.assertEqual(
            self.audit("export", "--output", folder).returncode, 0)
        verify = ("verify_evidence.py", folder, self.signed, self.key + ".pub")
        one, other = sorted(glob.glob(
            os.path.join(folder, "policies", "*", "**", "pack.yaml"),
            recursive=True))[:2]
        third = self.path("third")
        for a, b in ((one, third), (other, one), (third, other)):
            shutil.move(a, b)
        done = self.script(*verify)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"policies/\w+/\S+/pack.yaml was changed")
        for a, b in ((one, third), (other, one), (third, other)):
            shutil.move(a, b)
        done = self.script(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_third_party_verifies_a_merged_database(self):
        self.checkpoint()
        first, self.db = self.db, self.path("second.db")
        self.screen(os.path.join(CHECKOUT, "corpus", "requests_export.csv"),
                    MESSAGES)
        merged = self.path("all.db")
        done = run("audit", "merge", "--db", self.db, "--db", first,
                   "--output", merged)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("left out", done.stdout)
        self.db = merged
        done = self.audit("verify", "--checkpoint", self.signed,
                          "--public-key", self.key + ".pub")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("of the part " + first, done.stdout)
        folder = self.path("evidence")
        done = self.audit("export", "--output", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        verify = ("verify_evidence.py", folder, self.signed,
                  self.key + ".pub")
        done = self.script(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the checkpoint saw parts/2.jsonl", done.stdout)
        for name in ("chain.jsonl", "rows.jsonl", "doubles.jsonl",
                     "parts/1.jsonl", "parts/2.jsonl"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                whole = file.read()
            for changed in (whole[whole.index("\n") + 1:],
                            whole.replace('"block":', '"block":9', 1)
                            if name == "doubles.jsonl"
                            else whole.replace("1", "2", 1)):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(changed)
                self.assertNotEqual(self.script(*verify).returncode, 0, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(whole)
        self.change("UPDATE verdict_row SET score = score + 1 WHERE "
                    "verdict_id = (SELECT max(verdict_id) FROM verdict_row)")
        done = self.audit("verify")
        self.assertEqual(done.returncode, 4)
        self.assertIn(first + ", link", done.stdout)

    def test_a_report_of_several_databases_counts_once(self):
        first, self.db = self.db, self.path("second.db")
        self.screen(MESSAGES)
        def report(*databases):
            arguments = [part for db in databases for part in ("--db", db)]
            done = run("report", "--format", "json", *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout
        both = report(first, self.db)
        self.assertEqual(both, report(self.db, first))
        def figures(text):
            return next(table["rows"]
                        for section in json.loads(text)["sections"]
                        for table in section.get("tables", [])
                        if table["id"] == "key_figures")
        self.assertEqual(figures(both), figures(report(first)))
        self.assertIn("one before, counted once: 1", both)

    def test_an_export_holds_no_record_and_no_name(self):
        folder = self.path("evidence")
        self.audit("export", "--output", folder)
        with sqlite3.connect(self.db) as db:
            private = {value for row in db.execute(
                "SELECT record_id, subject FROM verdict_row")
                for value in row if len(value) > 6}
        self.assertTrue(private)
        private.add("requests.jsonl")
        for name in ("chain.jsonl", "rows.jsonl"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for value in private:
                self.assertNotIn(value, text)

    def test_the_manuals_script_agrees_about_every_verdict(self):
        with sqlite3.connect(self.db) as db:
            ids = [row[0] for row in db.execute(
                "SELECT verdict_id FROM verdict_row ORDER BY 1")]
        for verdict in ids[::max(1, len(ids) // 20)]:
            done = self.script("verify_verdict.py", self.db, str(verdict))
            self.assertEqual(done.returncode, 0, done.stderr)
        self.change("UPDATE verdict_row SET score = score + 1 "
                    "WHERE verdict_id = %d" % ids[0])
        done = self.script("verify_verdict.py", self.db, str(ids[0]))
        self.assertIn("is not as it was written", done.stderr)

    def test_a_day_that_has_not_come_purges_nothing(self):
        done = self.audit("purge", "--before", "2099-01-01")
        self.assertEqual(done.returncode, 3)
        self.assertIn("--before 2099-01-01: this day has not come yet",
                      done.stderr)
        self.assertEqual(self.audit("purge", "--before", "2099-01-01",
                                    "--today", "2098-12-31").returncode, 3)
        self.assertEqual(self.script("verify_verdict.py", self.db,
                                     "1").returncode, 0)
        verified = self.audit("verify")
        self.assertNotIn("purge", verified.stdout)

    def test_a_purged_verdict_still_agrees(self):
        done = self.audit("purge", "--before", "2099-01-01", "--today",
                          "2099-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.script("verify_verdict.py", self.db, "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.audit("verify").returncode, 0)

    def test_a_ruleset_of_an_export_is_the_one_that_judged(self):
        folder = self.path("evidence")
        self.audit("export", "--output", folder)
        done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path("verdicts.jsonl"), encoding="utf-8") as file:
            digest = json.loads(file.readline())["policy"]["digest"]
        self.assertEqual(os.listdir(os.path.join(folder, "rulesets")),
                         [digest.removeprefix("sha256:")])
        self.assertEqual(self.audit("export", "--output",
                                    folder).returncode, 5)
        policies = os.path.join(folder, "policies",
                                digest.removeprefix("sha256:"))
        again = self.path("again.jsonl")
        run("screen", "--quiet", "--policy", policies, "--output", again,
            RECORDS, MESSAGES)
        with open(self.path("verdicts.jsonl"), "rb") as one:
            with open(again, "rb") as other:
                self.assertEqual(one.read(), other.read())

    def test_a_row_and_its_digest_do_not_vouch_for_each_other(self):
        self.change("UPDATE verdict_row SET score = score + 1 "
                    "WHERE verdict_id = (SELECT min(verdict_id) "
                    "FROM verdict_row WHERE block_id = 1)")
        with sqlite3.connect(self.db) as db:
            first, digests = db.execute(
                "SELECT first_verdict, row_digests FROM block_proof "
                "WHERE block_id = 1").fetchone()
        # What a forger would do: the digest that the script works out.
        name = self.path("verify_verdict.py")
        with open(name, encoding="utf-8") as file:
            text = file.read()
        self.write("forge.py", text.replace(
            "if digest != digests[at]:",
            "database.execute('UPDATE block_proof SET row_digests = ? WHERE "
            "block_id = 1', [digest + digests[32:]]); database.commit(); "
            "sys.exit()\nif 0:"))
        done = self.script("forge.py", self.db, str(first))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.script("verify_verdict.py", self.db, str(first))
        self.assertEqual(done.returncode, 1)
        self.assertIn("the digests of block 1 are not those of its link",
                      done.stderr)

    def test_a_verdict_is_held_against_a_checkpoint(self):
        self.checkpoint()
        key = self.key + ".pub"
        done = self.script("verify_verdict.py", self.db, "1", self.signed, key)
        self.assertIn("the checkpoint saw this chain", done.stdout)
        with open(self.signed, encoding="utf-8") as file:
            text = file.read()
        with open(self.signed, "w", encoding="utf-8") as file:
            file.write(text.replace('"links":', '"links":1'))
        done = self.script("verify_verdict.py", self.db, "1", self.signed, key)
        self.assertIn("the key has not signed it", done.stderr)

    def test_every_file_of_an_export_is_checked(self):
        self.checkpoint()
        folder = self.path("evidence")
        self.audit("export", "--output", folder, "--facts", "--key", self.key)
        other = self.path("other.key")
        self.audit("checkpoint", "--key", other, "--new-key", "--output",
                   self.path("other.json"))
        verify = ("verify_evidence.py", folder, self.signed, self.key + ".pub")
        done = self.script(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(other + ".pub", encoding="utf-8") as file:
            other_key = file.read()
        row = '{"block":99,"rows":["%s"]}\n' % ("0" * 64)
        for name, change, said in (
                ("public_key.pem", lambda text: other_key,
                 "none of the keys that were given"),
                ("checkpoint.json",
                 lambda text: text.replace('"verdicts":', '"verdicts":1'),
                 "no key that was given has signed it"),
                ("SHA256SUMS", lambda text: "bad\n", "SHA256SUMS"),
                ("SHA256SUMS", lambda text: text[text.index("\n") + 1:],
                 "SHA256SUMS"),
                ("rows.jsonl", lambda text: text + row,
                 "the chain has no block 99"),
                ("rows.jsonl", lambda text: text + text[:text.index("\n") + 1],
                 "block 1 is there twice"),
                ("rows.jsonl", lambda text: text + "no JSON\n",
                 "is no line of an export"),
                ("chain.jsonl", lambda text: text + "{}\n",
                 "is no line of an export"),
                ("doubles.jsonl",
                 lambda text: '{"part":1,"block":1,"stands_for":1}\n',
                 "part 1 has no block 1"),
                ("doubles.jsonl", None, "No such file")):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                whole = file.read()
            if change is None:
                os.remove(path)
            else:
                self.write(path, change(whole))
            done = self.script(*verify)
            self.assertEqual(done.returncode, 1, name)
            self.assertIn(said, done.stderr, name)
            self.assertNotIn("Traceback", done.stderr, name)
            self.write(path, whole)
        done = self.script(*verify[:3], other + ".pub")
        self.assertIn("no key that was given has signed it", done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_a_hostile_path_stays_in_the_folder(self):
        for position, path in enumerate(("../../out", "/tmp/out", "a/./b",
                                         "", "a/"), 1):
            self.change("UPDATE ruleset_file SET path = '%s' "
                        "WHERE position = %d" % (path, position))
        folder = self.path("deep/er/evidence")
        done = self.audit("export", "--output", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        top = os.path.join(folder, "policies")
        [digest] = os.listdir(top)
        odd = [name for name in os.listdir(os.path.join(top, digest))
               if name.startswith("odd-path")]
        self.assertEqual(len(odd), 5)
        self.assertEqual(os.listdir(self.path("deep/er")), ["evidence"])
        self.assertEqual(self.audit("verify").returncode, 4)

    def test_an_export_with_a_key_verifies_by_itself(self):
        self.checkpoint()
        folder = self.path("evidence")
        self.audit("export", "--output", folder, "--key", self.key)
        done = self.script("verify_evidence.py", folder,
                           os.path.join(folder, "checkpoint.json"),
                           os.path.join(folder, "public_key.pem"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_openssl_reads_key_and_signature(self):
        printed = self.checkpoint()
        self.assertEqual(stat.S_IMODE(os.stat(self.key).st_mode), 0o600)
        with open(self.key + ".pub", encoding="utf-8") as file:
            self.assertIn(file.read(), printed)
        done = subprocess.run(
            ["openssl", "pkey", "-in", self.key, "-pubout"],
            capture_output=True, text=True)
        self.assertIn(done.stdout, printed)

    def test_threads_do_not_change_the_chain(self):
        def proven(jobs):
            path = self.path("jobs%d.db" % jobs)
            key = {"SIMWARDEN_SITE_KEY": self.db + ".key"}
            with unittest.mock.patch.dict(os.environ, key):
                run("screen", "--quiet", "--jobs", str(jobs), "--db", path,
                    "--output", self.path("v.jsonl"), RECORDS, MESSAGES)
            with sqlite3.connect(path) as db:
                return db.execute(
                    "SELECT body FROM chain_link WHERE body LIKE "
                    "'%\"kind\":\"block\"%' OR body LIKE '%source_end%'"
                ).fetchall()
        one = proven(1)
        self.assertTrue(one)
        self.assertEqual(one, proven(4))

    def test_exit_codes_tell_a_finding_from_a_failure(self):
        self.checkpoint()
        key = self.key + ".pub"
        self.assertEqual(self.audit("verify").returncode, 0)
        with_checkpoint = ("--checkpoint", self.signed, "--public-key", key)
        self.assertEqual(self.audit("verify", *with_checkpoint).returncode, 0)
        self.assertEqual(self.audit("verify", "--checkpoint",
                                    self.signed).returncode, 3)
        self.assertEqual(self.audit("purge", "--before",
                                    "2026-02-30").returncode, 3)
        with open(self.signed + ".sig", "r+b") as file:
            file.write(b"\0\0")
        done = self.audit("verify", *with_checkpoint)
        self.assertEqual(done.returncode, 4)
        self.assertIn("the signature is not that of", done.stdout)
        os.remove(self.signed + ".sig")
        self.assertEqual(self.audit("verify", *with_checkpoint).returncode, 5)
        self.change("UPDATE verdict_row SET action = 1 - action "
                    "WHERE verdict_id = 3")
        done = self.audit("verify")
        self.assertEqual(done.returncode, 4)
        self.assertIn("row 3 (%s, line" % RECORDS, done.stdout)
        shutil.copy(RECORDS, self.db)
        self.assertEqual(self.audit("verify").returncode, 5)
        self.db = self.path("absent.db")
        for verb in (("verify",), ("purge", "--before", "2026-01-01"),
                     ("export", "--output", self.path("x"))):
            self.assertEqual(self.audit(*verb).returncode, 5, verb)
            self.assertFalse(os.path.exists(self.db), verb)

    def test_a_repeated_run_adds_to_the_chain_and_verifies(self):
        self.checkpoint()
        self.screen(RECORDS, MESSAGES)
        done = self.audit("verify", "--checkpoint", self.signed,
                          "--public-key", self.key + ".pub")
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    main()
