// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "store/block_proofs.h"
#include "store/bulk_insert.h"
#include "store/database.h"
#include "store/links.h"
#include "store/verdict_store.h"

// Puts a block with all its rows and what proves them into the tables, inside
// a transaction that others begin and end. Verdicts carry the number of their
// block and nothing random, so a block of 1,500 rows touches a handful of
// pages.
namespace simwarden {

// What the rows of a block go in with, prepared once.
class BlockWriter {
 public:
  // All must outlive it.
  static Result<std::unique_ptr<BlockWriter>> open(Database& database,
                                                   BlockProofs& proofs,
                                                   Chain& chain);

  // False when the block is there already. REQUIRES: fits(seal, block).
  Result<bool> write(const Block& block, int64_t ruleset,
                     const BlockSeal& seal);

 private:
  BlockWriter(Database& database, BlockProofs& proofs, Chain& chain)
      : database_(database), proofs_(proofs), chain_(chain) {}

  Status prepare();
  // 0: it is there already.
  Result<int64_t> write_block(const Block& block, int64_t ruleset);
  Status write_verdicts(const Block& block, int64_t block_id, int64_t first);
  Status write_what_did_not_count(const Block& block, int64_t first_verdict);
  Status write_errors(const Block& block, int64_t block_id, int64_t first);
  Status write_invalid(const Block& block, int64_t block_id);
  Status write_kept(const KeptFacts& kept, int64_t block_id);

  Database& database_;
  BlockProofs& proofs_;
  Chain& chain_;
  std::unique_ptr<Statement> block_;
  std::unique_ptr<Statement> kept_;
  std::unique_ptr<CountedWriter> counted_;
  std::unique_ptr<BulkInsert> verdicts_;
  std::unique_ptr<BulkInsert> shadow_;
  std::unique_ptr<BulkInsert> waived_;
  std::unique_ptr<BulkInsert> errors_;
  std::unique_ptr<BulkInsert> invalid_;
};

}  // namespace simwarden
