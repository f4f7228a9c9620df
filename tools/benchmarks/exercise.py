#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a program does in its life, once through: for a build that counts it.

  exercise.py SIMWARDEN CHECKOUT [N]      (with every Nth text only)

Screens the corpus in each format and a log of requests, alone and with a
database, explains, replays, verifies, and serves the same texts at the doors
that are asked most. None of it is what tools/bench measures: other texts,
another log.
"""
import email.message
import html
import json
import os
import random
import subprocess
import sys
import tempfile

PROGRAM, ROOT = map(os.path.abspath, sys.argv[1:3])
sys.path.insert(0, os.path.join(ROOT, "tests/program"))

from daemon import Daemon  # noqa: E402
from doors import POLICIES, listeners, milter_mail, question, talk  # noqa: E402

CORPUS = os.path.join(ROOT, "corpus")
FOUND, BAD_INPUT = 1, 4  # --fail-on and rows that cannot be read are no failure
FEWER = int(sys.argv[3]) if len(sys.argv) > 3 else 1
HONEST, SCAMS = 6000 // FEWER, 600 // FEWER  # a filter's day is honest for the most part
MAILS, ASKED = 1500 // FEWER, 400 // FEWER
REQUESTS = 20000 // FEWER  # keys enough for windows to grow and to forget
LOG_SEED = "7"  # tools/bench has 1
AT_ONCE = 100  # records of an NDJSON request


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, FOUND, BAD_INPUT):
        sys.exit(f"exercise: {' '.join(arguments)}: {done.stderr.decode()}")


def texts():
    """Learnt texts, nine in ten of them honest, in a fixed disorder."""
    made = []
    for name, count in (("honest", HONEST), ("scams", SCAMS)):
        path = os.path.join(CORPUS, "learning", name + ".jsonl")
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        made += [json.loads(line)["text"] for line in lines[::len(lines) // count]]
    random.Random(7).shuffle(made)
    return made


def as_mail(number, text):
    made = email.message.EmailMessage()
    made["From"] = f"demo_{number % 97} <demo_{number % 97}@sender.example>"
    made["To"] = "demo_reader <demo_reader@reader.example>"
    made["Subject"] = text[:40].replace("\n", " ").replace("\r", " ")
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    made["Message-ID"] = f"<{number}@sender.example>"
    made.set_content(text)
    if number % 3 == 0:
        made.add_alternative(f"<html><body><p>{html.escape(text)}</p></body></html>",
                             subtype="html")
    return made.as_bytes().replace(b"\n", b"\r\n")


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def request_log(folder):
    path = os.path.join(folder, "log.jsonl")
    subprocess.run([os.path.join(ROOT, "tools/make_requests"), "--count", str(REQUESTS),
                    "--seed", LOG_SEED, "--output", path], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def line(text):
    return json.dumps({"kind": "message", "transport": "sms", "text": text},
                      ensure_ascii=False).encode() + b"\n"


def in_batch(folder, messages):
    corpus = [os.path.join(CORPUS, name) for name in
              ("requests.jsonl", "messages.jsonl", "requests_export.csv", "article_demo.txt",
               "article_demo.en.txt")]
    branch = ("--map", os.path.join(CORPUS, "branch_map.yaml"),
              os.path.join(CORPUS, "requests_branch.csv"))
    short = write(folder, "messages.jsonl", b"".join(map(line, messages)))
    mails = os.path.join(folder, "mails")
    os.mkdir(mails)
    for number, text in enumerate(messages[:MAILS]):
        write(mails, f"{number}.eml", as_mail(number, text))
    database = os.path.join(folder, "verdicts.db")
    run("screen", "--quiet", *corpus)
    run("screen", "--quiet", *branch)
    run("screen", "--quiet", short)
    log = request_log(folder)
    run("screen", "--quiet", log)
    run("screen", "--quiet", "--format", "mail", mails)
    run("screen", "--quiet", "--db", database, "--output", os.path.join(folder, "out"),
        corpus[0], corpus[1], short, log)
    run("replay", "--quiet", "--db", database)
    run("audit", "verify", "--db", database)
    run("explain", "--text", messages[0])
    run("policy", "test", POLICIES)


def over_one_connection(daemon, door, asked):
    connection = daemon.http(door)
    for path, kind, body in asked:
        connection.request("POST", path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"exercise: {path} said {answer.status}")
    connection.close()


def at_doors(folder, messages):
    doors = ("http", "rspamd", "spamd", "milter", "kannel")
    config = write(folder, "serve.yaml", (
        f"policies: ['{POLICIES}']\nthreads: 1\nlog: {{verdicts: none}}\nlisten:\n"
        + listeners(doors)).encode())
    daemon = Daemon(config)
    mails = [as_mail(number, text) for number, text in enumerate(messages[:MAILS])]
    over_one_connection(daemon, "rspamd", (
        ("/checkv2", "message/rfc822", mail) for mail in mails))
    over_one_connection(daemon, "http", (
        ("/v1/screen", "application/json", line(text)) for text in messages[:MAILS]))
    over_one_connection(daemon, "http", (
        ("/v1/screen", "application/x-ndjson", b"".join(map(line, messages[at:at + AT_ONCE])))
        for at in range(0, len(messages), AT_ONCE)))
    for text in messages[:ASKED]:
        talk(daemon, "spamd", question("spamd", text))
        talk(daemon, "kannel", question("kannel", text))
    for text in messages[:ASKED]:
        talk(daemon, "milter", milter_mail(text.encode()))
    if daemon.stop() != 0:
        sys.exit("exercise: the daemon failed: " + "".join(daemon.said[-3:]))


def main():
    messages = texts()
    with tempfile.TemporaryDirectory() as folder:
        in_batch(folder, messages)
        at_doors(folder, messages)


if __name__ == "__main__":
    os.environ.setdefault("SIMWARDEN_POLICIES", POLICIES)
    main()
