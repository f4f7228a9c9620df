#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The generator of request logs: the same seed is the same log, the truth
# tells of every request, the log is sound. Run from the project's root.
set -eu

tool=${1:-tools/make_requests}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() {
  echo "make_requests_test: $1" >&2
  exit 1
}

make_log() {  # name, options: one log and its truth
  name=$1
  shift
  "$tool" --output "$dir/$name" --truth "$dir/$name.tsv" "$@"
}

# Same seed, same bytes, whatever Python's hashes are; another seed, others.
PYTHONHASHSEED=1 make_log one --count 20000 --seed 7
PYTHONHASHSEED=2 make_log two --count 20000 --seed 7
make_log three --count 20000 --seed 8
cmp -s "$dir/one" "$dir/two" || fail "the same seed gave other requests"
cmp -s "$dir/one.tsv" "$dir/two.tsv" || fail "the same seed gave another truth"
if cmp -s "$dir/one" "$dir/three"; then fail "another seed gave the same"; fi
"$tool" --count 20000 --seed 7 --output - | cmp -s - "$dir/one" ||
  fail "standard output is not the file"

# CSV says the same as JSON.
make_log table --count 3000 --seed 7 --format csv
make_log lines --count 3000 --seed 7
cmp -s "$dir/table.tsv" "$dir/lines.tsv" || fail "csv has another truth"

# It runs from anywhere, through a link, and leaves nothing in the checkout.
root=$(cd "$(dirname "$tool")" && pwd)
ln -s "$root/$(basename "$tool")" "$dir/linked"
make_log few --count 50 --seed 7
(cd "$dir" && ./linked --count 50 --seed 7 --output few.linked)
cmp -s "$dir/few" "$dir/few.linked" || fail "a link wrote another log"
[ -z "$(find "$root" -name __pycache__)" ] || fail "bytecode was left behind"

# Mixes, rates and small logs.
make_log china --count 500 --seed 3 --profile-mix cn-realname --fraud-rate 0.2
make_log clean --count 2000 --seed 3 --fraud-rate 0
make_log tiny --count 1 --seed 3 --days 1

python3 - "$dir" <<'PYTHON'
import collections
import csv
import datetime
import json
import re
import sys

where = sys.argv[1] + '/'
time_of = datetime.datetime.fromisoformat


def load(name):
    with open(where + name, encoding='utf-8') as log:
        requests = [json.loads(line) for line in log]
    with open(where + name + '.tsv', encoding='utf-8') as truth:
        rows = list(csv.DictReader(truth, delimiter='\t'))
    ids = [r['request_id'] for r in requests]
    assert ids == [r['request_id'] for r in rows], 'the truth misses requests'
    assert len(set(ids)) == len(ids), 'an id came twice'
    return requests, rows


def luhn(digits):
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


requests, truth = load('one')
assert len(requests) == 20000
frauds = [r for r in truth if r['typology']]
rate = len(frauds) / len(truth)
assert 0.017 <= rate <= 0.021, 'fraud rate %g' % rate
kinds = collections.Counter(r['typology'] for r in frauds)
assert len(kinds) == 20, kinds
assert all(r['families'] and r['scenario'] for r in frauds)
assert not any(r['families'] for r in truth if not r['typology'])
notes = collections.Counter(r['note'] for r in truth if not r['typology'])
assert len(notes) >= 15 and notes[''] > 0.85 * len(truth), notes

# Time runs forwards, and every record keeps its own order.
started = [time_of(r['created_at']) for r in requests]
assert all(a <= b + datetime.timedelta(seconds=1)
           for a, b in zip(started, started[1:])), 'time ran backwards'
dated_back = {r['request_id'] for r in frauds
              if r['typology'] == 'back_dated_papers'}
for r in requests:
    steps = [time_of(r[k]) for k in ('created_at', 'verified_at',
                                     'approved_at', 'activated_at')]
    assert (steps == sorted(steps)) == (r['request_id'] not in dated_back)

