// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "diag/result.h"
#include "report/period.h"
#include "report/record_numbers.h"
#include "store/kept_records.h"

// One walk over the kept facts of stores.
namespace simwarden {

struct WalkedStore {
  std::string path;
  // Whether the verdicts of the block count. Called from the walking thread.
  std::function<bool(int64_t block)> counts;
  // Verdicts that people have called fraud, ascending.
  std::vector<int64_t> frauds;
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

  // Where `walk` stands; it reads facts_of_records() and verdicts.
  void add(const KeptRecords& walk, const Timestamp* when, bool is_fraud);
  RecordNumbers finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

Result<RecordNumbers> walk_records(std::span<const WalkedStore> stores,
                                   const ReportPeriod& period);

}  // namespace simwarden
