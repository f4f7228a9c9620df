// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

// What proves the rows of a block (proof.h). Hashing them costs about as much
// as SQLite needs to take them in, so it is done where they are judged, on many
// threads, and the one that writes only puts the seal down:
//
//   block.seal = seal(block, store.site_key());   // any thread
//   store.append(block);                          // the writer's
namespace simwarden {

struct Block;
struct SiteKey;

struct BlockSeal {
  // Known to who has the site key, and to the database until the personal
  // details that it is hashed with are purged: what is left cannot be tried
  // out.
  std::string salt;
  // 32 bytes a verdict, an error, then one over the invalid counts.
  std::string row_digests;
};

// Of the rows as they are: one that is changed later is not proven. The same
// rows at the same place have the same seal. Its cost is that of hashing all
// rows. Thread-safe; does not look at the block's source and identity.
BlockSeal seal(const Block& block, const SiteKey& key);

// Whether it has a digest for every row. The digests themselves are trusted.
bool fits(const BlockSeal& seal, const Block& block);

}  // namespace simwarden
