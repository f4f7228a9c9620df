// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <fmt/format.h>

#include "lint/findings.h"
#include "scan/scanner.h"

// Conditions run their expressions on one short fact: only pattern sets matter.
// A pattern is as eager as its most eager alternative, so that one is shown,
// else the whole.
namespace simwarden {
namespace {

using Is = RegexPiece::Is;

std::string text_of(const RegexSite& site, const Alternative& one) {
  const size_t begin = site.pieces[one.first].begin;
  return site.text.substr(begin, site.pieces[one.last - 1].end - begin);
}

// What stands in the group need not be there at all.
bool is_optional(const RegexSite& site, const Alternatives& group) {
  const size_t after = group.back().last + 1;
  return after < site.pieces.size() && site.pieces[after].is == Is::repeats &&
         site.pieces[after].least == 0;
}

bool is_eager(const Pattern& pattern) {
  return pattern.error().empty() && !waits(pattern);
}

// The shortest alternative that is run over every text by itself.
std::optional<Alternative> eager_alternative(const RegexSite& site) {
  std::optional<Alternative> found;
  size_t shortest = site.text.size();
  for (const Alternatives& group : alternatives_of(site.pieces)) {
    if (group.size() < 2 || is_optional(site, group)) continue;
    for (const Alternative& one : group) {
      if (one.first == one.last) continue;
      const std::string text = text_of(site, one);
      if (text.size() >= shortest || !is_eager(Pattern(text))) continue;
      shortest = text.size();
      found = one;
    }
  }
  return found;
}

}  // namespace

namespace looks {

void no_literal(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    if (site.set == nullptr || waits(Pattern(site.text))) continue;
    const auto eager = eager_alternative(site);
    const Place place = eager ? site.place(site.pieces[eager->first].begin,
                                           site.pieces[eager->last - 1].end)
                              : site.place(0, site.text.size());
    findings.add(
        *site.file, place,
        fmt::format("a pattern of {} is run over every text", site.set->name),
        eager ? "this alone is enough, and no literal is in it"
              : "nothing in it must be there");
  }
}

}  // namespace looks
}  // namespace simwarden
