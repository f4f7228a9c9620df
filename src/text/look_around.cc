// SPDX-License-Identifier: Apache-2.0
#include "text/look_around.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diag/characters.h"

namespace simwarden {

CodePoint foreign_code_point_at(std::string_view text, size_t i) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()) + i;
  const auto size = static_cast<int32_t>(std::min<size_t>(4, text.size() - i));
  int32_t next = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, next, size, c);
  if (c < 0) return {0xFFFD, 1};
  return {static_cast<char32_t>(c), static_cast<size_t>(next)};
}

CodePoint code_point_before(std::string_view text, size_t i) {
  if (i == 0 || i > text.size()) return {};
  size_t begin = i - 1;
  while (begin > 0 && i - begin < 4 && is_continuation(text[begin])) --begin;
  return {code_point_at(text, begin).c, i - begin};
}

bool is_word(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  if (u_isalnum(static_cast<UChar32>(c)) != 0) return true;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

namespace {

// Scripts that part no words by spaces.
bool is_unparted(char32_t c) {
  return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3001 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || c == 0x25CB || c == 0x25EF;
}

}  // namespace

bool is_parted_before(std::string_view t, size_t i) {
  if (i == 0 || is_unparted(code_point_at(t, i).c)) return true;
  if (is_ascii(t[i - 1])) return !is_letter(t[i - 1]) && t[i - 1] != '_';
  return !is_word(code_point_before(t, i).c);
}

bool is_parted_behind(std::string_view t, size_t i) {
  if (is_unparted(code_point_before(t, i).c)) return true;
  if (is_ascii(at(t, i))) return !is_letter(at(t, i)) && at(t, i) != '_';
  return !is_word(code_point_at(t, i).c);
}

}  // namespace simwarden
