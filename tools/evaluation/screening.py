# SPDX-License-Identifier: Apache-2.0
"""Runs `simwarden screen` over a set and pairs each verdict with its case.

Records go in by one thread, in the order of their events; verdicts come out
in the order in which the records went in. What the program says of its input
is passed on.
"""
import json
import queue
import re
import subprocess
import sys
import threading

from evaluation.sets import SetError, WholeFiles, in_order_of_time

# 1: --fail-on, which is not used here; 4: some records could not be read,
# which the tally shows.
GOOD_EXITS = (0, 4)


class ProgramError(Exception):
    """The program did not run, or did not answer for every record."""


# Lines of `policy list`: what a pack asks for; id, points, severity.
PACK_LINE = re.compile(r'\S+@\S+ +asks for an? (\w+),')
# What `screen` says when all is well.
ALL_READ = re.compile(r'.*: seen [0-9,]+ = judged [0-9,]+ \+ unreadable 0 '
                      r'\+ duplicate 0$')
RULE_LINE = re.compile(r'  (\S+) +[0-9.]+ +(?:info|low|medium|high|critical) ')


class Program:
    """`simwarden screen` with the policy that is measured."""

    def __init__(self, path, policies, options):
        self.path = path
        self.policies = policies
        self.command = [path, 'screen'] + options
        for policy in policies:
            self.command += ['--policy', policy]

    def rules(self):
        """kind of record -> the ids of the rules that ask for it."""
        process = start([self.path, 'policy', 'list'] + self.policies,
                        subprocess.DEVNULL)
        lines = process.stdout.read().decode('utf-8').splitlines()
        finish(process)
        rules, kind = {}, ''
        for line in lines:
            if pack := PACK_LINE.match(line):
                kind = pack.group(1)
            elif rule := RULE_LINE.match(line):
                rules.setdefault(kind, []).append(rule.group(1))
        return rules

    def verdicts(self, one, choice):
        """(verdict or error row, case) of every record of a set."""
        if isinstance(one, WholeFiles):
            yield from self.verdicts_of_files(one, choice)
        else:
            yield from self.verdicts_of_lines(one, choice)

    def verdicts_of_files(self, one, choice):
        process = start(self.command + one.arguments(), subprocess.DEVNULL,
                        subprocess.PIPE)
        listener = Listener(process.stderr, one.name)
        listener.start()
        for line in process.stdout:
            verdict = json.loads(line)
            case = one.case_of(verdict)
            if choice.takes(case):
                yield verdict, case
        listener.tell()
        finish(process)

    def verdicts_of_lines(self, one, choice):
        process = start(self.command + ['--format', 'jsonl', '-'],
                        subprocess.PIPE, subprocess.PIPE)
        feeder = Feeder(process.stdin, one, choice)
        feeder.start()
        listener = Listener(process.stderr, one.name)
        listener.start()
        answered = 0
        for line in process.stdout:
            verdict = json.loads(line)
            place = (verdict.get('source', {}).get('line')
                     or verdict.get('error', {}).get('line'))
            answered += 1
            if place != answered:
                process.kill()
                raise ProgramError('%s: record %d has no verdict'
                                   % (one.name, answered))
            yield verdict, feeder.cases.get()
        feeder.join()
        if feeder.error:
            raise feeder.error
        listener.tell()
        finish(process)
        if answered != feeder.count:
            raise ProgramError('%s: %d records, %d verdicts'
                               % (one.name, feeder.count, answered))


class Feeder(threading.Thread):
    """Writes records to the program and queues their cases."""

    def __init__(self, pipe, one, choice):
        super().__init__(daemon=True)
        self.pipe = pipe
        self.one = one
        self.choice = choice
        self.cases = queue.SimpleQueue()
        self.count = 0
        self.error = None

    def run(self):
        try:
            for record, case in in_order_of_time(self.one.fed(self.choice)):
                self.cases.put(case)
                self.count += 1
                line = json.dumps(record, ensure_ascii=False,
                                  separators=(',', ':'))
                # A lone surrogate is not UTF-8; the program is to say so.
                self.pipe.write(line.encode('utf-8', 'surrogatepass') + b'\n')
        except (SetError, UnicodeDecodeError, EOFError) as error:
            self.error = SetError(str(error))
        except OSError:
            pass                     # the program went away; its exit tells
        finally:
            try:
                self.pipe.close()
            except OSError:
                pass


class Listener(threading.Thread):
    """Keeps what the program says; unread, it would make the program wait."""

    def __init__(self, pipe, name):
        super().__init__(daemon=True)
        self.pipe = pipe
        self.name = name
        self.said = b''

    def run(self):
        self.said = self.pipe.read()

    def tell(self):
        """Passes it on, but not that all is well."""
        self.join()
        for line in self.said.decode('utf-8', 'replace').splitlines():
            if line.strip() and not ALL_READ.match(line):
                print('%s: %s' % (self.name, line), file=sys.stderr)


def start(command, source, said=None):
    try:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=source,
                                stderr=said)
    except OSError as error:
        raise ProgramError('%s: %s' % (command[0], error.strerror)) from error


def finish(process):
    code = process.wait()
    if code not in GOOD_EXITS:
        raise ProgramError('%s ended with %d' % (process.args[0], code))
