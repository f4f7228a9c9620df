// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rollout/replay_report.h"
#include "terminal/terminal.h"

namespace simwarden {

// What a replay has to say, for a person: how the actions move, by which
// rules, the first records of each kind of change, and what was not judged. In
// the language of the reasons.
std::string draw_replay(const ReplayReport& report, const Paint& paint,
                        std::string_view language);

// The last part of it: what was judged, and what was not.
std::string draw_completeness(const ReplayReport& report, const Paint& paint,
                              std::string_view language);

// For how many records the old action is not the one that a database has, and
// why that may be; empty: for none.
std::string draw_not_as_stored(const ReplayReport& report,
                               std::string_view language);

// Every record that changes, one row each; of a replay from a database with
// the action that it has in `stored_action`.
std::string replay_csv_heading(bool stored);
void append_csv_row(std::string& out, const Verdict& verdict,
                    const Shift& shift, std::string_view source);

}  // namespace simwarden
