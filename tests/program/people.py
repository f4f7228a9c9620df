# SPDX-License-Identifier: Apache-2.0
"""A database that people work on: verdicts, decisions and texts of cases."""
import datetime
import os
import sqlite3

from outside import CHECKOUT, Scratch, run, whole_day

RECORDS = os.path.join(CHECKOUT, "corpus", "requests.jsonl")
MESSAGES = os.path.join(CHECKOUT, "corpus", "messages.jsonl")
TODAY = str(whole_day())
TOMORROW = str(datetime.date.fromisoformat(TODAY) + datetime.timedelta(1))
FAR_DAY = ("--today", "2099-01-01")


class People(Scratch):
    def setUp(self):
        super().setUp()
        self.db = self.path("out.db")

    def screen(self, *more):
        return run("screen", "--db", self.db, "--output",
                   self.path("verdicts.jsonl"), *more)

    def audit(self, verb, *more, **options):
        return run("audit", verb, "--db", self.db, *more, **options)

    def ask(self, query):
        with sqlite3.connect(self.db) as db:
            return db.execute(query).fetchall()

    def strike(self, index, where):
        """Makes the index pass over rows, behind the program."""
        with sqlite3.connect(self.db) as db:
            made = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?",
                              [index]).fetchone()[0]
            db.executescript(
                f"DROP INDEX {index}; {made} WHERE {where}; PRAGMA "
                f"writable_schema=ON; UPDATE sqlite_schema SET sql = '{made}' "
                f"WHERE name = '{index}';")

    def decide(self, *more, **options):
        return self.audit("decide", "--by", "demo_clerk", *more, **options)

    def verify(self):
        done = self.audit("verify")
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout
