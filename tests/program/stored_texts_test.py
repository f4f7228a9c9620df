#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a database that somebody forged can write on the screen of the person who looks.

usage: stored_texts_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import contextlib
import csv
import datetime
import io
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
from concurrent import futures

from outside import PROGRAM, main, run
from own_policy import PACK, WAIVERS, Site, record

# It clears the screen, and stands on a line of its own.
STEERS = "\x1b[2J\x9b2J"
LINE = "forged: everything is as it was written"
# Control characters but line break and tab. JSON has those of C1 as they stand.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
STEERING_JSON = re.compile("[\x00-\x08\x0b-\x1f]")
FORGED = f"{STEERS}\n{LINE}\r{LINE}\n{LINE}"


def poisoned(value):
    """The same JSON with the forged text behind every text in it."""
    if isinstance(value, dict):
        return {key: poisoned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    return value + FORGED if isinstance(value, str) else value


WINDOW = """windows:
  agent_swaps_1h:
    doc: Numbers that one clerk served within an hour.
    distinct: request.phone_number
    by: request.agent.id
    over: 1h
"""
BURST = """  - id: DEM-003
    title: A burst by one clerk
    family: general
    severity: low
    score: 1
    flag: windows.agent_swaps_1h >= 3
    reason: '{windows.agent_swaps_1h} numbers in an hour.'
    remedy: Call the store.
"""


class StoredTexts(Site):
    def setUp(self):
        super().setUp()
        # A case ends within three years.
        self.soon = str(datetime.date.today() + datetime.timedelta(days=90))
        pack = PACK.replace("rules:\n", WINDOW + "rules:\n") + BURST
        self.rules = self.policy("rules", pack, WAIVERS)
        self.log = self.write("log.jsonl", "\n".join([
            record("A1", channel={"id": "DL-1"}, urgency_claimed=True,
                   created_at="2026-03-01T10:00:00Z", agent={"id": "demo"},
                   phone_number="+8613800138000"),
            record("A2", created_at="2026-03-01T10:00:00Z",
                   channel={"type": "no such"}),
            "{no record", ""]))
        self.base = self.database("base.db", self.log)
        run("audit", "checkpoint", "--new-key", "--db", self.base, "--key",
            self.path("sign.key"), "--output", self.path("check.json"))

    def database(self, name, log):
        db = self.path(name)
        if name != "base.db":
            shutil.copy(self.base + ".key", db + ".key")
        self.settled("screen", "--policy", self.rules, "--profile", "generic",
                     "--quiet", "--db", db, "--output", os.devnull, "--case",
                     "C1", "--case-until", self.soon, "--case-by", "demo",
                     log)
        for state in (["--outcome", "assigned", "--owner", "demo2", "--due",
                       self.soon], ["--outcome", "approved"]):
            self.settled("audit", "decide", "--db", db, "--verdict", "1",
                         "--by", "demo", "--note", "hello", *state)
        self.settled("audit", "open", "--db", db, "--case", "C1", "--who",
                     "demo", "--why", "court")
        return db

    def settled(self, *arguments):
        done = run(*arguments)
        self.assertIn(done.returncode, (0, 4), (arguments, done.stderr))

    def first_commands(self, db):
        yield ["audit", "verify", "--db", db]
        yield ["explain", "--db", db, "--verdict", "1"]
        yield ["report", "--policy", self.rules, "--db", db, "--format",
               "markdown"]

    def commands(self, db):
        rules = ["--policy", self.rules]
        yield from self.first_commands(db)
        yield ["explain", "--db", db, "--verdict", "2", "--language", "zh-CN"]
        yield ["explain", "--db", db, "--id", "A1"]
        yield ["replay", "--db", db]
        yield ["replay", "--db", db, "--format", "csv"]
        yield ["replay", "--db", db, "--verdict", "1"]
        yield ["audit", "cases", "--db", db]
        yield ["audit", "cases", "--db", db, "--undecided"]
        yield ["audit", "cases", "--db", db, "--format", "csv"]
        yield ["audit", "cases", "--db", db, "--format", "json"]
        yield ["audit", "person", "--db", db, "--number", "+8613800138000"]
        yield ["audit", "purge", "--db", db, "--before", self.soon,
               "--dry-run"]
        yield ["audit", "open", "--db", db, "--case", "C1", "--who", "demo",
               "--why", "court"]
        yield ["audit", "checkpoint", "--db", db, "--key",
               self.path("sign.key"), "--output", self.path(db + ".json")]
        for form in ("csv", "json", "html"):
            yield ["report", *rules, "--db", db, "--format", form]
        yield ["screen", *rules, "--db", db, "--output", os.devnull, self.log]

    def forged(self, base, change, name):
        """A changed copy of `base`; None where nothing is, or SQLite refuses."""
        for tail in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(self.path(name + tail))
        copy = shutil.copy(base, self.path(name))
        shutil.copy(self.base + ".key", copy + ".key")
        with contextlib.closing(sqlite3.connect(copy)) as db:
            try:
                change(db)
                db.commit()
            except sqlite3.IntegrityError:
                return None
            return name if db.total_changes else None

    def look(self, base, what, change):
        """What is wrong with what commands say of a changed copy of `base`."""
        wrong = []
        for command in self.commands(what):
            if not self.forged(base, change, what):
                break
            done = subprocess.run([PROGRAM, *command], capture_output=True,
                                  cwd=self.folder.name, timeout=120)
            wrong += [f"{' '.join(command)}: {each}"
                      for each in self.wrong_with(command, done)]
        return wrong

    def wrong_with(self, command, done):
        form = command[-1]
        if done.returncode not in range(6):
            yield f"ended with {done.returncode}"
        for name, raw in (("stdout", done.stdout), ("stderr", done.stderr)):
            out = raw.decode("utf-8")
            if form == "csv" and name == "stdout":
                cells = csv.reader(io.StringIO(out, newline=""))
                lines = [row[0] for row in cells if row]
            else:
                lines = out.split("\n")
            json_lines = name == "stdout" and (form == "json" or "open" in command)
            if (STEERING_JSON if json_lines else STEERING).search(out):
                yield f"{name}: steers the terminal"
            if any(line.startswith(LINE) for line in lines):
                yield f"{name}: a forged line"

    def sweep(self, base, changes):
        """`changes`: by what is changed. Most of the time is the disk's."""
        self.maxDiff = None
        with futures.ThreadPoolExecutor(4) as pool:
            wrong = pool.map(lambda item: self.look(base, *item),
                             changes.items())
            self.assertEqual([line for lines in wrong for line in lines], [])

    def columns(self, base):
        with contextlib.closing(sqlite3.connect(base)) as db:
            tables = db.execute("SELECT name FROM sqlite_schema WHERE type = "
                                "'table' AND name NOT LIKE 'sqlite%'").fetchall()
            for (table,) in tables:
                for row in db.execute(f"PRAGMA table_info({table})").fetchall():
                    if row[2].upper() in ("TEXT", "ANY", ""):
                        yield table, row[1]

    def forged_columns(self, base):
        def change_of(table, column):
            return lambda db: db.execute(
                f"UPDATE {table} SET {column} = {column} || ?", (FORGED,))
        return {f"{table}.{column}": change_of(table, column)
                for table, column in self.columns(base)}

    def test_no_text_of_a_column_steers_or_forges(self):
        self.sweep(self.base, self.forged_columns(self.base))

    def test_nor_does_one_of_a_merged_or_purged_database(self):
        other = self.database("other.db", self.write(
            "other.jsonl", record("A1", urgency_claimed=True) + "\n"))
        self.settled("audit", "purge", "--db", other, "--class", "excerpts",
                     "--before", str(datetime.date.today()), "--reason", "demo")
        merged = self.path("merged.db")
        self.settled("audit", "merge", "--db", self.base, "--db", other,
                     "--output", merged)
        own = self.columns_with_rows(self.base)
        self.commands = self.first_commands
        self.sweep(merged, {name: change for name, change
                            in self.forged_columns(merged).items()
                            if name not in own})

    def columns_with_rows(self, base):
        with contextlib.closing(sqlite3.connect(base)) as db:
            return {f"{table}.{column}" for table, column in self.columns(base)
                    if db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]}

    def test_no_text_within_stored_json_steers_or_forges(self):
        with contextlib.closing(sqlite3.connect(self.base)) as db:
            verdict = json.loads(db.execute(
                "SELECT verdict_json FROM verdict_row").fetchone()[0])
            links = db.execute("SELECT link_id, body FROM chain_link").fetchall()
        verdict["closed"] = [{"attachment": 1, "name": "a", "reading": "x"}]
        verdict["failed"] = [{"rule": "DEM-001", "error": "demo"}]
        verdict["blocks"] = [{"fact": "message.text", "action": "hold",
                              "rules": ["DEM-001"], "begin": 0, "end": 4}]
        verdict["invalid"] = [{"fact": "a", "value": "b", "expected": "c"}]
        changes = {}
        for key in verdict:
            text = json.dumps(dict(verdict, **{key: poisoned(verdict[key])}))
            changes[f"verdict_json.{key}"] = lambda db, text=text: db.execute(
                "UPDATE verdict_row SET verdict_json = ?", (text,))
        bodies = [(json.dumps(poisoned(json.loads(body))), link)
                  for link, body in links]
        changes["links"] = lambda db: db.executemany(
            "UPDATE chain_link SET body = ? WHERE link_id = ?", bodies)
        self.sweep(self.base, changes)

    def test_a_stored_count_of_files_takes_no_memory(self):
        forged = json.dumps({
            "id": "A1", "kind": "message", "action": "hold", "score": 1,
            "closed": [{"attachment": 1, "name": "a", "reading": "x"}],
            "closed_left": 4_000_000_000})
        db = self.forged(self.base, lambda db: db.execute(
            "UPDATE verdict_row SET verdict_json = ?", (forged,)), "many.db")
        done = run("explain", "--db", db, "--verdict", "1", cwd=self.folder.name,
                   preexec_fn=lambda: resource.setrlimit(
                       resource.RLIMIT_AS, (1 << 32, 1 << 32)))
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("Not looked into: a (x) and 4000000000 more", done.stdout)
        self.assertIn("is not as it was written", done.stderr)


if __name__ == "__main__":
    main()
