// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "audit/block_check.h"
#include "store/database.h"

// Whether the kept facts of a block are those that its link in the chain
// proves (store/kept_facts.h): the link holds their digest, here the digest is
// held against them.
namespace simwarden {

class KeptCheck {
 public:
  // The database must outlive it.
  static Result<std::unique_ptr<KeptCheck>> open(Database& database);

  // What is wrong, as a sentence; empty when nothing is, or nothing was kept.
  // `purges`: those that took something of the block.
  Result<std::string_view> fault_of(int64_t block, const PurgeMarks& purges);

 private:
  std::unique_ptr<Statement> kept_;
};

}  // namespace simwarden
