// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "privacy/tokens.h"
#include "store/database.h"
#include "store/links.h"
#include "store/seal.h"

// Writes what proves a block: the digests of its rows, and its link.
namespace simwarden {

// The keys that the rows of a block have.
struct RowKeys {
  int64_t first_verdict = 1;
  int64_t first_error = 1;
};

class BlockProofs {
 public:
  static Result<std::unique_ptr<BlockProofs>> open(Database& database,
                                                   const SiteKey& key);

  // The keys for the rows of the next block: a purge leaves gaps that SQLite
  // would fill again.
  Result<RowKeys> next_keys();
  // Inside the block's transaction, after its rows were written.
  Status add(int64_t block_id, const RowKeys& keys, const BlockSeal& seal);

  // A database from before the chain: everything in it gets its link, in one
  // transaction. Does nothing when there is a chain.
  Status adopt(Chain& chain);

 private:
  Status adopt_rows(Chain& chain, const char* ids, LinkKind kind);
  Status adopt_blocks(Chain& chain);
  // Of a block from before the chain (BlockSeal::salt).
  std::string salt_of(std::string_view digest) const;

  Database* database_ = nullptr;
  const SiteKey* key_ = nullptr;
  std::unique_ptr<Statement> insert_;
  std::unique_ptr<Statement> last_;
};

}  // namespace simwarden
