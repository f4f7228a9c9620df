#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program writes for authors of policies: files in one style, and
pages about them.

usage: authors_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import os
import re
import shutil
import stat
import unittest

from outside import CHECKOUT, Scratch, run, main

UGLY = "# head\nlist:   demo   # name\nentries: [a,b]\n"
NEAT = "# head\nlist: demo   # name\nentries: [a, b]\n"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def pages_below(folder):
    """Relative path -> text of every file below a folder."""
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            found[os.path.relpath(path, folder)] = read(path)
    return found


class Format(Scratch):
    def test_a_file_is_written_in_our_style(self):
        path = self.write("demo.yaml", UGLY)
        os.chmod(path, 0o640)
        done = run("policy", "format", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read(path), NEAT)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o640)
        self.assertEqual(os.listdir(self.folder.name), ["demo.yaml"])
        self.assertIn("1 file: 1 changed", done.stderr)

    def test_a_link_stays_one(self):
        path = self.write("demo.yaml", UGLY)
        os.symlink(path, self.path("link.yaml"))
        run("policy", "format", self.path("link.yaml"))
        self.assertTrue(os.path.islink(self.path("link.yaml")))
        self.assertEqual(read(path), NEAT)

    def test_check_shows_and_changes_nothing(self):
        path = self.write("demo.yaml", UGLY)
        done = run("policy", "format", "--check", self.folder.name)
        self.assertEqual(done.returncode, 2)
        self.assertIn("-list:   demo   # name\n+list: demo   # name\n",
                      done.stdout.replace("-entries: [a,b]\n", ""))
        self.assertEqual(read(path), UGLY)
        self.write("demo.yaml", NEAT)
        done = run("policy", "format", "--check", self.folder.name)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_file_with_a_mistake_is_left_and_the_others_are_not(self):
        bad = self.write("bad.yaml", "a:  1\na: 2\n")
        good = self.write("good.yaml", UGLY)
        done = run("policy", "format", self.folder.name)
        self.assertEqual(done.returncode, 2)
        self.assertIn("error[Y108]", done.stderr)
        self.assertEqual(read(bad), "a:  1\na: 2\n")
        self.assertEqual(read(good), NEAT)

    def test_standard_input_goes_to_standard_output(self):
        done = run("policy", "format", "-", stdin=UGLY)
        self.assertEqual((done.returncode, done.stdout), (0, NEAT))
        path = self.write("demo.yaml", UGLY)
        done = run("policy", "format", "--stdout", path)
        self.assertEqual((done.returncode, done.stdout), (0, NEAT))
        self.assertEqual(read(path), UGLY)

    def test_what_is_not_there_is_said(self):
        done = run("policy", "format", self.path("none.yaml"))
        self.assertEqual(done.returncode, 3)
        self.assertIn("none.yaml", done.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root writes everywhere")
    def test_a_folder_that_cannot_be_written_loses_nothing(self):
        path = self.write("demo.yaml", UGLY)
        os.chmod(self.folder.name, 0o500)
        done = run("policy", "format", path)
        os.chmod(self.folder.name, 0o700)
        self.assertEqual(done.returncode, 5)
        self.assertEqual(read(path), UGLY)

    def test_formatted_policies_pass_the_same_cases(self):
        shutil.copytree(os.path.join(CHECKOUT, "policies"),
                        self.path("policies"))
        before = run("policy", "test", self.path("policies")).stdout
        done = run("policy", "format", self.path("policies"))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = run("policy", "test", self.path("policies"))
        self.assertEqual((done.returncode, done.stdout), (0, before))
        done = run("policy", "format", "--check", self.path("policies"))
        self.assertEqual(done.returncode, 0, done.stdout)


COUNTED = """\
pack: counted
version: 1.0.0
asks: request
title: Figures over records
families: {pace: {en: Pace, zh: 频次}}
windows:
  swaps_1h: {doc: By one clerk., count: requests, by: request.agent.id, over: 1h}
rules:
  - id: CNT-001
    title: {en: A burst, zh: 突增}
    family: pace
    severity: high
    score: 45
    flag: windows.swaps_1h > 3
    reason: {en: '{windows.swaps_1h} in an hour.', zh: '一小时 {windows.swaps_1h} 次。'}
    source: demo
"""
COUNTED_CASES = """\
base:
  clerk: {request_id: demo-1, created_at: '2026-03-02T10:00:00Z', agent: {id: demo_agent_1}}
cases:
  - name: the fourth in an hour
    base: clerk
    earlier: [{with: {created_at: '2026-03-02T09:30:00Z'}, times: 3}]
    expect: {hit: [CNT-001], action: hold}
  - name: a figure that is said outright
    base: clerk
    windows: {swaps_1h: 3}
    expect: {clear: [CNT-001], action: pass}
"""


class Docs(Scratch):
    demo = os.path.join(CHECKOUT, "tests", "program", "guide", "policies")

    def docs(self, name, *arguments):
        done = run("policy", "docs", "--output", self.path(name), *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return pages_below(self.path(name))

    def test_the_pages_of_a_small_pack_are_what_they_were(self):
        pages = self.docs("site", self.demo)
        golden = os.path.join(CHECKOUT, "tests", "program", "guide", "pages")
        if os.environ.get("UPDATE_GOLDEN"):
            shutil.rmtree(golden, ignore_errors=True)
            shutil.copytree(self.path("site"), golden)
        expected = pages_below(golden)
        self.assertEqual(sorted(pages), sorted(expected))
        for path, text in pages.items():
            self.assertEqual(text, expected[path], path)

    def check_links(self, pages):
        count = 0
        for path, text in pages.items():
            prose = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.S | re.M)
            for target in re.findall(r"(?<!\\)\]\(([^)]+)\)", prose):
                to = os.path.normpath(os.path.join(
                    os.path.dirname(path), target.partition("#")[0]))
                self.assertIn(to, pages, "%s links to %s" % (path, target))
                count += 1
        return count

    def test_every_link_leads_to_a_page_and_every_rule_has_one(self):
        pages = self.docs("site")
        self.assertGreater(self.check_links(pages), 1000)
        self.check_links(self.docs("demo", self.demo))
        shown = run("policy", "list").stdout
        rules = re.findall(r"^  (\S+) +[\d.]+  \S+ +(?:require|flag) ", shown,
                           flags=re.M)
        self.assertGreater(len(rules), 150)
        reachable = "".join(text for path, text in pages.items()
                            if path.startswith("families/"))
        for rule in rules:
            self.assertIn("rules/%s.md" % rule, pages)
            self.assertIn("rules/%s.md" % rule, reachable)
            self.assertIn("## It hits", pages["rules/%s.md" % rule])

    def test_every_shipped_advice_is_in_both_languages(self):
        pages = self.docs("site")
        lines = [pages["awareness.%s.md" % language].count("\n- ")
                 for language in ("en", "zh")]
        self.assertEqual(lines[0], lines[1])
        self.assertGreater(lines[0], 15)
        self.assertRegex(pages["awareness.zh.md"], "[\u4e00-\u9fff]{5}")

    def test_two_runs_write_the_same_bytes(self):
        self.assertEqual(self.docs("one", self.demo),
                         self.docs("two", self.demo))

    def test_the_language_says_whose_text_comes_first(self):
        page = self.docs("zh", "--language", "zh",
                         self.demo)["rules/NOT-001.md"]
        self.assertLess(page.index("- 中文"), page.index("- English: Give"))

    def test_cases_are_judged_as_policy_test_judges_them(self):
        os.mkdir(self.path("counted"))
        self.write("counted/pack.yaml", COUNTED)
        self.write("counted/tests.yaml", COUNTED_CASES)
        done = run("policy", "test", self.path("counted"))
        self.assertEqual(done.returncode, 0, done.stdout)
        page = self.docs("site", self.path("counted"))["rules/CNT-001.md"]
        hit, clear = page[page.index("## It hits"):].split("## It is clear")
        for words in ("Seen before: 3 records.", "**hold**, 45 points",
                      "4 in an hour."):
            self.assertIn(words, hit)
        self.assertIn("The case itself says `windows.swaps_1h`.", clear)
        self.assertIn("**pass**, 0 points", clear)
        self.assertTrue(page.startswith("# CNT-001: A burst\n"), page)
        pages = self.docs("zh", "--language", "zh", self.path("counted"))
        page = pages["rules/CNT-001.md"]
        self.assertTrue(page.startswith("# CNT-001: 突增\n"), page)
        self.assertIn("一小时 4 次。", page[page.index("## It hits"):])
        self.assertIn("[频次](families/counted/pace.md)", pages["index.md"])
        self.assertIn("突增", pages["families/counted/pace.md"])

    def test_advice_for_no_family_is_a_mistake(self):
        shutil.copytree(self.demo, self.path("policies"))
        with open(self.path("policies/desk/advice.yaml"), "a",
                  encoding="utf-8") as file:
            file.write("outlets:\n  en: No such family.\n")
        done = run("policy", "docs", "--output", self.path("site"),
                   self.path("policies"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("error[G101]", done.stderr)
        self.assertIn("did you mean outlet?", done.stderr)
        self.assertFalse(os.path.exists(self.path("site")))

    def test_a_place_that_cannot_be_written_is_said(self):
        self.write("site", "a file")
        done = run("policy", "docs", "--output", self.path("site"), self.demo)
        self.assertEqual(done.returncode, 5)
        self.assertIn("cannot be written", done.stderr)


if __name__ == "__main__":
    main()
