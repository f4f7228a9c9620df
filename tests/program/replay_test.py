#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a changed policy would have done: replay of files and databases.

usage: replay_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import csv
import io
import json
import os
import sqlite3
import shutil

from outside import corpus, run, verdicts, main
from own_policy import PACK, POLICIES, RECORDS, WAIVERS, Site, record


class Replays(Site):
    def replay(self, old, new, *more):
        return run("replay", "--quiet", "--old", old, "--new", new, *more)

    def test_the_same_policy_changes_nothing_on_the_whole_corpus(self):
        done = self.replay(POLICIES, POLICIES, "--format", "json",
                           "--fail-on", "changed", *map(corpus, RECORDS))
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertGreater(report["records"], 300)
        for key in ("raised", "lowered", "same_action", "other_words"):
            self.assertEqual(report[key], 0, key)
        self.assertNotIn("rules", report)
        self.assertNotIn("examples", report)
        self.assertEqual(sum(s["judged"] for s in report["sources"]),
                         report["records"])

    def changed_policies(self):
        new = self.path("new")
        shutil.copytree(POLICIES, new)
        pack = os.path.join(new, "sim-replacement", "pack.yaml")
        with open(pack, encoding="utf-8") as file:
            text = file.read()
        with open(pack, "w", encoding="utf-8") as file:
            file.write(text.replace("score: 45", "score: 15")
                       .replace("score: 25", "score: 60"))
        return new

    def test_one_thread_and_many_say_the_same(self):
        new, log = self.changed_policies(), self.big_log(40)
        self.assertGreater(os.path.getsize(log), 3 << 20)
        for form in ("text", "json", "csv"):
            one, many = [self.replay(POLICIES, new, "--format", form,
                                     "--jobs", jobs, log)
                         for jobs in ("1", "7")]
            self.assertEqual(one.returncode, 0, one.stderr)
            self.assertTrue(one.stdout == many.stdout, form)

    def test_it_says_what_two_screenings_say(self):
        new = self.changed_policies()
        sides = [{v["id"]: v for v in verdicts(
            run("screen", "--quiet", "--policy", policy,
                corpus("requests.jsonl")))} for policy in (POLICIES, new)]
        moved = {}
        for name in sides[0]:
            pair = (sides[0][name]["action"], sides[1][name]["action"])
            moved[pair] = moved.get(pair, 0) + 1
        done = self.replay(POLICIES, new, "--format", "json",
                           corpus("requests.jsonl"))
        report = json.loads(done.stdout)
        self.assertGreater(report["raised"], 0)
        self.assertGreater(report["lowered"], 0)
        for old, row in report["actions"].items():
            for action, count in row.items():
                self.assertEqual(count, moved.get((old, action), 0),
                                 (old, action))
        rows = list(csv.DictReader(io.StringIO(self.replay(
            POLICIES, new, "--format", "csv",
            corpus("requests.jsonl")).stdout)))
        self.assertEqual(len([r for r in rows
                              if r["old_action"] != r["new_action"]]),
                         report["raised"] + report["lowered"])
        self.assertEqual(len(rows), report["raised"] + report["lowered"] +
                         report["same_action"])

    def test_fail_on(self):
        old = self.policy("old")
        stricter = self.policy("stricter", PACK.replace("score: 45",
                                                        "score: 75"))
        log = self.log(record("a"), record("b", agent={"registered": True}))
        for new, alarm, code in ((stricter, "raised", 1),
                                 (stricter, "lowered", 0),
                                 (stricter, "changed", 1),
                                 (old, "changed", 0)):
            done = self.replay(old, new, "--fail-on", alarm, log)
            self.assertEqual(done.returncode, code, (new, alarm))
        done = self.replay(stricter, old, "--fail-on", "lowered", log)
        self.assertEqual(done.returncode, 1)

    COUNTING = PACK.replace("rules:", """windows:
  swaps: {doc: By one clerk., count: requests, by: request.agent.id, over: 1h}
rules:
  - id: DEM-003
    title: Many swaps
    family: general
    severity: high
    score: 45
    flag: windows.swaps >= 3
    reason: Many.""")

    def test_a_rule_that_counts_over_records_is_named_and_left_out(self):
        pack = PACK.replace("rules:", """windows:
  swaps: {doc: By one clerk., count: requests, by: request.agent.id, over: 1h}
  known: {doc: By one clerk., count: requests, by: request.agent.id, over: 1h,
    given: request.counter.agent_swaps_1d}
rules:
  - id: DEM-003
    title: Many swaps
    family: general
    severity: high
    score: 45
    flag: request.agent.id != 'demo-calm' && windows.swaps >= 3
    reason: Many.
  - id: DEM-004
    title: Many known ones
    family: general
    severity: low
    score: 30
    flag: windows.known >= 3
    reason: Many.""")
        for side, text in (("now", pack),
                           ("new", pack.replace(">= 3", ">= 2"))):
            self.policy(side, text)
        self.write("log.jsonl", "".join(
            record(f"demo-{i}", created_at=f"2026-11-29T08:0{i}:00Z",
                   agent={"id": clerk, "registered": True}, **more) + "\n"
            for i, (clerk, more) in enumerate((
                ("demo-a", {}), ("demo-a", {}), ("demo-calm", {}),
                ("demo-a", {"counter": {"agent_swaps_1d": 2}})))))
        log = self.path("log.jsonl")
        sides = ("--old", self.path("now"), "--new", self.path("new"))
        done = run("replay", *sides, log)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("because it counts over records", done.stdout)
        done = run("replay", *sides, "--format", "json", "--fail-on",
                   "changed", log)
        self.assertEqual(done.returncode, 1, done.stderr)
        why = "counts over records, which replay of files does not"
        self.assertEqual(json.loads(done.stdout)["not_replayable"], [
            {"rule": "DEM-003", "records": 3, "why": why},
            {"rule": "DEM-004", "records": 3, "why": why}])
        self.assertEqual(json.loads(done.stdout)["raised"], 1)

    def test_fail_on_is_not_answered_by_what_was_left_out(self):
        pack = self.COUNTING
        log = self.log(record("demo-1", created_at="2026-11-29T08:00:00Z",
                              agent={"id": "demo-a", "registered": True}))
        old = self.policy("old", pack)
        for what, new, code in (
                ("the rule", pack.replace(">= 3", ">= 2"), 4),
                ("its window", pack.replace("over: 1h", "over: 2h"), 4),
                ("another rule", pack.replace("A hurry", "A great hurry"), 0)):
            self.assertNotEqual(new, pack, what)
            done = self.replay(old, self.policy(what, new), "--fail-on",
                               "raised", log)
            self.assertEqual(done.returncode, code, (what, done.stderr))
            self.assertEqual("--fail-on is not answered for 1 rule" in
                             done.stderr, code == 4, done.stderr)

    def test_a_rule_that_leaves_its_trial_is_told_from_one_that_enters_it(self):
        old = self.policy("old")
        new = self.policy("new", PACK.replace("status: shadow",
                                              "status: active"))
        log = self.log(record("a", urgency_claimed=True,
                              agent={"registered": True}))
        report = json.loads(self.replay(old, new, "--format", "json",
                                        log).stdout)
        self.assertEqual(report["actions"]["pass"]["review"], 1)
        self.assertEqual(report["examples"][0]["rules"][0]["old"], "shadow")
        self.assertEqual(report["examples"][0]["rules"][0]["new"], "hit")

    def test_what_cannot_be_read_is_counted_and_is_no_success(self):
        old = self.policy("old")
        log = self.log(record("a"), "{", record("b"))
        done = self.replay(old, old, "--format", "json", log)
        self.assertEqual(done.returncode, 4)
        self.assertIn("log.jsonl:2: J", done.stderr)
        source = json.loads(done.stdout)["sources"][0]
        self.assertEqual((source["seen"], source["judged"],
                          source["unreadable"]), (3, 2, 1))

    def test_a_wrong_policy_and_wrong_usage(self):
        old = self.policy("old")
        wrong = self.policy("wrong", PACK.replace("score: 45", "score: 450"))
        log = self.log(record("a"))
        self.assertEqual(self.replay(old, wrong, log).returncode, 2)
        self.assertEqual(self.replay(wrong, old, log).returncode, 2)
        self.assertEqual(self.replay(old, old).returncode, 3)
        self.assertEqual(self.replay(old, old, "--db", "x", log).returncode, 3)
        self.assertEqual(
            self.replay(old, old, "--db", self.path("none")).returncode, 5)

    def test_identifiers_are_masked(self):
        old = self.policy("old", PACK.replace(
            "reason: Not registered.",
            "reason: 'The line {request.phone_number} asked.'"))
        new = self.policy("new")
        log = self.log(record("a", phone_number="+8613800138000"))
        for form in ("text", "json", "csv"):
            done = self.replay(old, new, "--format", form, log)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("13800138000", done.stdout + done.stderr)


