# SPDX-License-Identifier: Apache-2.0
"""Patterns and mails that all filters are given alike; always the same ones.

Patterns are in the subset that RE2, PCRE2, Hyperscan and Perl read alike:
lower-case ASCII, searched for without regard to case, `.` within a line. Every
paragraph of a mail is one line, because SpamAssassin looks at paragraphs. The
brands are no brands, hosts are reserved ones.
"""
import os
import random

SYLLABLES = ["ba", "den", "fo", "gar", "hi", "jun", "kel", "lo", "mar", "ni",
             "or", "pal", "qui", "ros", "sta", "tel", "ul", "ven", "wi", "zan"]
APPS = ["telegram", "whatsapp", "signal", "wechat", "line", "viber", "kakao"]
ASKS = ["add", "text", "message", "ping", "write to", "contact", "call"]
STATES = ["blocked", "suspended", "on hold", "closed", "locked", "disabled",
          "deactivated", "restricted", "expired", "flagged"]
DEEDS = ["verify", "confirm", "update", "renew", "unlock", "restore",
         "register", "activate", "reconnect", "secure"]
THINGS = ["account", "card", "number", "profile", "wallet", "parcel",
          "refund", "service", "plan", "payment"]
CHIPS = ["sim", "sim card", "esim", "esim profile", "e-sim", "sim swap",
         "puk code", "iccid", "otp", "one-time code"]
ENDS = ["today", "tonight", "tomorrow", "within 24 hours", "at once",
        "before noon", "this week"]
ZONES = ["example", "test", "invalid"]
# What people write to each other; some of it with words of the patterns.
ORDINARY = [
    "are we still meeting at seven by the fountain",
    "your parcel is with the neighbour on the second floor",
    "i will call you when the train leaves the station",
    "the plumber comes tomorrow, please be at home before noon",
    "thanks for the photos, grandmother was so happy",
    "can you send me the notes of the lecture again",
    "my old card expired, the new one came by post",
    "i bought a sim card at the airport and it works",
    "the meeting about the plan for spring moves to room four",
    "remember to water the tomatoes while we are away",
    "payment for the class trip is due this week at school",
    "he left his jacket in the car, i bring it on monday",
    "the bus was late and the shop was closed already",
    "happy birthday, and many good years to come",
    "please update the list of guests and tell the cook",
]
WORDS_OF_A_BRAND = 3
PATTERNS_MAX = 3000
SHORT, LONG = 120, 3000  # bytes of a mail's text


def brands(count):
    """Different names of three syllables, in a fixed order."""
    made = ["".join((a, b, c)) for a in SYLLABLES for b in SYLLABLES
            for c in SYLLABLES]
    return random.Random(7).sample(made, count)


def _pattern(i, brand, draw):
    """A pattern and a sentence that it finds."""
    app, ask, end = draw.choice(APPS), draw.choice(ASKS), draw.choice(ENDS)
    states, deeds = draw.sample(STATES, 3), draw.sample(DEEDS, 4)
    thing, chip = draw.choice(THINGS), draw.choice(CHIPS)
    kind = i % 6
    if kind == 0:  # whom to contact
        return (rf"\b(?:{ask}|{draw.choice(APPS)})\b.{{0,20}}\b{brand}_[a-z0-9]{{2,12}}\b",
                f"{ask} us on {app}: {brand}_help7")
    if kind == 1:  # a kind of link
        zone = draw.choice(ZONES)
        return (rf"https?://[a-z0-9.-]{{0,30}}{brand}[a-z0-9.-]{{0,30}}\.{zone}\b",
                f"see https://secure-{brand}-desk.{zone}/a1 {end}")
    if kind == 2:  # a brand, and what happens to a thing of the reader's
        return (rf"\b{brand}\b.{{0,60}}\b(?:{'|'.join(states)})\b",
                f"{brand} notice: your {thing} is {states[0]} since {end}")
    if kind == 3:  # what to do with it
        return (rf"\b(?:{'|'.join(deeds)})\b.{{0,40}}\b{brand} {thing}\b",
                f"please {deeds[0]} your {brand} {thing} {end}")
    if kind == 4:  # a SIM, an eSIM, a code
        return (rf"\b{chip}\b.{{0,24}}\b(?:{'|'.join(deeds)})\b.{{0,24}}\b{end}\b",
                f"your {chip} waits, {deeds[1]} it {end}")
    return (rf"\b{brand}(?: team| desk| support)? ?[0-9]{{4,8}}\b",
            f"ask the {brand} desk 5550{i % 1000:03}")


def _pairs(count):
    draw = random.Random(1)
    return [_pattern(i, brand, draw)
            for i, brand in enumerate(brands(PATTERNS_MAX))][:count]


def patterns(count):
    return [pattern for pattern, _ in _pairs(count)]


def _text(size, scam, draw, pairs):
    """Paragraphs of about `size` bytes together; of a scam, one sentence in
    four is one that a pattern looks for."""
    lines, line = [], ""
    left = size
    while left > 0:
        tempting = scam and (not lines and not line or draw.random() < 0.25)
        sentence = draw.choice(pairs)[1] if tempting else draw.choice(ORDINARY)
        sentence = sentence[0].upper() + sentence[1:] + ". "
        if len(line) + len(sentence) > 400:
            lines.append(line.rstrip())
            line = ""
        line += sentence
        left -= len(sentence)
    return "\n\n".join(lines + [line.rstrip()])


def mails(count, size, patterns_count, scams=0.1):
    """Bytes of mails, and which of them are scams."""
    draw = random.Random(size)
    pairs = _pairs(patterns_count)
    made = []
    for i in range(count):
        scam = i % round(1 / scams) == 0
        text = _text(size, scam, draw, pairs)
        head = (f"From: demo_{i % 97} <demo_{i % 97}@sender.example>\r\n"
                "To: demo_reader <demo_reader@reader.example>\r\n"
                f"Subject: note {i}\r\n"
                "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n"
                f"Message-ID: <{i}.{size}@sender.example>\r\n"
                "MIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n\r\n")
        made.append((head + text.replace("\n", "\r\n") + "\r\n").encode())
    return made


def write_mails(folder, count, size, patterns_count):
    os.makedirs(folder, exist_ok=True)
    for i, mail in enumerate(mails(count, size, patterns_count)):
        with open(os.path.join(folder, f"{i:05}.eml"), "wb") as file:
            file.write(mail)
