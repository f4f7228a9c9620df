#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""policy learn: the shipped weights are what it writes, and what it says of
inputs that it cannot learn from.

usage: learn_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import json
import os
import shutil
import unittest

from outside import CHECKOUT, Scratch, run, main

LEARNING = os.path.join(CHECKOUT, "corpus", "learning")


def line(text):
    return json.dumps({"kind": "message", "text": text}) + "\n"


LIST_HEAD = """\
list: scam_phrases
title: Our own
of: phrase
status: reviewed
version: 2026-11-27
checked: 2026-11-27
source: our desk
entries_from: scam_phrases.txt
"""


class Learn(Scratch):
    def test_the_shipped_weights_are_what_it_writes(self):
        done = run("policy", "learn",
                   "--labelled", os.path.join(CHECKOUT, "corpus"),
                   "--scam", os.path.join(LEARNING, "scams.jsonl"),
                   "--honest", os.path.join(LEARNING, "honest.jsonl"),
                   "--output", self.path("phrases.txt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        shipped = os.path.join(CHECKOUT, "policies", "lists",
                               "scam_phrases.txt")
        if os.environ.get("UPDATE_GOLDEN"):
            shutil.copy(self.path("phrases.txt"), shipped)
        with open(shipped, encoding="utf-8") as file, \
                open(self.path("phrases.txt"), encoding="utf-8") as fresh:
            same = file.read() == fresh.read()
        self.assertTrue(same, "texts changed: UPDATE_GOLDEN=1 learns anew")

    def test_a_list_of_ones_own_takes_the_place_of_the_shipped_one(self):
        scams = self.write("scams.jsonl", 20 * line("zorgle the frobnitz"))
        honest = self.write("honest.jsonl", 20 * line("lunch at the office"))
        os.mkdir(self.path("lists"))
        done = run("policy", "learn", "--scam", scams, "--honest", honest,
                   "--output", self.path("lists/scam_phrases.txt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("from 20 scams and 20 honest messages", done.stderr)
        self.write("lists/scam_phrases.yaml", LIST_HEAD)
        text = "zorgle the frobnitz https://demo.example/a"
        for lists, hit in (([], False),
                           (["--lists", self.path("lists")], True)):
            done = run("explain", *lists, "--text", text)
            self.assertEqual("SMI-070" in done.stdout, hit, done.stdout)

    def test_near_copies_count_once(self):
        notice = ("To replace your card please bring your passport to any of "
                  "our stores. The new card works within an hour and the old "
                  "one stops")
        scams = self.write("scams.jsonl", 2 * line("zorgle the frobnitz") +
                           "".join(line(f"{notice} http://h{n}.test/a")
                                   for n in range(3)))
        honest = self.write("honest.jsonl", 2 * line("lunch at the office") +
                            line(notice))
        done = run("policy", "learn", "--scam", scams, "--honest", honest)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("4 texts are nearly the same as another with its label, "
                      "and not counted again", done.stderr)
        self.assertIn("1 pair of texts is nearly the same and labelled "
                      "otherwise", done.stderr)

    def test_weights_of_another_name_are_not_unused_without_a_word(self):
        os.mkdir(self.path("lists"))
        self.write("lists/scam_phrase.txt", "50 zorgle the\n")
        self.write("lists/scam_phrase.yaml", """\
list: scam_phrase
title: Our own
of: phrase
status: reviewed
version: 2026-11-27
checked: 2026-11-27
source: our desk
entries_from: scam_phrase.txt
""")
        settings = self.write(
            "s.yaml", "lists: [%s]\nlisten:\n- {door: http, at: 'unix:%s'}\n"
            % (self.path("lists"), self.path("api.sock")))
        for asked in (("explain", "--lists", self.path("lists"), "--text",
                       "demo"), ("serve", "--check", "--config", settings)):
            done = run(*asked)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("warning[P164]: no rule uses the list scam_phrase\n",
                          done.stderr)
            self.assertIn("from the list scam_phrases alone", done.stderr)

    def test_a_stored_share_is_judged_again(self):
        policies = os.path.join(CHECKOUT, "policies")
        log = self.write("log.jsonl", line(
            "Unlocked starter packs, dm for price "
            "https://demo-cards.example/a"))
        done = run("screen", "--policy", policies, "--db", self.path("a.db"),
                   log)
        self.assertIn("SMI-070", done.stdout)
        stricter = self.path("stricter")
        shutil.copytree(policies, stricter)
        pack = os.path.join(stricter, "smishing", "pack.yaml")
        with open(pack, encoding="utf-8") as file:
            text = file.read()
        changed = text.replace("default: 0.51\n", "default: 0.999\n")
        self.assertNotEqual(changed, text)
        with open(pack, "w", encoding="utf-8") as file:
            file.write(changed)
        done = run("replay", "--db", self.path("a.db"), "--old", policies,
                   "--new", stricter)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 record: 1 with another action (0 raised, 1 lowered)",
                      done.stdout)
        self.assertNotIn("Not replayable", done.stdout)

    def test_labels_stand_in_a_table(self):
        os.mkdir(self.path("desk"))
        self.write("desk/all.jsonl", "".join(
            json.dumps({"kind": "message", "id": name, "text": text}) + "\n"
            for name, text in (("a", "zorgle the frobnitz"),
                               ("e", "zorgle the frobnitz"),
                               ("b", "lunch at the office"),
                               ("c", "nobody said what this is"),
                               ("d", "zorgle once more"))))
        self.write("desk/labels.tsv", "id\tfile\tlabel\na\tall.jsonl\tscam\n"
                   "e\tall.jsonl\tscam\n"
                   "b\tall.jsonl\thonest\nd\tall.jsonl\tunknown\n")
        done = run("policy", "learn", "--labelled", self.path("desk"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("from 2 scams and 1 honest message", done.stderr)
        done = run("policy", "learn", "--labelled", self.path("none"))
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("labels.tsv", done.stderr)

    def test_rows_of_labels_that_teach_nothing_are_counted(self):
        os.mkdir(self.path("desk"))
        rows = "id\tfile\tlabel\n" + "".join(
            f"{name}\tall.jsonl\t{label}\n" for name, label in (
                ("a", "scam"), ("b", "scam"), ("c", "honest")))
        self.write("desk/all.jsonl", "".join(
            json.dumps({"kind": "message", "id": name, "text": text}) + "\n"
            for name, text in (("a", "zorgle the frobnitz"),
                               ("b", "zorgle the frobnitz"), ("c", "lunch"))))
        self.write("desk/labels.tsv", rows)
        labels = self.path("desk/labels.tsv")
        over = run("policy", "learn", "--labelled", self.path("desk"),
                   "--output", labels)
        self.assertEqual(over.returncode, 3, over.stderr)
        with open(labels, encoding="utf-8") as file:
            self.assertEqual(file.read(), rows)
        clean = run("policy", "learn", "--labelled", self.path("desk"))
        self.assertEqual(clean.returncode, 0, clean.stderr)
        self.assertNotIn("labels.tsv", clean.stderr)
        self.write("desk/labels.tsv", rows + "a all.jsonl scam\n\n"
                   "nobody\tall.jsonl\tscam\nx\tother.csv\tscam\n"
                   "a\tall.jsonl\tscam\n")
        done = run("policy", "learn", "--labelled", self.path("desk"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, clean.stdout)
        for words in ("1 row with fewer than three cells left out",
                      "1 row whose id no record of its file has, nobody among",
                      "1 row of files that are no .jsonl left out"):
            self.assertIn("labels.tsv: " + words, done.stderr)
        self.write("desk/labels.tsv", rows + "a\tall.jsonl\thonest\n")
        done = run("policy", "learn", "--labelled", self.path("desk"))
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("labels.tsv:5: a is a scam and honest; line 2",
                      done.stderr)

    def test_a_label_that_nobody_knows_teaches_nothing(self):
        os.mkdir(self.path("desk"))
        self.write("desk/all.jsonl", "".join(
            json.dumps({"kind": "message", "id": name, "text": text}) + "\n"
            for name, text in (("a", "zorgle the frobnitz"),
                               ("b", "zorgle the frobnitz"), ("c", "lunch"))))
        rows = "id\tfile\tlabel\na\tall.jsonl\tfraud\nc\tall.jsonl\tham\n"
        for wrong in ("Honestly", "legit", ""):
            self.write("desk/labels.tsv", rows + f"b\tall.jsonl\t{wrong}\n")
            done = run("policy", "learn", "--labelled", self.path("desk"))
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn(f"labels.tsv:4: the label {wrong} is none that is "
                          "known", done.stderr)
        self.write("desk/labels.tsv",
                   "\ufeff" + rows + "b\tall.jsonl\tHonest\n")
        done = run("policy", "learn", "--labelled", self.path("desk"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 text is both labelled scam and labelled honest",
                      done.stderr)

    def test_a_mass_campaign_is_learnt_however_often_it_came(self):
        honest = self.write("honest.jsonl", "".join(
            line(f"lunch with {who} at the office on {day}")
            for who in ("ana", "joe", "kim")
            for day in ("monday", "friday", "sunday")))
        os.mkdir(self.path("lists"))
        self.write("lists/scam_phrases.yaml", LIST_HEAD)
        campaign = "zorgle the frobnitz before the quux is blimped"
        for count in (2, 61, 200):
            scams = self.write("scams.jsonl", count * line(campaign))
            done = run("policy", "learn", "--scam", scams, "--honest", honest,
                       "--output", self.path("lists/scam_phrases.txt"))
            self.assertEqual(done.returncode, 0, done.stderr)
            done = run("explain", "--lists", self.path("lists"), "--text",
                       campaign + " https://demo.example/a")
            self.assertIn("SMI-070", done.stdout, count)

    def test_what_was_read_otherwise_than_meant_is_said(self):
        scams = self.write("scams.jsonl", "".join(
            json.dumps({"kind": "message", "text": text, "label": label}) + "\n"
            for text, label in (("zorgle the frobnitz", "scam"),
                                ('zorgle a "label": "ham"', "Fraud"),
                                ("zorgle the lunch", "Honest"),
                                ("lunch is late", "ham"))))
        bodies = self.write("honest.csv", "id,body\n1,lunch\n2,dinner\n")
        with open(self.path("wide.txt"), "wb") as file:
            file.write("P\u0159ijde z\u00edtra.\n".encode("utf-16"))
        done = run("policy", "learn", "--scam", scams, "--honest", bodies,
                   "--honest", self.path("wide.txt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 messages are learnt as what the own `label` does not "
                      "say, the first is " + scams + ":3", done.stderr)
        self.assertIn("names that no field has were left out: body (2)",
                      done.stderr)
        self.assertIn("wide.txt: read as utf-16le", done.stderr)

    def test_another_charset_is_read_by_its_name(self):
        some = self.write("some.jsonl", line("hello there"))
        with open(self.path("latin.jsonl"), "wb") as file:
            file.write(line("hasta ma\u00f1ana").encode("utf-8").replace(
                b"\\u00f1", b"\xf1").replace(b"\xc3\xb1", b"\xf1"))
        arguments = ["policy", "learn", "--scam", some, "--honest",
                     self.path("latin.jsonl")]
        done = run(*arguments)
        self.assertEqual(done.returncode, 4)
        self.assertIn("--encoding", done.stderr)
        done = run(*arguments, "--encoding", "windows-1252")
        self.assertNotIn("latin.jsonl", done.stderr)

    def test_what_cannot_be_learnt_from_is_said(self):
        done = run("policy", "learn")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("nothing to learn from", done.stderr)
        some = self.write("some.jsonl", line("hello there"))
        broken = self.write("broken.jsonl", line("hello there") + "{\n")
        request = self.write("request.jsonl", '{"kind":"request"}\n')
        other = self.write("other.jsonl", line("good morning"))
        for arguments, code, words in (
                (["--scam", some, "--honest", other], 4, "label more"),
                (["--scam", request, "--honest", some], 4,
                 "request.jsonl:1: is a request"),
                (["--scam", some], 4, "no honest message to learn from"),
                (["--honest", some], 4, "no scam to learn from"),
                (["--scam", broken, "--honest", some], 4, "broken.jsonl:2:"),
                (["--scam", self.path("none"), "--honest", some], 4, "none")):
            done = run("policy", "learn", *arguments)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    main()
