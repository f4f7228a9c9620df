# SPDX-License-Identifier: Apache-2.0
"""What an aim that is missed allows, and what is spent of that before the work
that it is about begins. All in microseconds, all of the run that missed it."""
from benchmarks import targets


def _of_door(results, ours, theirs, times, floor=None):
    """Of CPU a mail, or a message."""
    us = [row and 1e6 / row["per_cpu_second"] for row in
          (targets._door(results, name) for name in (ours, theirs, floor))]
    if not us[0] or not us[1]:
        return None
    return us[1] / times, us[2], us[0]


def _of_line(results, theirs, times, floor, ours):
    """Of CPU a line; theirs is a figure or the name of one."""
    if not isinstance(theirs, float):
        theirs = targets._ours_us(results, theirs)
    taken = targets._ours_us(results, floor)
    return theirs and taken and (theirs / times, taken,
                                 targets._ours_us(results, ours))


def _of_engine(results, name, times):
    theirs = results.get(name)
    return theirs and _of_line(results, float(theirs["us"]["everything"]), times,
                               "a line to a record", "a line: 50 answers")


def _of_batch(results):
    batch, way = targets._batch_way(results, "batch50", None)
    answers = targets._ours_us(results, "a line: 50 answers")
    if not batch or not batch["parse_us"] or not batch["unpack"] or not answers:
        return None
    unpacked = batch["unpack"]["cpu"] * 1e6 / batch["records"]
    return (batch["parse_us"] / 0.25, unpacked + answers,
            way["cpu"] * 1e6 / batch["records"])


def _of_evidence(results):
    batch, way = targets._batch_way(results, "batch", "facts", cores=2)
    if not batch:
        return None
    _, plain = targets._batch_way(results, "batch", None, cores=2)
    a_record = 1e6 / batch["records"]
    return (batch["sqlite"]["seconds"] * a_record / 0.5,
            plain["seconds"] * a_record, way["seconds"] * a_record)


KERNEL = "nothing but the kernel"
# The name of the target, what is found of it, who has spent that.
FLOORS = [
    ("a mail by the door, per CPU second, as many as rspamd with regular "
     "expressions only",
     lambda r: _of_door(r, "simwarden", targets.RSPAMD, 15, KERNEL),
     "the kernel, which takes a request and gives an answer"),
    ("a mail by the door, per CPU second, as many as rspamd with its own rules",
     lambda r: _of_door(r, "simwarden", targets.RSPAMD_STOCK, 50, KERNEL),
     "the kernel"),
    ("messages a hundred at a time as NDJSON, per CPU second, as many as mails "
     "of rspamd",
     lambda r: _of_door(r, "simwarden, NDJSON", targets.RSPAMD, 150), ""),
    ("a mail by the door, per CPU second, as many as Boost.Beast that judges "
     "nothing",
     lambda r: _of_door(r, "simwarden", targets.BEAST, 1.5, KERNEL),
     "the kernel"),
    ("a mail by the door, per CPU second, as many as cpp-httplib that judges "
     "nothing",
     lambda r: _of_door(r, "simwarden", targets.HTTPLIB, 3, KERNEL),
     "the kernel"),
    ("a mail by the door (rspamd's clients), per CPU second, as many as spamd "
     "with sa-compile",
     lambda r: _of_door(r, "simwarden", targets.SPAMD, 300, KERNEL),
     "the kernel"),
    ("requests with conditions, from JSON, as fast as mawk over a table",
     lambda r: _of_engine(r, "mawk", 4), "reading the line"),
    ("requests with conditions, from JSON, as fast as Expr in Go",
     lambda r: _of_engine(r, "expr", 30), "reading the line"),
    ("a line of JSON to a record, as fast as simdjson on demand that takes "
     "every value",
     lambda r: _of_line(r, "a line: simdjson on demand", 1.8,
                        "a line: simdjson alone", "a line to a record"),
     "simdjson, which parses and hands out no value"),
    ("batch without store, fifty rules, beside simdjson only parsing",
     _of_batch, "unpacking, and a line's answers without a verdict"),
    ("batch with all evidence, shipped rules, two cores, beside bare SQLite",
     _of_evidence, "judging without a store"),
]


def of_missed(results):
    """(what, allowed, taken, by whom, ours) of each aim that is missed and has
    such figures."""
    missed = {what for what, value, bound, wanted, _ in targets.judged(results)
              if value is not None and not targets.is_met(bound, wanted, value)}
    for what, find, by in FLOORS:
        found = find(results) if what in missed else None
        if found:
            yield what, found[0], found[1], by, found[2]
