#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program is killed (kill -9) at moments chosen by chance while it screens
into a database, again and again, and then left to come to its end.

usage: kill_test.py SIMWARDEN CHECKOUT [KILLS [SEED]]

After each kill: whole blocks, the chain verifies. After the run that was left
alone: the same rows as if nothing had happened.
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM, CHECKOUT = map(os.path.abspath, sys.argv[1:3])
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1
COPIES = 40  # of the corpus: some ten blocks
KILLS_OF_A_DATABASE = 3  # at most, before it is left to come to its end

ROWS = (
    "SELECT block_id, s.name, b.parent, b.digest, head, first_line, "
    "begin_byte, end_byte, verdicts, errors FROM block b "
    "JOIN source s USING (source_id) ORDER BY 1",
    "SELECT * FROM verdict_row ORDER BY 1",
    "SELECT * FROM error_row ORDER BY 1",
    "SELECT * FROM invalid_count ORDER BY 1, 2",
    "SELECT * FROM shadow_row ORDER BY 1, 2",
    "SELECT * FROM waived_row ORDER BY 1, 2",
    "SELECT * FROM block_proof ORDER BY 1",
    "SELECT * FROM window_events ORDER BY 1",
    "SELECT name, seen, judged + duplicate, unreadable, bytes, digest, ended "
    "FROM source WHERE run_id = (SELECT max(run_id) FROM run) ORDER BY 1",
)
HALVES = (
    "SELECT count(*) FROM block b WHERE verdicts <> (SELECT count(*) FROM "
    "verdict_row v WHERE v.block_id = b.block_id) OR errors <> (SELECT "
    "count(*) FROM error_row e WHERE e.block_id = b.block_id)")
NOTHING = ("SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM "
           "chain_link)")


class Desk:
    """A folder with a log, and the program at work on it."""

    def __init__(self, folder):
        self.folder = folder
        self.log = self.path("requests.jsonl")
        self.key = self.path("site.key")
        with open(os.path.join(CHECKOUT, "corpus", "requests.jsonl"),
                  encoding="utf-8") as file:
            lines = file.read().splitlines()
        with open(self.log, "w", encoding="utf-8") as file:
            for copy in range(COPIES):
                for line in lines:
                    file.write(line.replace("demo-r-", "demo-r-%d-" % copy)
                               + "\n")
                file.write("this is no record\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, db):
        return subprocess.Popen(
            [PROGRAM, "screen", "--quiet", "--jobs", "2", "--db", db, self.log],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=dict(os.environ, SIMWARDEN_SITE_KEY=self.key))

    def finish(self, db):
        process = self.start(db)
        _, said = process.communicate()
        # Lines that are no record: 4. Everything else was judged.
        if process.returncode != 4:
            raise AssertionError("exit %d: %s" % (process.returncode, said))


def rows(db):
    with sqlite3.connect("file:%s?mode=ro" % db, uri=True) as connection:
        return [connection.execute(sql).fetchall() for sql in ROWS]


def complaint(db):
    """Empty when the database is as it should be after a kill."""
    if not os.path.exists(db) or os.path.getsize(db) == 0:
        return ""  # it had not begun
    with sqlite3.connect(db) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "damaged"
        tables = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'chain_link'")
        if tables.fetchone() == (0,):
            return ""  # its tables were being made
        if connection.execute(HALVES).fetchone() != (0,):
            return "half a block"
        if connection.execute(NOTHING).fetchone() == (0,):
            return ""  # no block was stored; verify calls that a finding
    done = subprocess.run([PROGRAM, "audit", "verify", "--db", db],
                          capture_output=True, text=True)
    # 5: the schema is not the newest yet.
    if done.returncode not in (0, 5):
        return "the chain does not verify: " + done.stdout + done.stderr
    return ""


def main():
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder)
        calm = desk.path("calm.db")
        began = time.monotonic()
        desk.finish(calm)
        seconds = time.monotonic() - began
        wanted = rows(calm)
        tried = killed = databases = failed = 0
        while tried < KILLS:
            db = desk.path("struck.db")
            databases += 1
            wrong = ""
            for _ in range(chance.randint(1, KILLS_OF_A_DATABASE)):
                if tried == KILLS:
                    break
                tried += 1
                process = desk.start(db)
                time.sleep(chance.uniform(0, seconds))
                process.kill()
                process.communicate()
                killed += process.returncode == -9
                wrong = wrong or complaint(db)
            if not wrong:
                desk.finish(db)
                wrong = complaint(db)
            if not wrong and rows(db) != wanted:
                wrong = "other rows"
            if wrong:
                failed += 1
                print("kill %d, seed %d: %s" % (tried, SEED, wrong))
                shutil.copy(db, "killed-%d-%d.db" % (SEED, tried))
            for name in os.listdir(folder):
                if name.startswith("struck.db"):
                    os.remove(desk.path(name))
    print("%d kills, %d in mid-run, %d databases came to their end, "
          "%d did not survive" % (tried, killed, databases - failed, failed))
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
