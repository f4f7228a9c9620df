// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "privacy/tokens.h"
#include "store/database.h"
#include "store/links.h"
#include "store/proof.h"
#include "store/verdict_store.h"

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
  // The digests of the block's rows, made by another thread while SQLite
  // writes the rows. `block` must live until the value is taken.
  std::future<std::string> begin(const Block& block) const;
  // Inside the block's transaction, after its rows were written.
  Status add(const Block& block, int64_t block_id, const RowKeys& keys,
             std::string_view digests);

  // A database from before the chain: everything in it gets its link, in one
  // transaction. Does nothing when there is a chain.
  Status adopt(Chain& chain);

 private:
  Status adopt_rows(Chain& chain, const char* ids, LinkKind kind);
  Status adopt_blocks(Chain& chain);
  Status write(int64_t block_id, const RowKeys& keys, std::string_view salt,
               std::string_view digests);
  // What makes the digests of personal details untriable: known to who has
  // the site key, and to the database until they are purged.
  std::string salt_of(std::string_view digest) const;

  Database* database_ = nullptr;
  const SiteKey* key_ = nullptr;
  std::unique_ptr<Statement> insert_;
  std::unique_ptr<Statement> last_;
};

}  // namespace simwarden
