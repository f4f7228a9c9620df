// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// What a byte of ASCII is. The functions of <cctype> ask the locale, and must
// not be asked about bytes beyond ASCII: here those are no digit and no letter.
namespace simwarden {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_ascii_letter(char c) {
  return is_small(c) || is_capital(c);
}
// What `\w` stands for in a pattern.
constexpr bool is_ascii_word(char c) {
  return is_ascii_letter(c) || is_digit(c) || c == '_';
}

constexpr char small_letter(char c) {
  return is_capital(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}
constexpr char capital_letter(char c) {
  return is_small(c) ? static_cast<char>(c - ('a' - 'A')) : c;
}

inline std::string small_letters(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small_letter);
  return out;
}

// But for the case of their letters the two are the same.
inline bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return small_letter(x) == small_letter(y);
  });
}

// Without what is among `blanks` at both ends.
constexpr std::string_view trimmed(std::string_view text,
                                   std::string_view blanks = " ") {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace simwarden
