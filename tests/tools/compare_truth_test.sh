#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# compare_truth counts actions by what the truth calls a request.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cat >"$scratch/v.ndjson" <<'END'
{"id":"a","action":"refuse"}
{"id":"b","action":"pass"}
{"id":"c","action":"review"}
{"id":"d","action":"pass"}
{"error":{"code":"J102"}}
END
printf 'request_id\ttypology\tfamilies\tscenario\tnote\na\tfee_to_person\tFEE\t1\t\nb\tfee_to_person\tFEE\t2\t\nc\t\t\t\ttraveller\nd\t\t\t\t\n' \
  >"$scratch/t.tsv"
got=$(tools/compare_truth "$scratch/v.ndjson" "$scratch/t.tsv" | tail -n +2 | tr -s ' ')
want='(unreadable) 1 0 0 0 0
fraud: fee_to_person 2 1 0 0 1
honest: plain 1 1 0 0 0
honest: traveller 1 0 1 0 0'
[ "$got" = "$want" ] || { printf 'got\n%s\nwant\n%s\n' "$got" "$want"; exit 1; }
if tools/compare_truth "$scratch/none" "$scratch/t.tsv" 2>"$scratch/said"; then
  echo "a missing file is no success"; exit 1
fi
grep -q none "$scratch/said"
echo "1 passed, 0 failed"
