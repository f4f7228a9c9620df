// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rollout/replay_tally.h"

// What a replay has to say, for machines. The order of the keys is a contract.
namespace simwarden {

struct ReplaySide {
  std::string digest;  // of the ruleset; "" where each has its own of then
  std::vector<std::string> packs;  // "name@version"
  std::string profile;             // of records that name none; "as stored"
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

// A replay from what a database keeps of the records.
struct KeptReplay {
  // Differences to what was stored that are shown.
  static constexpr size_t kDifferencesMax = 5;
  // A rule that could not be decided without what was masked.
  struct Undecided {
    uint64_t records = 0;
    int64_t last = 0;  // verdict that was counted
    std::set<std::string> facts;
  };

  uint64_t judged = 0;   // again
  uint64_t in_part = 0;  // of them, without rules that are not replayable
  // Judged by their own ruleset, as far as it can be replayed.
  uint64_t as_stored = 0;
  uint64_t not_as_stored = 0;
  std::vector<std::string> differences;  // the first, for a person
  uint64_t nothing_kept = 0;             // verdicts without kept facts
  uint64_t damaged = 0;  // verdicts whose kept facts cannot be read
  std::vector<std::string> damaged_blocks;  // "block 7 (a.jsonl): …"; the first
  uint64_t no_ruleset = 0;                  // whose own ruleset cannot be used
  std::vector<std::string> why_no_ruleset;
  uint64_t outside = 0;  // of the period, or not the verdict asked for
  std::map<std::string, Undecided> not_replayable;  // by rule
};

struct ReplayReport {
  ReplaySide before;
  ReplaySide after;
  std::vector<ReplaySource> sources;
  std::vector<StoredCoverage> stored;  // only of a replay from a database
  std::optional<KeptReplay> kept;
  // Of files: rules that wait for a figure over many records, which nobody
  // counts there, and on how many records they were left out of both sides.
  std::map<std::string, uint64_t> not_counted;
  ReplayTally tally;
};

inline constexpr std::string_view kNotCounted =
    "counts over records, which replay of files does not";

// One object, with a line break.
std::string to_json(const ReplayReport& report);

}  // namespace simwarden
