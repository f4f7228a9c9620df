#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# evaluate counts a small set as counted by hand, keeps labels apart, says
# whose mistake it was, and prints our own corpus as the goldens have it.
# UPDATE_GOLDEN=1 bash tests/tools/evaluate_test.sh   writes the goldens anew;
# with the name of one of them, corpus or unread, that one only.
set -euo pipefail
only=${1:-}
case $only in
  '' | corpus | unread) ;;
  *) echo "evaluate_test: no set $only: corpus or unread" >&2; exit 3 ;;
esac
program=${SIMWARDEN:-build/dev/simwarden}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "evaluate_test: $1" >&2; exit 1; }
evaluate() { tools/evaluate --program "$program" --policy "$scratch/packs" "$@"; }

# A pack whose verdicts can be told by heart.
mkdir -p "$scratch/packs/words"
cat >"$scratch/packs/words/pack.yaml" <<'END'
pack: words
version: 1.0.0
asks: message
title: Three words
families: {a: A, b: B}
patterns:
  red: {view: plain, any: ['\bred\b']}
  blue: {view: plain, any: ['\bblue\b']}
  green: {view: plain, any: ['\bgreen\b']}
rules:
  - {id: T-RED, title: Red, family: a, severity: low, score: 20, flag: patterns.red, reason: Red.}
  - {id: T-BLUE, title: Blue, family: b, severity: high, score: 40, flag: patterns.blue, reason: Blue.}
  - {id: T-GREEN, title: Green, family: b, severity: low, score: 5, flag: patterns.green, reason: Green.}
END
mkdir "$scratch/colours"
cat >"$scratch/colours/messages.jsonl" <<'END'
{"id":"1","text":"red","label":"scam","lang":"en","channel":"sms"}
{"id":"2","text":"red and blue","label":"scam","lang":"en","channel":"sms"}
{"id":"3","text":"nothing","label":"scam","lang":"fr","channel":"sms"}
{"id":"4","text":"nothing","label":"spam","lang":"en","channel":"sms"}
{"id":"5","text":"red wine","label":"ham","lang":"en","channel":"chat"}
{"id":"6","text":"hello","label":"ham","lang":"en","channel":"chat"}
{"id":"7","text":"hello","label":"ham","lang":"en"}
{"id":"8","text":"blue","label":"unknown","lang":"en"}
END
evaluate --format json --pairs-least 1 --false-alarms 5 --misses 5 \
  "$scratch/colours" >"$scratch/got.json"
python3 - "$scratch/got.json" <<'PYTHON'
import json
import sys

document = json.load(open(sys.argv[1], encoding='utf-8'))
assert document['rules_without_hit'] == ['T-GREEN'], document
[one] = document['sets']
assert one['name'] == 'colours' and one['records'] == 8
groups = {(g['group'], g['label']): g for g in one['groups']}
scam = groups['en', 'scam']
assert scam['records'] == 2
assert scam['actions'] == {'pass': 0, 'review': 1, 'hold': 1, 'refuse': 0}
whole = groups['(all)', 'scam']['review_or_above']
assert (whole['count'], whole['of']) == (2, 3)
# Wilson's interval of 2 of 3, from the formula by hand.
assert abs(whole['low'] - 0.20765) < 1e-4, whole
assert abs(whole['high'] - 0.93850) < 1e-4, whole
assert groups['en', 'ham']['hold_or_above']['low'] == 0
assert ('en', 'unknown') in groups and ('en', 'spam') in groups
rules = {(r['rule'], r['label']): r for r in one['rules']}
red = rules['T-RED', 'scam']
assert (red['hits'], red['honest_hits'], red['alone']) == (2, 1, 1), red
assert abs(red['precision'] - 2 / 3) < 1e-9
assert abs(red['recall'] - 2 / 3) < 1e-9
assert abs(red['s_o'] - (2 / 3) / (2 / 3 + 1 / 3)) < 1e-9
assert rules['T-RED', 'spam']['hits'] == 0, 'spam is not scam'
# What nobody labelled is no proof for or against a rule.
assert rules['T-BLUE', 'scam']['honest_hits'] == 0
[pair] = one['overlap']
assert (pair['first'], pair['second'], pair['together']) == (
    'T-BLUE', 'T-RED', 1)
