// SPDX-License-Identifier: Apache-2.0
#include "contact/number_dress.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "contact/ascii.h"

namespace simwarden {
namespace {

constexpr size_t kSignsMin = 3;
// Circled, superscript, subscript and mathematical figures; so many are no
// footnotes.
constexpr size_t kStyledMin = 5;

struct Dress {
  size_t signs = 0;
  size_t styled = 0;
  char32_t zero = 0;  // of the script of the first digit
  bool mixed = false;

  void see(char32_t c) {
    constexpr std::u32string_view kBrackets = U"[]{}<>";
    const bool emoji = c >= 0x1F000 || c == 0x20E3;
    signs += emoji || kBrackets.find(c) != kBrackets.npos ? 1 : 0;
    const int32_t digit = u_charDigitValue(static_cast<UChar32>(c));
    if (digit < 0) {
      const double value = u_getNumericValue(static_cast<UChar32>(c));
      styled += c >= 0x80 && value >= 0 && value <= 9 ? 1 : 0;
      return;
    }
    const char32_t own = c - static_cast<char32_t>(digit);
    styled += c >= 0x1D7CE && c <= 0x1D7FF ? 1 : 0;
    mixed = mixed || (zero != 0 && own != zero);
    zero = own;
  }
};

}  // namespace

bool is_dressed(const Scene& scene, const NumberRun& run) {
  const std::string_view written = scene.raw(run.range);
  const auto plain = [](char c) {
    return is_digit(c) || is_one_of(c, "+ -.()");
  };
  if (std::all_of(written.begin(), written.end(), plain)) return false;
  Dress dress;
  for (size_t i = 0; i < written.size();) {
    const CodePoint p = code_point_at(written, i);
    dress.see(p.c);
    i += p.size;
  }
  const bool apart = run.groups() > kSignsMin && dress.signs >= kSignsMin;
  return apart || dress.styled >= kStyledMin || dress.mixed;
}

}  // namespace simwarden
