// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "lint/findings.h"

// The same is what the compiler gives the same number, however it is written. A
// draft or shadow beside an active rule is a trial of other points.
namespace simwarden {
namespace looks {

void duplicate_rule(const Reading& reading, Findings& findings) {
  using Asked = std::tuple<cel::PartNumber, cel::PartNumber, bool, RuleStatus,
                           std::optional<uint32_t>>;
  std::map<Asked, const RuleSite*> known;
  for (const RuleSite& site : reading.rules) {
    if (site.retired()) continue;
    const Asked asked{site.guard_number, site.number, site.rule->duty,
                      site.rule->status, site.rule->from_score};
    const auto [found, fresh] = known.emplace(asked, &site);
    if (fresh) continue;
    const RuleSite& first = *found->second;
    findings.add(
        reading.file_of(site), site.rule->place,
        fmt::format("{} asks the same as {}", site.rule->id, first.rule->id),
        {},
        fmt::format("{} stands in {}:{}; take one out", first.rule->id,
                    reading.file_of(first).name(), first.rule->place.line));
  }
}

}  // namespace looks
}  // namespace simwarden
