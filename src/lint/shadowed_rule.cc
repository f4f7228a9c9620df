// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "lint/findings.h"
#include "lint/implications.h"

// A narrower rule with more points is a refinement and right. One that weighs
// no more than a wider rule of its family adds nothing to what that one says.
namespace simwarden {
namespace {

// So many pairs are asked about, each of them some hundred microseconds.
constexpr size_t kPairsMax = 5000;
// So many are looked at to find them, each some ten nanoseconds: all pairs of
// 4,000 rules.
constexpr size_t kLooksMax = 16'000'000;

int rank_of(const std::optional<std::string>& at_least) {
  if (!at_least) return 0;
  return *at_least == "review" ? 1 : *at_least == "hold" ? 2 : 3;
}

bool reads_no_more(const ConditionSite& wide, const ConditionSite& narrow) {
  const auto few = wide.compiled->slots();
  const auto many = narrow.compiled->slots();
  return std::includes(many.begin(), many.end(), few.begin(), few.end());
}

// Where both hit, the narrow one would only add a part of its points.
bool outweighs(const Rule& wide, const Rule& narrow) {
  return wide.family == narrow.family && wide.score >= narrow.score &&
         rank_of(wide.at_least) >= rank_of(narrow.at_least);
}

// A rule that follows another one from a day on says nothing twice.
bool is_in_force_with(const Rule& wide, const Rule& narrow) {
  return (!wide.active_from || wide.active_from == narrow.active_from) &&
         (!wide.active_until || wide.active_until == narrow.active_until);
}

// That is L120.
bool are_same(const RuleSite& wide, const RuleSite& narrow) {
  return wide.number == narrow.number &&
         wide.guard_number == narrow.guard_number &&
         wide.rule->from_score == narrow.rule->from_score &&
         wide.rule->active_from == narrow.rule->active_from &&
         wide.rule->active_until == narrow.rule->active_until;
}

bool may_shadow(const RuleSite& wide, const RuleSite& narrow) {
  return &wide != &narrow && wide.pack == narrow.pack &&
         wide.rule->duty == narrow.rule->duty &&
         wide.rule->status == narrow.rule->status &&
         (!wide.guard || wide.guard_number == narrow.guard_number) &&
         (!wide.rule->from_score ||
          wide.rule->from_score == narrow.rule->from_score) &&
         is_in_force_with(*wide.rule, *narrow.rule) &&
         outweighs(*wide.rule, *narrow.rule) && !are_same(wide, narrow) &&
         reads_no_more(wide.condition, narrow.condition);
}

// A sign hits where its condition is true, a duty where it is not proven.
bool holds_wherever(const Reading& reading, const RuleSite& wide,
                    const RuleSite& narrow) {
  const bool duty = wide.rule->duty;
  return never_meet(reading, wide.pack, narrow.condition.condition->source,
                    wide.condition.condition->source,
                    [duty](const cel::Value& n, const cel::Value& w) {
                      return n.is_true() != duty && w.is_true() == duty;
                    });
}

// REQUIRES: may_shadow(). Of two that hit together and weigh the same, the
// later one is too many.
bool shadows(const Reading& reading, const RuleSite& wide,
             const RuleSite& narrow) {
  if (!holds_wherever(reading, wide, narrow)) return false;
  return &wide < &narrow || !may_shadow(narrow, wide) ||
         !holds_wherever(reading, narrow, wide);
}

}  // namespace

namespace looks {

void shadowed_rule(const Reading& reading, Findings& findings) {
  size_t pairs = 0;
  size_t looks = 0;
  for (const RuleSite& narrow : reading.rules) {
    if (!narrow.runs()) continue;
    for (const RuleSite& wide : reading.rules) {
      if (++looks > kLooksMax) return;
      if (!may_shadow(wide, narrow)) continue;
      if (++pairs > kPairsMax) return;
      if (!shadows(reading, wide, narrow)) continue;
      findings.add(
          reading.file_of(narrow), narrow.rule->place,
          fmt::format("wherever {} hits, {} hits too and weighs no less",
                      narrow.rule->id, wide.rule->id),
          fmt::format("nothing of its own beside line {}",
                      wide.rule->place.line));
      break;
    }
  }
}

}  // namespace looks
}  // namespace simwarden
