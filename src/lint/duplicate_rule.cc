// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "lint/findings.h"

// The same is what the compiler gives the same number, however it is written. A
// draft or shadow beside an active rule is a trial of other points, and a rule
// that is in force at another time may follow this one.
namespace simwarden {
namespace {

std::string written(const std::optional<CalendarTime>& time) {
  return time ? time->text : "";
}

}  // namespace

namespace looks {

void duplicate_rule(const Reading& reading, Findings& findings) {
  using Asked = std::tuple<cel::PartNumber, cel::PartNumber, bool, RuleStatus,
                           std::optional<uint32_t>, std::string, std::string>;
  std::map<Asked, const RuleSite*> known;
  for (const RuleSite& site : reading.rules) {
    if (site.retired()) continue;
    const Rule& rule = *site.rule;
    const Asked asked{site.guard_number,
                      site.number,
                      rule.duty,
                      rule.status,
                      rule.from_score,
                      written(rule.active_from),
                      written(rule.active_until)};
    const auto [found, fresh] = known.emplace(asked, &site);
    if (fresh) continue;
    const RuleSite& first = *found->second;
    findings.add(
        reading.file_of(site), rule.place,
        fmt::format("{} asks the same as {}", rule.id, first.rule->id), {},
        fmt::format("{} stands in {}:{}; take one out", first.rule->id,
                    reading.file_of(first).name(), first.rule->place.line));
  }
}

}  // namespace looks
}  // namespace simwarden
