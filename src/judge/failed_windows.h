// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "judge/window_answers.h"
#include "record/verdict.h"

namespace simwarden {

// Names in `verdict.failed` each window whose own condition ended in an error
// for the record that `bench` looks at, with that error: it does not count the
// record, and no figure of it says so.
void add_failed_windows(const WindowAnswers& answers, const Ruleset& ruleset,
                        Bench& bench, cel::Scratch& scratch, Verdict& verdict);

}  // namespace simwarden
