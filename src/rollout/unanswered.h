// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "policy/ruleset.h"
#include "rollout/policy_diff.h"

namespace simwarden {

// Of the rules that a replay left out on some record, those that the two
// rulesets may answer differently: the rule, a waiver of it, or what one of
// them names (a pattern set, a list, a parameter, a profile's value, a window,
// or what that window names) is another. All of them where a list is another
// that the eye reads. A replay says nothing of these. Errs on the side of
// naming one.
//
// `diff` is that of `before` and `after`.
std::set<std::string> unanswered_rules(const PolicyDiff& diff,
                                       const Ruleset& before,
                                       const Ruleset& after,
                                       const std::set<std::string>& left_out);

}  // namespace simwarden
