#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Verdicts as people see them: what a record brings along cannot paint on the
reader's terminal, and a stored verdict is shown as it was told."""
import contextlib
import fcntl
import json
import os
import pty
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import termios

from outside import CHECKOUT, PROGRAM, Scratch, corpus, main, run

USAGE, UNREADABLE = 3, 4
POLICIES = os.path.join(CHECKOUT, "policies")
# What clears a screen, moves its cursor, breaks a line or turns its direction.
PAINT = "\x1b[2J\x1b[31m\u009b5m\u202e\r"
PAINTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


class Painting(Scratch):
    def setUp(self):
        super().setUp()
        self.log = self.write("log.jsonl", "\n".join(map(json.dumps, (
            {"kind": "request", "request_id": "demo" + PAINT, "channel": {
                "type": "dealer", "id": PAINT + "\nrefuse 100 points", PAINT: 1,
                "official_status": "unofficial" + PAINT}},
            {"kind": "message", "id": "demo" + PAINT, "sender": PAINT,
             "text": "eSIM without ID " + PAINT + " TG @demo_kaka88"}))))

    def test_no_record_paints_on_a_terminal(self):
        for command in (
                ("explain", self.log), ("explain", "--line", "2", self.log),
                ("screen", "--output-format", "table", self.log),
                ("screen", "--summary", "--output", "/dev/null", self.log)):
            with self.subTest(command=command):
                done = run(*command)
                self.assertEqual(done.returncode, 0, done.stderr)
                shown = done.stdout + done.stderr
                self.assertIn("demo·[2J·[31m", shown)
                self.assertEqual(PAINTING.findall(shown), [])
                self.assertNotIn("\nrefuse 100 points\n", shown)

    def test_a_table_for_spreadsheets_paints_neither(self):
        shown = run("screen", "--output-format", "csv", self.log).stdout
        self.assertIn(r"demo\x1b[2J\x1b[31m\u{9b}5m\u{202e},request", shown)
        self.assertEqual(PAINTING.findall(shown), [])
        db = self.path("v.db")
        run("screen", "--db", db, "--output", "/dev/null", self.log)
        run("audit", "decide", "--db", db, "--verdict", "1", "--by", "demo",
            "--outcome", "fraud_confirmed")
        moved = run("replay", "--old", self.demo("old", 10), "--new",
                    self.demo("new", 45), "--format", "csv", self.log)
        for told in (moved, run("audit", "cases", "--db", db, "--format", "csv")):
            self.assertIn(r"demo\x1b[2J", told.stdout, told.stderr)
            self.assertEqual(PAINTING.findall(told.stdout), [])

    pack = """\
pack: demo
version: 1.0.0
asks: request
title: "T%(paint)s"
families: {a: A}
rules:
  - id: A-1
    title: "T%(paint)s"
    family: a
    severity: low
    score: %(score)d
    require: |
      request.agent.registered
        && request.urgency_claimed
    reason: R.
    remedy: "Do%(paint)s"
    source: "S%(paint)s"
    confidence: default
"""

    def demo(self, name, score):
        os.makedirs(self.path(name + "/demo"))
        self.write(name + "/demo/pack.yaml", self.pack % {
            "score": score, "paint": "\\e[2J\\e[31m\\u202E\\r"})
        return self.path(name)

    def test_no_policy_and_no_file_paints_on_a_terminal(self):
        old, new = self.demo("old", 10), self.demo("new", 45)
        log = self.write("l" + PAINT + "\nseen 9 = judged by both 9.jsonl",
                         '{"kind": "request", "request_id": "demo"}\n')
        for command in (
                ("policy", "list", old), ("policy", "show", old),
                ("policy", "diff", old, new),
                ("explain", "--policy", old, log),
                ("screen", "--summary", "--policy", old, "--output",
                 "/dev/null", log),
                ("replay", "--quiet", "--old", old, "--new", new, log)):
            with self.subTest(command=command[:2]):
                done = run(*command)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(PAINTING.findall(done.stdout + done.stderr),
                                 [])
                self.assertNotIn("\nseen 9", done.stdout)

    def test_lines_of_a_condition_stand_under_its_first(self):
        shown = run("policy", "show", self.demo("old", 10)).stdout
        self.assertIn("  require  request.agent.registered\n"
                      "             && request.urgency_claimed\n"
                      "           needs", shown)
        self.assertNotIn("in request.agent.registered &&", shown)


    def test_no_word_of_a_command_paints(self):
        for command in ((PAINT,), ("screen", "--kind", PAINT, "x"),
                        ("screen", "--" + PAINT, "x"), ("audit", PAINT)):
            done = run(*command)
            self.assertEqual(done.returncode, USAGE)
            self.assertIn(r"\x1b[2J", done.stderr)
            self.assertEqual(PAINTING.findall(done.stderr), [])

    def test_a_name_that_is_no_utf_8_is_told_as_its_bytes(self):
        name = os.fsencode(self.path("")) + b"a\xff.jsonl"
        with open(name, "wb") as file:
            file.write(b'{"kind":"message","text":"a"}\n')
        done = subprocess.run([PROGRAM, "screen", name], capture_output=True,
                              timeout=60)
        self.assertIn(rb"a\xff.jsonl: seen 1 = judged 1", done.stderr)
        source = json.loads(done.stdout)["source"]["name"]
        self.assertTrue(source.endswith(r"a\xff.jsonl"), source)


