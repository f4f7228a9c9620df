#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples of the docs.

usage: examples.py SIMWARDEN CHECKOUT FILE.md...

Every fence marked ```console holds commands ("$ …") and what they print. They
run one after another in a scratch folder that has a copy of corpus/ and
policies/, with simwarden on the PATH. A line "..." stands for any lines,
"…" inside a line for any text. Lines that begin with "> " right below a
command go on with it. A command that fails must be followed by
"[exit N]".
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Of one command. The longest learns from the whole corpus: half a minute of a
# processor, many of one that is shared.
SECONDS_MAX = 600


def fences(text):
    """(line number, lines) of every console fence."""
    found, block = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if block is None and line.strip() == "```console":
            block = (number + 1, [])
        elif block is not None and line.strip() == "```":
            found.append(block)
            block = None
        elif block is not None:
            block[1].append(line)
    return found


def steps(first, lines):
    """(line number, command, expected lines) of one fence."""
    made = []
    for offset, line in enumerate(lines):
        if line.startswith("$ "):
            made.append((first + offset, line[2:], []))
        elif made and not made[-1][2] and line.startswith("> "):
            made[-1] = (made[-1][0], made[-1][1] + "\n" + line[2:],
                        made[-1][2])
        elif made:
            made[-1][2].append(line)
    return made


def as_pattern(expected):
    parts = []
    for line in expected:
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*?".join(map(re.escape, line.rstrip().split("…")))
                         + r"[ ]*\n")
    return "".join(parts)


def main():
    program, checkout, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    scratch = tempfile.mkdtemp(prefix="simwarden-examples-")
    for folder in ("corpus", "policies"):
        shutil.copytree(os.path.join(checkout, folder),
                        os.path.join(scratch, folder))
    bin_folder = os.path.join(scratch, ".bin")
    os.mkdir(bin_folder)
    os.symlink(os.path.abspath(program), os.path.join(bin_folder, "simwarden"))
    environment = dict(os.environ, PATH=bin_folder + ":" + os.environ["PATH"],
                       SIMWARDEN_POLICIES=os.path.join(scratch, "policies"),
                       NO_COLOR="1")
    passed = failed = 0
    for name in files:
        with open(os.path.join(checkout, name), encoding="utf-8") as file:
            text = file.read()
        for first, lines in fences(text):
            for number, command, expected in steps(first, lines):
                ran = subprocess.run(["bash", "-c", command], cwd=scratch,
                                     env=environment, timeout=SECONDS_MAX,
                                     stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT)
                printed = ran.stdout.decode("utf-8", "replace")
                printed = re.sub(r"[ \t]+\n", "\n", printed)
                if ran.returncode != 0:
                    printed += "[exit %d]\n" % ran.returncode
                # A command without expected lines must only succeed.
                good = (ran.returncode == 0 if not expected else
                        re.fullmatch(as_pattern(expected), printed))
                if good:
                    passed += 1
                    continue
                failed += 1
                print("%s:%d: $ %s\n-- expected\n%s\n-- printed\n%s" %
                      (name, number, command, "\n".join(expected), printed))
    shutil.rmtree(scratch)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
