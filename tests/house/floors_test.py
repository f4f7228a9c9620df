# SPDX-License-Identifier: Apache-2.0
"""The test `floors` sees every arrow that may not be there, and the floors that
CONTRIBUTING.md shows are those of CMakeLists.txt.

usage: floors_test.py ROOT"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
CHECK = ROOT / "cmake" / "check_floors.cmake"


def floors(house, files=()):
    """What the check says of a house: lines of `room: uses` and sources."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "house.txt").write_text("".join(f"{line}\n" for line in house))
        for name, text in dict(files).items():
            path = folder / "src" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        ran = subprocess.run(
            ["cmake", f"-DHOUSE={folder}/house.txt", f"-DSRC={folder}/src",
             "-P", str(CHECK)], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr


class FloorsTest(unittest.TestCase):
    def test_includes_of_rooms_below_are_right(self):
        code, told = floors(
            ["diag: ", "text: diag", "mail: text"],
            {"mail/mail.cc": '#include "diag/check.h"\n#include "text/views.h"\n'})
        self.assertEqual((code, told), (0, ""))

    def test_an_include_that_no_arrow_draws_is_told(self):
        code, told = floors(["diag: ", "text: diag", "mail: diag"],
                            {"mail/mail.cc": '#include "text/views.h"\n'})
        self.assertNotEqual(code, 0)
        self.assertIn("mail may not use text", told)

    def test_rooms_in_a_room_have_arrows_of_their_own(self):
        house = ["cel/value: ", "cel/run: cel/value", "judge: cel/value"]
        code, told = floors(
            house, {"cel/run/suite.cc": '#include "cel/value/regex.h"\n'})
        self.assertEqual((code, told), (0, ""))
        code, told = floors(
            house, {"cel/value/regex.cc": '#include "cel/run/suite.h"\n'})
        self.assertNotEqual(code, 0)
        self.assertIn("cel/value may not use cel/run", told)
        code, told = floors(
            house, {"judge/judge.cc": '#include "cel/run/suite.h"\n'})
        self.assertNotEqual(code, 0)
        self.assertIn("judge may not use cel/run", told)

    def test_an_arrow_that_runs_up_is_told(self):
        code, told = floors(["diag: app", "app: diag"],
                            {"diag/check.h": '#include "app/options.h"\n'})
        self.assertNotEqual(code, 0)
        self.assertIn("diag uses app, which is not drawn before it", told)

    def test_a_circle_is_told(self):
        code, told = floors(["notation: text", "text: notation"])
        self.assertNotEqual(code, 0)
        self.assertIn("notation uses text, which is not drawn before it", told)

    def test_a_room_that_uses_itself_is_told(self):
        code, told = floors(["diag: diag"])
        self.assertNotEqual(code, 0)
        self.assertIn("diag uses diag", told)


def drawn_rooms():
    """The floor of each room, by the comments of CMakeLists.txt."""
    rooms, at = {}, 0
    for line in (ROOT / "CMakeLists.txt").read_text().splitlines():
        if floor := re.match(r"# floor (\d+)$", line):
            at = int(floor.group(1))
        if room := re.match(r"add_room\(([\w/]+)", line):
            rooms[room.group(1)] = at
    return rooms


def told_rooms():
    """The same by the table of CONTRIBUTING.md."""
    rooms = {}
    for line in (ROOT / "CONTRIBUTING.md").read_text().splitlines():
        if row := re.match(r"\| (\d+) \| ([^|]+) \|", line):
            names = re.findall(r"`([\w/]+)`", row.group(2))
            rooms |= {name: int(row.group(1)) for name in names}
    return rooms


class DrawingTest(unittest.TestCase):
    def test_both_drawings_show_the_same_floors(self):
        self.assertGreater(len(drawn_rooms()), 20)
        self.assertEqual(drawn_rooms(), told_rooms())

    def test_every_folder_of_src_is_drawn(self):
        sources = [path.relative_to(ROOT / "src")
                   for path in (ROOT / "src").rglob("*.*")
                   if path.suffix in (".h", ".cc")]
        folders = {str(folder) for path in sources for folder in path.parents} - {"."}
        self.assertEqual(folders, set(drawn_rooms()))


if __name__ == "__main__":
    unittest.main()
