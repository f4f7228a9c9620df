# SPDX-License-Identifier: Apache-2.0
"""What is measured in one process, each beside what it is compared with."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

from benchmarks.commands import google_benchmark, least, run_measured


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


def scan(build):
    rows = google_benchmark(os.path.join(build, "bench_scan"))
    if rows is None:
        return None
    made = []
    for row in rows:
        patterns, kind = re.search(r"patterns:(\d+)/kind:(\d)",
                                   row["name"]).groups()
        counters = {key: value for key, value in row.items()
                    if key.startswith(("by_", "ours", "MB", "load", "memory",
                                       "peak", "hyperscan", "yara"))}
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
    return rows and {row["name"]: row["cpu_time"] for row in rows}


def is_installed(package, modules):
    """Of npm or of Go, in the folder where both were asked for it."""
    if not modules:
        return False
    if os.path.isdir(os.path.join(modules, "node_modules", package)):
        return True
    try:
        with open(os.path.join(modules, "go.mod"), encoding="utf-8") as file:
            return package in file.read()
    except OSError:
        return False


def engine(command, program, records, needs=None, package=None, modules=None):
    """What a script of tests/bench says about another engine; None when the
    program that it needs, or its package, is not installed. Exit code 1 says
    that outcomes differ, and the figures say which."""
    if needs and not shutil.which(needs):
        return None
    if package and not is_installed(package, modules):
        return None
    done = subprocess.run(
        [*command, *(["--modules", modules] if package else []), "--records",
         records, "--simwarden", program, "--json"],
        stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"tools/bench: {' '.join(command)} failed")
    made = json.loads(done.stdout)
    made["us"] = {what: figure["cpu"] for what, figure in made.pop("figures")}
    return made


def text(build):
    """MB/s: all that is seen of a text, beside ICU's folding alone and its
    skeletons."""
    rows = google_benchmark(os.path.join(build, "bench_text"),
                            "--benchmark_filter="
                            "^(see|icu_nfkc_casefold|icu_skeleton)/",
                            "--benchmark_min_time=0.2")
    if rows is None:
        return None
    by = {}
    for row in rows:
        what, name = row["name"].split("/")
        by.setdefault(name, {})[what] = row["bytes_per_second"] / 1e6
    return [{"texts": name, **both} for name, both in by.items()]


def csv(build):
    """Bytes and rows a second, ours and libcsv's."""
    rows = google_benchmark(os.path.join(build, "bench_csv"),
                            "--benchmark_min_time=1")
    return rows and {row["name"]: {"MB_per_s": row["bytes_per_second"] / 1e6,
                                   "rows_per_s": row["items_per_second"]}
                     for row in rows}


def windows(build):
    """Records a second for one window."""
    rows = google_benchmark(os.path.join(build, "bench_windows"),
                            "--benchmark_min_time=1")
    return rows and {row["name"]: row["items_per_second"] for row in rows}


def daemons(root, build, patterns):
    """The table of tests/bench/daemons; exit code 1 says that filters differ,
    and the table says where."""
    if not os.path.exists(os.path.join(build, "door_load")):
        return None
    done = subprocess.run(
        [os.path.join(root, "tests/bench/daemons"), "--simwarden",
         os.path.join(build, "simwarden"), "--json", "--patterns", *map(str, patterns)],
        stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit("tools/bench: tests/bench/daemons failed")
    return json.loads(done.stdout)
