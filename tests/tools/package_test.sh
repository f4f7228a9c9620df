#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The Debian package: what is in it, what it needs, and that the program in it
# finds its policies and samples without being told. The build is the one that
# is tested; tools/package packs a release.
set -euo pipefail

build=$(dirname "$SIMWARDEN")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "package_test: $1" >&2; exit 1; }

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$dir" \
  -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip >"$dir/log" 2>&1 || { cat "$dir/log"; fail "cpack failed"; }
package=("$dir"/simwarden_*.deb)
root=$dir/root
dpkg-deb -x "${package[0]}" "$root"
dpkg-deb -e "${package[0]}" "$dir/control"

# What a machine without a compiler needs: the libraries, clocks of places, and
# the /bin/kill that a reload is.
needs=$(dpkg-deb -f "${package[0]}" Depends)
for name in libre2-9 libsqlite3-0 libicu72 tzdata procps; do
  [[ ", $needs" == *", $name"* ]] || fail "it does not depend on $name: $needs"
done
[[ $needs != *-dev* ]] || fail "it depends on what builds need: $needs"
for script in postinst prerm; do
  sh -n "$dir/control/$script"
  [ -x "$dir/control/$script" ] || fail "$script cannot be run"
done
# Evidence and settings belong to the site.
[ ! -e "$root/etc" ] && [ ! -e "$root/var" ] || fail "it has files in /etc or /var"
[ ! -e "$root/usr/share/doc/simwarden/examples/corpus/unread" ] || fail "it has corpus/unread"

# The program in it, without a checkout.
program=$root/usr/bin/simwarden
examples=$root/usr/share/doc/simwarden/examples
cd "$dir"
"$program" screen --quiet --output packed.ndjson "$examples/corpus/messages.jsonl"
"$SIMWARDEN" screen --quiet --output built.ndjson "$examples/corpus/messages.jsonl"
cmp packed.ndjson built.ndjson || fail "the packed program gives other verdicts"
sed "s#/var/lib/simwarden#$dir#; s#/run/simwarden#$dir#" \
  "$examples/simwarden.yaml" >settings.yaml
"$program" serve --check --config settings.yaml >/dev/null || fail "the settings are wrong"

# The manual page names every command and every exit code.
page=$(sed 's/\\-/-/g' "$root/usr/share/man/man1/simwarden.1")
commands_of() { "$program" $1 --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; }
for command in $(commands_of "") $(commands_of policy) $(commands_of audit); do
  grep -qw -- "$command" <<<"$page" || fail "the manual page does not know $command"
done
for code in 0 1 2 3 4 5 129 130 143; do
  grep -q "^\.BR\? .*\b$code\b" <<<"$page" || fail "the manual page has no exit code $code"
done

# What completion offers behind these words; the last one is begun.
offered() {
  (
    . "$root/usr/share/bash-completion/completions/simwarden"
    COMP_WORDS=("$program" "$@")
    COMP_CWORD=$#
    _simwarden simwarden "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
  )
}
expect() {  # words, what is offered
  local got
  got=$(offered $1 "${3-}")
  [ "$got" = "$2" ] || fail "completion of '$1 ${3-}' offers '$got', not '$2'"
}
expect "" "screen serve" s
expect "audit" "verify" v
expect "audit verify" "--db" --d
expect "policy test" "--coverage" --cov
expect "screen --kind" "auto message request" ""
expect "screen --kind message" "--db" --db
expect "screen --policy" "" ""
expect "screen" "" x.jsonl
echo "package_test: all is well"
