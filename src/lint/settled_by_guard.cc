// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"
#include "lint/implications.h"

namespace simwarden {
namespace {

// What comes out wherever the guard holds; empty when it depends.
std::string_view outcome_of(const Reading& reading, const RuleSite& site) {
  const std::string& guard = site.guard->condition->source;
  const std::string& condition = site.condition.condition->source;
  const bool duty = site.rule->duty;
  if (never_holds(reading, site.pack, both(guard, condition))) {
    return duty ? "always hits" : "never hits";
  }
  if (never_holds(reading, site.pack, both(guard, not_true(condition)))) {
    return duty ? "never hits" : "always hits";
  }
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
