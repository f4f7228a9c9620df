// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "cel/check/checker.h"

// How long an expression can take at worst, known from its text and from how
// long its facts can be. A step is one simple thing, as a comparison of two
// numbers; walking a text or a list counts by its length, the body of a loop as
// often as the loop can go round.
namespace cel {

struct Estimate {
  uint64_t steps = 0;
  // The smallest part that more than half of the steps are spent in.
  ExprId dominant = kNoExpr;
  uint64_t dominant_steps = 0;
};

Estimate estimate(const Ast& ast, const Notes& notes);

}  // namespace cel
