#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Figures over many records: by the time of events, whatever the threads, the
order and the cuts of the input.

usage: counting_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import json
import os
import unittest

from counted_log import PACK, by_hand, disturbed, lines, made, told
from outside import Scratch, main, run, verdicts


class Windows(Scratch):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("demo"))
        self.policy = os.path.dirname(self.write("demo/pack.yaml", PACK))

    def write_pack(self, name, text):
        os.makedirs(self.path(name + "/demo"))
        self.write(name + "/demo/pack.yaml", text)
        return self.path(name)

    def screen(self, rows, *options, name="log.jsonl"):
        path = self.write(name, lines(rows))
        return run("screen", "--policy", self.policy, *options, path)

    def test_figures_are_those_of_the_definition_in_any_order(self):
        rows = made(500)
        for seed in range(3):
            mixed = disturbed(rows, 800, seed)
            done = self.screen(mixed)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(told(done), by_hand(mixed))
            self.assertNotIn("came late", done.stderr)

    def test_output_is_in_the_order_of_input(self):
        mixed = disturbed(made(500), 800)
        ids = [v["id"] for v in verdicts(self.screen(mixed))]
        self.assertEqual(ids, [r["request_id"] for r in mixed])

    def test_threads_and_cuts_change_nothing(self):
        # More than one chunk of a mebibyte, so that records wait over cuts.
        rows = disturbed(made(1500, padding=3000), 800)
        one = self.screen(rows, "--jobs", "1")
        self.assertEqual(one.returncode, 0, one.stderr)
        for jobs in ("2", "7"):
            self.assertEqual(self.screen(rows, "--jobs", jobs).stdout,
                             one.stdout)
        bare = [dict(r, note="") for r in rows]
        self.assertEqual(told(self.screen(bare)), told(one))

    def test_windows_go_on_from_one_input_to_the_next(self):
        rows = made(300)
        first = self.write("a.jsonl", lines(rows[:140]))
        second = self.write("b.jsonl", lines(rows[140:]))
        done = run("screen", "--policy", self.policy, first, second)
        self.assertEqual(told(done), by_hand(rows))

    def test_what_comes_late_is_marked_and_told(self):
        rows = made(100)
        rows.append(dict(rows[0], request_id="demo-late", at=0))
        done = self.screen(rows, "--lateness", "1m")
        self.assertIn("windows: 1 record came late", done.stderr)
        late = [v["id"] for v in verdicts(done)
                if any(f["rule"] == "W-4" for f in v["findings"])]
        self.assertEqual(late, ["demo-late"])

    def test_a_wrong_clock_is_told_and_harms_nobody(self):
        rows = made(100)
        wrong = dict(rows[50], request_id="demo-clock",
                     created_at="2101-01-01T00:00:00Z")
        done = self.screen(rows[:50] + [wrong] + rows[50:])
        self.assertIn("windows: 1 record more than a day ahead",
                      done.stderr)
        clock = [v for v in verdicts(done) if v["id"] == "demo-clock"][0]
        self.assertEqual(clock["undetermined"], ["W-1", "W-2", "W-3"])
        rest = "".join(l for l in done.stdout.splitlines(True)
                       if "demo-clock" not in l)
        done.stdout = rest
        self.assertEqual(told(done), by_hand(rows))

    def test_what_was_counted_is_judged_again_from_a_database(self):
        db = self.path("past.db")
        rows = made(100)
        rows.append(dict(rows[0], request_id="demo-late", at=0))
        done = self.screen(rows, "--lateness", "1m", "--db", db)
        self.assertEqual(done.returncode, 0, done.stderr)
        again = run("replay", "--db", db, "--format", "json")
        self.assertEqual(again.returncode, 0, again.stderr)
        kept = json.loads(again.stdout)["kept"]
        self.assertEqual((kept["judged"], kept["not_as_stored"]), (101, 0))
        self.assertNotIn("not_replayable", kept)
        # Another limit is answered by the figures of then.
        limit = 1 + min(int(agent) for agent, _, _ in told(done).values())
        stricter = self.write_pack("new", PACK.replace(
            "agent_1h >= 0", "agent_1h >= %d" % limit))
        changed = run("replay", "--db", db, "--new", stricter, "--format",
                      "json")
        self.assertEqual(changed.returncode, 0, changed.stderr)
        over = sum(int(agent) >= limit for agent, _, _ in told(done).values())
        self.assertIn('"rule":"W-1"', changed.stdout)
        self.assertGreater(len(rows), over)
        kept = json.loads(changed.stdout)["kept"]
        self.assertNotIn("not_replayable", kept)

    def test_another_window_than_then_has_no_figures_of_then(self):
        db = self.path("past.db")
        self.screen(made(5), "--db", db)
        other = self.write_pack("new", PACK.replace("over: 1h", "over: 2h"))
        again = run("replay", "--db", db, "--new", other, "--format", "json")
        self.assertEqual(again.returncode, 0, again.stderr)
        kept = json.loads(again.stdout)["kept"]
        self.assertEqual(
            [(r["rule"], r["records"]) for r in kept["not_replayable"]],
            [("W-1", 5)])
        self.assertEqual(kept["not_replayable"][0]["facts"],
                         ["windows.agent_1h"])

    def test_a_lateness_that_is_none_is_refused(self):
        for span in ("1w", "2d", "-1s", "15", ""):
            done = run("screen", "--policy", self.policy, "--lateness", span,
                       "-", stdin="")
            self.assertEqual(done.returncode, 3, span)

    def test_cases_say_what_was_before(self):
        self.write("demo/tests.yaml", """\
base:
  one: {created_at: '2026-03-02T10:00:00Z', agent: {id: A-1}, phone_number: '+12025550100'}
cases:
  - name: counted
    base: one
    earlier:
      - {with: {created_at: '2026-03-02T09:30:00Z'}, times: 2}
      - {with: {created_at: '2026-03-02T08:30:00Z', phone_number: '+12025550101'}}
      - {with: {agent.id: A-2}}
    expect: {hit: [W-1, W-2, W-3], clear: [W-4]}
""")
        pack = PACK.replace("agent_1h >= 0", "agent_1h == 3")
        pack = pack.replace("lines_1d >= 0", "lines_1d == 2")
        pack = pack.replace(">= duration('0s')", "== duration('0s')")
        self.write("demo/pack.yaml", pack)
        done = run("policy", "test", self.policy)
        self.assertIn("1 passed, 0 failed", done.stdout, done.stdout)
        self.write("demo/tests.yaml", """\
cases:
  - name: said outright
    windows: {agent_1h: 3, lines_1d: 2, since_last: 0s}
    with: {agent.id: A-1, phone_number: '+12025550100'}
    expect: {hit: [W-1, W-2, W-3]}
""")
        done = run("policy", "test", self.policy)
        self.assertIn("1 passed, 0 failed", done.stdout, done.stdout)


if __name__ == "__main__":
    main()
