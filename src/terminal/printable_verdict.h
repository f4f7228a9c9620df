// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/verdict.h"

namespace simwarden {

// The same with each of its texts made printable_text(): rule, title, evidence
// and whatever else a verdict names. A stored one says what somebody wrote into
// the database. `would_pass_if` keeps its line breaks, which printable_lines()
// shows, and nothing else that steers.
Verdict printable_verdict(Verdict verdict);

}  // namespace simwarden
