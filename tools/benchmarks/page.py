# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md and its plots, from what was measured."""
import os

from benchmarks import plot

KINDS = ["ordinary messages", "messages full of the patterns' words",
         "texts of 6.6 kB"]


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |",
             "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |"
              for row in rows]
    return "\n".join(lines) + "\n"


def times(value):
    if not value:
        return "–"
    return f"{value:.2f}×" if value < 10 else f"{value:,.0f}×"


class Page:
    def __init__(self, folder, results):
        self.folder = folder
        self.results = results
        self.parts = []

    def write(self):
        machine = self.results["machine"]
        self.parts.append(f"""# How fast it is

Written by `tools/bench` on {machine["day"]}: {machine["cores"]} cores of {machine["cpu"]}, load {machine["load"]:.1f} while it began. Absolute figures are that machine's; what holds elsewhere are the ratios, whose two
sides were measured in turns in one run. `tests/bench/beside_merge_base` compares a change with what it was branched from.
""")
        for part in (self.start, self.scan, self.rules, self.conditions,
                     self.batch, self.missing):
            part()
        with open(os.path.join(self.folder, "performance.md"), "w",
                  encoding="utf-8") as file:
            file.write("\n".join(self.parts))

    def draw(self, name, title, description, x, y, curves):
        path = os.path.join(self.folder, "performance")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, name), "w", encoding="utf-8") as file:
            file.write(plot.svg(title, description, x, y, curves))
        self.parts.append(f"![{description}](performance/{name})\n")

    def start(self):
        start = self.results.get("start")
        if not start:
            return
        self.parts.append("## Start\n\nOne message with the shipped packs; the "
                          "fastest of fifteen runs, beside `--version`.\n")
        self.parts.append(table(
            ["", "seconds", "seconds of CPU", "memory"],
            [[name, f"{row['seconds']:.3f}", f"{row['cpu']:.3f}",
              f"{row['memory_mib']:.0f} MiB"]
             for name, row in (("screen", start["screen"]),
                               ("--version", start["nothing"]))]))

    def scan(self):
        rows = self.results.get("scan")
        if not rows:
            return
        self.parts.append("## Patterns\n\n`bench_scan`: invented patterns over "
                          "the project's corpus. The columns of others say how "
                          "many times longer they take; Hyperscan is in UTF-8 "
                          "mode, which means what RE2 means. Below 1× it is "
                          "faster.\n")
        for kind, words in enumerate(KINDS):
            chosen = [row for row in rows if row["kind"] == kind]
            if not chosen:
                continue
            self.parts.append(f"### {words[0].upper()}{words[1:]}\n")
            self.parts.append(table(
                ["patterns", "µs a text", "MB/s", "texts/s", "RE2 one by one",
                 "RE2::Set", "FilteredRE2", "Hyperscan", "load",
                 "Hyperscan's load"],
                [[row["patterns"], f"{row['ours_ns'] / 1e3:.2f}",
                  f"{row['MB_per_s']:.0f}", f"{1e9 / row['ours_ns']:,.0f}",
                  times(row["by_one"]), times(row["by_set"]),
                  times(row["by_filter"]), times(row.get("by_hyperscan")),
                  f"{row['load_ms']:.1f} ms",
                  f"{row.get('hyperscan_load_ms', 0):,.0f} ms"]
                 for row in chosen]))
            if kind == 0:
                self.draw_scan(chosen)

    def draw_scan(self, rows):
        curves = []
        for name, key in (("simwarden", None), ("Hyperscan", "by_hyperscan"),
                          ("FilteredRE2", "by_filter"), ("RE2::Set", "by_set"),
                          ("RE2 one by one", "by_one")):
            points = [(row["patterns"], row["ours_ns"] / 1e3 *
                       (row.get(key, 0) if key else 1)) for row in rows]
            points = [point for point in points if point[1] > 0]
            if len(points) > 1:
                curves.append((name, points))
        last = rows[-1]
        self.draw("patterns.svg", "µs a message, by the number of patterns",
                  f"With {last['patterns']} patterns a message takes "
                  f"{last['ours_ns'] / 1e3:.1f} µs; RE2 one by one takes "
                  f"{last['by_one']:.0f} times as long.",
                  "patterns", "µs", curves)

    def rules(self):
        rows = self.results.get("rules")
        if not rows:
            return
        by = {(row["rules"], row["what"]): row["us"] for row in rows}
        counts = sorted({row["rules"] for row in rows})
        ways = ["verdict, asked", "verdict, gated", "explained, gated",
                "flagged: verdict", "flagged: explained",
                "line to verdict as JSON"]
        self.parts.append("## Rules\n\n`bench_plan`: the shipped rules of "
                          "requests, cut to fifty or multiplied with other "
                          "numbers; µs a request of `tools/make_requests`. "
                          "\"asked\" is every rule of every request, \"gated\" "
                          "how it is done ([gates](adr/0012-rules-behind-gates.md)); "
                          "only records that do not pass are explained.\n")
        cells = [[count] + [f"{by[count, way]:.2f}" for way in ways] +
                 [f"{by[count, 'flagged: explained'] / by[count, 'flagged: verdict']:.2f}×"]
                 for count in counts]
        self.parts.append(table(["rules", *ways, "explanation"], cells))
        first, last = counts[0], counts[-1]
        growth = {way: (by[last, way] - by[first, way]) * 1e3 / (last - first)
                  for way in ways[:2]}
        self.parts.append(
            f"A rule more costs {growth['verdict, gated']:.1f} ns a request; "
            f"asked without gates it would be "
            f"{growth['verdict, asked']:.1f} ns.\n")
        self.draw("rules.svg", "µs a request, by the number of rules",
                  f"With {last} rules a verdict takes "
                  f"{by[last, 'verdict, gated']:.1f} µs behind gates and "
                  f"{by[last, 'verdict, asked']:.1f} µs when every rule is "
                  "asked.", "rules", "µs",
                  [(way, [(count, by[count, way]) for count in counts])
                   for way in ways if not way.startswith("flagged")])

    def conditions(self):
        rows = self.results.get("conditions")
        if not rows:
            return
        self.parts.append("## Fifty conditions\n\n`bench_cel` over "
                          "`tests/bench/pack50`, records of 1.75 kB.\n")
        self.parts.append(table(["", "µs"], [[row["what"], f"{row['us']:.2f}"]
                                             for row in rows]))
        if self.results.get("cel_js"):
            self.parts.append("The same in cel-js, in the same run:\n\n```\n" +
                              "\n".join(self.results["cel_js"]) + "\n```\n")

    def batch(self):
        batch = self.results.get("batch")
        if batch:
            count = batch["records"]
            self.parts.append(
                f"## Batch\n\n`screen` over a compressed file of {count:,} "
                f"requests ({batch['bytes'] / 1e6:.0f} MB unpacked), all "
                "evidence of every record.\n")
            rows = [[f"{'with' if way['store'] else 'without'} store, "
                     f"{way['cores']} core{'s' if way['cores'] > 1 else ''}",
                     f"{count / way['seconds']:,.0f}",
                     f"{way['seconds']:.1f}", f"{way['cpu']:.1f}",
                     f"{way['memory_mib']:.0f} MiB"] for way in batch["ways"]]
            rows.append(["unpacking alone",
                         f"{count / batch['unpack_seconds']:,.0f}",
                         f"{batch['unpack_seconds']:.1f}", "", ""])
            rows.append(["SQLite alone, as many rows of as many bytes",
                         f"{count / batch['sqlite_seconds']:,.0f}",
                         f"{batch['sqlite_seconds']:.1f}", "", ""])
            self.parts.append(table(["", "records/s", "seconds",
                                     "seconds of CPU", "memory"], rows))
        flat = self.results.get("flat")
        if flat:
            self.parts.append("Memory does not grow with the input:\n")
            self.parts.append(table(
                ["input", "memory"],
                [[f"{row['bytes'] / 1e6:,.0f} MB",
                  f"{row['memory_mib']:.0f} MiB"] for row in flat]))

    def missing(self):
        missing = self.results["not_compared"]
        if missing:
            self.parts.append("## Not compared in this run\n\n" +
                              "\n".join(f"- {one}" for one in missing) + "\n")
