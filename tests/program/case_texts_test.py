#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Texts of cases that people open, through the program.

usage: case_texts_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import datetime
import json
import os

from outside import run, main
from people import FAR_DAY, MESSAGES, RECORDS, TODAY, TOMORROW, People


class Cases(People):
    CASE = ("--case", "FD-17", "--case-by", "demo_lead")

    def open(self, *more):
        return self.audit("open", "--case", "FD-17", "--who", "demo_lead",
                          *more)

    def test_a_case_keeps_what_did_not_pass_and_no_code(self):
        path = self.write("sms.jsonl", "\n".join(json.dumps(message) for
                                                 message in (
            {"id": "m1", "transport": "sms",
             "text": "Your SIM will be blocked. Send the verification code "
             "482913 to +86 138 0013 8000 or @demo_helper on Telegram"},
            {"id": "m2", "transport": "sms", "text": "Lunch at noon?"},
            {"id": "m3", "transport": "sms",
             "text": "代办补卡加微信demo_card，验证码７３９１０２发给我"})))
        done = self.screen("--case-until", TOMORROW, *self.CASE, path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("case FD-17: 2 texts kept until %s, 0 were there" %
                      TOMORROW, done.stderr)
        shown = self.open("--why", "statement for the court")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        texts = [json.loads(line) for line in shown.stdout.splitlines()]
        self.assertEqual([text["record_id"] for text in texts], ["m1", "m3"])
        self.assertIn("+86 138 0013 8000 or @demo_helper",
                      texts[0]["record"]["text"])
        for code in ("482913", "７３９１０２"):
            self.assertNotIn(code, shown.stdout)
        self.assertEqual(shown.stdout.count("[code]"), 2)
        self.assertEqual(self.ask("SELECT who, why, texts FROM case_opening"),
                         [("demo_lead", "statement for the court", 2)])
        self.assertIn("2 texts under case numbers", self.verify())
        # What was kept is a record that can be screened again.
        again = self.write("again.jsonl", "\n".join(
            json.dumps(text["record"]) for text in texts))
        done = run("screen", "--quiet", again)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([json.loads(line)["action"] for line in
                          done.stdout.splitlines()],
                         [text["action"] for text in texts])

    def test_a_case_finds_records_that_were_stored_before(self):
        self.screen("--quiet", RECORDS, MESSAGES)
        stopped = self.ask("SELECT count(*) FROM verdict WHERE action <> "
                           "'pass'")[0][0]
        for kept, there in ((stopped, 0), (0, stopped)):
            done = self.screen("--case-until", TOMORROW, *self.CASE, RECORDS,
                               MESSAGES)
            self.assertIn("%d texts kept until %s, %d were there" %
                          (kept, TOMORROW, there), done.stderr)
        wrong = self.ask("SELECT count(*) FROM case_text WHERE record_id <> "
                         "coalesce(text ->> '$.request_id', text ->> '$.id')")
        self.assertEqual(wrong, [(0,)])
        self.verify()

    def test_an_index_that_hides_a_case_or_its_texts_is_said(self):
        self.screen("--case-until", TOMORROW, *self.CASE, RECORDS)
        whole = self.open("--why", "demo")
        self.assertEqual(whole.returncode, 0, whole.stderr)
        self.strike("case_by_number", "number <> 'FD-17'")
        hidden = self.open("--why", "demo")
        self.assertEqual(hidden.returncode, 3, hidden.stdout)
        self.assertIn("texts of cases may be hidden: row 1 missing from index "
                      "case_by_number; see simwarden audit verify",
                      hidden.stderr)
        self.assertIn("no such case", hidden.stderr)

    def test_threads_do_not_change_what_is_kept(self):
        kept = []
        log = self.big_log(20)
        for jobs in ("1", "4"):
            self.db = self.path("jobs%s.db" % jobs)
            self.screen("--jobs", jobs, "--case-until", TOMORROW, *self.CASE,
                        log)
            kept.append(self.ask("SELECT verdict_id, text FROM case_text"))
        self.assertTrue(kept[0])
        self.assertEqual(kept[0], kept[1])

    def test_a_case_without_a_good_day_is_refused_before_anything_is_read(self):
        for until, said in (((), "at most 1098 days from today"),
                            (("--case-until", "2020-01-01"), "is over"),
                            (("--case-until", "2999-01-01"),
                             "the last day can be 20"),
                            (("--case-until", "soon"), "is not a date")):
            done = self.screen(*self.CASE, *until, RECORDS)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn(said, done.stderr)
        self.assertFalse(os.path.exists(self.db))
        done = run("screen", "--case", "x", RECORDS)
        self.assertEqual(done.returncode, 3)
        self.assertIn("--db", done.stderr)
        done = self.screen("--case-until", TOMORROW, RECORDS)
        self.assertEqual(done.returncode, 3)

    def test_the_day_of_a_case_cannot_be_moved(self):
        self.screen("--case-until", TOMORROW, *self.CASE, RECORDS)
        later = str(datetime.date.fromisoformat(TOMORROW) +
                    datetime.timedelta(days=1))
        done = self.screen("--case-until", later, *self.CASE, RECORDS)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("are deleted after " + TOMORROW, done.stderr)
        self.verify()

    def test_a_case_is_opened_with_a_reason_only(self):
        self.screen("--case-until", TOMORROW, *self.CASE, RECORDS)
        self.assertEqual(self.open().returncode, 3)
        self.assertEqual(self.open("--why", "").returncode, 3)
        done = self.audit("open", "--case", "FD-18", "--why", "court")
        self.assertEqual(done.returncode, 3)
        self.assertIn("no such case", done.stderr)
        self.assertEqual(self.ask("SELECT count(*) FROM case_opening"), [(0,)])

    def test_texts_go_when_their_day_is_over(self):
        self.screen("--case-until", TODAY, *self.CASE, MESSAGES)
        done = self.audit("purge", "--class", "cases")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("0 texts purged: texts of cases whose day is over",
                      done.stdout)
        texts = self.ask("SELECT count(*) FROM case_text")[0][0]
        for dry, left in ((("--dry-run",), texts), ((), 0)):
            done = self.audit("purge", "--class", "cases", "--today", TOMORROW,
                              *dry)
            self.assertIn("%d texts %spurged" %
                          (texts, "would be " if dry else ""), done.stdout)
            self.assertEqual(self.ask("SELECT count(*) FROM case_text"),
                             [(left,)])
        # A day that has not come anywhere.
        for wrong in (("--class", "cases"), ("--retention", "customary"),
                      ("--older-than", "notes=1year")):
            done = self.audit("purge", *wrong, *FAR_DAY)
            self.assertEqual(done.returncode, 3, wrong)
            self.assertIn("this day has not come yet", done.stderr)
            done = self.audit("purge", *wrong, *FAR_DAY, "--dry-run")
            self.assertEqual(done.returncode, 0, done.stderr)
        for wrong in ((), ("--class", "cases", "--before", TOMORROW),
                      ("--class", "notes", "--older-than", "notes=1year"),
                      ("--older-than", "cases=1year"),
                      ("--older-than", "excerpts=2years",
                       "--older-than", "subjects=1year"),
                      ("--retention", "customary",
                       "--older-than", "verdicts=1month"),
                      ("--class", "words", "--before", TOMORROW)):
            self.assertEqual(self.audit("purge", *wrong).returncode, 3, wrong)
        self.verify()

    def test_notes_have_an_age_of_their_own(self):
        self.screen("--quiet", RECORDS)
        for at in ("2026-03-10T10:00:00Z", "2026-05-10T10:00:00Z"):
            self.audit("decide", "--verdict", "3", "--outcome", "assigned",
                       "--note", "demo words", "--at", at)
        done = self.audit("purge", "--older-than", "notes=1month", "--today",
                          "2026-05-01")
        self.assertIn("1 note purged: notes of decisions, older than 1 month: "
                      "before 2026-04-01", done.stdout)
        self.assertEqual(self.ask("SELECT note FROM decision_row"),
                         [("",), ("demo words",)])
        self.assertEqual(
            self.ask("SELECT class, before, keep, verdicts FROM purge"),
            [("notes", "2026-04-01", "1 month", 1)])
        self.verify()

    def test_two_databases_with_the_same_case_are_merged(self):
        parts = []
        for name, source, day in (("a", RECORDS, TODAY),
                                  ("b", MESSAGES, str(
                                      datetime.date.fromisoformat(TOMORROW) +
                                      datetime.timedelta(days=5)))):
            self.db = self.path(name + ".db")
            self.screen("--quiet", "--case-until", day, *self.CASE, source)
            parts += [self.db]
        counts = []
        for self.db in parts:
            counts += self.ask("SELECT count(*) FROM case_text")[0]
        self.db = self.path("all.db")
        done = run("audit", "merge", "--db", parts[0], "--db", parts[1],
                   "--output", self.db)
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = self.open("--why", "court")
        self.assertEqual(len(shown.stdout.splitlines()), sum(counts))
        self.audit("purge", "--class", "cases", "--today", TOMORROW)
        self.assertEqual(self.ask("SELECT count(*) FROM case_text"),
                         [(counts[1],)])
        self.verify()


if __name__ == "__main__":
    main()
