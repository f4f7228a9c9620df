#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Slips at the command line: what was meant to be given was not, or not so.
Each is told in words that say what to do, none ends like a success, and nothing
that was there before is spoilt."""
import json
import os
import socket
import subprocess

from outside import CHECKOUT, PROGRAM, Scratch, corpus, main, run

POLICIES = os.path.join(CHECKOUT, "policies")
# A start takes half the time: for mistakes that are not about what rules say.
ONE_PACK = os.path.join(POLICIES, "smishing")
POLICY, USAGE, UNREADABLE, ENVIRONMENT = 2, 3, 4, 5
LIST = """list: mine
title: demo
of: domain
status: example
version: 2026-11-24
checked: never
source: demo
entries_from: mine.txt
"""


class Mistakes(Scratch):
    def setUp(self):
        super().setUp()
        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            self.text = "".join(file.readline() for _ in range(5))
        self.log = self.write("log.jsonl", self.text)

    def fails(self, code, words, *arguments):
        with self.subTest(arguments=arguments):
            done = run(*arguments, cwd=self.folder.name)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertNotIn("basic_", done.stderr)  # a library's own words

    def screen(self, *arguments):
        return ("screen", "--policy", ONE_PACK, "--quiet", *arguments)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def test_a_word_that_is_no_command_is_told_the_commands(self):
        self.fails(USAGE, "did you mean screen?\nTry: simwarden --help",
                   "scren", "log.jsonl")
        self.fails(USAGE, "nothing is called log.jsonl; the commands are: "
                   "screen, explain", "log.jsonl")
        self.fails(USAGE, "the commands are: verify, ", "audit")
        self.fails(USAGE, "did you mean verify?\nTry: simwarden audit --help",
                   "audit", "verfy", "--db", "x.db")
        self.fails(USAGE, "--case is required\nTry: simwarden audit open "
                   "--help", "audit", "open", "--db", "x.db")

    def test_a_slip_in_an_option_is_told_the_option(self):
        self.fails(USAGE, "no option is called --ouput; did you mean --output?"
                   "\nTry: simwarden screen --help",
                   *self.screen("--ouput", "x", "log.jsonl"))
        self.fails(USAGE, "no option is called --policy; policies stand without "
                   "one: simwarden policy check PATH\n",
                   "policy", "check", "--policy", "x")
        self.fails(USAGE, "no option is called --policy; policies stand without "
                   "one: simwarden policy diff OLD NEW\n",
                   "policy", "diff", "--policy=x", "y")
        self.fails(USAGE, "no option is called --nonsense\n",
                   *self.screen("--nonsense", "log.jsonl"))
        self.fails(USAGE, "no option is called --threads; it is --jobs here\n",
                   *self.screen("--threads", "2", "log.jsonl"))
        self.fails(USAGE, "--verdict: 0 is no number from 1 on",
                   "replay", "--db", "x.db", "--verdict", "0")
        self.fails(USAGE, "--line: 0 is no number from 1 on", "explain", "--line",
                   "0", "log.jsonl")

    def test_two_ways_to_name_a_record_are_one_too_many(self):
        self.fails(USAGE, "--line excludes --id", "explain", "--line", "3",
                   "--id", "x", "log.jsonl")

    def test_what_a_spreadsheet_rounded_is_told_its_cure(self):
        path = self.write("a.csv", "request_id;sim.new.iccid\n"
                          "A1;8.98600121234568E+18\n")
        done = run("screen", "--kind", "request", path)
        self.assertIn("request.sim.new.iccid (1, as in ", done.stderr)
        self.assertIn("8.94E+18 is what a spreadsheet leaves", done.stderr)
        path = self.write("b.csv", "request_id;channel.type\nA1;booth\n")
        done = run("screen", "--kind", "request", path)
        self.assertIn("request.channel.type (1, as in ", done.stderr)
        self.assertNotIn("spreadsheet", done.stderr)

    def test_a_folder_of_lists_without_a_list(self):
        os.mkdir(self.path("none"))
        os.makedirs(self.path("site/lists"))
        self.write("site/lists/our.yaml", "list: our\n")
        file = self.write("list.yaml", "list: our\n")
        for named, told in (
                (self.path("none"), "no list is in it; a list is a file"),
                (self.path("site"), "/site/lists has some"),
                (file, "list.yaml: is a file, not a folder"),
                (self.path("gone"), "gone: cannot be read: No such file")):
            for command in (["screen", file], ["policy", "check"]):
                done = run(*command, "--lists", named)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn(told, done.stderr)

    def test_a_profile_that_a_mapping_names_has_to_be_there(self):
        table = self.write("a.csv", "Ref,Law\nA1,our\n")
        for wrong in ("constants: {policy_profile: atlantis}",
                      "values: {policy_profile: {our: atlantis}}"):
            wrong = ("kind: request\ncolumns: {Ref: request_id, Law: "
                     "policy_profile}\n" + wrong)
            mapping = self.write("map.yaml", wrong)
            for command in (["screen"], ["explain"],
                            ["replay", "--old", ONE_PACK, "--new", ONE_PACK]):
                done = run(*command, "--map", mapping, table)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertIn("no profile atlantis, which policy_profile is "
                              "set to; there are: ", done.stderr)
            self.write("map.yaml", wrong.replace("atlantis", "generic"))
            self.assertEqual(run("screen", "--map", mapping, table).returncode,
                             0)

    def test_what_an_export_leaves_out_is_told(self):
        record = json.loads(self.text.splitlines()[0])
        factors = record.pop("auth")
        lines = [json.dumps(dict(record, request_id=f"demo-{i}"))
                 for i in range(20)]
        whole = json.dumps(dict(record, request_id="demo-x", auth=factors))
        told = "duties ask for what no record has: "
        for rows, wanted in ((lines, True), (lines[1:], False),
                             (lines + [whole], False)):
            log = self.write("export.jsonl", "\n".join(rows) + "\n")
            done = run("screen", "--policy", POLICIES, log)
            self.assertEqual(told in done.stderr, wanted, done.stderr)
            if wanted:
                self.assertIn("request.auth.passed_factor_count (20)",
                              done.stderr)

    def test_standard_input_can_be_named_once(self):
        for command in (self.screen(),
                        ("replay", "--old", ONE_PACK, "--new", ONE_PACK)):
            self.fails(USAGE, "name it once", *command, "-", "-")

    def test_a_file_that_is_named_twice_is_read_once(self):
        os.mkdir(self.path("logs"))
        log = self.write("logs/a.txt", "see you at six\n")
        self.write("logs/b.txt", "see you at seven\n")
        for names in ((log, log), (log, self.path("logs/./a.txt")),
                      (self.path("logs/a.*"), log)):
            done = run(*self.screen(), *names)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(len(done.stdout.splitlines()), 1, names)
            self.assertIn("a.txt: named twice, and read once\n", done.stderr)
        done = run(*self.screen(), self.path("logs"), self.path("logs/*.txt"))
        self.assertEqual(len(done.stdout.splitlines()), 2)
        self.assertIn("named twice, and read once, like 1 more\n",
                      done.stderr)

    def test_texts_and_mails_are_no_requests(self):
        self.write("a.txt", "hello\n")
        self.write("a.eml", "From: a@mail.example\n\nhello\n")
        for name in ("a.txt", "a.eml"):
            for command in (self.screen(), ("explain", "--policy", ONE_PACK),
                            ("replay", "--old", ONE_PACK, "--new", ONE_PACK)):
                self.fails(USAGE, name + ": --kind request: ", *command,
                           "--kind", "request", name)
        done = run(*self.screen("--kind", "request", "a.txt", "log.jsonl"),
                   cwd=self.folder.name)
        self.assertEqual((done.returncode, done.stdout.count("\n")), (USAGE, 5))

    def test_a_bad_match_of_a_pattern_does_not_cost_the_others(self):
        os.makedirs(self.path("logs/empty"))
        os.symlink("nowhere", self.path("logs/a_link"))
        self.write("logs/b.jsonl", self.text)
        self.write("logs/z.jsonl", self.text)
        for command, judged in (
                (self.screen("--output-format", "csv"), 11),
                (("replay", "--old", ONE_PACK, "--new", ONE_PACK), None)):
            done = run(*command, "logs/*", cwd=self.folder.name)
            self.assertEqual(done.returncode, UNREADABLE, done.stderr)
            self.assertIn("logs/a_link: cannot be read", done.stderr)
            self.assertIn("logs/empty: no file is in this folder", done.stderr)
            if judged:
                self.assertEqual(done.stdout.count("\n"), judged)
            else:
                self.assertIn("z.jsonl: seen 5", done.stdout)
        self.fails(UNREADABLE, "logs/empty: no file is in this folder", "policy",
                   "learn", "--scam", "logs/*", "--honest", "log.jsonl")

    def test_a_number_is_what_a_person_reads(self):
        eleven = "".join(
            '{"kind":"message","id":"m-%d","text":"t"}\n' % i
            for i in range(1, 12))
        self.write("eleven.jsonl", eleven)
        done = run("explain", "--policy", ONE_PACK, "--line", "010",
                   self.path("eleven.jsonl"))
        self.assertIn("message m-10 ", done.stdout)
        for number in ("0x8", "+8", " 8", "8 ", "8.0", "1e1", "-1", "1_0",
                       "18446744073709551616", "9223372036854775808"):
            self.fails(USAGE, "--jobs: %s is no whole number" % number,
                       *self.screen("--jobs", number, "log.jsonl"))
            self.fails(USAGE, "--limit: %s is no whole number" % number,
                       "audit", "cases", "--db", "x.db", "--limit", number)
            self.fails(USAGE, "--verdict: %s is no whole number" % number,
                       "audit", "decide", "--db", "x.db", "--verdict", number,
                       "--outcome", "approved")

    def test_an_option_whose_variable_is_not_set_is_no_option_left_out(self):
        self.fails(USAGE, "--db: is empty",
                   *self.screen("--db", "", "log.jsonl"))
        self.fails(USAGE, "--output= is empty",
                   *self.screen("--output=", "log.jsonl", "log.jsonl"))
        self.fails(USAGE, "--by: is empty", "audit", "decide", "--db", "x.db",
                   "--verdict", "1", "--by", "", "--outcome", "approved")
        self.fails(USAGE, "INPUT: is empty", *self.screen(""))
        self.assertEqual(self.read("log.jsonl").decode(), self.text)
        self.assertEqual(run("explain", "--policy", ONE_PACK, "--text",
                             "").returncode, 0)

    def test_a_dash_is_standard_output_where_the_help_says_so(self):
        wanted = "wants a file; one named - is ./-"
        self.fails(USAGE, "--db: " + wanted,
                   *self.screen("--db", "-", "log.jsonl"))
        self.fails(USAGE, "--output: " + wanted, "audit", "checkpoint", "--db",
                   "x.db", "--key", "x.key", "--output", "-")
        self.assertEqual(os.listdir(self.folder.name), ["log.jsonl"])

    def test_a_folder_where_a_file_is_wanted(self):
        os.mkdir(self.path("box"))
        self.fails(USAGE, "box: is a folder", "serve", "--config", "box")
        self.fails(USAGE, "box: is a folder",
                   *self.screen("--map", "box", "log.jsonl"))
        self.fails(ENVIRONMENT, "box: is a folder",
                   *self.screen("--db", "box", "log.jsonl"))
        self.fails(ENVIRONMENT, "box: cannot be written: Is a directory",
                   *self.screen("--output", "box", "log.jsonl"))

    def test_what_a_command_is_told_by_fails_alike_in_all(self):
        """The table of README.md, "Exit codes"."""
        os.mkdir(self.path("box"))
        os.symlink("loop", self.path("loop"))  # there, and nobody reads it
        self.write("wrong.yaml", "colour: red\n")
        os.symlink("loop", self.path("loop.yaml"))
        os.mkdir(self.path("box.yaml"))
        self.assertEqual(run(*self.screen("--db", "v.db", "log.jsonl"),
                             cwd=self.folder.name).returncode, 0)
        commands = [(option, lambda name, option=option: self.screen(
            option, name, "log.jsonl")) for option in
            ("--map", "--profile", "--waivers")]
        commands += [
            ("explain --map", lambda name: (
                "explain", "--policy", ONE_PACK, "--map", name, "log.jsonl")),
            ("replay --waivers", lambda name: (
                "replay", "--old", ONE_PACK, "--new", ONE_PACK, "--waivers",
                name, "log.jsonl")),
            ("policy check --waivers", lambda name: (
                "policy", "check", "--waivers", name, ONE_PACK)),
            ("report --retention", lambda name: (
                "report", "--policy", ONE_PACK, "--db", "v.db", "--output",
                "r.html", "--retention", name)),
            ("audit purge --retention", lambda name: (
                "audit", "purge", "--db", "v.db", "--retention", name)),
            ("serve --config", lambda name: ("serve", "--config", name))]
        for option, command in commands:
            wrong = USAGE if option.startswith("serve") else POLICY
            self.fails(USAGE, "cannot be read: No such file or directory",
                       *command("./none.yaml"))
            self.fails(USAGE, "box.yaml: is a folder, not a file",
                       *command("./box.yaml"))
            self.fails(ENVIRONMENT, "loop.yaml: cannot be read: Too many",
                       *command("./loop.yaml"))
            self.fails(wrong, "colour", *command("./wrong.yaml"))
        self.fails(USAGE, "none: cannot be read: No such file or directory",
                   *self.screen("--lists", "none", "log.jsonl"))
        self.fails(USAGE, "log.jsonl: is a file, not a folder",
                   *self.screen("--lists", "log.jsonl", "log.jsonl"))
        self.fails(ENVIRONMENT, "loop: Too many",
                   *self.screen("--lists", "loop", "log.jsonl"))

    def test_a_pipe_is_no_database(self):
        os.mkfifo(self.path("pipe"))
        for command in (self.screen("--db", "pipe", "log.jsonl"),
                        ("report", "--policy", ONE_PACK, "--db", "pipe"),
                        ("audit", "verify", "--db", "pipe")):
            self.fails(ENVIRONMENT, "pipe: is a pipe, not a database", *command)

    def test_a_folder_without_a_file_is_no_success(self):
        os.makedirs(self.path("box/deeper"))
        self.write("box/.hidden", self.text)
        self.fails(UNREADABLE, "box: no file is in this folder",
                   *self.screen("box"))
        # The others are judged all the same.
        self.fails(UNREADABLE, "box: no file is in this folder",
                   *self.screen("box", "log.jsonl"))
        # Nobody has written to this person: that is how it may be.
        for name in ("cur", "new", "tmp"):
            os.makedirs(self.path("mails/" + name))
        done = run(*self.screen(self.path("mails")))
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_what_is_read_is_not_written_over(self):
        self.assertEqual(run(*self.screen("--db", "out.db", "log.jsonl"),
                             cwd=self.folder.name).returncode, 0)
        stored = self.read("out.db")
        for output in ("log.jsonl", self.log, "./log.jsonl"):
            self.fails(USAGE, "give another --output",
                       *self.screen("--output", output, "log.jsonl"))
        for output in ("out.db", "out.db.key", "./out.db", "out.db-wal"):
            self.fails(USAGE, "give another --output",
                       *self.screen("--output", output, "--db", "out.db",
                                    "log.jsonl"))
        self.fails(USAGE, "give another --output", *self.screen(
            "--output", "new.db", "--db", "new.db", "log.jsonl"))
        self.fails(USAGE, "give another --output", "report", "--policy",
                   ONE_PACK, "--db", "out.db", "--output", "out.db")
        self.fails(USAGE, "give another --output", "report", "--policy",
                   ONE_PACK, "--db", "out.db", "--output", "out.db-wal")
        self.write("out.part", self.text)
        self.fails(USAGE, "out.part: would be written over",
                   *self.screen("--output", "out", "out.part"))
        self.assertEqual(self.read("out.part").decode(), self.text)
        self.fails(ENVIRONMENT, "is not a database",
                   *self.screen("--db", "log.jsonl", "log.jsonl"))
        self.assertEqual(self.read("log.jsonl").decode(), self.text)
        self.assertEqual(self.read("out.db"), stored)

    def test_standard_output_into_an_input_has_no_end_and_no_beginning(self):
        both = ("replay", "--old", ONE_PACK, "--new", ONE_PACK)
        for streams, arguments in (
                (">>log.jsonl", self.screen("log.jsonl")),
                ("<log.jsonl >>log.jsonl", self.screen("-")),
                (">new.jsonl", self.screen(".")),
                (">new.csv", (*both, "--format", "csv", "."))):
            done = self.in_shell(streams, *arguments)
            self.assertEqual(done.returncode, USAGE, done.stderr)
            self.assertIn("would be written over", done.stderr)
        self.assertEqual(self.read("log.jsonl").decode(), self.text)
        done = self.in_shell(">/dev/null", *self.screen("/dev/null"))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_link_as_output_stays_one(self):
        self.write("real", "before")
        os.symlink("real", self.path("link"))
        done = run(*self.screen("--output", "link", "log.jsonl"),
                   cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.islink(self.path("link")))
        self.assertEqual(self.read("real").count(b"\n"), 5)
        for streams in ("| cat", ">standard; cat standard"):
            done = subprocess.run(
                ["sh", "-c", '"$@" ' + streams, "sh", PROGRAM,
                 *self.screen("--output", "/dev/stdout", "log.jsonl")],
                capture_output=True, timeout=60, cwd=self.folder.name)
            self.assertEqual(done.stdout, self.read("real"), done.stderr)
        self.assertTrue(os.path.islink("/dev/stdout"))

    def test_the_name_of_a_file_is_utf8_whatever_it_is(self):
        name = os.fsencode(self.path("a")) + b"\xff\n.jsonl"
        with open(name, "w", encoding="utf-8") as file:
            file.write(self.text + "{\n")
        for form, told in (("csv", "a\\xff\\x0a.jsonl"),
                           ("ndjson", "a\\\\xff\\\\x0a.jsonl")):
            done = subprocess.run(
                [PROGRAM, *self.screen("--output-format", form), name],
                capture_output=True, timeout=60)
            self.assertEqual(done.stdout.decode("utf-8").count(told), 6)

    def test_who_may_not_write_to_the_folder_is_told_to_copy_the_database(self):
        os.mkdir(self.path("shelf"))
        made = run(*self.screen("--db", "shelf/out.db", "log.jsonl"),
                   cwd=self.folder.name)
        self.assertEqual(made.returncode, 0, made.stderr)
        for name, mode in (("shelf/out.db", 0o444), ("shelf", 0o555),
                           ("", 0o755)):
            os.chmod(self.path(name), mode)
        nobody = {"user": 65534} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [PROGRAM, "audit", "verify", "--db", self.path("shelf/out.db")],
            capture_output=True, text=True, timeout=60, **nobody)
        os.chmod(self.path("shelf"), 0o755)
        self.assertEqual(done.returncode, ENVIRONMENT)
        self.assertIn("needed also to read it; copy it", done.stderr)

    def test_a_database_with_the_name_of_a_uri_is_a_file(self):
        name = "file:out?mode=memory"
        for arguments in (self.screen("--db", name, "log.jsonl"),
                          ("audit", "verify", "--db", name)):
            done = run(*arguments, cwd=self.folder.name)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("5 verdicts", done.stdout)

    def test_what_is_no_mail_does_not_pass_as_an_empty_one(self):
        text = self.write("sms.jsonl", '{"kind":"message","text":"Your SIM '
                          'will be blocked: http://demo-a.test/x"}\n')
        done = run(*self.screen("--format", "mail", text))
        self.assertEqual(done.returncode, UNREADABLE)
        self.assertIn("no mail: it has no header field", done.stdout)
        self.assertNotIn('"pass"', done.stdout)

    def test_a_language_that_no_pack_speaks(self):
        self.fails(USAGE, "no pack has reasons in the language fr; there are: "
                   "en, zh", *self.screen("--language", "fr", "log.jsonl"))
        self.fails(USAGE, "in the language ZH; did you mean zh? there are: "
                   "en, zh", *self.screen("--language", "ZH", "log.jsonl"))
        self.fails(USAGE, "s.yaml:2:11", "serve", "--config", self.write(
            "s.yaml", "policies: [%s]\nlanguage: fr\nlisten:\n- {door: http, "
            "at: 'unix:%s'}\n" % (ONE_PACK, self.path("api"))))

    def test_a_name_does_not_paint_on_the_terminal(self):
        for name, shown in (("a\x1b[2Jb.jsonl", "a\\x1b[2Jb.jsonl"),
                            ("a\u202eb.jsonl", "a\\u{202e}b.jsonl"),
                            (b"\xb2\xb9.jsonl", "\\xb2\\xb9.jsonl")):
            self.fails(UNREADABLE, shown, "screen", "--quiet", name)
            self.fails(USAGE, shown, "policy", "check", name)

    def test_databases_that_are_none(self):
        self.write("empty.db", "")
        self.write("text.db", "hello\n")
        for command in (("audit", "verify"), ("report", "--policy", ONE_PACK),
                        ("replay", "--new", ONE_PACK),
                        ("explain", "--verdict", "1")):
            self.fails(ENVIRONMENT, "empty.db: is empty: nothing was stored",
                       *command, "--db", "empty.db")
            self.fails(ENVIRONMENT, "text.db: is not a database", *command,
                       "--db", "text.db")
            self.fails(ENVIRONMENT, "none.db: cannot be opened: No such file",
                       *command, "--db", "none.db")

    def test_a_file_at_its_limit_is_a_full_disk(self):
        done = subprocess.run(
            ["sh", "-c", 'ulimit -f 64 && exec "$@"', "sh", PROGRAM,
             *self.screen("--db", "out.db", "log.jsonl")],
            capture_output=True, text=True, cwd=self.folder.name)
        self.assertEqual(done.returncode, ENVIRONMENT, done.stderr)
        self.assertIn("out.db: cannot be read or written", done.stderr)

    def test_what_never_ends_is_not_read_to_its_end(self):
        self.fails(2, "error[Y100]: larger than 64 MiB",
                   *self.screen("--map", "/dev/zero", "log.jsonl"))
        with open("/dev/zero", "rb") as zero:
            done = subprocess.run([PROGRAM, "policy", "format", "-"],
                                  stdin=zero, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("error[Y100]: larger than 64 MiB", done.stderr)

    def test_what_is_too_large_is_a_mistake_in_its_contents(self):
        with open(self.path("large.yaml"), "wb") as file:
            file.truncate((64 << 20) + 1)
        self.assertEqual(run(*self.screen("--db", "out.db", "log.jsonl"),
                             cwd=self.folder.name).returncode, 0)
        for arguments in (
                self.screen("--map", "large.yaml", "log.jsonl"),
                self.screen("--profile", "large.yaml", "log.jsonl"),
                self.screen("--waivers", "large.yaml", "log.jsonl"),
                ("report", "--db", "out.db", "--retention", "large.yaml"),
                ("policy", "format", "--check", "large.yaml")):
            self.fails(2, "error[Y100]: larger than 64 MiB", *arguments)
        self.fails(USAGE, "error[Y100]: larger than 64 MiB",
                   "serve", "--config", "large.yaml")
        self.fails(USAGE, "large.yaml: larger than 64 MiB", "serve", "--config",
                   self.write("s.yaml", "policies: [%s]\ntokens: large.yaml\n"
                              "listen: [{door: http, at: 'unix:api'}]\n" %
                              ONE_PACK))
        self.fails(UNREADABLE, "large.yaml: larger than 16,384 KiB",
                   "audit", "decide", "--db", "out.db", "--from", "large.yaml")
        os.mkdir(self.path("lists"))
        self.write("lists/mine.yaml", LIST)
        with open(self.path("lists/mine.txt"), "wb") as file:
            file.truncate((256 << 20) + 1)
        self.fails(2, "error[P161]: larger than 256 MiB",
                   *self.screen("--lists", "lists", "log.jsonl"))

    def test_a_text_that_is_no_utf_8_is_not_half_explained(self):
        done = subprocess.run(
            [PROGRAM, "explain", "--policy", ONE_PACK, "--text", b"\xb2\xb9"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
        self.assertIn("--text: the byte 0xb2 is no UTF-8", done.stderr)

    def test_a_database_on_a_disk_that_is_only_read_is_to_be_copied(self):
        disk = self.small_disk(16)
        self.assertEqual(run(*self.screen(
            "--db", os.path.join(disk, "out.db"), self.log)).returncode, 0)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for command in (("audit", "verify"), ("audit", "cases"),
                        ("report", "--policy", ONE_PACK),
                        ("replay", "--new", ONE_PACK),
                        ("explain", "--verdict", "1")):
            self.fails(ENVIRONMENT, "needed also to read it; copy it to another "
                       "folder", *command, "--db", disk + "/out.db")
        self.fails(ENVIRONMENT, "none.db: cannot be opened: No such file",
                   "audit", "verify", "--db", disk + "/none.db")

    def test_an_answer_that_finds_no_room_is_no_success(self):
        for command in (("facts",), ("policy", "list", ONE_PACK),
                        ("--version",), ("screen", "--help"),
                        ("explain", "--policy", ONE_PACK, "--text", "hello")):
            with self.subTest(command=command), open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, *command], stdout=full,
                                      stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, ENVIRONMENT)
                self.assertIn(b"standard output: No space left on device; the "
                              b"output is not whole", done.stderr)

    def in_shell(self, streams, *arguments):
        return subprocess.run(
            ["sh", "-c", 'exec "$@" ' + streams, "sh", PROGRAM, *arguments],
            capture_output=True, text=True, timeout=60, cwd=self.folder.name)

    def test_a_closed_stream_is_not_the_next_file_that_is_opened(self):
        for streams in ("<&- >&-", "<&- >&- 2>&-", ">&- 2>&-"):
            done = self.in_shell(streams, *self.screen("--db", "out.db",
                                                       "log.jsonl"))
            self.assertEqual(done.returncode, ENVIRONMENT, streams)
            self.assertEqual(self.read("out.db-writer"), b"", streams)
        self.in_shell("<&- >&-", *self.screen("--output", "out", "log.jsonl"))
        whole = run(*self.screen(self.log), cwd=self.folder.name)
        self.assertEqual(self.read("out").count(b"\n"),
                         whole.stdout.count("\n"))
        done = self.in_shell("<&-", *self.screen("-"))
        self.assertEqual(done.returncode, UNREADABLE)
        self.assertIn("standard input: cannot be read: it is closed",
                      done.stderr)

    def test_what_nobody_can_read_on_stderr_changes_no_exit_code(self):
        os.mkdir(self.path("wrong"))
        self.write("wrong/pack.yaml", "pack: demo\n")
        for streams in ("2>&-", "2>/dev/full"):
            for code, arguments in (
                    (0, ("screen", "--output", "out", "log.jsonl")),
                    (0, ("policy", "check", ONE_PACK)),
                    (UNREADABLE, ("screen", "none.jsonl")),
                    (2, ("screen", "--policy", "wrong", "log.jsonl")),
                    (USAGE, ("nonsense",))):
                done = self.in_shell(streams, *arguments)
                self.assertEqual(done.returncode, code, (streams, arguments))
        self.assertEqual(self.read("out").count(b"\n"), 5)

    def test_a_reader_that_went_away_kills_nothing(self):
        for arguments in (("facts", "--format", "json"), ("policy", "list"),
                          ("replay", "--old", ONE_PACK, "--new", ONE_PACK,
                           "--format", "csv", "log.jsonl")):
            reads, writes = os.pipe()
            os.close(reads)
            done = subprocess.run([PROGRAM, *arguments], stdout=writes,
                                  stderr=subprocess.PIPE, timeout=60,
                                  cwd=self.folder.name)
            os.close(writes)
            self.assertIn(done.returncode, (0, ENVIRONMENT), arguments)
            self.assertNotIn(b"simwarden:", done.stderr)

    def test_a_port_in_use_and_a_wrong_pack_at_the_start(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.fails(ENVIRONMENT, "Address already in use", "serve",
                       "--config", self.write(
                           "s.yaml", "policies: [%s]\nlisten:\n- {door: http, "
                           "at: 'tcp:127.0.0.1:%d'}\n" % (
                               ONE_PACK, taken.getsockname()[1])))
        os.mkdir(self.path("pack"))
        self.write("pack/pack.yaml", "pack: demo\n")
        self.fails(2, "in the policies; nothing was judged", "serve",
                   "--config", self.write(
                       "s.yaml", "policies: [%s]\nlisten:\n- {door: http, at: "
                       "'unix:%s'}\n" % (self.path("pack"),
                                         self.path("api"))))


if __name__ == "__main__":
    main()
