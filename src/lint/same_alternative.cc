// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace {

std::string_view text_of(const RegexSite& site, const Alternative& one) {
  if (one.first == one.last) return {};
  const size_t begin = site.pieces[one.first].begin;
  const size_t end = site.pieces[one.last - 1].end;
  return std::string_view(site.text).substr(begin, end - begin);
}

}  // namespace

namespace looks {

void same_alternative(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) {
    for (const Alternatives& group : alternatives_of(site.pieces)) {
      std::set<std::string_view> known;
      for (const Alternative& one : group) {
        const std::string_view text = text_of(site, one);
        if (text.empty() || known.insert(text).second) continue;
        findings.add(*site.file,
                     site.place(site.pieces[one.first].begin,
                                site.pieces[one.last - 1].end),
                     fmt::format("{} is an alternative already", text));
      }
    }
  }
}

}  // namespace looks
}  // namespace simwarden
