// SPDX-License-Identifier: Apache-2.0
#include "store/chain.h"

#include "diag/check.h"
#include "privacy/sha256.h"

namespace simwarden {

std::vector<std::string> prefix_digests(std::string_view parent,
                                        std::string_view bytes,
                                        const std::vector<uint64_t>& sizes) {
  Sha256 fed;
  fed.add(parent);
  std::vector<std::string> digests;
  uint64_t at = 0;
  for (const uint64_t size : sizes) {
    CHECK(at <= size && size <= bytes.size(), "sizes ascend and fit");
    fed.add(bytes.substr(at, size - at));
    digests.push_back(hex_of(fed.so_far()));
    at = size;
  }
  return digests;
}

BlockIdentity identify_block(std::string_view parent, std::string_view bytes) {
  uint64_t head = 1;
  while (head * 2 <= bytes.size()) head *= 2;
  if (bytes.empty()) head = 0;
  const std::vector<std::string> digests =
      prefix_digests(parent, bytes, {head, bytes.size()});
  return {std::string(parent), digests[1], digests[0], bytes.size()};
}

std::vector<std::string> possible_heads(std::string_view parent,
                                        std::string_view bytes) {
  std::vector<uint64_t> sizes;
  for (uint64_t size = 1; size <= bytes.size(); size *= 2) {
    sizes.push_back(size);
  }
  const std::vector<std::string> ascending =
      prefix_digests(parent, bytes, sizes);
  return {ascending.rbegin(), ascending.rend()};
}

}  // namespace simwarden
