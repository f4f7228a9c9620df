// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// ASCII in header fields, HTML and style sheets.
namespace simwarden {

inline char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
inline std::string small_letters(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small_letter);
  return out;
}
inline bool is_blank_char(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}
inline std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank_char(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_char(text.back())) text.remove_suffix(1);
  return text;
}
inline bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
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
// `small` in any case, anywhere in the text. Looks for its last letter, which
// had better be a rare one. REQUIRES: `small` is not empty.
inline bool contains_word(std::string_view text, std::string_view small) {
  const char last = small.back();
  const char large =
      last >= 'a' && last <= 'z' ? static_cast<char>(last - 32) : last;
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
