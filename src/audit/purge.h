// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "diag/result.h"
#include "store/retention.h"

// Takes out of a database what has been kept long enough, and leaves what
// proves that it was there (docs/audit.md, "Purging").
//
// A block goes as a whole: when its run began before the day, or every verdict
// in it has an event before the day. Pages that become free are overwritten and
// the write-ahead log is emptied. All of it is one transaction; each class is
// logged in the table `purge` and in the chain. Rows that are not as they were
// written stop it: they are evidence of something else.
namespace simwarden {

struct PurgeStep {
  RetentionClass what = RetentionClass::subjects;
  std::string before;  // a day, YYYY-MM-DD
  std::string keep;    // how long was ordered, "13 months"; may be empty
};

struct PurgeOptions {
  std::vector<PurgeStep> steps;  // each class at most once
  std::string who;
  std::string reason;
  bool only_count = false;
};

struct PurgeCount {
  PurgeStep step;
  uint64_t blocks = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;
};

struct PurgeResult {
  // A step each, what takes most first. What goes with one is not counted with
  // another.
  std::vector<PurgeCount> counts;
  // False when a reader kept the write-ahead log alive: what was purged can
  // still be in it until the next program closes the database.
  bool overwritten = true;
};

Result<PurgeResult> purge_database(const std::string& path,
                                   const PurgeOptions& options,
                                   const AuditProgress& progress);

}  // namespace simwarden
