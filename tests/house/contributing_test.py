# SPDX-License-Identifier: Apache-2.0
"""What CONTRIBUTING.md sends its reader to is there: tests by their names, those
that print something anew, files.

usage: contributing_test.py ROOT BUILD"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

BUILD = pathlib.Path(sys.argv.pop(2))
ROOT = pathlib.Path(sys.argv.pop(1))
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def tests():
    """The command of each test by its name."""
    listed = subprocess.run(
        ["ctest", "--test-dir", str(BUILD), "--show-only=json-v1"],
        capture_output=True, text=True, check=True)
    return {test["name"]: test.get("command", [])
            for test in json.loads(listed.stdout)["tests"]}


def sources_of(name, command):
    """A script that the test runs, or the folder of a room's tests."""
    scripts = [part for part in command if part.endswith((".py", ".sh"))]
    if scripts:
        return [pathlib.Path(scripts[0])]
    return sorted((ROOT / "tests" / name).glob("*_test.cc"))


class ContributingTest(unittest.TestCase):
    def test_every_test_that_is_named_is_one(self):
        known = tests()
        named = re.findall(r"tests? `(\w+)`", PAGE)
        named += re.findall(r"-R '\^(\w+)\$'", PAGE)
        self.assertGreater(len(named), 5)
        self.assertEqual([name for name in named if name not in known], [])

    def test_a_test_that_shall_print_something_anew_can(self):
        known = tests()
        named = re.findall(r"`UPDATE_GOLDEN=1`, test `(\w+)`", PAGE)
        named += re.findall(r"UPDATE_GOLDEN=1 ctest .* '\^(\w+)\$'", PAGE)
        self.assertGreater(len(named), 3)
        for name in named:
            texts = [path.read_text(encoding="utf-8")
                     for path in sources_of(name, known[name])]
            self.assertTrue(any("UPDATE_GOLDEN" in text for text in texts), name)

    def test_every_path_that_is_named_is_there(self):
        paths = re.findall(
            r"`((?:src|tests|tools|docs|policies|cmake|corpus)/[\w./-]+)`", PAGE)
        paths += re.findall(r"\]\(([\w./-]+?)\)", PAGE)
        paths += ["src/" + path for path in re.findall(
            r"`((?!tests/|tools/|docs/|src/)[a-z]+(?:/[a-z]+)*/\w+\.(?:h|cc))`", PAGE)]
        self.assertGreater(len(paths), 20)
        missing = [path for path in paths if "NAME" not in path
                   and not (ROOT / path).exists()]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
