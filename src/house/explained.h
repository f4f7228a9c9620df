// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "judge/judge.h"
#include "terminal/terminal.h"

namespace simwarden {

// Judges the record and draws it for a person: its text with the flagged
// spans, the points, the next step; of a message that passes, what was seen in
// it (docs/explain.md).
std::string explained(const Record& record, Judge& judge, const Paint& paint);

}  // namespace simwarden