assert pair['within'] == 'first in second'
assert [f['id'] for f in one['false_alarms']] == ['5']
assert one['false_alarms'][0]['text'] == 'red wine'
assert sorted(m['id'] for m in one['misses']) == ['3', '4']
PYTHON

# The halves are the whole, and no record is in both.
count_of() {
  python3 -c 'import json,sys; print(json.load(sys.stdin)["sets"][0]["records"])'
}
for half in even odd; do
  evaluate --format json --half $half "$scratch/colours" | count_of
done | awk '{n += $1} END {print n}' | grep -qx 8 || fail "the halves are not the whole"
evaluate --format json --only 'BLUE' "$scratch/colours" | count_of |
  grep -qx 2 || fail "--only took other records"

# One label for all records of a file; text is asked for before it is shown.
printf 'a red house\nno colour\n' >"$scratch/notes.txt"
evaluate "ham=$scratch/notes.txt" >"$scratch/said"
grep -Eq '^  - +ham +2 +1 +1 +0 +0 +0 ' "$scratch/said" || fail "LABEL=PATH"
if grep -q 'red house' "$scratch/said"; then fail "a text was not asked for"; fi

# Markdown has the same figures.
evaluate --format markdown "$scratch/colours" >"$scratch/said"
grep -q '^| T-RED | 20 | scam | 2 | 1 | 0.667 | 0.667 | 0.667 |' "$scratch/said" ||
  fail "markdown"

# Mistakes are told apart.
expect() {  # code, words, options
  local want=$1 words=$2 got=0
  shift 2
  evaluate "$@" >/dev/null 2>"$scratch/said" || got=$?
  [ "$got" -eq "$want" ] || fail "exit $got, not $want, for: $*"
  grep -q -- "$words" "$scratch/said" || fail "no word of '$words' for: $*"
}
echo '{"id":"1","text":"x"}' >"$scratch/bare.jsonl"
echo '{"id":' >"$scratch/cut.jsonl"
printf '{"text":"x","label":" "}\n' >"$scratch/blank.jsonl"
expect 4 'bare.jsonl:1: no label' "$scratch/bare.jsonl"
expect 4 'blank.jsonl:1: no label' "$scratch/blank.jsonl"
expect 4 'cut.jsonl:1: ' "$scratch/cut.jsonl"
expect 4 'no such file' "$scratch/none"
expect 3 'must be 0 to' --pairs -1 "$scratch/colours"
expect 5 'nowhere' --program "$scratch/nowhere" "$scratch/colours"
expect 5 'ended with' --policy "$scratch/colours" "$scratch/colours"

# A table of labels: marked by a spreadsheet, with bands or without, its
# mistakes with their lines.
table() {  # rows
  mkdir -p "$scratch/table"
  sed 's/^{/{"kind":"message",/' "$scratch/colours/messages.jsonl" >"$scratch/table/m.jsonl"
  printf '\357\273\277id\tfile\tlabel%s\n' "$1" >"$scratch/table/labels.tsv"
  for id in 1 2 3 4 5 6 7 8; do
    printf '%s\tm.jsonl\tScam%s\n' $id "$2" >>"$scratch/table/labels.tsv"
  done
  printf "$3" >>"$scratch/table/labels.tsv"
}
band='\tmin_action\tmax_action'
table '' '' '9\tm.jsonl\tham\n'
evaluate "$scratch/table" >"$scratch/said" 2>"$scratch/words"
grep -Eq '^  \(all\) +scam +8 ' "$scratch/said" || fail "a table without bands"
grep -q '1 row whose id no record has, 9 among them' "$scratch/words" ||
  fail "a row without a record"
grep -q 'no record is labelled ham or honest' "$scratch/words" ||
  fail "no honest record"
grep -Eq '^  T-RED +20 +scam +3 +0 +- ' "$scratch/said" ||
  fail "precise without honest records"
