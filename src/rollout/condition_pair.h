// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cel/value/environment.h"
#include "facts/schema.h"
#include "policy/ruleset.h"

namespace simwarden {

// Conditions of two rulesets, made comparable: a parameter, a pattern set and a
// list are the same when they have the same name, whatever they hold.
class ConditionPair {
 public:
  ConditionPair(const FactSchema& schema, const Ruleset& before,
                const Ruleset& after);

  // True when both are proven to say the same though they are written
  // differently. False proves nothing.
  bool are_one(std::string_view asks, std::string_view before,
               std::string_view after) const;

 private:
  cel::Environment request_;
  cel::Environment message_;
};

}  // namespace simwarden
