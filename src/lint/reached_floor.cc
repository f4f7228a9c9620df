// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "lint/findings.h"

// A family is worth at least its highest rule and the total at least its
// highest family, so a rule alone decides whether its floor can ever be needed.
namespace simwarden {
namespace {

double threshold_of(const Thresholds& thresholds, std::string_view action) {
  if (action == "refuse") return thresholds.refuse;
  return action == "hold" ? thresholds.hold : thresholds.review;
}

}  // namespace

namespace looks {

void reached_floor(const Reading& reading, Findings& findings) {
  const auto& profiles = reading.ruleset.profiles;
  for (const RuleSite& site : reading.rules) {
    const Rule& rule = *site.rule;
    if (!site.runs() || !rule.at_least) continue;
    const bool reached =
        std::all_of(profiles.begin(), profiles.end(), [&](const auto& entry) {
          return rule.score >=
                 threshold_of(entry.second.thresholds, *rule.at_least);
        });
    if (!reached) continue;
    findings.add(reading.file_of(site), value_of(site, "at_least").place,
                 fmt::format("{} points alone reach {} in every profile",
                             rule.score, *rule.at_least));
  }
}

}  // namespace looks
}  // namespace simwarden
