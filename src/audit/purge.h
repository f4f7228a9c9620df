// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "diag/result.h"
#include "store/retention.h"

// Takes out of a database what has been kept long enough, and leaves what
// proves that it was there (docs/audit.md, "Purging").
//
// A block goes as a whole: when every verdict in it has an event before the
// day, or it was stored before the day (old_blocks.h). The rows of a block stay
// while a case in it is open; what they say of persons goes in its time. Pages
// that become free are overwritten and the write-ahead log is emptied. It
// goes in parts (purge_parts.h): each is a transaction, logged in the table
// `purge` and in the chain, so that a purge which ends in the middle leaves
// what is proven, and the next goes on. Rows that are not as they were written
// stop it: they are evidence of something else.
namespace simwarden {

// Whoever neither judges, decides nor purges for a quarter names the day.
inline constexpr int64_t kClockAheadDaysMax = 92;

struct PurgeStep {
  RetentionClass what = RetentionClass::subjects;
  std::string before;  // a day, YYYY-MM-DD
  std::string keep;    // how long was ordered, "13 months"; may be empty
};

struct PurgeOptions {
  // Each class at most once. Texts of cases whose own day is over go with every
  // purge, also one without steps.
  std::vector<PurgeStep> steps;
  std::string who;
  std::string reason;       // masked as all free text
  bool only_count = false;  // as a reader: also while another one writes
  // The day that days of cases are counted from. "": as the machine says, in
  // UTC, whose clock then may not be kClockAheadDaysMax ahead of the newest
  // link: a dead battery must not take what has to be kept.
  std::string today = {};
  std::optional<uint64_t> log_bytes_max = {};  // see purge_parts.h
};

struct PurgeCount {
  PurgeStep step;
  uint64_t blocks = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;
  uint64_t rows = 0;  // notes of decisions, or texts of cases
  // Blocks that stay, though events in them are before the day: for a younger
  // record, for one without a time, and (rows only) for a case that is open.
  uint64_t with_younger = 0;
  uint64_t without_time = 0;
  uint64_t held = 0;
  uint64_t open_cases = 0;  // of verdicts whose details went
};

struct PurgeResult {
  // Blocks whose events no window looks at any more, which go with every
  // purge.
  uint64_t outlived = 0;
  // A step each, what takes most first, and the last for the cases. What goes
  // with one is not counted with another.
  std::vector<PurgeCount> counts;
  // False when a reader kept the write-ahead log alive: what was purged can
  // still be in it until the next program closes the database.
  bool overwritten = true;
};

Result<PurgeResult> purge_database(const std::string& path,
                                   const PurgeOptions& options,
                                   const AuditProgress& progress);

}  // namespace simwarden
