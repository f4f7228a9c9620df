# SPDX-License-Identifier: Apache-2.0
"""Whole runs of `screen`, beside what their parts take alone."""
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time

from benchmarks.commands import google_benchmark, least, run_measured

# Of --keep: no store, one of verdicts, one with the facts they stand on.
KEEPS = (None, "verdicts", "facts")
ROWS_AT_ONCE = 25
ROWS_OF_A_TRANSACTION = 10_000
ROUNDS = 3


def sqlite_alone(path, rows, row_bytes):
    """What SQLite takes for as many rows of as many bytes, 25 a statement, as
    a store at least has to."""
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                       "CREATE TABLE v(id INTEGER PRIMARY KEY, row BLOB)")
    insert = "INSERT INTO v(row) VALUES " + ",".join(["(?)"] * ROWS_AT_ONCE)
    values = [os.urandom(max(1, row_bytes // 2)).hex()] * ROWS_AT_ONCE
    begin, cpu = time.perf_counter(), time.process_time()
    for first in range(0, rows, ROWS_OF_A_TRANSACTION):
        base.execute("BEGIN")
        for _ in range(min(ROWS_OF_A_TRANSACTION, rows - first) //
                       ROWS_AT_ONCE):
            base.execute(insert, values)
        base.execute("COMMIT")
    base.close()
    return {"seconds": time.perf_counter() - begin,
            "cpu": time.process_time() - cpu}


def size_of_database(path):
    return sum(os.path.getsize(path + end) for end in ("", "-wal")
               if os.path.exists(path + end))


def packed_copies(source, path, copies):
    """A .zst of a file again and again; bytes and records unpacked."""
    packer = subprocess.Popen(["zstd", "-q", "-3", "-f", "-", "-o", path],
                              stdin=subprocess.PIPE)
    records = 0
    with packer.stdin:
        for _ in range(copies):
            with open(source, "rb") as file:
                while text := file.read(1 << 20):
                    records += text.count(b"\n")
                    packer.stdin.write(text)
    if packer.wait() != 0:
        raise SystemExit("tools/bench: zstd failed")
    return os.path.getsize(source) * copies, records


def one_batch(program, packed, folder, cores, keep, policy):
    database = os.path.join(folder, "verdicts.db")
    command = [program, "screen", "--quiet", "--jobs", str(cores),
               "--output", os.path.join(folder, "verdicts.jsonl"),
               *(["--db", database, "--keep", keep] if keep else []),
               *(["--policy", policy] if policy else []), packed]
    if shutil.which("taskset"):
        command = ["taskset", "-c", "0" if cores == 1 else "0,1", *command]
    made = {**run_measured(command),
            "database_bytes": size_of_database(database)}
    for name in os.listdir(folder):
        if name.startswith("verdicts."):
            os.remove(os.path.join(folder, name))
    return made


def parse_only(build, requests):
    """µs that simdjson takes for a record of the same file."""
    rows = google_benchmark(os.path.join(build, "bench_cel"), requests,
                            "--benchmark_filter=simdjson alone",
                            "--benchmark_min_time=1")
    return rows and rows[0]["cpu_time"]


def one_round(program, packed, folder, records, policy):
    """What each way takes, and each part of it alone."""
    ways = {(keep, cores): one_batch(program, packed, folder, cores, keep,
                                     policy)
            for keep in KEEPS for cores in (1, 2)}
    row_bytes = ways[KEEPS[-1], 2]["database_bytes"] // records
    rows = os.path.join(folder, "rows.db")
    alone = sqlite_alone(rows, records, row_bytes)
    os.remove(rows)
    return {**ways, "row_bytes": {"row_bytes": row_bytes}, "sqlite": alone,
            "unpack": run_measured(["zstd", "-q", "-dc", packed])}


def batch(program, build, requests, copies, policy=None):
    """From a compressed file to verdicts and to the store, on one core and
    two, beside unpacking, parsing and SQLite alone, in turns."""
    if not shutil.which("zstd"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "requests.jsonl.zst")
        size, records = packed_copies(requests, packed, copies)
        rounds = [one_round(program, packed, folder, records, policy)
                  for _ in range(ROUNDS)]
        made = {key: least([one[key] for one in rounds]) for key in rounds[0]}
        return {"records": records, "bytes": size,
                "unpack": made["unpack"], "sqlite": made["sqlite"],
                "row_bytes": made["row_bytes"]["row_bytes"],
                "parse_us": parse_only(build, requests),
                "ways": [{"keep": keep, "cores": cores, **made[keep, cores]}
                         for keep in KEEPS for cores in (1, 2)]}


def volume(program, sources, counts):
    """CPU µs a record of runs over so many records, the start with them.
    `sources`: (name, how many patterns or None, path, arguments of screen)."""
    made = []
    with tempfile.TemporaryDirectory() as folder:
        part = os.path.join(folder, "part.jsonl")
        for name, patterns, path, arguments in sources:
            with open(path, encoding="utf-8") as file:
                lines = file.readlines()
            for count in counts:
                whole, rest = divmod(count, len(lines))
                with open(part, "w", encoding="utf-8") as file:
                    for _ in range(whole):
                        file.writelines(lines)
                    file.writelines(lines[:rest])
                ran = least([run_measured(
                    [program, "screen", "--quiet", "--jobs", "1", *arguments,
                     part]) for _ in range(3 if count < 10_000 else 1)])
                made.append({"name": name, "patterns": patterns,
                             "records": count,
                             "us": ran["cpu"] * 1e6 / count})
    return made


def month_after(text, repeats):
    """A log of March 2026, so many times a month later: events of windows grow
    old as they do in life, and few records are late. Never February, which has
    too few days."""
    months = [month for month in range(1, 13) if month != 2]
    year, month = divmod(months.index(3) + repeats, len(months))
    return text.replace(b'"2026-03-', b'"%d-%02d-' % (2026 + year,
                                                     months[month]))


def flat_memory(program, requests, sizes):
    """The most memory that inputs of these sizes take, through a pipe."""
    with open(requests, "rb") as file:
        text = file.read()

    def feed_of(size):
        def feed(pipe):
            with pipe:
                for repeats in range(size // len(text) + 1):
                    pipe.write(month_after(text, repeats))
        return feed
    command = [program, "screen", "--quiet", "--kind", "request", "-"]
    return [{"bytes": size, **run_measured(command, feed=feed_of(size))}
            for size in sizes]
