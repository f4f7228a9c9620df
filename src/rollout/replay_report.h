// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rollout/replay_tally.h"

// What a replay has to say, for machines. The order of the keys is a contract.
namespace simwarden {

struct ReplaySide {
  std::string digest;              // of the ruleset
  std::vector<std::string> packs;  // "name@version"
  std::string profile;             // of records that name none
};

// seen = judged + unreadable, or the source does not add up.
struct ReplaySource {
  std::string name;
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  bool whole = true;  // read to its end
  bool adds_up() const { return seen == judged + unreadable; }
};

// A source that a database has verdicts of. The database keeps no records:
// they are read from where they stood when they were stored.
struct StoredCoverage {
  std::string name;
  uint64_t stored = 0;    // verdicts in the database
  uint64_t rejudged = 0;  // of them, whose records are as they were
  std::string why_not;    // of the rest, for a person; "" when there is none
};

struct ReplayReport {
  ReplaySide before;
  ReplaySide after;
  std::vector<ReplaySource> sources;
  std::vector<StoredCoverage> stored;  // only of a replay from a database
  ReplayTally tally;
};

// One object, with a line break.
std::string to_json(const ReplayReport& report);

}  // namespace simwarden
