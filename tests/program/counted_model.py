# SPDX-License-Identifier: Apache-2.0
"""What docs/windows.md promises, record by record: every record looked at for
every record, nothing forgotten, nothing stored. Times are microseconds since
1970; a record is a dict with `at` (None: it has no time) and what windows ask."""
import bisect
import collections

SECOND = 10**6
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86400 * SECOND
WITNESSES = 8
LEAP = DAY

Window = collections.namedtuple("Window", "kind over by where of")


def order_of(event):
    return event[0], event[1]


class Figures:
    """The windows of records whose turn it is."""

    def __init__(self, windows):
        self.windows = windows
        self.events = {name: {} for name in windows}  # by key, in order

    def count(self, record, ticket, horizon):
        """window -> its figure; None: it has none. What is no newer than
        `horizon` less the span may be forgotten."""
        told = {}
        for name, window in self.windows.items():
            key = window.by(record)
            if key is None:
                told[name] = None
                continue
            events = self.events[name].setdefault(key, [])
            value = window.of(record)
            counts = window.where(record) and value is not None
            mine = (record["at"], ticket, value)
            begin = max(record["at"], horizon) - window.over
            seen = [e for e in events if begin < e[0] <= record["at"]]
            whole = record["at"] >= horizon
            if counts and window.kind != "since":
                seen.append(mine)
            known = whole or (window.kind == "since" and seen)
            told[name] = (self.figure(window, record["at"], seen)
                          if known else None)
            if counts:
                bisect.insort(events, mine, key=order_of)
        return told

    @staticmethod
    def figure(window, at, seen):
        if window.kind == "count":
            return len(seen)
        if window.kind == "distinct":
            return len({value for _, _, value in seen})
        if window.kind == "share":
            return sum(v for _, _, v in seen) / len(seen) if seen else 0
        return min([window.over] + [at - time for time, _, _ in seen])

    def nothing(self):
        return dict.fromkeys(self.windows)


class Model:
    """`screen` over inputs: take (take | end)*. answers: by id (late, figures)."""

    def __init__(self, windows, lateness, kept=None):
        """`kept`: so much longer than windows look back is anything there."""
        self.figures = Figures(windows)
        self.lateness = lateness
        self.kept = lateness if kept is None else kept
        self.frontier = self.counted_off = None
        self.waiting, self.leapt = [], []
        self.tickets = 0
        self.answers = {}

    def watermark(self):
        marks = [self.counted_off]
        if self.frontier is not None:
            marks.append(self.frontier - self.lateness)
        return max((m for m in marks if m is not None), default=-10**20)

    def leaps(self, at):
        if self.frontier is None:
            return True
        return at > self.frontier + LEAP - bool(self.leapt) * self.lateness

    def answer(self, event, late=False):
        _, ticket, record = event
        self.answers[record["id"]] = late, self.figures.count(
            record, ticket, self.frontier - self.kept if late else -10**20)

    def nothing(self, record):
        self.answers[record["id"]] = False, self.figures.nothing()

    def take(self, record):
        self.tickets += 1
        if record["at"] is None:
            self.nothing(record)
        else:
            self.push((record["at"], self.tickets, record))

    def push(self, event):
        if self.leaps(event[0]):
            self.leapt.append(event)
            if len(self.leapt) < WITNESSES:
                return
            self.believe()
            return
        for _, _, alone in self.leapt:
            self.nothing(alone)
        self.leapt = []
        self.accept(event)

    def believe(self):
        """Who leaps over the oldest of them waits for more witnesses."""
        self.frontier = min(self.leapt)[0]
        before = None
        while before != len(self.leapt):
            before, leapt, self.leapt = len(self.leapt), self.leapt, []
            for event in leapt:
                if self.leaps(event[0]):
                    self.leapt.append(event)
                else:
                    self.accept(event)

    def accept(self, event):
        if event[0] < self.watermark():
            self.answer(event, late=True)
            return
        self.frontier = max(self.frontier, event[0])
        bisect.insort(self.waiting, event, key=order_of)
        while self.waiting and self.waiting[0][0] <= self.watermark():
            self.answer(self.waiting.pop(0))

    def end(self):
        """An input ends: everybody's turn."""
        for event in sorted(self.waiting + self.leapt, key=order_of):
            self.answer(event)
        self.waiting, self.leapt = [], []


class LiveModel(Model):
    """The daemon: each is answered when it comes, and times up to `clock` are
    believed, none beyond it."""

    def __init__(self, windows, clock):
        super().__init__(windows, 0, kept=15 * MINUTE)
        self.clock = clock

    def take(self, record):
        """Who names nothing that a window goes by has no part in this."""
        if all(w.by(record) is None for w in self.figures.windows.values()):
            self.nothing(record)
        else:
            super().take(record)

    def leaps(self, at):
        return at > self.clock

    def push(self, event):
        if self.leaps(event[0]):
            self.nothing(event[2])
            return
        if self.frontier is None:
            self.frontier = event[0]
        self.accept(event)


class Bytes:
    """Those of windows/kept_events.h."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def take(self, count):
        self.at += count
        return self.text[self.at - count:self.at]

    def varint(self):
        number, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    def signed(self):
        number = self.varint()
        return (number >> 1) ^ -(number & 1)

    def mark(self):
        number = self.varint()
        return None if number == 0 else ((number - 1) >> 1) ^ -((number - 1) & 1)


def kept_events(text):
    """(frontier, one list of (time, key, value) a window)."""
    read = Bytes(text)
    assert read.take(4) == b"SWW1"
    frontier, _, _ = read.mark(), read.mark(), read.mark()
    assert read.varint() == 0, "the daemon's records wait for no witnesses"
    keys = [read.take(8) for _ in range(read.varint())]
    windows = []
    for _ in range(read.varint()):
        read.take(8)
        kind = read.take(1)[0]
        at, events = 0, []
        for _ in range(read.varint()):
            at += read.signed()
            key = keys[read.varint()]
            value = {1: 8, 2: 1}.get(kind, 0)
            events.append((at, key, read.take(value)))
        windows.append(events)
    assert read.at == len(text)
    return frontier, windows
