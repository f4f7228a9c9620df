# SPDX-License-Identifier: Apache-2.0
"""Running what is measured."""
import json
import os
import re
import subprocess
import threading
import time

# screen: done; some input could not be read.
DONE = (0, 4)


def peak_memory(pid, seen):
    """Keeps the most resident memory of a process in `seen`, MiB, until it
    ends. What wait4 says begins with that of the process it was forked from."""
    while True:
        try:
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                found = re.search(r"VmHWM:\s+(\d+)", file.read())
        except OSError:
            return
        if not found:
            return
        seen[0] = int(found.group(1)) / 1024
        time.sleep(0.005)


def run_measured(command, feed=None):
    """Seconds, seconds of CPU and the most memory (MiB) of a command."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE if feed else None,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    if feed:
        threading.Thread(target=feed, args=(child.stdin,), daemon=True).start()
    peak = [0]
    watcher = threading.Thread(target=peak_memory, args=(child.pid, peak))
    watcher.start()
    _, status, usage = os.wait4(child.pid, 0)
    watcher.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in DONE:
        raise SystemExit(f"tools/bench: {' '.join(command)}: exit code "
                         f"{child.returncode}")
    return {"seconds": time.perf_counter() - begin,
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory_mib": peak[0]}


def least(runs):
    return {key: min(run[key] for run in runs) for key in runs[0]}


def google_benchmark(binary, *arguments):
    """Its rows; None when it was not built."""
    if not os.path.exists(binary):
        return None
    done = subprocess.run([binary, *arguments, "--benchmark_format=json"],
                          check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)["benchmarks"]