# Numbers are well formed and carry their check digits.
for r in requests:
    assert re.fullmatch(r'\+[1-9][0-9]{4,14}', r['phone_number'])
    assert luhn(r['sim']['old']['iccid']), r['sim']['old']
    new = r['sim']['new']
    if 'iccid' in new:
        assert luhn(new['iccid']) and len(new['iccid']) == 19
        assert new['iccid'] != r['sim']['old']['iccid']
    if 'eid' in new:
        assert len(new['eid']) == 32 and int(new['eid']) % 97 == 1
    if 'device' in r:
        assert luhn(r['device']['new']['imei'])
    for kept in r['evidence']:
        assert re.fullmatch('[0-9a-f]{64}', kept['sha256'])

# Counters agree with the log so far.
served = collections.defaultdict(list)
today = collections.Counter()
for r, at in zip(requests, started):
    clerk = r.get('agent', {}).get('id', '')
    if r['counter']['agent_swaps_1h'] == 0 or not clerk:
        continue
    served[clerk].append(at)
    today[clerk, at.date()] += 1
    last_hour = sum(at - t < datetime.timedelta(hours=1)
                    for t in served[clerk])
    # Times are written in whole seconds.
    assert abs(last_hour - r['counter']['agent_swaps_1h']) <= 1, r
    assert (r['counter']['agent_swaps_1d'] - today[clerk, at.date()]
            <= notes['clerical_gap']), r

# A line that comes back tells of its last change, as the log has it.
seen = {}
for r, row in zip(requests, truth):
    if row['note'] == 'repeat_customer':
        assert r['history']['latest_sim_change'] == seen[r['phone_number']]
        assert r['history']['sim_swaps_90d'] >= 1
    elif row['typology'] != 'swap_then_port':
        assert r['phone_number'] not in seen, 'a new line was there before'
    seen[r['phone_number']] = r['created_at']
assert notes['repeat_customer'] > 10

# Honest stores serve while they are open.
for r, row in zip(requests, truth):
    hours = r['channel'].get('open_hours')
    if hours and not row['typology']:
        assert hours[:5] <= r['created_at'][11:16] <= hours[6:], r['channel']

# The table is the lines.
rows = list(csv.DictReader(open(where + 'table', newline='')))
lines, _ = load('lines')
assert len(rows) == len(lines) == 3000
def leaves(value, name):
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, name + '.' + key if name else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, member in enumerate(value):
            yield from leaves(member, '%s[%d]' % (name, index))
    else:
        yield name, value
for row, line in zip(rows, lines):
    cells = {k: v for k, v in row.items() if v != ''}
    for name, value in leaves(line, ''):
        if value == []:
            continue
        said = cells.pop(name)
        if isinstance(value, bool):
            assert said == str(value).lower()
        elif isinstance(value, list):
            assert json.loads(said) == value
        else:
            assert said == str(value), (name, said, value)
    assert not cells, cells

china, truth = load('china')
assert {r['policy_profile'] for r in china} == {'cn-realname'}
assert 0.12 <= sum(bool(r['typology']) for r in truth) / 500 <= 0.21
_, truth = load('clean')
assert not any(r['typology'] for r in truth)
assert len(load('tiny')[0]) == 1
PYTHON

# Mistakes are told apart by their exit codes, and in words.
expect() {  # code, words, options
  want=$1 words=$2
  shift 2
  got=0
  "$tool" "$@" >/dev/null 2>"$dir/said" || got=$?
  [ "$got" -eq "$want" ] || fail "exit $got, not $want, for: $*"
  grep -q -- "$words" "$dir/said" || fail "no word of '$words' for: $*"
}
expect 3 'required: --output' --count 5
expect 3 'must be 1 to' --count 0 --output -
expect 3 'no whole number' --count many --output -
expect 3 'must be 0 to 0.5' --fraud-rate 2 --output -
expect 3 'must be 0 to 0.5' --fraud-rate nan --output -
expect 3 'unknown profile' --profile-mix narnia=1 --output -
expect 3 'every share is 0' --profile-mix generic=0 --output -
expect 3 'same file' --output "$dir/same" --truth "$dir/same"
expect 5 'cannot write' --output "$dir/none/log"
expect 5 'cannot write' --output "$dir/ok" --truth "$dir/none/truth"
"$tool" --help | grep -q 'insider_override_burst' || fail "help names no fraud"

echo "make_requests_test: all is well"
