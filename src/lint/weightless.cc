// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace looks {

void weightless(const Reading& reading, Findings& findings) {
  for (const RuleSite& site : reading.rules) {
    const Rule& rule = *site.rule;
    const bool severe = rule.severity == "high" || rule.severity == "critical";
    if (!site.runs() || !severe || rule.score > 0 || rule.at_least) continue;
    findings.add(reading.file_of(site), value_of(site, "score").place,
                 fmt::format("{} is {} and its hit changes no action", rule.id,
                             rule.severity),
                 "no points, no floor");
  }
}

}  // namespace looks
}  // namespace simwarden
