// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace looks {

void no_remedy(const Reading& reading, Findings& findings) {
  for (const RuleSite& site : reading.rules) {
    if (!site.runs() || !site.rule->remedy.empty()) continue;
    findings.add(reading.file_of(site), site.rule->place,
                 fmt::format("{} says not what to do next", site.rule->id));
  }
}

}  // namespace looks
}  // namespace simwarden
