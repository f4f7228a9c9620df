// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Which of many literals stand anywhere in a text: one pass, byte by byte.
namespace simwarden {

class LiteralSet {
 public:
  // REQUIRES: every literal has kLiteralBytesMin bytes or more.
  explicit LiteralSet(const std::vector<std::string>& literals);

  // What one search has found; kept for the next search, one thread at a time.
  struct Found {
    std::vector<int> ids;         // indices of literals, in order of finding
    std::vector<uint32_t> stamp;  // by literal: the search that found it last
    uint32_t search = 0;
  };
  void find(std::string_view text, Found& found) const;

  size_t size() const { return literals_.size(); }

 private:
  struct Entry {
    uint32_t gram;
    uint32_t literal;
    uint32_t offset;  // of the gram inside the literal
  };
  void look(std::string_view text, size_t at, uint32_t gram,
            Found& found) const;

  std::vector<std::string> literals_;
  std::vector<uint64_t> bitmap_;
  std::vector<Entry> entries_;    // sorted by bucket
  std::vector<uint32_t> bucket_;  // bucket -> first entry; one more at the end
};

inline constexpr size_t kLiteralBytesMin = 3;

}  // namespace simwarden
