// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "policy/pack.h"
#include "record/verdict.h"

namespace simwarden {

// What of the record in hand kept the rule from being decided: facts and
// windows by name, each with why it has no value. Of a rule that was decided,
// all those that it reads and that have none.
std::vector<Evidence> open_facts(const Rule& rule, Bench& bench,
                                 cel::Scratch& scratch);

}  // namespace simwarden
