#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a moderator asks of many posts and of one: which to look at, why one
passes, and what a number of likeness means."""
import json
import os

from outside import CHECKOUT, Scratch, main, run

POLICIES = ("--policy", CHECKOUT + "/policies")
ADVERT = "No ID SIM cards, any carrier, Telegram @demo_kai88"
WORSE = ("No ID SIM cards, no passport, any carrier, pay first, your SIM will "
         "be blocked today, send me the code, Telegram @demo_kai88 "
         "https://secure-verify.example/sim")


class Moderators(Scratch):
    def posts(self, *texts):
        return self.write("posts.jsonl", "".join(
            json.dumps({"id": "p%d" % i, "text": text}) + "\n"
            for i, text in enumerate(texts)))

    def explained(self, text, *more):
        return self.drawn("--text", text, *more)

    def drawn(self, *what):
        done = run("explain", *POLICIES, *what)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_a_pass_says_what_was_seen(self):
        told = self.explained("Balcony flowers 🅥demokai8, see "
                              "https://news.example/a")
        self.assertIn("\n  contacts  none\n", told)
        self.assertIn("\n  links     web “https://news.example/a”\n", told)
        self.assertRegex(told, r"\n  likeness  0\.\d+ of 1")
        self.assertIn("\n  联系方式  无\n", self.explained(
            "See you at seven", "--language", "zh"))
        self.assertNotIn("  contacts  ", self.explained(ADVERT))

    def test_what_a_pass_shows_is_masked(self):
        told = self.explained("Grandma's number is 07700 900231, call her")
        self.assertIn("contacts  phone “", told)
        self.assertNotIn("900231", told.split("\npass ")[1])

    def test_likeness_alone_is_said_in_words(self):
        # No rule understands it: one that comes to do so wants another here.
        like = ("--id", "demo-m-458", CHECKOUT + "/corpus/messages.jsonl")
        told = self.drawn(*like)
        self.assertIn("SMI-071", told)
        self.assertIn("Only rules about its wording hit", told)
        self.assertNotIn("profile.likeness_", told)
        self.assertNotIn("message.read_length", told)
        self.assertIn("仅命中关于行文的规则", self.drawn(
            *like, "--language", "zh"))
        self.assertNotIn("Only rules about", self.explained(ADVERT))
        lines = run("screen", "--quiet", *POLICIES, like[-1]).stdout
        self.assertIn("profile.likeness_in_a_hurry", lines)

    def test_rules_of_countries_are_one_quiet_line(self):
        told = self.explained(ADVERT)
        self.assertNotIn("Could not be determined", told)
        self.assertRegex(told, "single countries and none is recorded: MSG-0")

    def test_tables_have_words_of_the_text(self):
        posts = self.posts(ADVERT)
        table = run("screen", "--quiet", *POLICIES, "--output-format",
                    "table", posts).stdout
        self.assertRegex(table.splitlines()[1], "“[^”]+”$")
        rows = run("screen", "--quiet", *POLICIES, "--output-format", "csv",
                   posts).stdout.splitlines()
        self.assertTrue(rows[0].endswith(",error,words"))
        self.assertRegex(rows[1], ",[^,]*[A-Za-z][^,]*$")

    def test_the_worst_of_as_many_points_have_most_rules(self):
        done = run("screen", *POLICIES, "--summary", "--output",
                   self.path("out"), self.posts(*[ADVERT] * 6, WORSE))
        told = done.stderr + done.stdout
        first = told.split("number of rules\n")[1].splitlines()
        self.assertIn("p6", first[0])
        self.assertRegex(first[1], "^    “")

    def test_a_paragraph_is_found_by_its_words(self):
        told = self.explained("Take your passport to a shop.\n\n" + ADVERT)
        self.assertRegex(told, r"bytes 31–\d+ .*\n    “")

    def screened_with(self, entries):
        os.makedirs(self.path("lists"), exist_ok=True)
        self.write("lists/own_hosts.yaml", "list: own_hosts\ntitle: Ours\n"
                   "of: domain\nstatus: reviewed\nversion: 2026-11-01\n"
                   "checked: 2026-11-01\nsource: the desk\n"
                   "adds_to: consumer_domains\n" + entries)
        done = run("screen", *POLICIES, "--lists", self.path("lists"),
                   "--quiet", self.posts(ADVERT))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_an_entry_that_matches_nothing_is_told_in_each_run(self):
        self.assertIn("warning[L143]: gov.tw is nobody's domain",
                      self.screened_with("entries: [gov.tw]\n"))
        for quiet in ("entries: [shop.example]\n",
                      "lint: {L143: 'it is to be'}\nentries: [gov.tw]\n"):
            self.assertNotIn("L143", self.screened_with(quiet))


class OfAStore(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("v.db")
        post = self.write("posts.jsonl", json.dumps(
            {"id": "p1", "text": ADVERT}) + "\n")
        done = run("screen", *POLICIES, "--quiet", "--db", self.db, "--output",
                   self.path("out"), post)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_stored_verdict_says_that_it_is_in_another_language(self):
        def shown(language):
            return run("explain", "--db", self.db, "--id", "p1",
                       "--language", language).stdout
        self.assertIn("--language zh", shown("zh"))
        self.assertNotIn("--language en", shown("en"))
        run("screen", *POLICIES, "--quiet", "--db", self.db, "--output",
            self.path("out"), "--language", "zh", self.write(
                "more.jsonl", json.dumps({"id": "p2", "text": ADVERT + "!"})))
        shown_of = lambda language: run(
            "explain", "--db", self.db, "--id", "p2", "--language",
            language).stdout
        self.assertIn("--language en", shown_of("en"))
        self.assertNotIn("--language zh", shown_of("zh"))

    def test_the_same_decision_twice_is_said(self):
        def decide(*how):
            done = run("audit", "decide", "--db", self.db, "--by", "demo_mod",
                       "--outcome", "false_alarm", *how)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stderr
        self.assertEqual(decide("--id", "p1"), "")
        self.assertIn("said the same already", decide("--verdict", "1"))

    def test_a_table_without_rows_is_its_heading(self):
        def table(name, *more):
            return run("report", "--db", self.db, *POLICIES, "--format",
                       "csv", "--table", name, *more)
        for name, begins in (("fcc", "month,"), ("fraud_by_month", "month,")):
            done = table(name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.startswith(begins), name)
            self.assertEqual(done.stdout.count("\n"), 1, name)
        done = table("holds")  # of requests, which this store has none of
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertIn("says nothing of it", done.stderr)
        done = table("nosuch")
        self.assertEqual(done.returncode, 3)
        self.assertIn("no such table; it has", done.stderr)
        done = table("cases", "--publish")
        self.assertEqual(done.returncode, 3)
        self.assertIn("--publish leaves out", done.stderr)


if __name__ == "__main__":
    main()
