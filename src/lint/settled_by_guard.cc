// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "lint/implications.h"

namespace simwarden {
namespace {

// What comes out wherever the guard holds, or is not recorded, which counts as
// holding; empty when it depends.
std::string_view outcome_of(const Reading& reading, const RuleSite& site) {
  const auto never = [&](bool wanted) {
    return never_meet(reading, site.pack, site.guard->condition->source,
                      site.condition.condition->source,
                      [wanted](const cel::Value& guard, const cel::Value& is) {
                        return !guard.is_false() && is.is_true() == wanted;
                      });
  };
  const bool duty = site.rule->duty;
  if (never(true)) return duty ? "always hits" : "never hits";
  if (never(false)) return duty ? "never hits" : "always hits";
  return {};
}

}  // namespace

namespace looks {

void settled_by_guard(const Reading& reading, Findings& findings) {
  for (const RuleSite& site : reading.rules) {
    if (site.retired() || !site.guard) continue;
    const std::string_view outcome = outcome_of(reading, site);
    if (outcome.empty()) continue;
    findings.add(
        *site.guard, {0, site.guard->condition->source.size()},
        fmt::format("where this guard holds, {} {}", site.rule->id, outcome),
        site.rule->duty ? "decides require" : "decides flag");
  }
}

}  // namespace looks
}  // namespace simwarden