class ReplaysFromADatabase(Site):
    def stored(self, *more):
        self.old = self.policy("old")
        self.new = self.policy("new", PACK.replace("score: 45", "score: 75"))
        self.records = self.log(record("a"), record("b"),
                                record("c", agent={"registered": True}))
        done = run("screen", "--quiet", "--policy", self.old, "--db",
                   self.path("v.db"), self.records, *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def replay(self):
        done = run("replay", "--quiet", "--old", self.old, "--new", self.new,
                   "--db", self.path("v.db"), "--read-again", "--format",
                   "json")
        return done, json.loads(done.stdout)

    def test_the_records_are_read_again_where_they_stood(self):
        self.stored()
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["actions"]["hold"]["refuse"], 2)
        self.assertEqual(report["stored"], [
            {"name": self.records, "stored": 3, "rejudged": 3}])

    def test_records_that_came_later_are_not_those_of_the_database(self):
        self.stored()
        with open(self.records, "a", encoding="utf-8") as file:
            file.write(record("d") + "\n")
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["records"], 3)

    def test_a_file_that_was_changed_is_not_taken_for_the_one_that_was(self):
        self.stored()
        with open(self.records, encoding="utf-8") as file:
            text = file.read()
        self.write("log.jsonl", text.replace('"b"', '"x"'))
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        self.assertEqual(report["records"], 0)
        self.assertEqual(report["stored"][0]["rejudged"], 0)
        self.assertIn("changed", report["stored"][0]["why_not"])

    def test_a_file_that_is_gone_is_counted(self):
        self.stored()
        os.remove(self.records)
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        self.assertEqual(report["stored"][0]["stored"], 3)
        self.assertEqual(report["stored"][0]["rejudged"], 0)

    def test_a_mapping_that_is_missing_now_is_noticed(self):
        self.old = self.new = POLICIES
        done = run("screen", "--quiet", "--map", corpus("branch_map.yaml"),
                   "--db", self.path("v.db"), corpus("requests_branch.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        done = run("replay", "--quiet", "--old", POLICIES, "--new", POLICIES,
                   "--map", corpus("branch_map.yaml"), "--db",
                   self.path("v.db"), "--read-again")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_big_log_of_many_blocks(self):
        log = self.big_log(40)
        run("screen", "--quiet", "--db", self.path("v.db"), "--output",
            self.path("out"), log)
        self.old = self.new = POLICIES
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["stored"][0]["stored"], report["records"])
        self.assertGreater(report["records"], 5000)