class Terminals(Scratch):
    """Of a person who is shown something while it runs."""
    text = "Your SIM will be blocked today, write to TG @demo_kaka88"

    def shown(self, *command, stdin=None, **environment):
        """What stands on a terminal of 80 columns."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, 80, 0, 0))
        known = {k: v for k, v in os.environ.items()
                 if k not in ("TERM", "NO_COLOR")}
        child = subprocess.Popen([PROGRAM, *command], stdin=stdin,
                                 stdout=theirs, stderr=theirs,
                                 env=dict(known, **environment))
        os.close(theirs)
        told = b""
        try:
            while part := os.read(ours, 65536):
                told += part
        except OSError:  # the last who could write has gone
            pass
        os.close(ours)
        self.assertEqual(child.wait(), 0, told)
        return told.decode()

    def test_json_on_a_terminal_means_the_same_and_paints_nothing(self):
        log = self.write("log.jsonl", json.dumps(
            {"kind": "message", "id": "demo\u009b5m\u202e\u4e2d", "text": "a"}))
        told = self.shown("screen", "--quiet", log)
        self.assertEqual(PAINTING.findall(told.replace("\r\n", "\n")), [])
        self.assertEqual(json.loads(told),
                         json.loads(run("screen", "--quiet", log).stdout))

    def test_colours_are_for_terminals_that_have_them(self):
        explain = ("explain", "--text", self.text)
        plain = self.shown(*explain, TERM="dumb")
        self.assertNotIn("\x1b", plain)
        self.assertIn("@demo_kaka88", plain)
        self.assertEqual(self.shown(*explain), plain)
        self.assertEqual(self.shown(*explain, TERM=""), plain)
        self.assertEqual(self.shown(*explain, TERM="xterm", NO_COLOR="1"),
                         plain)
        self.assertIn("\x1b[", self.shown(*explain, TERM="xterm", NO_COLOR=""))

    def test_progress_is_for_terminals_that_move_a_cursor(self):
        """Slow input of three parts, so that there is time for some."""
        row = json.dumps({"kind": "message", "id": "demo",
                          "note": "x" * 10_000})
        screen = ("screen", "--output", self.path("out"), "-")
        for name, progress in (("dumb", False), ("xterm", True)):
            slow = subprocess.Popen(
                [sys.executable, "-c", "import sys, time\n"
                 "for _ in range(3):\n"
                 "    print(sys.argv[1] * %d, end='', flush=True)\n"
                 "    time.sleep(0.4)\n" % ((1 << 20) // len(row) + 1),  # a chunk
                 row + "\n"], stdout=subprocess.PIPE)
            told = self.shown(*screen, stdin=slow.stdout, TERM=name)
            slow.stdout.close()
            slow.wait()
            self.assertEqual("\r\x1b[2K" in told, progress, name)
            self.assertIn("-: seen ", told)


class Help(Scratch):
    def commands(self, *way):
        """The lines of help below `Subcommands:`, and theirs."""
        text = run(*way, "--help").stdout
        yield way, text
        _, _, listed = text.partition("Subcommands:\n")
        for name in re.findall("^  ([a-z]+) ", listed.partition("\n\n")[0],
                               re.MULTILINE):
            yield from self.commands(*way, name)

    def test_every_command_shows_an_example_and_its_exit_codes(self):
        commands = list(self.commands())
        self.assertGreater(len(commands), 20)
        for way, text in commands:
            with self.subTest(command=way):
                self.assertRegex(text, "\nExamples?:\n  simwarden ")
                self.assertIn("\nExit codes: 0 ", text)


class Stored(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")
        self.inputs = corpus("requests.jsonl"), corpus("messages.jsonl")
        done = run("screen", "--quiet", "--db", self.db, "--output",
                   self.path("out.jsonl"), *self.inputs)
        self.assertEqual(done.returncode, 0, done.stderr)

    def stored(self, verdict):
        return run("explain", "--db", self.db, "--verdict", verdict)

    def change(self, sql):
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            db.execute(sql)
            db.commit()

    @staticmethod
    def parted(text):
        """What stands before, in and behind the rules that are undecided."""
        before, head, rest = text.partition("\nCould not be determined")
        open_rules, _, after = rest.partition("\n\n")
        # What explain alone lacks, which asks about one record.
        after = re.sub(r"^Count over other records, not in this verdict: .*\n", "", after)
        before = re.sub(r"^Looked at alone: .*\n.*\n.*--id ID\n", "", before, flags=re.M)
        return before, head + open_rules, after

    def test_a_stored_verdict_is_shown_as_it_was_explained_then(self):
        for line in (1, 17, 73, 300):
            shown = self.stored(str(line))
            self.assertEqual(shown.returncode, 0, shown.stderr)
            then = run("explain", "--line", str(line), self.inputs[0])
            before, open_then, after = self.parted(then.stdout)
            told, open_told, rest = self.parted(shown.stdout)
            self.assertEqual(told, before)
            self.assertTrue(rest.startswith(after), shown.stdout)
            # Stored are the rules, not what each of them lacked.
            rules = re.findall(r"\b[A-Z]{3}-\d{3}\b", open_told)
            self.assertGreater(len(rules), 3)
            for rule in rules:
                self.assertIn(rule, open_then)
            self.assertIn(f"{self.inputs[0]}, line {line}\n", shown.stdout)

    def test_the_name_that_the_daemon_gives_finds_it_too(self):
        self.assertEqual(self.stored("2-4").stdout, self.stored("324").stdout)

    def test_a_replay_of_one_verdict_counts_no_others(self):
        again = run("replay", "--db", self.db, "--verdict", "73")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("1 as they were stored, 0 otherwise", again.stdout)
        self.assertNotIn("others", again.stdout)
        march = run("replay", "--db", self.db, "--to", "2026-02-01")
        self.assertIn(" others were not asked for", march.stdout)

    def test_what_people_decided_stands_with_it(self):
        done = run("audit", "decide", "--db", self.db, "--verdict", "73", "--by",
                   "demo_clerk", "--outcome", "fraud_confirmed", "--owner",
                   "demo_lead", "--due", "2099-04-01", "--note", "as it says")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(self.stored("73").stdout,
                         "decided  20.* fraud_confirmed by demo_clerk, open, "
                         "for demo_lead, due 2099-04-01: as it says\n")

    def test_a_row_that_somebody_wrote_is_not_shown_as_true(self):
        run("audit", "decide", "--db", self.db, "--verdict", "73", "--by",
            "demo_clerk", "--outcome", "refused")
        self.assertEqual(self.stored("73").returncode, 0)
        whole = self.path("whole.db")
        shutil.copy(self.db, whole)
        for change, what in (
                ("UPDATE verdict_row SET verdict_json = replace(verdict_json, "
                 "'\"title\":\"', '\"title\":\"Not ') WHERE verdict_id = 73", "is not as it was written"),
                ("UPDATE verdict_row SET score = 0 WHERE verdict_id = 73",
                 "is not as it was written"),
                ("UPDATE decision_row SET decided_by = 'demo_other'",
                 "has a decision that is not as it was written"),
                ("UPDATE block SET digest = head",
                 "has a block that is not as it was written"),
                ("UPDATE block_proof SET row_digests = zeroblob(length("
                 "row_digests))", "is not as it was written")):
            shutil.copy(whole, self.db)
            self.change(change)
            shown = self.stored("73")
            self.assertEqual(shown.returncode, UNREADABLE, change)
            self.assertIn(f"verdict 73 {what}; see simwarden audit verify",
                          shown.stderr)
        shutil.copy(whole, self.db)
        self.change("UPDATE verdict_row SET score = 0 WHERE verdict_id = 74")
        self.assertEqual(self.stored("73").returncode, 0)

    def test_why_a_rule_failed_is_kept(self):
        os.mkdir(self.path("fails"))
        policy = self.path("fails")
        self.write("fails/pack.yaml", """\
