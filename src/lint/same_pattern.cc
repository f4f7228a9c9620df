// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>

#include <fmt/format.h>

#include "lint/findings.h"
#include "policy/seen_pattern.h"

// Patterns are held against each other as the view would show them: one in
// traditional characters is the same as its simplified twin.
namespace simwarden {
namespace looks {

void same_pattern(const Reading& reading, Findings& findings) {
  std::map<std::pair<size_t, std::string>, const RegexSite*> known;
  for (const RegexSite& site : reading.regexes) {
    if (site.set == nullptr) continue;
    std::string seen = site.set->view == PatternView::raw
                           ? site.text
                           : see_pattern(site.text).text;
    const auto [first, fresh] =
        known.emplace(std::pair(site.set_number, std::move(seen)), &site);
    if (fresh) continue;
    findings.add(*site.file, site.place(0, site.text.size()),
                 fmt::format("{} has this pattern already", site.set->name),
                 fmt::format("as in line {}", first->second->place(0, 1).line));
  }
}

}  // namespace looks
}  // namespace simwarden
