// SPDX-License-Identifier: Apache-2.0
#include "contact/pointers.h"

#include "text/look_around.h"

namespace simwarden {
namespace {

// Arrows, pointing hands, letters and telephones with an arrow.
bool points(char32_t c) {
  constexpr std::u32string_view kPointers =
      U"\u2192\u21D2\u21E8\u25B6\u25BA\u261B\u261E\u2709\U0001F449"
      U"\U0001F4AC\U0001F4E5\U0001F4E8\U0001F4E9\U0001F4F2";
  return (c >= 0x2794 && c <= 0x27BE) || kPointers.find(c) != kPointers.npos;
}

// To the next line, too.
bool points_down(char32_t c) {
  return c == 0x1F447 || c == 0x2B07 || c == 0x2193 || c == 0x21E9;
}

}  // namespace

bool is_behind_pointer(std::string_view written, size_t begin) {
  constexpr size_t kSpacesMax = 2;
  size_t end = begin;
  for (size_t n = 0; n < kSpacesMax && end > 0; ++n) {
    if (!is_one_of(written[end - 1], " \n")) break;
    --end;
  }
  const bool line = written.substr(end, begin - end).find('\n') != written.npos;
  CodePoint sign = code_point_before(written, end);
  if (sign.c == 0xFE0F) sign = code_point_before(written, end - sign.size);
  return points_down(sign.c) || (!line && points(sign.c));
}

}  // namespace simwarden
