// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "privacy/tokens.h"

// Short pseudonyms for counting: SipHash-2-4 (Aumasson and Bernstein 2012) with
// a key of its own. 64 bits: of ten million values two meet by chance once in
// 370,000 times. Without the key no value can be tried out.
namespace simwarden {

struct HashKey {
  std::array<uint8_t, 16> bytes{};
};

// The key for `use`, which tells nothing of the site key, nor of the keys for
// other uses.
HashKey hash_key_for(const SiteKey& key, std::string_view use);
// One that nobody had before and nobody will have again.
HashKey random_hash_key();

// Thread-safe.
uint64_t keyed_hash(const HashKey& key, std::string_view value);

}  // namespace simwarden
