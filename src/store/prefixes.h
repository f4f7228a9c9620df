// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "store/database.h"

// Finds stored blocks at the beginning of bytes, by the digests of chain.h.
namespace simwarden {

struct StoredPrefix {
  uint64_t bytes = 0;  // 0: none
  std::string digest;
  std::string head;
};

// Blocks with one parent and one head are the versions of one log; of more than
// this, edited by hand, the smallest are looked at.
inline constexpr int64_t kCandidatesMax = 256;

// Rows of (bytes, digest).
Result<std::vector<StoredPrefix>> read_prefixes(Statement& rows);

// The longest that begins `chunk` behind `parent`. stored(head) gives those
// with that head and at most chunk.size() bytes, shortest first.
using PrefixesOf =
    std::function<Result<std::vector<StoredPrefix>>(std::string_view head)>;
Result<StoredPrefix> longest_prefix(std::string_view parent,
                                    std::string_view chunk,
                                    const PrefixesOf& stored);

}  // namespace simwarden
