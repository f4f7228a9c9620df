# SPDX-License-Identifier: Apache-2.0
"""Runs both programs in turns."""
import os
import re
import statistics
import subprocess
import tempfile

from beside.builds import Failed
from beside.judgement import Compared

DONE = (0, 4)  # of screen: all read, or some of it could not be
# Callgrind would count the same in three times the time.
VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no",
            "--cachegrind-out-file=/dev/null"]


class Runner:
    """`programs`: of the base, of the checkout."""

    def __init__(self, programs, policies, folder, turns):
        self.programs = programs
        self.folder = folder
        self.turns = turns
        self.environment = os.environ | {"SIMWARDEN_POLICIES": policies}

    def command(self, which, path, workload=None):
        made = [self.programs[which], "screen", "--quiet", "--jobs", "1",
                *(workload.arguments if workload else ())]
        if workload and workload.stored:
            made += ["--db", self.new_database()]
        return [*made, path]

    def new_database(self):
        for name in os.listdir(self.folder):
            if name.startswith("run.db"):
                os.remove(os.path.join(self.folder, name))
        return os.path.join(self.folder, "run.db")

    def run(self, command, output=os.devnull):
        """Seconds of CPU, and what it said on stderr. CPU, because the clock
        of a machine that does other work says little."""
        with tempfile.TemporaryFile("w+") as said, open(output, "wb") as out:
            child = subprocess.Popen(command, env=self.environment, stdout=out,
                                     stderr=said)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read()
        if child.returncode not in DONE:
            raise Failed(f"{' '.join(command)}: exit code {child.returncode}\n"
                         + words)
        return usage.ru_utime + usage.ru_stime, words

    def in_turns(self, path, workload=None):
        """Seconds of both, turn by turn; who begins changes."""
        took = [], []
        for turn in range(self.turns):
            for which in (0, 1) if turn % 2 else (1, 0):
                took[which].append(
                    self.run(self.command(which, path, workload))[0])
        return took

    def instructions(self, which, path, workload=None):
        _, said = self.run([*VALGRIND, *self.command(which, path, workload)])
        found = re.search(r"I\s+refs:\s+([\d,]+)", said)
        if not found:
            raise Failed("valgrind counted nothing:\n" + said)
        return int(found.group(1).replace(",", ""))

    def lines_that_differ(self, workload):
        """Of what both write about the same records: then they do not do the
        same work."""
        lines = []
        for which in (0, 1):
            path = os.path.join(self.folder, f"verdicts_{which}")
            self.run(self.command(which, workload.counted, workload), path)
            with open(path, "rb") as file:
                lines.append(file.readlines())
        return (abs(len(lines[0]) - len(lines[1])) +
                sum(one != other for one, other in zip(*lines)))


# The writer of a store commits by the clock too: a run may count a little more.
STORED_COUNTS = 2


def above_start(whole, start):
    if whole <= start:
        raise Failed("a run over many records took no longer than a start: "
                     "the machine is too busy to measure on")
    return whole - start


class Comparison:
    """The start alone first: it is taken off everything that comes after."""

    def __init__(self, runner, one_message, time, counts):
        self.runner, self.time, self.counts = runner, time, counts
        path = one_message
        self.start_seconds = runner.in_turns(path) if time else ([], [])
        self.start_counts = ([runner.instructions(which, path)
                              for which in (0, 1)] if counts else
                             [None, None])

    def start(self):
        return Compared("the start", *([seconds * 1e3 for seconds in side]
                                       for side in self.start_seconds),
                        *self.start_counts)

    def of(self, workload, counted):
        """µs and instructions of one record, the start taken off."""
        runner = self.runner
        seconds = [], []
        if self.time:
            seconds = [
                [above_start(took, alone) * 1e6 / workload.records
                 for took in side]
                for side, alone in zip(runner.in_turns(workload.timed,
                                                       workload),
                                       map(statistics.median,
                                           self.start_seconds))]
        counts = [None, None]
        if self.counts:
            counts = [above_start(self.count(which, workload), alone) / counted
                      for which, alone in enumerate(self.start_counts)]
        return Compared(workload.what, *seconds, *counts)

    def count(self, which, workload):
        return min(self.runner.instructions(which, workload.counted, workload)
                   for _ in range(STORED_COUNTS if workload.stored else 1))
