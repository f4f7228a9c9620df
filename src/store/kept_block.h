// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "store/database.h"

// The kept facts of one block: taken sealed out of the database, opened by any
// thread.
//
//   auto rows = database.prepare(KeptBlock::select("WHERE block_id = 7"));
//   block.take(**rows);                       // of the row at hand
//   if (Status fine = block.open(); !fine) …  // damaged: the rest is sound
//   for (size_t i = 0; i < block.size(); ++i) …block.line(i)…
//
//   (take (open line*)?)*
namespace simwarden {

class KeptBlock {
 public:
  // What take() reads, of blocks that the clauses choose: `b` is the block.
  static std::string select(std::string_view clauses);

  // Copies what the row has.
  void take(const Statement& row);

  int64_t id() const { return id_; }
  int64_t first_verdict() const { return first_verdict_; }
  uint64_t verdicts() const { return verdicts_; }
  // False: nothing was kept, or it was purged.
  bool is_kept() const { return is_kept_; }

  // An Error of trouble `input` when the facts are not as they were written,
  // without the name of the block. REQUIRES: is_kept().
  Status open();
  // As many lines as verdicts, in their order.
  size_t size() const { return ends_.size(); }
  // Without its line break, with KeptLine::kPadding readable bytes behind it.
  std::string_view line(size_t at) const;

 private:
  Status find_lines();

  int64_t id_ = 0;
  int64_t first_verdict_ = 0;
  uint64_t verdicts_ = 0;
  uint64_t records_ = 0;
  uint64_t bytes_ = 0;
  bool is_kept_ = false;
  std::string sha256_;
  std::string sealed_;
  std::string lines_;
  std::vector<size_t> ends_;  // where each line break is
};

}  // namespace simwarden
