// SPDX-License-Identifier: Apache-2.0
#include "rollout/shift.h"

#include <map>

#include "diag/check.h"
#include "record/verdict_json.h"

namespace simwarden {
namespace {

Standing standing_of(const Finding& finding) {
  if (finding.acts()) return Standing::hit;
  return finding.outcome == Outcome::waived ? Standing::waived
                                            : Standing::shadow;
}

using Sides = std::pair<const Finding*, const Finding*>;

// The program's own finding can come several times; the first stands for it.
std::map<std::string_view, Sides> by_rule(const Verdict& before,
                                          const Verdict& after) {
  std::map<std::string_view, Sides> sides;
  for (const Finding& finding : before.findings) {
    auto& slot = sides[finding.rule].first;
    if (!slot) slot = &finding;
  }
  for (const Finding& finding : after.findings) {
    auto& slot = sides[finding.rule].second;
    if (!slot) slot = &finding;
  }
  return sides;
}

RuleShift shift_of(const Sides& sides) {
  CHECK(sides.first || sides.second, "a rule is there on one side at least");
  RuleShift shift;
  if (const Finding* old = sides.first) {
    shift.before = standing_of(*old);
    shift.points_before = old->acts() ? old->score : 0;
  }
  if (const Finding* made = sides.second) {
    shift.after = standing_of(*made);
    shift.points_after = made->acts() ? made->score : 0;
  }
  const Finding& shown = sides.second ? *sides.second : *sides.first;
  shift.rule = shown.rule;
  shift.title = shown.title;
  shift.reason = shown.reason;
  return shift;
}

std::string whole(const Verdict& verdict) {
  std::string text;
  append_json(text, verdict, {});
  return text;
}

}  // namespace

std::string_view name_of(Standing standing) {
  constexpr std::string_view kNames[] = {"", "shadow", "waived", "hit"};
  return kNames[size_t(standing)];
}

Shift compare(const Verdict& before, const Verdict& after) {
  Shift shift{.before = before.action,
              .after = after.action,
              .score_before = before.score,
              .score_after = after.score};
  for (const auto& [rule, sides] : by_rule(before, after)) {
    RuleShift made = shift_of(sides);
    if (made.before == made.after && made.points_before == made.points_after) {
      continue;
    }
    shift.rules.push_back(std::move(made));
  }
  shift.wording = !shift.decides() && whole(before) != whole(after);
  return shift;
}

}  // namespace simwarden
