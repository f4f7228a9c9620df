// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "diag/ascii.h"

// ASCII in header fields, HTML and style sheets.
namespace simwarden {

inline bool is_blank_char(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}
inline std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank_char(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_char(text.back())) text.remove_suffix(1);
  return text;
}
// "demo@mail.example" of "<demo@mail.example>"; as it is without brackets.
inline std::string_view without_brackets(std::string_view value) {
  value = without_blanks(value);
  const size_t open = value.find('<');
  const size_t close = value.find('>', open == value.npos ? 0 : open);
  if (open == value.npos || close == value.npos) return value;
  return value.substr(open + 1, close - open - 1);
}
inline bool is_ascii(std::string_view text) {
  unsigned char bits = 0;  // no early end: eight or more at once
  for (const char c : text) bits |= static_cast<unsigned char>(c);
  return bits < 0x80;
}
inline bool same_word(std::string_view a, std::string_view small) {
  return a.size() == small.size() &&
         std::equal(a.begin(), a.end(), small.begin(),
                    [](char x, char y) { return small_letter(x) == y; });
}
// Whether a byte up to `most` (less than 0x80) stands in the text. Eight are
// looked at together: most values of fields are short, and have none.
inline bool holds_byte_up_to(uint8_t most, std::string_view text) {
  constexpr uint64_t kOfAll = 0x0101010101010101;
  uint64_t found = 0;
  const auto look = [&](const char* at, size_t count) {
    uint64_t bytes = ~uint64_t{0};
    std::memcpy(&bytes, at, count);
    found |= (bytes - kOfAll * (most + 1U)) & ~bytes;
  };
  const size_t size = text.size();
  for (size_t i = 0; i + 8 < size; i += 8) look(text.data() + i, 8);
  size < 8 ? look(text.data(), size) : look(text.data() + size - 8, 8);
  return (found & (kOfAll << 7)) != 0;
}
inline bool begins_with_empty_line(std::string_view text) {
  return text.starts_with('\n') ||
         (text.size() > 1 && text[0] == '\r' && text[1] == '\n');
}
// One of the words, which are small, in any case.
template <size_t size>
bool is_one_of(const std::array<std::string_view, size>& words,
               std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) {
    return same_word(word, one);
  });
}
// `small` in any case, anywhere in the text. Looks for its last letter, which
// had better be a rare one. REQUIRES: `small` is not empty.
inline bool contains_word(std::string_view text, std::string_view small) {
  const char last = small.back();
  const char large = capital_letter(last);
  for (const char letter : {last, large}) {
    for (size_t at = text.find(letter); at != text.npos;
         at = text.find(letter, at + 1)) {
      if (at + 1 < small.size()) continue;
      const size_t begin = at + 1 - small.size();
      if (same_word(text.substr(begin, small.size()), small)) return true;
    }
    if (large == last) break;
  }
  return false;
}

}  // namespace simwarden
