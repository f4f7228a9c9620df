// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace simwarden {

// Copies a piece and says where it ends. Most are a word, for which a call of
// memcpy() takes longer than the copying.
inline char* put(char* to, std::string_view piece) {
  const size_t size = piece.size();
  const char* from = piece.data();
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {  // two that overlap
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else {
    for (size_t i = 0; i < size; ++i) to[i] = from[i];
  }
  return to + size;
}

// Appends three pieces as one, by one call: most are short, and appending is
// mostly calling.
inline void append_joined(std::string& out, std::string_view a,
                          std::string_view b, std::string_view c) {
  constexpr size_t kShortMax = 96;
  std::array<char, kShortMax> joined;  // NOLINT: written before it is read
  const size_t size = a.size() + b.size() + c.size();
  if (size > joined.size()) {
    out.append(a).append(b).append(c);
    return;
  }
  put(put(put(joined.data(), a), b), c);
  out.append(joined.data(), size);
}

}  // namespace simwarden
