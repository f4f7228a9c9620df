// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/study/gate.h"

// How gates become gates: ways to settle a part are joined to ways to settle
// what it stands in. Both keep the better ones, and not too many.
namespace cel {

// Each settles it by itself: has(x) && x == 'a' is false where either is.
Ways any_of(Ways some, const Ways& others);
// All are needed: a || b is false where both are.
Ways all_of(const Ways& some, const Ways& others);

// How often a record is in one of `states`, about.
double share_of(const FactStates& of, States states);
// Works out what a gate costs and how often it opens.
void weigh(Gate& gate);

}  // namespace cel