pack: fails
version: 1.0.0
asks: request
title: T
families: {a: A}
rules:
  - id: A-1
    title: T
    family: a
    severity: low
    score: 10
    flag: 10 / request.history.sim_swaps_30d > 2
    reason: R.
    remedy: M.
""")
        log = self.write("fails.jsonl", json.dumps(
            {"kind": "request", "history": {"sim_swaps_30d": 0}}))
        db = self.path("fails.db")
        told = run("screen", "--policy", policy, "--db", db, log)
        self.assertEqual(json.loads(told.stdout)["failed"],
                         [{"rule": "A-1", "error": "division by zero"}],
                         told.stderr)
        for language, why in (("en", "Failed, division by zero: A-1\n"),
                              ("zh", "求值失败，除数为零：A-1\n")):
            live = run("explain", "--policy", policy, "--language", language,
                       log)
            self.assertIn(why, live.stdout)
            stored = run("explain", "--db", db, "--verdict", "1",
                         "--language", language)
            self.assertTrue(stored.stdout.startswith(live.stdout),
                            stored.stdout)

    def test_what_is_not_there_is_said(self):
        for verdict in ("0", "-1", "17x", "x", "1-", ""):
            self.assertEqual(self.stored(verdict).returncode, USAGE, verdict)
        for verdict in ("99999", "3-1", "2-99999"):
            missing = self.stored(verdict)
            self.assertEqual(missing.returncode, USAGE)
            self.assertIn(f"has no verdict {verdict}", missing.stderr)
        done = run("audit", "purge", "--db", self.db, "--before",
                   "2099-01-01", "--today", "2099-01-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        purged = self.stored("73")
        self.assertEqual(purged.returncode, UNREADABLE)
        self.assertIn("no longer kept (audit purge)", purged.stderr)
        self.assertRegex(purged.stdout,
                         r"(?s)^(pass|review|hold|refuse)  [\d.]+ points  of "
                         r"verdict 73: what is left\n.*  purged   20[^ ]+, "
                         r"with the class subjects\n")

    def test_the_labels_around_a_stored_verdict_are_in_the_language(self):
        run("audit", "decide", "--db", self.db, "--verdict", "73", "--by",
            "demo_clerk", "--outcome", "refused")
        shown = run("explain", "--db", self.db, "--verdict", "73",
                    "--language", "zh")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("换卡请求", shown.stdout)
        self.assertRegex(shown.stdout, "判定 73，出自 .*\n  记录 .*第73行\n"
                         "  判定于 .*\n  规则集 .*\n  规则包 .*\n  事件 .*\n"
                         "  决定 .*决定人demo_clerk")
        for english in (" points", "record ", "judged", "decided", "Whether"):
            self.assertNotIn(english, shown.stdout)
        # Families are called as the rules that judged say it.
        self.assertIn(", 渠道与网点)", shown.stdout)
        self.assertRegex(shown.stdout, "分数：.*渠道与网点 ")

    def test_a_table_speaks_the_language_of_its_reasons(self):
        table = run("screen", "--quiet", "--language", "zh", "--output-format",
                    "table", self.inputs[0])
        head, *rows = table.stdout.splitlines()
        self.assertEqual(head.split(), ["判定", "得分", "编号", "规则", "原因"])
        self.assertEqual({row.split()[0] for row in rows},
                         {"通过", "复核", "暂停", "拒绝"})
        # In columns: a Chinese character is two wide.
        english = run("screen", "--quiet", "--output-format", "table",
                      self.inputs[0]).stdout.splitlines()
        for row, of in zip(rows, english[1:]):
            self.assertEqual(row[5:36].rstrip(), of[7:38].rstrip())

    def test_nothing_else_says_how_a_stored_verdict_is_drawn(self):
        for more in (("--policy", "x"), ("--text", "x"), (self.inputs[0],)):
            done = run("explain", "--db", self.db, "--verdict", "1", *more)
            self.assertEqual(done.returncode, USAGE, more)
            self.assertIn("excludes --db", done.stderr)

    def decide(self, *more):
        return run("audit", "decide", "--db", self.db, "--by", "demo_clerk",
                   *more)

    def newest(self, where="1"):
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            return db.execute("SELECT max(verdict_id) FROM verdict WHERE " +
                              where).fetchone()[0]

    def test_a_verdict_is_named_by_the_id_of_its_record(self):
        name = ("--id", "demo-r-073")
        explain = ("explain", "--db", self.db, *name)
        done = self.decide(*name, "--outcome", "refused")
        self.assertEqual(done.stdout,
                         "decision 1: verdict 73 refused by demo_clerk\n")
        self.assertIn("Verdict 73 of ", run(*explain).stdout)
        # Judged again under other rules: that one stands.
        policy = self.path("policies")
        shutil.copytree(POLICIES, policy)
        with open(os.path.join(policy, "sim-replacement", "pack.yaml"),
                  "a", encoding="utf-8") as file:
            file.write("# one more\n")
        screen = ("screen", "--quiet", "--policy", policy, "--db", self.db,
                  "--output", self.path("again.out"))
        run(*screen, self.inputs[0])
        again = self.newest("record_id = 'demo-r-073'")
        self.assertGreater(again, 73)
        self.assertIn(f"Verdict {again} of ", run(*explain).stdout)
        # Another file has a record with that id.
        with open(self.inputs[0], encoding="utf-8") as file:
            other = self.write("other.jsonl", file.readlines()[72])
        run(*screen, other)
        for done in (run(*explain), self.decide(*name, "--outcome",
                                                "approved")):
            self.assertEqual(done.returncode, USAGE, done.stdout)
            self.assertIn(f"say which by --verdict: {self.newest()} (" +
                          other + f", line 1), {again} (", done.stderr)
            self.assertNotIn(" 73 (", done.stderr)

    def test_what_names_no_verdict_or_two(self):
        approve = ("--outcome", "approved")
        for command in (("--id", "none", *approve), ("--id", "demo-r-073"),
                        approve, ("--id", "demo-r-073", "--verdict", "73",
                                  *approve)):
            self.assertEqual(self.decide(*command).returncode, USAGE, command)
        for command in ((), ("--id", "none"), ("--id", "x", "--verdict", "1")):
            done = run("explain", "--db", self.db, *command)
            self.assertEqual(done.returncode, USAGE, command)


if __name__ == "__main__":
    main()
