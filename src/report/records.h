// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diag/result.h"
#include "report/people.h"
#include "report/record_numbers.h"
#include "store/kept_block.h"
#include "store/kept_line.h"

// One walk over the kept facts of what the verdicts choose.
namespace simwarden {

// A verdict whose record is counted.
struct WalkedVerdict {
  static constexpr int64_t kNoMonth = INT64_MIN;

  int64_t id = 0;      // in its store
  int64_t label = 0;   // among all stores: see verdict_label()
  int64_t source = 0;  // its place in Numbers::sources
  uint64_t line = 0;
  Action action = Action::pass;
  bool is_fraud = false;  // people have called it so
  bool is_complaint = false;
  bool is_decided = false;  // people have said what it was
  std::optional<Remedy> remedy = {};
  int64_t month = kNoMonth;  // 1970-01 is 0
  uint64_t subject = 0;      // a hash of the pseudonym; 0: none
  std::string profile;
};

// Verdicts of one block that are counted, ascending, and its kept facts.
struct WalkedBlock {
  std::string label;  // "7"; of several stores "2.7"
  std::string source;
  std::vector<WalkedVerdict> verdicts;
  KeptBlock facts;      // REQUIRES: taken, when there are verdicts
  std::string damaged;  // why its facts cannot be opened
};

// The facts that are read, in the order of RecordTally::add().
std::vector<std::string> facts_of_records();

// The order of records does not matter: the sums are the same.
//   (add)* finish
class RecordTally {
 public:
  explicit RecordTally(size_t units_max = kUnitsKnownMax);
  ~RecordTally();
  RecordTally(const RecordTally&) = delete;
  RecordTally& operator=(const RecordTally&) = delete;

  // `facts` reads facts_of_records().
  void add(const KeptLine& facts, const WalkedVerdict& verdict);
  void add_damaged(DamagedBlock block);
  RecordNumbers finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Counts what `next` hands out until it says false: facts are opened by
// several threads, counted in the order that they came in. `next` is called by
// one thread at a time.
using NextBlock = std::function<Result<bool>(WalkedBlock&)>;
Result<RecordNumbers> walk_records(const NextBlock& next);

}  // namespace simwarden
