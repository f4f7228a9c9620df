// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/decision.h"

namespace simwarden {

// The record of a verdict, for who decides about it.
struct DecidedRecord {
  // On it, the one that stands last; at a door each is of a record of its own.
  std::vector<int64_t> verdicts;
  // "hold" or "refuse", the worse of the verdict and of that which stands;
  // empty: no request that was stopped.
  std::string stopped;
};

class DecidedRecords {
 public:
  // The database must outlive it.
  static Result<std::unique_ptr<DecidedRecords>> open(Database& database);
  // Of a verdict that is not there: that one alone.
  Result<DecidedRecord> find(int64_t verdict);

 private:
  explicit DecidedRecords(Database& database) : database_(database) {}
  Result<bool> may_be_judged_again(int64_t verdict);
  Status find_others(int64_t verdict, DecidedRecord& record);

  Database& database_;
  std::unique_ptr<Statement> stopped_;
  std::unique_ptr<Statement> at_door_;
  std::unique_ptr<Statement> same_;  // null: not asked for yet
};

// Four eyes: nobody lets a request through that was held or refused unless
// another person vouches for it (store/decision.h), in the store or before in
// the same file. Of each person the newest word that is not silent counts.
// Messages are let through by one. Verdicts on one record (same_record.h) are
// one: words about an earlier one count, and it is stopped when the verdict at
// hand is, or the one that stands.
//
//   auto eyes = FourEyes::open(database);
//   auto missing = eyes->what_is_missing(decision);
//
// An index that hides a word of another person makes it refuse.
class FourEyes {
 public:
  // The database must outlive it.
  static Result<FourEyes> open(Database& database);
  // A sentence; empty: nothing is. Remembers the decision, which is to be
  // stored.
  Result<std::string> what_is_missing(const Decision& decision);

 private:
  // By person (record/person.h).
  using Words = std::map<std::string, Stance, std::less<>>;
  Result<bool> is_vouched_for_by_another(const DecidedRecord& record,
                                         const Decision& decision);

  std::unique_ptr<DecidedRecords> records_;
  std::unique_ptr<Statement> stored_;
  std::map<int64_t, Words> told_;  // by verdict that stands: to be stored
};

}  // namespace simwarden
