// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "audit/finding.h"
#include "diag/result.h"

// Takes out of a database what has been kept long enough, and leaves what
// proves that it was there (docs/audit.md, "Purging").
//
// A block goes as a whole: when its run began before the day, or every verdict
// in it has an event before the day. Pages that become free are overwritten and
// the write-ahead log is emptied. All of it is one transaction, logged in the
// table `purge` and in the chain. Notes of decisions from before the day, and
// texts of cases whose own day is over, go with it. Rows that are not as they
// were written stop it: they are evidence of something else.
namespace simwarden {

enum class PurgeClass : uint8_t {
  // record_id, subject and the whole verdict with its evidence; the messages
  // of unreadable records; the kept facts. Action, score, rules and time stay.
  personal,
  verdicts,  // all rows; their digests stay
  // No block: only texts of cases whose day is over, which every purge takes.
  cases,
};

struct PurgeOptions {
  std::string before;  // a day, YYYY-MM-DD; "" for cases
  PurgeClass what = PurgeClass::personal;
  std::string who;
  std::string reason;
  bool only_count = false;
  std::string today = {};  // "": as the machine says, in UTC
};

struct PurgeResult {
  uint64_t blocks = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;
  uint64_t notes = 0;  // of decisions
  uint64_t texts = 0;  // of cases
  // False when a reader kept the write-ahead log alive: what was purged can
  // still be in it until the next program closes the database.
  bool overwritten = true;
};

Result<PurgeResult> purge_database(const std::string& path,
                                   const PurgeOptions& options,
                                   const AuditProgress& progress);

}  // namespace simwarden
