// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "judge/plan.h"
#include "record/verdict.h"

// Why a rule hit, down to values and spans; everything masked.
namespace simwarden {

// Evidence shown of one list fact; more links than this are more of the same.
inline constexpr uint32_t kWitnessesMax = 5;
// Elements of a list fact that are tried as witnesses, one evaluation each.
inline constexpr uint32_t kWitnessesTriedMax = 64;

struct RuleHit {
  const PlannedRule& rule;
  bool failed = false;  // it could not be decided, and no fact was missing
};
// REQUIRES: the rule hit on the record that `bench` looks at.
Finding explain_hit(const RuleHit& hit, Bench& bench, cel::Scratch& scratch,
                    std::string_view language);

// The same without evidence, reason and remedy.
Finding name_hit(const PlannedRule& planned, std::string_view language);

}  // namespace simwarden
