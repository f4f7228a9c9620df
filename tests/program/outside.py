# SPDX-License-Identifier: Apache-2.0
"""What tests of the whole program share: how it is run, and a folder of their own.

Each is called as NAME_test.py SIMWARDEN CHECKOUT [unittest options].
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, CHECKOUT = map(os.path.abspath, sys.argv[1:3])


def corpus(name):
    return os.path.join(CHECKOUT, "corpus", name)


# After that a program hangs: learning from all of corpus/ took more than two
# minutes on a machine with five times as much work as processors.
SECONDS_UNTIL_IT_HANGS = 300


def run(*arguments, stdin=None, **options):
    """The finished process; stdout and stderr as text."""
    return subprocess.run([PROGRAM, *arguments], input=stdin, text=True,
                          encoding="utf-8", capture_output=True,
                          timeout=SECONDS_UNTIL_IT_HANGS,
                          env=dict(os.environ, NO_COLOR="1"), **options)


def verdicts(process):
    return [json.loads(line) for line in process.stdout.splitlines()]


# The longest that a file of tests takes, with room for a busy machine.
MINUTES_OF_ALL = datetime.timedelta(minutes=3)


def whole_day():
    """Today (UTC); where midnight would come between the tests, waits for it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    later = now + MINUTES_OF_ALL
    if later.date() != now.date():
        midnight = later.replace(hour=0, minute=0, second=0, microsecond=0)
        time.sleep((midnight - now).total_seconds())
    return later.date()


def fill(path):
    """A file that takes the room that its disk has left."""
    with open(path, "ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass


class Scratch(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text, mode="w", **options):
        if "b" not in mode:
            options.setdefault("encoding", "utf-8")
        with open(self.path(name), mode, **options) as file:
            file.write(text)
        return self.path(name)

    def disk_of(self, megabytes):
        """A file system of its own; None where it cannot be mounted."""
        disk = self.path("disk")
        os.mkdir(disk)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=%dm" % megabytes, "demo",
             disk], capture_output=True)
        if mounted.returncode != 0:
            return None
        self.addCleanup(subprocess.run, ["umount", "-l", disk])
        return disk

    def small_disk(self, megabytes):
        disk = self.disk_of(megabytes)
        if disk is None:
            self.skipTest("cannot mount a small file system here")
        return disk

    def big_log(self, copies):
        """The corpus's requests over and over, each with its own id."""
        with open(corpus("requests.jsonl"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        made = []
        for copy in range(copies):
            for line in lines:
                made.append(line.replace("demo-r-", "demo-r-%d-" % copy))
        return self.write("big.jsonl", "\n".join(made) + "\n")


def main():
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
