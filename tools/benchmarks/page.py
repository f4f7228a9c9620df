# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md and its plots, from what was measured."""
import os

from benchmarks import floors, plot, targets

KINDS = ["ordinary messages", "messages full of the patterns' words",
         "texts of 6.6 kB"]
NAMES = ["ordinary", "heavy", "long"]  # of their plots
RIVALS = [("Hyperscan", "by_hyperscan"), ("FilteredRE2", "by_filter"),
          ("FilteredRE2, our literals", "by_filter_ours"),
          ("RE2::Set", "by_set"), ("YARA", "by_yara"),
          ("RE2 one by one", "by_one")]
# Other engines for the fifty conditions, and what they run in.
ENGINES = {"plain_js": "node", "cel_js": "node", "zen": "node",
           "expr": "Go",
           "sqlite": "a table of JSON", "jq": "one process",
           "mawk": "one process"}
KEPT = {None: "no store", "verdicts": "verdicts stored",
        "facts": "verdicts and facts stored"}
BUSY = (" The machine had other work meanwhile: what is counted in CPU and the "
        "ratios of CPU hold, what is counted by the clock (records/s, waits, "
        "starts) is worse than it is.")
COMMAND = """\
```
tools/install
tools/tuned simwarden door_load door_floor bench_scan bench_plan bench_cel bench_windows bench_text bench_csv
npm install --prefix build/npm @marcbachmann/cel-js @gorules/zen-engine
(cd build/npm && go mod init bench && go get github.com/expr-lang/expr)
tools/bench --modules build/npm --write docs
```
"""


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |",
             "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |"
              for row in rows]
    return "\n".join(lines) + "\n"


def figure(value, unit=""):
    if value is None or value == 0:
        return "–"
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}{unit}"


def about(value):
    """Two digits and zeros."""
    return f"{float(f'{value:.1e}'):,.0f}"


def times(value):
    return figure(value, "×")


def upper(words):
    return words[0].upper() + words[1:]


