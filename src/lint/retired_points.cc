// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace looks {

void retired_points(const Reading& reading, Findings& findings) {
  for (const RuleSite& site : reading.rules) {
    const Rule& rule = *site.rule;
    if (!site.retired() || (rule.score == 0 && !rule.at_least)) continue;
    const char* key = rule.score > 0 ? "score" : "at_least";
    findings.add(
        reading.file_of(site), value_of(site, key).place,
        fmt::format("{} is retired: its {} counts for nothing", rule.id, key));
  }
}

}  // namespace looks
}  // namespace simwarden
