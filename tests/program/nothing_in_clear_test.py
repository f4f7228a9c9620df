#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nothing that the program writes holds an identifier of the corpus in clear.

What is looked for is collected from the records, by the class of fact that
`simwarden facts` gives each field; where it is looked for is everything that a
run leaves or prints: database, write-ahead log, reports, exports, errors.

usage: nothing_in_clear_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import datetime
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import time
import unicodedata

from cleartext import (BRANCH, BRANCH_MAP, DISGUISED, DISGUISED_CODES, EXPORT,
                       INPUTS, MADE_UP, MESSAGES, OFFER, REQUESTS, Seeker,
                       catalogue, full_record, identifiers, is_public, read,
                       records_of)
from outside import CHECKOUT, PROGRAM, Scratch, run, main, whole_day


class Privacy(Scratch):
    @classmethod
    def setUpClass(cls):
        masks = catalogue()
        cls.full = full_record(masks)
        cls.found = identifiers(
            [*records_of(REQUESTS, MESSAGES), cls.full], masks)
        cls.seeker = Seeker(cls.found, is_public)

    def setUp(self):
        super().setUp()
        self.full_path = self.write("full.jsonl", json.dumps(self.full))

    def check(self, what, data):
        if isinstance(data, str):
            data = data.encode()
        seen = sorted(set(self.seeker.in_bytes(data)))
        self.assertEqual(seen, [], "%s holds %d identifiers" % (what, len(seen)))

    def check_run(self, *arguments, **options):
        done = run(*arguments, **options)
        self.check("stdout of " + " ".join(arguments), done.stdout)
        self.check("stderr of " + " ".join(arguments), done.stderr)
        return done

    def check_folder(self, folder):
        """Its files, and kept facts as they are before they are compressed."""
        for name in glob.glob(os.path.join(folder, "**", "*.zst"),
                              recursive=True):
            plain = subprocess.run(["zstd", "-dc", name], check=True,
                                   stdout=subprocess.PIPE).stdout
            self.assertIn(b'"kind":', plain)
            self.check("what is in " + name, plain)
        for path, _, names in os.walk(folder):
            for name in names:
                # The key makes the pseudonyms; it is not data. The others
                # are what the test feeds.
                if name.endswith(".key") or name in INPUTS:
                    continue
                whole = os.path.join(path, name)
                self.check(whole, read(whole))

    def test_the_corpus_has_every_class_of_identifier(self):
        for name in set(catalogue().values()) - {"free_text"}:
            self.assertIn(name, self.found)
        self.assertGreater(len(self.seeker.spellings), 500)

    def test_a_leak_is_found(self):
        phone = next(record["phone_number"] for record in records_of(REQUESTS))
        digits = phone.lstrip("+")
        pseudonym = next(spelling for spelling in self.seeker.spellings
                         if spelling.startswith("hmac256:"))
        for planted in (phone, digits, digits[2:], "0" + digits[2:],
                        pseudonym, MADE_UP["address"]):
            for frame in ("%s", '{"number":"%s"}', "x%sx", "\0%s\0"):
                with self.assertRaises(AssertionError, msg=planted):
                    self.check("a plant", frame % planted)
        self.check("what is masked", "+86 *********" + digits[-2:])

    def test_what_screen_prints_and_keeps(self):
        for form in ("ndjson", "table", "csv"):
            self.check_run("screen", "--output-format", form, REQUESTS,
                           MESSAGES, EXPORT, self.full_path)
        self.check_run("screen", "--map", BRANCH_MAP, BRANCH)
        db = self.path("out.db")
        self.check_run("screen", "--db", db, "--output",
                       self.path("verdicts.jsonl"), REQUESTS, MESSAGES, EXPORT,
                       self.full_path)
        self.check_folder(self.folder.name)

    def test_the_log_that_is_open_while_a_run_writes(self):
        db = self.path("out.db")
        with open(REQUESTS, "rb") as file:
            records = file.read()
        with open(MESSAGES, "rb") as file:
            records += file.read()
        writer = subprocess.Popen(
            [PROGRAM, "screen", "--quiet", "--db", db, "--output",
             self.path("verdicts.jsonl"), "-"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            # More than a block, so that one is stored while the run waits.
            for copy in range(3):
                writer.stdin.write(records.replace(b"demo-", b"demo-%d-" % copy))
            writer.stdin.flush()
            log = db + "-wal"
            for _ in range(600):
                if os.path.exists(log) and os.path.getsize(log) > 300000:
                    break
                time.sleep(0.1)
            self.assertGreater(os.path.getsize(log), 300000)
            for name in glob.glob(db + "*"):
                if not name.endswith(".key"):
                    shutil.copy(name, name + ".copy")
                    self.check(name, read(name + ".copy"))
            writer.send_signal(signal.SIGINT)
            writer.stdin.close()
            self.check("stderr of a run that was stopped",
                       writer.stderr.read())
            writer.wait(60)
        finally:
            if writer.poll() is None:
                writer.kill()
                writer.wait(60)
            writer.stdin.close()
            writer.stderr.close()
        self.check_folder(self.folder.name)

    def test_reports_exports_and_merged_databases(self):
        parts = []
        for name, source in (("a", REQUESTS), ("b", MESSAGES)):
            db = self.path(name + ".db")
            parts += ["--db", db]
            run("screen", "--quiet", "--db", db, "--output",
                self.path("v.jsonl"), source, self.full_path)
        for form in ("html", "json", "csv", "markdown"):
            for language in ("en", "zh"):
                for publish in ((), ("--publish",)):
                    self.check_run("report", *parts, "--format", form,
                                   "--language", language, *publish)
        merged = self.path("all.db")
        done = self.check_run("audit", "merge", *parts, "--output", merged)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check_run("audit", "checkpoint", "--db", merged, "--new-key",
                       "--key", self.path("audit.key"), "--output",
                       self.path("checkpoint.json"))
        self.check_run("audit", "export", "--db", merged, "--output",
                       self.path("evidence"))
        self.check_run("audit", "verify", "--db", merged)
        self.check_run("audit", "purge", "--db", merged, "--class",
                       "excerpts", "--before", "2099-01-01", "--today",
                       "2099-01-01")
        self.check_run("audit", "verify", "--db", merged)
        policies = os.path.join(CHECKOUT, "policies")
        pack = os.path.join(policies, "sim-replacement")
        for form in ("text", "json", "csv"):
            self.check_run("replay", "--old", policies, "--new", pack,
                           "--format", form, REQUESTS, MESSAGES)
        self.check_folder(self.folder.name)

    def test_what_people_write_about_verdicts(self):
        db = self.path("out.db")
        self.check_run("screen", "--quiet", "--db", db, "--output",
                       self.path("v.jsonl"), MESSAGES, self.full_path)
        notes = [MADE_UP["free_text"], "the code is " + MADE_UP["code"],
                 "LPA:1$smdp.example$K9-QUACK-7731", *(
                     "callback %s, please" % number for number in
                     ("+1 (202) 555 0199", "12025550199", MADE_UP["phone"]))]
        seeker = Seeker(identifiers([{"kind": "note", "note": note}
                                     for note in notes],
                                    {("note", "note"): "free_text"}))
        self.assertGreater(len(seeker.spellings), 10)
        self.seeker = Seeker({**self.found, "notes": seeker.spellings},
                             is_public)
        self.check_run("audit", "decide", "--db", db, "--verdict", "1",
                       "--outcome", "fraud_confirmed", "--note", notes[0])
        rows = [{"verdict_id": 2, "outcome": "assigned",
                 "decided_by": "demo_clerk", "owner": "demo_lead",
                 "due": "2026-04-01", "note": note} for note in notes]
        # A row with a mistake is shown: not with what is in it.
        wrong = [{**rows[0], column: MADE_UP["phone"]} for column in
                 ("verdict_id", "outcome", "decided_at", "state", "due",
                  MADE_UP["phone"])]
        for lines, code in (([*rows, *wrong], 4), (rows, 0)):
            text = "\n".join(json.dumps(row) for row in lines)
            done = self.check_run("audit", "decide", "--db", db, "--from", "-",
                                  stdin=text)
            self.assertEqual(done.returncode, code, done.stderr)
        for form in ("table", "csv", "json"):
            done = self.check_run("audit", "cases", "--db", db, "--format",
                                  form)
            self.assertIn("demo_lead", done.stdout)
            self.check_run("audit", "cases", "--db", db, "--format", form,
                           "--undecided")
        for form in ("html", "json", "csv", "markdown"):
            self.check_run("report", "--db", db, "--format", form)
        self.check_run("audit", "export", "--db", db, "--output",
                       self.path("evidence"))
        self.check_run("audit", "export", "--db", db, "--verdict", "1",
                       "--facts", "--output", self.path("one verdict"))
        self.check_folder(self.folder.name)

    def test_a_case_keeps_texts_in_clear_and_no_code(self):
        """By design; but for codes, and nowhere but under its number."""
        db = self.path("out.db")
        today = whole_day()
        tomorrow = str(today + datetime.timedelta(days=1))
        done = self.check_run("screen", "--db", db, "--output",
                              self.path("v.jsonl"), "--case", "FD-17",
                              "--case-by", "demo_lead", "--case-until", str(today),
                              REQUESTS, MESSAGES, self.full_path)
        self.assertEqual(done.returncode, 0, done.stderr)
        opened = run("audit", "open", "--db", db, "--case", "FD-17", "--why",
                     "asked by " + MADE_UP["phone"])
        self.check("stderr of audit open", opened.stderr)
        self.assertIn("demo-r-full", opened.stdout)
        self.assertIn("[code]", opened.stdout)
        codes = Seeker({"code": self.found["code"]}, is_public)
        self.assertGreater(len(codes.spellings), 1)
        for what, data in (("audit open", opened.stdout.encode()),
                           ("the database", read(db))):
            self.assertEqual(sorted(set(codes.in_bytes(data))), [], what)
        for arguments in (("report", "--format", "html"), ("audit", "verify"),
                          ("audit", "cases", "--undecided"),
                          ("audit", "export", "--facts", "--output",
                           self.path("evidence")),
                          ("audit", "export", "--verdict", "1", "--output",
                           self.path("evidence/one"))):
            self.check_run(*arguments, "--db", db)
        self.check_folder(self.path("evidence"))
        self.check_run("audit", "purge", "--db", db, "--class", "cases",
                       "--today", tomorrow)
        self.check_folder(self.folder.name)

    def disguised(self, texts, offer=OFFER):
        """A file of messages, and what must be found in no output."""
        records = []
        secrets = set()
        for number, text in enumerate(texts):
            _, secret = text.split("|")
            records.append({"kind": "message", "id": "d%d" % number,
                            "text": offer + text.replace("|", "")})
            secrets |= {secret, unicodedata.normalize("NFKC", secret)}
        for secret in sorted(secrets):  # and as it may stand in JSON
            secrets.add(json.dumps(secret)[1:-1])
        return self.write("one.jsonl", "".join(
            json.dumps(record) + "\n" for record in records)), secrets

    def test_what_the_eye_reads_is_hidden_however_it_is_written(self):
        source, secrets = self.disguised(DISGUISED + DISGUISED_CODES)
        self.seeker = Seeker({"disguised": secrets})
        db = self.path("out.db")
        for form in ("ndjson", "table", "csv"):
            done = self.check_run("screen", "--output-format", form, source)
            self.assertIn("MSG-", done.stdout)
        self.check_run("screen", "--quiet", "--db", db, "--output",
                       self.path("v.jsonl"), source)
        self.check_run("audit", "export", "--facts", "--db", db, "--output",
                       self.path("evidence"))
        for form in ("html", "json"):
            self.check_run("report", "--db", db, "--format", form)
        self.check_folder(self.folder.name)
        for line in list(records_of(source)):
            one = self.write("one.jsonl", json.dumps(line))
            self.check_run("explain", one)

    def test_a_mark_in_a_number_parts_nothing(self):
        numbers = ["call 138<b>0013</b>8000 to verify",
                   "call 8613<b>800</b>138000 to verify"]
        records = [{"kind": "message", "id": "d%d" % number,
                    "text": "Change your SIM without documents. " + text}
                   for number, text in enumerate(numbers)]
        source = self.write("one.jsonl", "".join(
            json.dumps(record) + "\n" for record in records))
        self.seeker = Seeker(
            {"parts": {"</b>8000", "</b>138000"}})
        db = self.path("out.db")
        self.assertIn("</*>", self.check_run("screen", source).stdout)
        self.check_run("screen", "--quiet", "--db", db, "--output",
                       self.path("v.jsonl"), source)
        self.check_folder(self.folder.name)

    def test_fields_that_hold_what_they_are_not_for(self):
        number, address = "+12025550199", "wang.li12025550199@mail.example"
        record = {"kind": "request", "request_id": "demo-r-odd",
                  "policy_profile": number + " and more" * 40,
                  "country": number, "request_type": number,
                  "agent": {"id": number, "second_approver_id": number,
                            "override_used": True},
                  "channel": {"type": "dealer", "id": address,
                              "official_status": "unofficial",
                              "domain": number, "chat_handle": number},
                  "fee": {"currency": number}}
        source = self.write("one.jsonl", json.dumps(record))
        self.seeker = Seeker({"odd": {number, number[1:], "wang.li"}})
        db = self.path("out.db")
        done = self.check_run("screen", source)
        self.assertIn("CHN-001", done.stdout)
        for invalid in json.loads(done.stdout)["invalid"]:
            self.assertLessEqual(len(invalid["value"]), 161, invalid)
        self.check_run("screen", "--quiet", "--db", db, "--output",
                       self.path("v.jsonl"), source)
        self.check_run("explain", source)
        self.check_folder(self.folder.name)

    def test_a_case_keeps_no_code_however_it_is_written(self):
        source, secrets = self.disguised(
            DISGUISED_CODES, "Tell our agent. " + OFFER)
        with open(source, "a", encoding="utf-8") as file:
            for content in ("LPA:１$smdp.example$QRQR-1234-EFGH",
                            "LPA%3A1%24smdp.example%24QRQR-1234-EFGH"):
                secrets.add(content[-14:])
                file.write(json.dumps({"kind": "message", "id": content[-1],
                                       "text": OFFER + "@demo_kaka88",
                                       "qr_codes": [content]}) + "\n")
        db = self.path("out.db")
        today = whole_day()
        tomorrow = str(today + datetime.timedelta(days=1))
        run("screen", "--quiet", "--db", db, "--output", self.path("v.jsonl"),
            "--case", "FD-17", "--case-by", "demo_lead", "--case-until", str(today),
            source)
        opened = run("audit", "open", "--db", db, "--case", "FD-17", "--why",
                     "statement")
        self.assertGreaterEqual(opened.stdout.count("[code]"),
                                len(DISGUISED_CODES) + 2)
        self.seeker = Seeker({"disguised": secrets})
        self.check("audit open", opened.stdout)
        self.check_folder(self.folder.name)

    def test_kept_facts_and_what_replays_them(self):
        db = self.path("out.db")
        self.check_run("screen", "--quiet", "--db", db, "--output",
                       self.path("v.jsonl"), REQUESTS, MESSAGES,
                       self.full_path)
        self.check_run("audit", "export", "--facts", "--db", db, "--output",
                       self.path("evidence"))
        self.assertTrue(glob.glob(self.path("evidence/facts/*.zst")))
        draft = self.path("draft")
        shutil.copytree(os.path.join(CHECKOUT, "policies"), draft)
        pack = os.path.join(draft, "sim-replacement", "pack.yaml")
        text = re.sub(r"(?m)^(\s+score: )\d+$", r"\g<1>1",
                      read(pack).decode())
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text)
        for form in ("text", "json", "csv"):
            done = self.check_run("replay", "--db", db, "--new", draft,
                                  "--format", form)
            self.assertIn("demo-", done.stdout)
        self.check_folder(self.folder.name)

    def test_what_failing_cases_of_a_pack_say(self):
        """A case is a record; a rule may put any field into its reason."""
        os.mkdir(self.path("demo"))
        paths = [path for (kind, path), mask in catalogue().items()
                 if kind == "request" and "[]" not in path]
        rules = "".join("""  - id: DEM-%03d
    title: A rule that names %s
    family: counter
    severity: high
    score: 10
    flag: has(request.%s)
    reason: "Seen: {request.%s}."
    remedy: Look.
""" % (number, path, path, path) for number, path in enumerate(paths, 1))
        self.write("demo/pack.yaml", "pack: demo\nversion: 1.0.0\n"
                   "asks: request\ntitle: All\n"
                   "families: {counter: At the counter}\nrules:\n" + rules)
        record = json.dumps(self.full)
        self.write("demo/tests.yaml", "cases:\n  - name: all clear\n"
                   "    with: %s\n    expect: {clear: [%s]}\n" %
                   (record, ", ".join("DEM-%03d" % number for number
                                      in range(1, len(paths) + 1))))
        pack = self.path("demo")
        done = self.check_run("policy", "test", "--junit",
                              self.path("results.xml"), pack)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("DEM-001", done.stdout)
        self.check("JUnit", read(self.path("results.xml")))
        self.check_run("policy", "check", "--format", "sarif", pack)
        self.check_run("screen", "--policy", pack, self.full_path)
        self.check_run("explain", "--policy", pack, self.full_path)

    def test_what_explain_says_of_a_record(self):
        self.check_run("explain", self.full_path)
        for path, every in ((REQUESTS, 32), (MESSAGES, 64)):
            with open(path, encoding="utf-8") as file:
                for line in file.readlines()[::every]:
                    one = self.write("one.jsonl", line)
                    self.check_run("explain", one)

    def test_messages_about_records_that_cannot_be_read(self):
        with open(REQUESTS, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file][:40]
        phone = json.loads(lines[0])["phone_number"]
        broken = []
        for number, line in enumerate(lines):
            cut = line[:line.index(phone[:4]) + 9] if phone[:4] in line else line
            broken += [cut, line[:-1] + ',"%s":1}' % phone,
                       line.replace('"created_at":"', '"created_at":"' + phone),
                       line.replace('"country":"', '"country":"' + phone),
                       line.replace('"kind":"request"', '"kind":"%s"' % phone),
                       '"%s"' % phone, phone, '{"%s": %s}' % (phone, phone),
                       line.replace('"attempt_no":', '"attempt_no":"%s",'
                                    '"x":' % phone)]
        source = self.write("broken.jsonl", "\n".join(broken) + "\n")
        db = self.path("broken.db")
        for more in ((), ("--kind", "request"), ("--db", db)):
            self.check_run("screen", *more, source)
        with open(EXPORT, encoding="utf-8") as file:
            table = file.read().splitlines()
        source = self.write("broken.csv", "\n".join(
            [table[0] + "," + phone, table[1] + ",1,2," + phone,
             table[2][:900], phone + "," + table[3], '"' + phone]) + "\n")
        self.check_run("screen", "--db", db, source)
        self.check_run("screen", "--format", "csv", self.path("broken.jsonl"))
        self.check_run("screen", "--format", "mail", self.path("broken.jsonl"))
        self.check_run("report", "--db", db, "--format", "json")
        self.check_folder(self.folder.name)

    def test_a_bug_prints_what_stands_in_the_source_and_nothing_else(self):
        """CHECK's words are literals: no value of a record can be in them."""
        calls = 0
        for path in glob.glob(os.path.join(CHECKOUT, "src", "**", "*.cc"),
                              recursive=True):
            with open(path, encoding="utf-8") as file:
                for call in re.finditer(r"\bCHECK\((.*?)\);", file.read(),
                                        re.S):
                    calls += 1
                    self.assertRegex(call.group(1), r',\s*(?:"[^"]*"\s*)+$',
                                     path)
        self.assertGreater(calls, 20)


if __name__ == "__main__":
    main()
