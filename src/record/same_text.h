// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace simwarden {

// a == b, for the short words that stand in every row: keys and choices. Two
// overlapping words of eight bytes show nearly all of them whole, so that no
// call is needed.
inline bool same_text(std::string_view a, std::string_view b) {
  constexpr size_t kWord = sizeof(uint64_t);
  if (a.size() != b.size()) return false;
  if (a.size() < kWord) {
    return a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0;
  }
  const auto word = [](const char* at) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, at, kWord);
    return bytes;
  };
  const size_t last = a.size() - kWord;
  if (word(a.data()) != word(b.data())) return false;
  if (word(a.data() + last) != word(b.data() + last)) return false;
  return last <= kWord ||
         std::memcmp(a.data() + kWord, b.data() + kWord, last - kWord) == 0;
}

}  // namespace simwarden
