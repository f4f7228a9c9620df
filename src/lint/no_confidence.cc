// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace looks {

void no_confidence(const Reading& reading, Findings& findings) {
  for (const RuleSite& site : reading.rules) {
    if (!site.runs() || !site.rule->confidence.empty()) continue;
    findings.add(
        reading.file_of(site), site.rule->place,
        fmt::format("{} does not say how sure its source is", site.rule->id));
  }
}

}  // namespace looks
}  // namespace simwarden
