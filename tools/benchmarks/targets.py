# SPDX-License-Identifier: Apache-2.0
"""What the project holds itself to: each a ratio whose two sides come from one
run, and the least (or most) that it should be."""


def _scan(results, patterns, kind, key):
    for row in results.get("scan") or []:
        if (row["patterns"], row["kind"]) == (patterns, kind):
            return row.get(key) or None
    return None


def _scan_load(results, patterns):
    theirs = _scan(results, patterns, 0, "hyperscan_load_ms")
    return theirs and theirs / _scan(results, patterns, 0, "load_ms")


def _scan_peak(results, patterns):
    ours, theirs = (_scan(results, patterns, 0, key)
                    for key in ("peak_mib", "hyperscan_peak_mib"))
    return ours and theirs and ours / theirs


def _door(results, name, size=120, patterns=300):
    for row in (results.get("daemons") or {}).get("rows", []):
        if (row["name"], row["bytes"], row["patterns"]) == (name, size,
                                                            patterns):
            return row
    return None


def _doors(results, ours, theirs, key):
    one, other = _door(results, ours), _door(results, theirs)
    return one and other and one[key] / other[key]


def _ours_us(results, what):
    return (results.get("conditions") or {}).get(what)


def _engine(results, name):
    theirs = results.get(name)
    ours = _ours_us(results, "a line: 50 answers")
    return theirs and ours and theirs["us"]["everything"] / ours


def _batch_way(results, name, keep, cores=1):
    batch = results.get(name)
    if not batch:
        return None, None
    return batch, next(way for way in batch["ways"]
                       if (way["keep"], way["cores"]) == (keep, cores))


def _beside_parsing(results, name):
    batch, way = _batch_way(results, name, None)
    if not batch or not batch["parse_us"]:
        return None
    return batch["parse_us"] / (way["cpu"] * 1e6 / batch["records"])


def _beside_sqlite(results, name, keep):
    batch, way = _batch_way(results, name, keep, cores=2)
    return batch and batch["sqlite"]["seconds"] / way["seconds"]


def _explained(results):
    by = {(row["rules"], row["what"]): row["us"]
          for row in results.get("rules") or []}
    if not by:
        return None
    return by[134, "flagged: explained"] / by[134, "flagged: verdict"]


def _text(results, name, by="icu_nfkc_casefold"):
    for row in results.get("text") or []:
        if row["texts"] == name and by in row:
            return row["see"] / row[by]
    return None


def _reading(results):
    theirs = _ours_us(results, "a line: simdjson on demand")
    return theirs and theirs / _ours_us(results, "a line to a record")


def _csv(results):
    rows = results.get("csv") or {}
    return rows.get("libcsv") and (rows["ours"]["MB_per_s"] /
                                   rows["libcsv"]["MB_per_s"])


def _windows(results):
    rows = results.get("windows")
    return rows and rows["windows_in_order"] / rows["sqlite_upsert"]


RSPAMD, SPAMD = "rspamd, regexp only", "spamd, sa-compile"
RSPAMD_STOCK = "rspamd, its own rules"
BEAST, HTTPLIB = "nothing but Boost.Beast", "nothing but cpp-httplib"
AT_LEAST, AT_MOST = "at least", "at most"

