// SPDX-License-Identifier: Apache-2.0
#include "store/prefixes.h"

#include "store/chain.h"

namespace simwarden {

Result<std::vector<StoredPrefix>> read_prefixes(Statement& rows) {
  std::vector<StoredPrefix> found;
  const Status done = rows.each_row([&](const Statement& row) {
    found.push_back({uint64_t(row.integer(0)), std::string(row.text(1)), {}});
  });
  if (!done) return done.error();
  return found;
}

// Longest heads first: the first block that fits is the longest.
Result<StoredPrefix> longest_prefix(std::string_view parent,
                                    std::string_view chunk,
                                    const PrefixesOf& stored) {
  for (const std::string& head : possible_heads(parent, chunk)) {
    const auto found = stored(head);
    if (!found) return found.error();
    std::vector<uint64_t> sizes;
    for (const StoredPrefix& each : *found) sizes.push_back(each.bytes);
    if (sizes.empty()) continue;
    const std::vector<std::string> digests =
        prefix_digests(parent, chunk, sizes);
    for (size_t i = sizes.size(); i-- > 0;) {
      if (digests[i] != (*found)[i].digest) continue;
      return StoredPrefix{sizes[i], digests[i], head};
    }
  }
  return StoredPrefix{};
}

}  // namespace simwarden
