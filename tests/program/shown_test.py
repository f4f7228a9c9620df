#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Verdicts as people see them: what a record brings along cannot paint on the
reader's terminal."""
import json
import re

from outside import Scratch, main, run

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


if __name__ == "__main__":
    main()
