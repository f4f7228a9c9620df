// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/gate.h"

// How gates become gates: ways to settle a part are joined to ways to settle
// what it stands in. Both keep the better ones, and not too many.
namespace cel {

// Each settles it by itself: has(x) && x == 'a' is false where either is.
Ways any_of(Ways some, Ways others, const StatesOf& states);
// All are needed: a || b is false where both are.
Ways all_of(const Ways& some, const Ways& others, const StatesOf& states);

// Works out what a gate costs and how often it opens.
void weigh(Gate& gate, const StatesOf& states);
// Nothing of it.
bool never(const std::vector<bool>& shut);

}  // namespace cel
