// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a block of input is, told by its bytes and everything before it:
//
//   digest of a block = SHA-256(digest of the block before it + its bytes)
//
// both digests as 64 lower-case hex digits; before the first block stands the
// empty string. Two logs that begin alike share the digests of their common
// blocks; one changed byte changes every digest after it.
namespace simwarden {

struct BlockIdentity {
  std::string parent;
  std::string digest;
  // The digest of the block's first 2^n bytes, n as large as fits: by it a
  // block that has grown is found without comparing it with all blocks.
  std::string head;
  uint64_t bytes = 0;
};

BlockIdentity identify_block(std::string_view parent, std::string_view bytes);

// The heads that a stored block may have when it is a beginning of `bytes`,
// longest first.
std::vector<std::string> possible_heads(std::string_view parent,
                                        std::string_view bytes);

// The digests of bytes[0, sizes[i]). REQUIRES: sizes ascend and fit.
std::vector<std::string> prefix_digests(std::string_view parent,
                                        std::string_view bytes,
                                        const std::vector<uint64_t>& sizes);

}  // namespace simwarden
