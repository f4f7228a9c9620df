// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "judge/plan.h"
#include "policy/pack_tests.h"

// Cases like a given one, but for one fact: at a bound of the rule, beside it,
// another of its choices, a value that is none, not recorded.
namespace simwarden {

struct Variation {
  std::string name;               // without the kind: "channel.type"
  std::optional<YamlNode> value;  // none: not recorded
};

// What makes a difference to the rule, fact by fact, as seen from a case:
// fields that the rule reads, the profile where it reads parameters, and the
// text of a message.
std::vector<Variation> variations_of(const Plan& plan, const PackCases& pack,
                                     const Rule& rule, const PackCase& from);

// The recipe with the variations laid over; none when they do not fit it.
std::optional<CaseRecipe> varied(const CaseRecipe& recipe,
                                 std::span<const Variation> by);

// "channel.type is dealer, agent.id is not recorded".
std::string in_words(std::span<const Variation> variations);

}  // namespace simwarden
