// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "audit/block_check.h"
#include "store/database.h"

// Whether what windows counted of a block is what its link in the chain proves
// (store/counted_blocks.h): the link holds the digests, here they are held
// against the bytes.
namespace simwarden {

class CountedCheck {
 public:
  // The database must outlive it.
  static Result<std::unique_ptr<CountedCheck>> open(Database& database);

  struct Checked {
    // What is wrong, as a sentence; empty when nothing is, or nothing was
    // counted.
    std::string_view fault;
    // The purge that took the events since no window looks at them any more;
    // 0: none.
    int64_t outlived = 0;
  };
  // `purges`: those that took something of the block.
  Result<Checked> check(int64_t block, const PurgeMarks& purges);

 private:
  std::unique_ptr<Statement> counted_;
};

}  // namespace simwarden
