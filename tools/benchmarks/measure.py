# SPDX-License-Identifier: Apache-2.0
"""What is measured, each beside what it is compared with, in one run."""
import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

MEBIBYTE = 1 << 20


def run_measured(command, stdin=None, feed=None):
    """Seconds, seconds of CPU and the most memory (MiB) of a command."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE if feed else stdin,
                             stdout=subprocess.DEVNULL)
    if feed:
        threading.Thread(target=feed, args=(child.stdin,), daemon=True).start()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 4):
        raise SystemExit(f"tools/bench: {' '.join(command)}: exit code "
                         f"{child.returncode}")
    return {"seconds": time.perf_counter() - begin,
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory_mib": usage.ru_maxrss / 1024}


def least(runs):
    return {key: min(run[key] for run in runs) for key in runs[0]}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return {"cpu": model.group(1) if model else "unknown",
            "cores": os.cpu_count(), "load": os.getloadavg()[0],
            "day": time.strftime("%Y-%m-%d")}


def start(program, runs=15):
    """One short message: what a start costs, beside a program that does
    nothing but start."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write('{"kind":"message","text":"hi"}\n')
        file.flush()
        screen = [program, "screen", "--quiet", file.name]
        return {"screen": least([run_measured(screen) for _ in range(runs)]),
                "nothing": least([run_measured([program, "--version"])
                                  for _ in range(runs)])}


def google_benchmark(binary, *arguments):
    """Its rows; None when it was not built."""
    if not os.path.exists(binary):
        return None
    done = subprocess.run([binary, *arguments, "--benchmark_format=json"],
                          check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)["benchmarks"]


def scan(build):
    rows = google_benchmark(os.path.join(build, "bench_scan"),
                            "--benchmark_min_time=0.2")
    if rows is None:
        return None
    made = []
    for row in rows:
        patterns, kind = re.search(r"patterns:(\d+)/kind:(\d)",
                                   row["name"]).groups()
        counters = {key: value for key, value in row.items()
                    if key.startswith(("by_", "ours", "MB", "load",
                                       "hyperscan"))}
        made.append({"patterns": int(patterns), "kind": int(kind),
                     **counters})
    return made


def rules(build, requests):
    rows = google_benchmark(os.path.join(build, "bench_plan"), requests,
                            "--benchmark_min_time=0.3")
    if rows is None:
        return None
    made = []
    for row in rows:
        found = re.match(r"(\d+) rules, (.*)", row["name"])
        made.append({"rules": int(found.group(1)), "what": found.group(2),
                     "us": row["cpu_time"]})
    return made


def conditions(build, records):
    rows = google_benchmark(os.path.join(build, "bench_cel"), records,
                            "--benchmark_filter=a (line|record)",
                            "--benchmark_min_time=1")
    return rows and [{"what": row["name"], "us": row["cpu_time"]}
                     for row in rows]


def sqlite_alone(path, rows, row_bytes):
    """Seconds that SQLite takes for as many rows of as many bytes, 25 at a
    time, as a store would have to."""
    base = sqlite3.connect(path)
    base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                       "CREATE TABLE v(id INTEGER PRIMARY KEY, row BLOB)")
    values = ",".join(["(?)"] * 25)
    row = os.urandom(max(1, row_bytes // 2)).hex()
    begin = time.perf_counter()
    for first in range(0, rows, 10_000):
        with base:
            for _ in range(min(10_000, rows - first) // 25):
                base.execute(f"INSERT INTO v(row) VALUES {values}", [row] * 25)
    return time.perf_counter() - begin


def size_of_database(path):
    return sum(os.path.getsize(path + end) for end in ("", "-wal")
               if os.path.exists(path + end))


def batch(program, requests, copies=20):
    """From a compressed file to the store, on one core and two, beside what
    unpacking and SQLite take alone."""
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "requests.jsonl.gz")
        with open(requests, "rb") as file:
            text = file.read()
        with gzip.open(packed, "wb", compresslevel=6) as file:
            for _ in range(copies):
                file.write(text)
        records = text.count(b"\n") * copies
        made = {"records": records, "bytes": len(text) * copies, "ways": []}
        begin = time.perf_counter()
        subprocess.run(["gzip", "-dc", packed], check=True,
                       stdout=subprocess.DEVNULL)
        made["unpack_seconds"] = time.perf_counter() - begin
        for store in (False, True):
            for cores in (1, 2):
                made["ways"].append(one_batch(program, packed, folder, cores,
                                              store))
        rows = os.path.join(folder, "rows.db")
        database = made["ways"][-1]["database_bytes"]
        made["sqlite_seconds"] = sqlite_alone(rows, records,
                                              database // records)
        return made


def one_batch(program, packed, folder, cores, store):
    database = os.path.join(folder, f"verdicts{cores}.db")
    command = [program, "screen", "--quiet", "--jobs", str(cores),
               "--output", os.path.join(folder, "verdicts.jsonl"), packed]
    if store:
        command[2:2] = ["--db", database]
    if shutil.which("taskset"):
        command = ["taskset", "-c", "0" if cores == 1 else "0,1", *command]
    return {"cores": cores, "store": store, **run_measured(command),
            "database_bytes": size_of_database(database) if store else 0}


def flat_memory(program, requests, sizes):
    """The most memory that inputs of these sizes take, through a pipe."""
    with open(requests, "rb") as file:
        text = file.read()

    def feed_of(size):
        def feed(pipe):
            with pipe:
                for _ in range(size // len(text) + 1):
                    pipe.write(text)
        return feed
    command = [program, "screen", "--quiet", "--kind", "request", "-"]
    return [{"bytes": size, **run_measured(command, feed=feed_of(size))}
            for size in sizes]


def cel_js(root, program, records, modules):
    """The lines that tests/bench/cel_js.mjs prints; None when node or the
    module is not installed."""
    if not modules or not shutil.which("node"):
        return None
    if not os.path.isdir(os.path.join(modules, "node_modules",
                                      "@marcbachmann", "cel-js")):
        return None
    done = subprocess.run(
        ["node", os.path.join(root, "tests", "bench", "cel_js.mjs"),
         "--modules", modules, "--records", records, "--simwarden", program],
        stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().split("\n")
