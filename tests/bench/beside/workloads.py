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


class Maker:
    """Makes what is asked for, in the order of NAMES."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, name, count):
        return os.path.join(self.folder, f"{name}_{count}")

    def lines(self, name, source, count):
        return first_lines(self.path(name, count), source, count)

    def requests(self, name="requests", what="a request", stored=False):
        log = self.path("requests", 4000)
        subprocess.run([os.path.join(ROOT, "tools/make_requests"), "--count",
                        "4000", "--output", log], check=True,
                       stderr=subprocess.DEVNULL)
        return Workload(name, what, log, 4000,
                        self.lines("requests", log, COUNTED), stored=stored)

    def stored(self):
        return self.requests("stored", "a request, stored", stored=True)

    def messages(self):
        corpus = os.path.join(ROOT, "corpus", "messages.jsonl")
        return Workload("messages", "a message",
                        self.lines("messages", corpus, 4000), 4000,
                        self.lines("messages", corpus, COUNTED))

    def mails(self):
        return Workload("mails", "a mail",
                        mailbox(self.path("mails", 3000), 3000), 3000,
                        mailbox(self.path("mails", COUNTED), COUNTED),
                        ("--format", "mail"))


def workloads(folder, names):
    maker = Maker(folder)
    for name in NAMES:
        if name in names:
            yield getattr(maker, name)()


def one_message(folder):
    path = os.path.join(folder, "one.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"kind":"message","text":"hi"}\n')
    return path