class Page:
    def __init__(self, folder, results):
        self.folder = folder
        self.results = results
        self.parts = []

    def write(self):
        self.opening()
        for part in (self.targets, self.start, self.scan, self.daemons,
                     self.rules, self.conditions, self.volume, self.batches,
                     self.flat, self.text, self.csv, self.windows,
                     self.missing, self.how):
            part()
        with open(os.path.join(self.folder, "performance.md"), "w",
                  encoding="utf-8") as file:
            file.write("\n".join(self.parts))

    def say(self, *lines):
        self.parts.append("\n".join(lines).rstrip("\n") + "\n")

    def draw(self, name, title, description, x, y, curves, **more):
        path = os.path.join(self.folder, "performance")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, name), "w", encoding="utf-8") as file:
            file.write(plot.svg(title, description, x, y, curves, **more))
        self.say(f"![{description}](performance/{name})")

    def opening(self):
        machine = self.results["machine"]
        self.say("# How fast it is", "", self.first_sentence(), "",
                 f"Measured by `tools/bench` on {machine['day']}: "
                 f"{machine['cores']} cores of {machine['cpu']}, load "
                 f"{machine['load']:.1f} when it began. Absolute figures are "
                 "that machine's. The ratios, both sides of which were measured "
                 "in one run, hold elsewhere much better, though not to the "
                 "last: processors are not good at the same things. \"4×\" "
                 "always means four "
                 "times as fast as what it is compared with, or a quarter of "
                 "its time." + (BUSY if machine["load"] > machine["cores"] / 2
                                else ""))

    def first_sentence(self):
        """For somebody who writes no programs."""
        said = []
        batch = self.results.get("batch")
        if batch:
            way = next(one for one in batch["ways"]
                       if (one["keep"], one["cores"]) == ("facts", 1))
            said.append(
                "One core of an ordinary server judges about "
                f"{about(batch['records'] / way['cpu'] * 60)} SIM replacement "
                "requests a minute by all rules that are shipped, with the "
                "reasons for each verdict and everything stored that proves "
                "it later.")
        door = targets._door(self.results, "simwarden")
        if door:
            said.append(f"As a mail filter it answers about "
                        f"{about(door['per_cpu_second'])} short mails a second "
                        "on one core.")
        met = [targets.is_met(bound, wanted, value) for _, value, bound,
               wanted, _ in targets.judged(self.results) if value is not None]
        said.append(f"Of {len(met)} aims that were measured, {sum(met)} are "
                    "reached; which are not is said in the first table.")
        return " ".join(said)

    def targets(self):
        rows = []
        for what, value, bound, wanted, unit in targets.judged(self.results):
            state = "not measured" if value is None else (
                "yes" if targets.is_met(bound, wanted, value) else "**no**")
            rows.append([upper(what), f"{bound} {figure(wanted, unit)}",
                         figure(value, unit), state])
        self.say("## What we hold ourselves to", "",
                 table(["", "aim", "measured", "reached"], rows))
        self.missed()

    def missed(self):
        rows = [[upper(what), figure(allowed),
                 f"{figure(taken)} by {by}" if taken else "", figure(ours)]
                for what, allowed, taken, by, ours
                in floors.of_missed(self.results)]
        if not rows:
            return
        self.say("What an aim that is missed allows, µs a mail, message or "
                 "record, and what of that is spent before the work begins that "
                 "it is about. Where that is nearly all, or more, no program "
                 "that does the work can reach it on this machine.", "", table(
                     ["", "allowed", "of that spent", "ours"], rows))

    def start(self):
        start = self.results.get("start")
        if not start:
            return
        self.say("## Start", "", "One message with the shipped packs; the "
                 "least of fifteen runs, beside `--version`.", "", table(
                     ["", "CPU", "until it ended", "memory"],
                     [[name, f"{row['cpu'] * 1e3:.0f} ms",
                       f"{row['seconds'] * 1e3:.0f} ms",
                       f"{row['memory_mib']:.0f} MiB"]
                      for name, row in (("screen", start["screen"]),
                                        ("--version", start["nothing"]))]))

    def scan(self):
        rows = self.results.get("scan")
        if not rows:
            return
        self.say("## Patterns", "", "`bench_scan`: invented patterns like "
                 "those of the policies, over the messages of `corpus/`; CPU "
                 "time, median of batches in turns. The columns of others say "
                 "how many times as fast as they we are; Hyperscan is in UTF-8 "
                 "mode, which means what RE2 means. RE2::Set may use 512 MB. "
                 "YARA is libyara's scanner with a rule for each pattern; it "
                 "counts bytes where we count characters" + self.yara_finds(rows))
        for kind, words in enumerate(KINDS):
            chosen = [row for row in rows if row["kind"] == kind]
            if chosen:
                self.scan_of(kind, words, chosen)

    @staticmethod
    def yara_finds(rows):
        found = [row["yara_finds"] for row in rows if row.get("yara_finds")]
        if not found:
            return "."
        return (f" and finds {min(found) * 100:.1f} to {max(found) * 100:.1f} "
                "for each 100 patterns that we find.")

    def scan_of(self, kind, words, rows):
        self.say(f"### {upper(words)}", "", table(
            ["patterns", "µs a text", "MB/s", "texts/s",
             *[name for name, _ in reversed(RIVALS)], "load",
             "Hyperscan's load"],
            [[f"{row['patterns']:,}", figure(row["ours_ns"] / 1e3),
              figure(row["MB_per_s"]), f"{1e9 / row['ours_ns']:,.0f}",
              *[times(row.get(key)) for _, key in reversed(RIVALS)],
              f"{row['load_ms']:.1f} ms",
              f"{row.get('hyperscan_load_ms', 0):,.0f} ms"]
             for row in rows]))
        self.memory_of(rows)
        curves = [("simwarden", [(row["patterns"], row["MB_per_s"])
                                 for row in rows])]
        for name, key in RIVALS:
            points = [(row["patterns"], row["MB_per_s"] / row[key])
                      for row in rows if row.get(key)]
            if len(points) > 1:
                curves.append((name, points))
        last = rows[-1]
        self.draw(f"patterns_{NAMES[kind]}.svg",
                  f"Text searched a second: {words}",
                  f"With {last['patterns']:,} patterns simwarden searches "
                  f"{last['MB_per_s']:.0f} MB/s, RE2 one by one "
                  f"{last['MB_per_s'] / last['by_one']:.2f} MB/s.",
                  "number of patterns", "MB/s, one core", curves)

    def memory_of(self, rows):
        measured = [row for row in rows if row.get("peak_mib")]
        if measured:
            self.say("By how much a process grows that loads them, and what it "
                     "keeps of that (Hyperscan: its database and a scratch):",
                     "", table(
                         ["patterns", "simwarden", "kept", "Hyperscan", "kept"],
                         [[f"{row['patterns']:,}", *(
                             figure(row.get(key), " MiB") for key in (
                                 "peak_mib", "memory_mib", "hyperscan_peak_mib",
                                 "hyperscan_memory_mib"))]
                          for row in measured]))

    def daemons(self):
        daemons = self.results.get("daemons")
        if not daemons:
            return
        self.say("## The daemon beside other filters", "",
                 "`tests/bench/daemons`: the same patterns over the same "
                 "mails, a tenth of them scams; 16 connections for the rate, one "
                 "for the wait, with processors kept from sleeping. rspamd is trimmed to its regular expressions (with "
                 "Hyperscan), spamd to `body` rules; what they do besides is "
                 "not measured, and neither are our other rules. \"Its own "
                 "rules\" is rspamd as it is installed, less what asks the "
                 "network: it judges far more than these patterns. "
                 "\"JSON\" and \"NDJSON\" are the texts alone by our own API, one and a "
                 "hundred a request. SPAMC has a connection for "
                 "each mail; \"kept open\" is our door for rspamd's clients beside "
                 "it, which keep theirs. \"Nothing but\" judges nothing: what is "
                 "left of a mail's time is ours.", "")
        for one in daemons["missing"]:
            self.say(f"- Not compared: {one}.")
        self.say(self.same_hits(daemons["different"]))
        self.say(table(
            ["patterns", "text", "filter", "per CPU second", "ours is",
             "median wait", "memory", "from start to full speed"],
            [[row["patterns"], f"{row['bytes']:,} B", row["name"],
              f"{row['per_cpu_second']:,.0f}", self.beside_ours(row),
              f"{row['p50_us']:,.0f} µs", f"{row['memory_mib']:.0f} MiB",
              f"{row['start_seconds'] + row['prepare_seconds']:.2f} s"]
             for row in daemons["rows"]]))

    @staticmethod
    def same_hits(different):
        if not different:
            return "All found the same patterns in every mail."
        return (f"**{len(different)} mails were judged differently**: " +
                "; ".join(different[:5]) + ".")

    def beside_ours(self, row):
        if row["name"].startswith("simwarden"):
            return ""
        def by(door):
            ours = targets._door(self.results, door, row["bytes"],
                                 row["patterns"])
            return times(ours and
                         ours["per_cpu_second"] / row["per_cpu_second"])

        if row["name"].startswith("spamd"):
            return f"{by('simwarden (SPAMC)')}, kept open {by('simwarden')}"
        return by("simwarden (SPAMC)" if row["name"].endswith("(SPAMC)")
                  else "simwarden")

    def rules(self):
        rows = self.results.get("rules")
        if not rows:
            return
        by = {(row["rules"], row["what"]): row["us"] for row in rows}
        counts = sorted({row["rules"] for row in rows})
        ways = ["verdict, asked", "verdict, gated", "explained, gated",
                "line to verdict as JSON"]
        flagged = "flagged: explained", "flagged: verdict"
        self.say("## Rules", "", "`bench_plan`: the shipped rules of requests, "
                 "cut or multiplied with other numbers; µs of CPU for a "
                 "request of `tools/make_requests`. \"Asked\" is every rule of "
                 "every request, \"gated\" how it is done "
                 "([gates](adr/0012-rules-behind-gates.md)). The last column "
                 "is what explaining costs, times judging alone, of those "
                 "records that do not pass; no others are explained.", "",
                 table(["rules", *ways, "flagged: explained"],
                       [[f"{count:,}"] +
                        [figure(by[count, way]) for way in ways] +
                        [times(by[count, flagged[0]] / by[count, flagged[1]])]
                        for count in counts]))
        first, last = counts[0], counts[-1]
        growth = {way: (by[last, way] - by[first, way]) * 1e3 / (last - first)
                  for way in ways[:2]}
        self.say(f"A rule more costs {growth['verdict, gated']:.1f} ns a "
                 "request; asked without gates it would be "
                 f"{growth['verdict, asked']:.1f} ns.")
        self.draw("rules.svg", "Time for a request, by the number of rules",
                  f"With {last:,} rules a verdict takes "
                  f"{by[last, 'verdict, gated']:.1f} µs behind gates and "
                  f"{by[last, 'verdict, asked']:.1f} µs when every rule is "
                  "asked.", "number of rules", "µs of CPU a request",
                  [(way, [(count, by[count, way]) for count in counts])
                   for way in ways])

    def conditions(self):
        ours = self.results.get("conditions")
        if not ours:
            return
        self.say("## Fifty conditions", "", "`bench_cel` over "
                 "[pack50](../tests/bench/pack50/README.md), records of "
                 "1.75 kB; µs of CPU a record.", "",
                 table(["", "µs"],
                       [[what, figure(us)] for what, us in ours.items()]))
        self.say("Others are asked the same over the same records, the outcomes "
                 "compared where ours is determined: a fact that is not "
                 "recorded is null or an exception elsewhere. What a language "
                 "cannot say is left out there; ours is always all fifty from "
                 "a line to its answers.")
        for name, place in ENGINES.items():
            theirs = self.results.get(name)
            if theirs:
                self.engine(theirs, place, ours["a line: 50 answers"])

    def engine(self, theirs, place, ours):
        differ = sum(count for _, count in theirs["different"])
        self.say(f"### Beside {theirs['engine']}", "",
                 f"{theirs['conditions']} of the fifty, in {place}; "
                 f"{theirs['compared']:,} outcomes compared, "
                 f"{differ} differ. {upper('; '.join(theirs['notes']))}.", "",
                 table(["", "µs of CPU a record", "ours is"],
                       [[what, figure(us), times(us / ours)
                         if what == "everything" else ""]
                        for what, us in theirs["us"].items()]))

    def volume(self):
        rows = self.results.get("volume")
        if not rows:
            return
        names = list(dict.fromkeys(row["name"] for row in rows))
        counts = sorted({row["records"] for row in rows})
        by = {(row["name"], row["records"]): row["us"] for row in rows}
        self.say("## Records", "", "`screen` from the command line to "
                 "verdicts in a file, on one core: what a record costs when "
                 "there are so many of them, the start included; µs of CPU. "
                 "\"Patterns\" are packs of so many rules with a pattern "
                 "each, over messages of 120 bytes.", "", table(
                     ["", *[f"{count:,}" for count in counts]],
                     [[name, *[figure(by.get((name, count)))
                               for count in counts]] for name in names]))
        self.draw("records.svg", "Time for a record by the shipped rules, by how many there are",
                  f"With {counts[-1]:,} records the start no longer counts.",
                  "number of records", "µs of CPU a record",
                  [(name.replace(", shipped rules", ""),
                    [(count, by[name, count]) for count in counts
                     if (name, count) in by])
                   for name in names if "shipped" in name])
        packs = [(row["patterns"], row["records"], row["us"])
                 for row in rows if row["patterns"]]
        if packs:
            self.draw("packs.svg", "Time for a message, by the number of rules",
                      "The more rules a pack has the longer a message takes; "
                      "with few messages the start is most of it.",
                      "number of rules with a pattern each",
                      "µs of CPU a message, the start included",
                      [(f"of {count:,} message{'s' if count > 1 else ''}",
                        [(patterns, us) for patterns, records, us in packs
                         if records == count]) for count in counts])

    def batches(self):
        for name, rules in (("batch", "the shipped rules"),
                            ("batch50", "the fifty rules of pack50")):
            if self.results.get(name):
                self.batch(self.results[name], rules)

    def batch(self, batch, rules):
        count = batch["records"]
        self.say(f"## Batch, {rules}", "", f"`screen` over a .zst of "
                 f"{count:,} requests ({batch['bytes'] / 1e6:.0f} MB "
                 "unpacked), so many that its start is less than a twentieth "
                 "of the time; the least of three rounds. Below the line is "
                 "what no program can do without, alone in the same rounds: "
                 "unpacking, simdjson only parsing, SQLite writing as many "
                 f"rows of as many bytes ({batch['row_bytes']:,}), 25 a "
                 "statement.", "")
        rows = [[f"{KEPT[way['keep']]}, {way['cores']} "
                 f"core{'s' if way['cores'] > 1 else ''}",
                 f"{count / way['seconds']:,.0f}",
                 f"{count / way['cpu']:,.0f}",
                 figure(way["cpu"] * 1e6 / count),
                 f"{way['memory_mib']:.0f} MiB"] for way in batch["ways"]]
        for what, alone in (("unpacking alone", batch["unpack"]),
                            ("SQLite alone", batch["sqlite"])):
            rows.append([what, f"{count / alone['seconds']:,.0f}",
                         f"{count / alone['cpu']:,.0f}",
                         figure(alone["cpu"] * 1e6 / count), ""])
        if batch["parse_us"]:
            rows.append(["simdjson alone", "", f"{1e6 / batch['parse_us']:,.0f}",
                         figure(batch["parse_us"]), ""])
        self.say(table(["", "records/s", "records per CPU second",
                        "µs of CPU a record", "memory"], rows))

    def flat(self):
        flat = self.results.get("flat")
        if not flat:
            return
        self.say("## Memory", "", "A log of 4,000 requests a month, month "
                 "after month through a pipe; shipped rules, all cores. What "
                 "grows with the input is only what windows keep: the events "
                 "of their span, up to a bound "
                 "([windows.md](windows.md)).", "", table(
                     ["input", "memory", "MB per CPU second"],
                     [[f"{row['bytes'] / 1e6:,.0f} MB",
                       f"{row['memory_mib']:.0f} MiB",
                       f"{row['bytes'] / 1e6 / row['cpu']:.0f}"]
                      for row in flat]))
        if len(flat) > 1:
            self.draw("memory.svg", "Memory, by the size of the input",
                      f"{flat[-1]['memory_mib']:.0f} MiB at "
                      f"{flat[-1]['bytes'] / 1e6:,.0f} MB.",
                      "MB of input", "MiB",
                      [("screen", [(round(row["bytes"] / 1e6),
                                    row["memory_mib"]) for row in flat])],
                      from_zero=True)

    def text(self):
        rows = self.results.get("text")
        if rows:
            self.say("## Seeing a text", "", "`bench_text`: folding, with what "
                     "was changed and where, beside ICU's NFKC_Casefold, which "
                     "knows neither disguises nor places, and its skeletons, "
                     "which know confusable characters. All write each text "
                     "into the memory of the one before.", "", table(
                         ["texts", "MB/s", "ICU, MB/s", "ours is",
                          "skeletons, MB/s", "ours is"],
                         [[row["texts"].replace("_", " "), figure(row["see"]),
                           figure(row["icu_nfkc_casefold"]),
                           times(row["see"] / row["icu_nfkc_casefold"]),
                           figure(row["icu_skeleton"]),
                           times(row["see"] / row["icu_skeleton"])]
                          for row in rows]))

    def csv(self):
        rows = self.results.get("csv")
        if rows:
            ours = rows["ours"]["MB_per_s"]
            self.say("## Reading CSV", "", "`bench_csv`: an export of "
                     "`corpus/`, rows cut into unquoted cells; both come to "
                     "the same ones. What cells mean comes after.", "", table(
                         ["", "MB/s", "rows/s", "ours is"],
                         [[name, figure(row["MB_per_s"]),
                           f"{row['rows_per_s']:,.0f}",
                           "" if name == "ours" else
                           times(ours / row["MB_per_s"])]
                          for name, row in rows.items()]))

    def windows(self):
        rows = self.results.get("windows")
        if rows:
            ours = rows["windows_in_order"]
            self.say("## Windows", "", "`bench_windows`: updates a second for "
                     "one window, 200,000 keys.", "", table(
                         ["", "updates/s", "ours in order is"],
                         [[name.replace("_", " "), f"{rate:,.0f}",
                           "" if name.startswith("windows") else
                           times(ours / rate)]
                          for name, rate in rows.items()]))

    def missing(self):
        missing = self.results["not_compared"]
        if missing:
            self.say("## Not compared in this run", "",
                     *[f"- {one}" for one in missing])

    def how(self):
        self.say("## How to measure", "", COMMAND + """
`--part NAME` measures one part, `--save FILE` and `--from FILE` put runs together, `--flat BYTES…` feeds larger inputs. What is not installed is named on the page: `libhyperscan-dev`,
`libyara-dev`, `libcsv-dev`, `libcpp-httplib-dev`, `rspamd`, `spamd` with `sa-compile`, `zstd`, `jq`, `mawk`, `node` with the two packages, `go` with the one. Nothing else should run meanwhile.

`tests/bench/beside_merge_base` compares a change with what it was branched from, by time and by instructions: [CONTRIBUTING.md](../CONTRIBUTING.md#how-to).""")
