// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/verdict.h"

// What two rulesets say of one record, held side by side.
namespace simwarden {

// What a rule is to a verdict.
enum class Standing : uint8_t { none, shadow, waived, hit };
std::string_view name_of(Standing standing);  // "", "shadow", "waived", "hit"

struct RuleShift {
  std::string rule;
  std::string title;
  Standing before = Standing::none;
  Standing after = Standing::none;
  double points_before = 0;  // of the rule; 0 where it does not act
  double points_after = 0;
  // Of the newer finding, or of the older when the rule no longer says
  // anything; masked.
  std::string reason;
};

struct Shift {
  Action before = Action::pass;
  Action after = Action::pass;
  double score_before = 0;
  double score_after = 0;
  // Of a record that a database has a verdict of: the action there. `before`
  // may be another one: other policies, or rules that are left out.
  std::optional<Action> stored = std::nullopt;
  // Rules whose standing or points changed, by id.
  std::vector<RuleShift> rules = {};
  // Something else in the verdict: a reason, evidence, what is undetermined.
  bool wording = false;

  bool raised() const { return after > before; }
  bool lowered() const { return after < before; }
  bool is_not_as_stored() const { return stored && *stored != before; }
  // Action, score or a rule's part in them.
  bool decides() const {
    return before != after || score_before != score_after || !rules.empty();
  }
};

// REQUIRES: both verdicts are of one record.
Shift compare(const Verdict& before, const Verdict& after);

}  // namespace simwarden