class ReplaysFromWhatWasKept(Site):
    def screen(self, policy, *more):
        done = run("screen", "--quiet", "--policy", policy, "--db",
                   self.path("v.db"), *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def replay(self, *more):
        done = run("replay", "--quiet", "--db", self.path("v.db"), "--format",
                   "json", *more)
        return done, json.loads(done.stdout) if done.stdout else None

    def test_the_whole_corpus_comes_out_as_it_was_stored(self):
        self.screen(POLICIES, corpus("requests.jsonl"),
                    corpus("messages.jsonl"))
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        kept = report["kept"]
        self.assertEqual(kept["not_as_stored"], 0)
        self.assertEqual(kept["as_stored"], kept["judged"])
        self.assertGreater(kept["judged"], 1000)
        self.assertGreater(kept["judged"] - kept["in_part"], 300)
        self.assertEqual(report["raised"] + report["lowered"], 0)
        for row in kept["not_replayable"]:
            self.assertTrue(row["facts"], row)

    def test_a_pack_that_was_asked_for_alone_is_asked_again(self):
        """Shared profiles speak to its neighbours, which nobody stored."""
        for pack in ("smishing", "sim-replacement", "contact-and-link"):
            if os.path.exists(self.path("v.db")):
                os.remove(self.path("v.db"))
            self.screen(os.path.join(POLICIES, pack),
                        corpus("requests.jsonl"), corpus("messages.jsonl"))
            done, report = self.replay()
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(report["kept"]["as_stored"], 1000)
            self.assertEqual(report["kept"]["not_as_stored"], 0)
            done = run("explain", "--db", self.path("v.db"), "--verdict", "1")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_changed_policy_moves_stored_verdicts_without_the_files(self):
        old = self.policy("old")
        new = self.policy("new", PACK.replace("score: 45", "score: 75"))
        records = self.log(record("a"), record("b"),
                           record("c", agent={"registered": True}))
        self.screen(old, records)
        os.remove(records)
        done, report = self.replay("--new", new)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["actions"]["hold"]["refuse"], 2)
        self.assertEqual(report["kept"]["judged"], 3)
        done, report = self.replay("--old", new, "--new", old)
        self.assertEqual(report["actions"]["refuse"]["hold"], 2)
        done, report = self.replay("--new", new, "--verdict", "2")
        self.assertEqual(report["records"], 1)
        self.assertEqual(report["examples"][0]["id"], "b")
        done, report = self.replay("--new", new, "--verdict", "99")
        self.assertEqual(done.returncode, 3)

    def test_lists_and_waivers_of_then_are_not_dropped_without_a_word(self):
        old = self.policy("old")
        lists = self.path("own")
        os.mkdir(lists)
        self.write("own/hosts.yaml", "list: hosts\ntitle: Ours\nof: host\n"
                   "status: reviewed\nversion: 2026-11-24\n"
                   "checked: 2026-11-24\nsource: our own desk\n"
                   "entries:\n  - {value: demo.example}\n")
        waivers = self.write("waived.yaml", "waivers: []\n")
        self.screen(old, "--lists", lists, "--waivers", waivers,
                    self.log(record("a")))
        for given, missing in (
                ((), "lists of --lists (hosts.yaml)"),
                (("--lists", lists), "waivers of --waivers (waived.yaml)"),
                (("--waivers", waivers), "lists of --lists (hosts.yaml)")):
            done, report = self.replay("--new", old, *given)
            self.assertEqual(done.returncode, 3, done.stdout)
            self.assertIn(f"judged with {missing}, and --new has none",
                          done.stderr)
        for own in (("--lists", lists), ("--new-lists", lists)):
            done, report = self.replay("--new", old, "--waivers", waivers, *own)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(report["records"], 1)
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_each_verdict_keeps_its_profile(self):
        old = self.policy("old")
        site = self.write("site.yaml", "profile: site\ntitle: S\n"
                          "status: example\ncountry: ''\n"
                          "thresholds: {review: 1, hold: 2, refuse: 3}\n")
        self.screen(old, "--profile", site, self.log(record("a")))
        text = run("replay", "--quiet", "--new", old, "--db",
                   self.path("v.db")).stdout
        self.assertEqual(text.count("profile as stored\n"), 2, text)
        done, report = self.replay("--new", old)
        self.assertEqual(report["new"]["profile"], "as stored")
        self.assertEqual(report["actions"]["refuse"]["hold"], 1)
        done, report = self.replay("--new", old, "--profile", site)
        self.assertEqual(report["actions"]["refuse"]["refuse"], 1)
        for options in (("--new", old, "--profile", "site"),
                        ("--profile", site)):
            done, report = self.replay(*options)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("--profile: with --db each verdict is judged by the "
                          "profile that it was judged by", done.stderr)

    def test_several_rulesets_of_then_have_no_digest_together(self):
        log = self.log(record("a"))
        self.screen(self.policy("old"), log)
        self.screen(self.policy("new", PACK.replace("score: 45", "score: 70")),
                    log)
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("digest", report["old"])
        self.assertEqual(report["old"]["profile"], "as stored")
        text = run("replay", "--quiet", "--db", self.path("v.db")).stdout
        self.assertIn("old  the rulesets that judged, profile as stored\n", text)

    def test_the_ruleset_of_then_has_its_waivers_lists_and_profile(self):
        old = self.policy("old", waivers=WAIVERS)
        waivers = self.write("more.yaml", WAIVERS.replace("W-1", "W-2"))
        profile = self.write("site.yaml", "profile: site\ntitle: S\n"
                             "status: example\ncountry: ''\n")
        self.screen(old, "--waivers", waivers, "--profile", profile, self.log(
            record("a", created_at="2026-11-01T10:00:00Z",
                   channel={"id": "DL-1"}), record("b")))
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["kept"]["as_stored"], 2)

    def test_what_was_exported_judges_again_with_its_waivers(self):
        old = self.policy("old", waivers=WAIVERS)
        own = WAIVERS.replace("DL-1", "DL-3").replace("W-1", "W-3")
        self.write(os.path.join("old", "demo", "waivers.yaml"), own)
        more = WAIVERS.replace("DL-1", "DL-2").replace("W-1", "W-2")
        waivers = self.write("more.yaml", more)
        profile = self.write("site.yaml", "profile: site\ntitle: S\n"
                             "status: example\ncountry: ''\n")
        log = self.log(*(record(i, channel={"id": "DL-" + i}) for i in "1234"))
        self.screen(old, "--waivers", waivers, "--profile", profile,
                    "--output", self.path("first.jsonl"), log)
        done = run("audit", "export", "--db", self.path("v.db"), "--output",
                   self.path("evidence"))
        self.assertEqual(done.returncode, 0, done.stderr)
        policies = self.path("evidence/policies")
        [digest] = os.listdir(policies)
        policy = os.path.join(policies, digest)
        again = run("screen", "--quiet", "--policy", policy, "--waivers",
                    os.path.join(policy, "extra", "waivers", "more.yaml"),
                    "--profile", os.path.join(policy, "profile", "site.yaml"),
                    "--output", self.path("again.jsonl"), log)
        self.assertEqual(again.returncode, 0, again.stderr)
        with open(self.path("first.jsonl"), encoding="utf-8") as file:
            verdicts = file.read()
        with open(self.path("again.jsonl"), encoding="utf-8") as file:
            self.assertEqual(file.read(), verdicts)
        for waiver in ("W-1", "W-2", "W-3"):
            self.assertIn(waiver, verdicts)

    def test_a_damaged_block_is_named_and_the_others_are_replayed(self):
        policy = self.policy("old")
        self.screen(policy, self.log(record("a"), record("b")))
        self.screen(policy, self.log(record("a"), record("b"), record("c")))
        with sqlite3.connect(self.path("v.db")) as db:
            db.execute("UPDATE kept_facts SET facts = zeroblob(length(facts)) "
                       "WHERE block_id = 1")
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        self.assertEqual(report["kept"]["judged"], 1)
        self.assertEqual(report["kept"]["damaged"], 2)
        [block] = report["kept"]["damaged_blocks"]
        self.assertIn("block 1", block)
        self.assertIn("log.jsonl", block)
        text = run("replay", "--quiet", "--db", self.path("v.db"))
        self.assertIn("+ damaged 2 +", text.stdout)
        one = run("replay", "--quiet", "--db", self.path("v.db"),
                  "--verdict", "1")
        self.assertEqual(one.returncode, 4)
        self.assertIn("block 1", one.stderr)
        told = run("report", "--db", self.path("v.db"), "--format", "csv",
                   "--table", "damaged")
        self.assertEqual(told.returncode, 4)
        self.assertIn("block 1", told.stderr)
        self.assertIn("log.jsonl,2,its kept facts are not as they were written",
                      told.stdout)

    def test_a_verdict_that_was_changed_is_not_as_stored(self):
        self.screen(self.policy("old"), self.log(record("a"), record("b")))
        with sqlite3.connect(self.path("v.db")) as db:
            db.execute("UPDATE verdict_row SET action = 0, score = 0 "
                       "WHERE verdict_id = 2")
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        self.assertEqual(report["kept"]["not_as_stored"], 1)

    def test_what_was_not_kept_is_counted(self):
        log = self.log(record("a"), record("b"))
        self.screen(self.policy("old"), log, "--keep", "verdicts")
        done, report = self.replay()
        self.assertEqual(done.returncode, 4)
        self.assertEqual(report["kept"]["nothing_kept"], 2)

    def test_a_log_that_has_grown_keeps_the_facts_of_each_block(self):
        policy = self.policy("old")
        self.screen(policy, self.log(record("a"), record("b")))
        self.screen(policy, self.log(record("a"), record("b"), record("c")))
        done, report = self.replay()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(report["kept"]["as_stored"], 3)

    def test_a_rule_on_a_masked_fact_is_named_and_moves_nothing(self):
        old = self.policy("old")
        new = self.policy("new", PACK.replace(
            "require: request.agent.registered",
            "require: request.agent.id.startsWith('a-')"))
        self.screen(old, self.log(record("a", agent={"id": "a-1"}),
                                  record("b")))
        done, report = self.replay("--new", new)
        self.assertEqual(report["kept"]["not_replayable"], [
            {"rule": "DEM-001", "records": 1, "facts": ["request.agent.id"]}])
        # Left out of both sides on the first; not recorded on the second.
        self.assertEqual(report["kept"]["in_part"], 1)
        self.assertEqual(report["raised"] + report["lowered"], 0)

    def test_an_old_action_that_nobody_had_is_told_from_the_stored_one(self):
        masked = PACK.replace("require: request.agent.registered",
                              "require: request.agent.id.startsWith('a-')")
        old = self.policy("old", masked)
        new = self.policy("new", masked.replace("'a-'", "'c-'").replace(
            "    status: shadow\n", ""))
        self.screen(old, self.log(
            record("x", agent={"id": "b-1"}, urgency_claimed=True),
            record("y")))
        done, report = self.replay("--new", new)
        self.assertEqual(report["kept"]["old_action_not_as_stored"], 1)
        self.assertEqual(
            [(e["id"], e["stored"], e["old"], e["new"])
             for e in report["examples"]], [("x", "hold", "pass", "review")])
        asked = ("replay", "--db", self.path("v.db"), "--new", new)
        done = run(*asked, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        self.assertEqual([(r["old_action"], r["stored_action"]) for r in rows],
                         [("pass", "hold")])
        told = "1 record: the old action is not the one that is stored"
        self.assertIn(told, done.stderr)
        done = run(*asked)
        self.assertIn(told, done.stdout)
        self.assertIn("    stored as hold\n", done.stdout)
        # It is a replay from a database already.
        done = run(*asked, "--fail-on", "lowered")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("replay --db with --read-again", done.stderr)


if __name__ == "__main__":
    main()
