# SPDX-License-Identifier: Apache-2.0
"""What both programs are run over. Always the same bytes."""
import dataclasses
import os
import subprocess
from email.message import EmailMessage

from peers import material

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))
# Under valgrind, where everything takes fifty times as long. The rest of a run
# is its start, which is counted alone and taken off.
COUNTED = 400
NAMES = ["requests", "messages", "mails", "stored"]
MAIL_PATTERNS = 300  # what a tenth of the mails is made to be found by


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    what: str       # one of its records
    timed: str      # a file of so many records
    records: int
    counted: str    # one of COUNTED of them
    arguments: tuple = ()
    stored: bool = False


def first_lines(path, source, count):
    with open(source, "rb") as file:
        lines = file.readlines()
    with open(path, "wb") as file:
        for at in range(count):
            file.write(lines[at % len(lines)])
    return path


def mail(number, text):
    """Every other one as a mail program writes it: plain and as HTML."""
    made = EmailMessage()
    made["From"] = f"demo_{number % 97} <demo_{number % 97}@sender.example>"
    made["To"] = "demo_reader <demo_reader@reader.example>"
    made["Subject"] = f"note {number}"
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    made["Message-ID"] = f"<{number}@sender.example>"
    made.set_content(text)
    if number % 2:
        paragraphs = "".join(f"<p>{one}</p>" for one in text.split("\n\n"))
        made.add_alternative(f"<html><body>{paragraphs}</body></html>",
                             subtype="html", cte="quoted-printable")
        made.set_boundary(f"demo-{number}")
    return made.as_bytes()


def mailbox(path, count):
    with open(path, "wb") as file:
        made = material.mails(count, material.LONG, MAIL_PATTERNS)
        for number, one in enumerate(made):
            text = one.partition(b"\r\n\r\n")[2].decode().replace("\r\n", "\n")
            file.write(b"From demo_1@sender.example Mon Mar  2 10:00:00 2026\n")
            file.write(mail(number, text) + b"\n")
    return path


def workloads(folder):
    def path(name, count):
        return os.path.join(folder, f"{name}_{count}")

    def lines(name, source, count):
        return first_lines(path(name, count), source, count)
    log = os.path.join(folder, "requests.jsonl")
    subprocess.run([os.path.join(ROOT, "tools/make_requests"), "--count",
                    "4000", "--output", log], check=True,
                   stderr=subprocess.DEVNULL)
    corpus = os.path.join(ROOT, "corpus", "messages.jsonl")
    requests = lines("requests", log, COUNTED)
    mails = ("--format", "mail")
    return [
        Workload("requests", "a request", log, 4000, requests),
        Workload("messages", "a message",
                 lines("messages", corpus, 4000), 4000,
                 lines("messages", corpus, COUNTED)),
        Workload("mails", "a mail", mailbox(path("mails", 3000), 3000), 3000,
                 mailbox(path("mails", COUNTED), COUNTED), mails),
        Workload("stored", "a request, stored", log, 4000, requests,
                 stored=True),
    ]


def one_message(folder):
    path = os.path.join(folder, "one.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"kind":"message","text":"hi"}\n')
    return path
