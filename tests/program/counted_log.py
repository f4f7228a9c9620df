# SPDX-License-Identifier: Apache-2.0
"""A pack that tells its figures, made records, and the figures by hand."""
import datetime
import json
import random

from outside import verdicts

PACK = """\
pack: demo
version: 1.0.0
asks: request
title: Windows
families: {f: F}
windows:
  agent_1h: {doc: Requests of one clerk., count: requests, by: request.agent.id, over: 1h}
  lines_1d: {doc: Numbers of one clerk., distinct: request.phone_number, by: request.agent.id, over: 1d}
  since_last: {doc: The one before., since: requests, by: request.phone_number, over: 2h}
rules:
  - {id: W-1, title: t, family: f, severity: low, score: 1, flag: windows.agent_1h >= 0, reason: '{windows.agent_1h}'}
  - {id: W-2, title: t, family: f, severity: low, score: 1, flag: windows.lines_1d >= 0, reason: '{windows.lines_1d}'}
  - {id: W-3, title: t, family: f, severity: low, score: 1, flag: windows.since_last >= duration('0s'), reason: '{windows.since_last}'}
  - {id: W-4, title: t, family: f, severity: low, score: 1, flag: windows.late, reason: late}
"""
START = datetime.datetime(2026, 3, 2, tzinfo=datetime.timezone.utc)


def made(count, seed=1, padding=0):
    """Records in order of time, seconds apart."""
    chance = random.Random(seed)
    rows, at = [], 0
    for i in range(count):
        at += chance.choice([0, 1, 7, 60])
        rows.append({
            "kind": "request", "request_id": "demo-w-%d" % i, "at": at,
            "created_at": (START + datetime.timedelta(seconds=at)).isoformat(),
            "phone_number": "+120255501%02d" % chance.randrange(40),
            "agent": {"id": "A-%d" % chance.randrange(6)},
            "note": "x" * padding})
    return rows


def disturbed(rows, seconds, seed=2):
    """No record is older by so much as one before it."""
    chance = random.Random(seed)
    return sorted(rows, key=lambda r: r["at"] + chance.random() * seconds)


def lines(rows):
    return "".join(
        json.dumps({k: v for k, v in r.items() if k != "at"}) + "\n"
        for r in rows)


def in_hours(seconds):
    h, m, s = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(h, "h"), (m, "m"), (s, "s")]
    return "".join(f"{n}{unit}" for n, unit in parts if n) or "0s"


def distance(seconds, span):
    """As reasons tell how long ago something was, of a window so long."""
    text = in_hours(seconds)
    return text if seconds < span else "none known within " + text


def by_hand(rows):
    """What the definition says, record by record: (agent, lines, since)."""
    figures = {}
    for i, r in enumerate(rows):
        before = [(q, j) for j, q in enumerate(rows)
                  if (q["at"], j) <= (r["at"], i)]
        clerk = [q for q, _ in before if q["agent"] == r["agent"]]
        number = [q["at"] for q, j in before
                  if q["phone_number"] == r["phone_number"] and j != i
                  and q["at"] > r["at"] - 7200]
        figures[r["request_id"]] = (
            str(sum(q["at"] > r["at"] - 3600 for q in clerk)),
            str(len({q["phone_number"] for q in clerk
                     if q["at"] > r["at"] - 86400})),
            distance(r["at"] - max(number) if number else 7200, 7200))
    return figures


def told(done):
    figures = {}
    for verdict in verdicts(done):
        reasons = {f["rule"]: f["reason"] for f in verdict["findings"]}
        if "W-1" in reasons:  # who is late has no figures
            figures[verdict["id"]] = tuple(reasons[r] for r in ("W-1", "W-2", "W-3"))
    return figures