table '' '' '1\tm.jsonl\tham\n'
expect 4 'labels.tsv:10: 1 is labelled otherwise in line 2' "$scratch/table"
table "$(printf "$band")" "$(printf '\tpass\tpas')" ''
expect 4 'labels.tsv:2: pas is no action' "$scratch/table"
table "$(printf "$band")" "$(printf '\thold\tpass')" ''
expect 4 'labels.tsv:2: min_action hold is above' "$scratch/table"

# A message without text is for review, as screen has it, and a name that no
# field has is told.
echo '{"id":"1","body":"red","label":"HAM"}' >"$scratch/bodies.jsonl"
evaluate "$scratch/bodies.jsonl" >"$scratch/said" 2>"$scratch/words"
grep -Eq '^  - +ham +1 +0 +1 +0 ' "$scratch/said" || fail "no text, and passed"
grep -q 'no field has were left out: body (1)' "$scratch/words" ||
  fail "a name that no field has"

# Labelled records come in any order, and windows go by the time.
mkdir -p "$scratch/windows/often" "$scratch/requests"
cat >"$scratch/windows/often/pack.yaml" <<'END'
pack: often
version: 1.0.0
asks: request
title: Often
families: {a: A}
windows:
  requests: {doc: Of a number., count: requests, by: request.phone_number, over: 1d}
rules:
  - {id: T-OFTEN, title: Often, family: a, severity: low, score: 20, flag: windows.requests >= 3, reason: Often.}
END
printf 'id\tfile\tlabel\n' >"$scratch/requests/labels.tsv"
for hour in 15 09 21 12 18; do
  printf '{"kind":"request","request_id":"r%s","phone_number":"+15550100100","created_at":"2026-03-02T%s:00:00Z"}\n' \
    $hour $hour >>"$scratch/requests/r.jsonl"
  printf 'r%s\tr.jsonl\tfraud\n' $hour >>"$scratch/requests/labels.tsv"
done
tools/evaluate --program "$program" --policy "$scratch/windows" \
  "$scratch/requests" >"$scratch/said" 2>"$scratch/words"
grep -Eq '^  T-OFTEN +20 +fraud +3 ' "$scratch/said" || fail "in another order"

# An ended waiver is no rule.
cat >"$scratch/waivers.yaml" <<'END'
waivers:
  - id: W-1
    rule: T-RED
    when: message.text != ""
    why: A campaign of the wine shop.
    asked_by: demo_shop
    approved_by: demo_head
    from: 2026-01-01
    until: 2026-01-31
END
evaluate --waivers "$scratch/waivers.yaml" "$scratch/colours" >"$scratch/said"
if grep -q 'WVR-001' "$scratch/said"; then fail "a waiver counted as a rule"; fi
grep -Eq '^  T-RED +20 +scam .* 1 +1$' "$scratch/said" ||
  fail "a waiver took a rule its own"

got=0
evaluate "$scratch/colours" >/dev/full 2>"$scratch/said" || got=$?
[ "$got" -eq 5 ] || fail "exit $got, not 5, of a full disk"

# Our own corpus, and the sheets that nobody reads. The ruleset's digest is left
# out: it moves with each comment.
expect_figures() {  # name of the set, sets
  local name=$1 golden=tests/tools/evaluate_$1.txt
  shift
  if [ -n "$only" ] && [ "$only" != "$name" ]; then return; fi
  tools/evaluate --program "$program" --policy policies --jobs 1 "$@" |
    tail -n +2 >"$scratch/figures.txt"
  tools/evaluate --program "$program" --policy policies --jobs 4 "$@" |
    tail -n +2 | cmp -s - "$scratch/figures.txt" || fail "threads changed figures"
  if [ -n "${UPDATE_GOLDEN:-}" ]; then cp "$scratch/figures.txt" "$golden"; fi
  diff -u "$golden" "$scratch/figures.txt" ||
    fail "figures of $* moved; UPDATE_GOLDEN=1 takes them"
}
expect_figures corpus corpus
expect_figures unread --pairs 0 corpus/unread/sheet_*.jsonl
[ -z "$(find tools -name __pycache__)" ] || fail "bytecode was left behind"
echo "evaluate_test: all is well"
