// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "diag/ascii.h"

// Characters of folded text: ASCII by the byte, anything else by the code
// point. Positions past the end read as '\0', so that callers look around
// freely.
namespace simwarden {

// Folded letters are small.
constexpr bool is_letter(char c) {
  return is_small(c);
}
constexpr bool is_alnum(char c) {
  return is_digit(c) || is_letter(c);
}
// Of a name that somebody goes by.
constexpr bool is_name_char(char c) {
  return is_alnum(c) || c == '_';
}
constexpr bool is_ascii(char c) {
  return static_cast<signed char>(c) >= 0;
}

constexpr char at(std::string_view text, size_t i) {
  return i < text.size() ? text[i] : '\0';
}
constexpr char before(std::string_view text, size_t i) {
  return i == 0 || i > text.size() ? '\0' : text[i - 1];
}
constexpr bool starts_at(std::string_view text, size_t i,
                         std::string_view what) {
  if (i > text.size()) return false;
  // Nearly every question is answered by the first byte.
  if (!what.empty() && at(text, i) != what[0]) return false;
  return text.substr(i, what.size()) == what;
}
constexpr bool is_one_of(char c, std::string_view set) {
  for (const char one : set) {  // the sets are short: no call to memchr
    if (one == c) return true;
  }
  return false;
}
inline bool is_one_of(std::string_view word,
                      std::span<const std::string_view> set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// The code point at `i` and how many bytes it has (1 when broken or past the
// end).
struct CodePoint {
  char32_t c = 0;
  size_t size = 1;
};
CodePoint foreign_code_point_at(std::string_view text, size_t i);
inline CodePoint code_point_at(std::string_view text, size_t i) {
  const char c = at(text, i);
  if (is_ascii(c)) return {static_cast<unsigned char>(c), 1};
  return foreign_code_point_at(text, i);
}
CodePoint code_point_before(std::string_view text, size_t i);

// A letter, digit or mark of any script.
bool is_word(char32_t c);

// No letter goes on before `i`, or behind what ends at `i`: a word may stand
// there by itself. Words of Han, Thai and the like stand anywhere.
bool is_parted_before(std::string_view text, size_t i);
bool is_parted_behind(std::string_view text, size_t i);

}  // namespace simwarden