# What it is, how it is found, the bound, its number, its unit.
TARGETS = [
    ("300 patterns, ordinary messages, as fast as Hyperscan in UTF-8 mode",
     lambda r: _scan(r, 300, 0, "by_hyperscan"), AT_LEAST, 0.85, "×"),
    ("1,000 patterns, ordinary messages, as fast as Hyperscan",
     lambda r: _scan(r, 1000, 0, "by_hyperscan"), AT_LEAST, 1.0, "×"),
    ("300 patterns, texts of 6.6 kB, as fast as Hyperscan",
     lambda r: _scan(r, 300, 2, "by_hyperscan"), AT_LEAST, 0.33, "×"),
    ("100 patterns, as fast as RE2 one by one",
     lambda r: _scan(r, 100, 0, "by_one"), AT_LEAST, 60, "×"),
    ("300 patterns, as fast as RE2 one by one",
     lambda r: _scan(r, 300, 0, "by_one"), AT_LEAST, 100, "×"),
    ("1,000 patterns, as fast as RE2 one by one",
     lambda r: _scan(r, 1000, 0, "by_one"), AT_LEAST, 160, "×"),
    ("300 patterns, as fast as FilteredRE2 with an Aho-Corasick automaton",
     lambda r: _scan(r, 300, 0, "by_filter"), AT_LEAST, 5, "×"),
    ("1,000 patterns, as fast as FilteredRE2 with an Aho-Corasick automaton",
     lambda r: _scan(r, 1000, 0, "by_filter"), AT_LEAST, 6, "×"),
    ("300 patterns, ordinary messages, as fast as libyara's scanner",
     lambda r: _scan(r, 300, 0, "by_yara"), AT_LEAST, 25, "×"),
    ("1,000 patterns, ordinary messages, as fast as libyara's scanner",
     lambda r: _scan(r, 1000, 0, "by_yara"), AT_LEAST, 25, "×"),
    ("1,000 patterns are loaded, as fast as Hyperscan compiles them",
     lambda r: _scan_load(r, 1000), AT_LEAST, 100, "×"),
    ("memory to load 1,000 patterns, beside Hyperscan's compiler",
     lambda r: _scan_peak(r, 1000), AT_MOST, 1 / 5, "×"),
    ("a mail by the door, per CPU second, as many as rspamd with regular "
     "expressions only",
     lambda r: _doors(r, "simwarden", RSPAMD, "per_cpu_second"), AT_LEAST, 15,
     "×"),
    ("a mail by the door, per CPU second, as many as rspamd with its own rules",
     lambda r: _doors(r, "simwarden", RSPAMD_STOCK, "per_cpu_second"), AT_LEAST,
     50, "×"),
    ("messages a hundred at a time as NDJSON, per CPU second, as many as mails "
     "of rspamd",
     lambda r: _doors(r, "simwarden, NDJSON", RSPAMD, "per_cpu_second"),
     AT_LEAST, 150, "×"),
    ("a mail by the door, per CPU second, as many as Boost.Beast that judges "
     "nothing",
     lambda r: _doors(r, "simwarden", BEAST, "per_cpu_second"), AT_LEAST, 1.5,
     "×"),
    ("a mail by the door, per CPU second, as many as cpp-httplib that judges "
     "nothing",
     lambda r: _doors(r, "simwarden", HTTPLIB, "per_cpu_second"), AT_LEAST, 3,
     "×"),
    ("wait for one mail, beside rspamd",
     lambda r: _doors(r, "simwarden", RSPAMD, "p50_us"), AT_MOST, 0.4, "×"),
    ("memory of the daemon, beside rspamd's worker",
     lambda r: _doors(r, "simwarden", RSPAMD, "memory_mib"), AT_MOST, 1 / 3,
     "×"),
    ("a mail by the door (rspamd's clients), per CPU second, as many as spamd "
     "with sa-compile",
     lambda r: _doors(r, "simwarden", SPAMD, "per_cpu_second"), AT_LEAST, 300,
     "×"),
    ("fifty conditions with their JSON, µs",
     lambda r: _ours_us(r, "a line: 50 answers"), AT_MOST, 5, " µs"),
    ("explaining a record that does not pass, beside judging it",
     _explained, AT_MOST, 3, "×"),
    ("requests with conditions, from JSON, as fast as ZEN in node",
     lambda r: _engine(r, "zen"), AT_LEAST, 70, "×"),
    ("requests with conditions, from JSON, as fast as cel-js in node",
     lambda r: _engine(r, "cel_js"), AT_LEAST, 10, "×"),
    ("requests with conditions, from JSON, as fast as Expr in Go",
     lambda r: _engine(r, "expr"), AT_LEAST, 30, "×"),
    ("requests with conditions, from JSON, as fast as a plain function in node",
     lambda r: _engine(r, "plain_js"), AT_LEAST, 3.5, "×"),
    ("requests with conditions, from JSON, as fast as SQLite's ->>",
     lambda r: _engine(r, "sqlite"), AT_LEAST, 20, "×"),
    ("requests with conditions, from JSON, as fast as jq",
     lambda r: _engine(r, "jq"), AT_LEAST, 50, "×"),
    ("requests with conditions, from JSON, as fast as mawk over a table",
     lambda r: _engine(r, "mawk"), AT_LEAST, 4, "×"),
    ("seeing an English message, as fast as ICU's NFKC_Casefold",
     lambda r: _text(r, "ascii_chat"), AT_LEAST, 2.5, "×"),
    ("seeing a Chinese message, as fast as ICU's NFKC_Casefold",
     lambda r: _text(r, "chinese_chat"), AT_LEAST, 2.5, "×"),
    ("seeing an English message, as fast as ICU's skeletons",
     lambda r: _text(r, "ascii_chat", "icu_skeleton"), AT_LEAST, 25, "×"),
    ("seeing a Chinese message, as fast as ICU's skeletons",
     lambda r: _text(r, "chinese_chat", "icu_skeleton"), AT_LEAST, 25, "×"),
    ("a line of JSON to a record, as fast as simdjson on demand that takes "
     "every value", _reading, AT_LEAST, 1.8, "×"),
    ("rows of CSV to their cells, as fast as libcsv", _csv, AT_LEAST, 8, "×"),
    ("batch without store, fifty rules, beside simdjson only parsing",
     lambda r: _beside_parsing(r, "batch50"), AT_LEAST, 0.25, "×"),
    ("batch with verdicts stored, fifty rules, two cores, beside bare SQLite",
     lambda r: _beside_sqlite(r, "batch50", "verdicts"), AT_LEAST, 0.6, "×"),
    ("batch with all evidence, shipped rules, two cores, beside bare SQLite",
     lambda r: _beside_sqlite(r, "batch", "facts"), AT_LEAST, 0.5, "×"),
    ("a window over records, as fast as an upsert of SQLite",
     _windows, AT_LEAST, 25, "×"),
]


def is_met(bound, wanted, value):
    return value >= wanted if bound == AT_LEAST else value <= wanted


def judged(results):
    """(what, value, bound, wanted, unit) of each; value None: not measured."""
    for what, find, bound, wanted, unit in TARGETS:
        yield what, find(results), bound, wanted, unit
