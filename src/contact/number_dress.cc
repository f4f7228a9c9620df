// SPDX-License-Identifier: Apache-2.0
#include "contact/number_dress.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kSignsMin = 3;
// Circled, superscript, subscript and mathematical figures; so many are no
// footnotes.
constexpr size_t kStyledMin = 5;
// Invisible characters, or escapes, between them or for them.
constexpr size_t kHiddenMin = 3;

struct Dress {
  size_t signs = 0;
  size_t styled = 0;
  size_t wide = 0;     // as Chinese and Japanese write
  size_t caps = 0;     // keys
  size_t escapes = 0;  // "&#49;"
  char32_t zero = 0;   // of the script of the first digit
  bool mixed = false;

  void see(char32_t c) {
    constexpr std::u32string_view kBrackets = U"[]{}<>";
    const bool emoji = c >= 0x1F000 || c == 0x20E3;
    caps += c == 0x20E3 ? 1 : 0;
    escapes += c == U'&' ? 1 : 0;
    signs += emoji || kBrackets.find(c) != kBrackets.npos ? 1 : 0;
    const int32_t digit = u_charDigitValue(static_cast<UChar32>(c));
    if (digit < 0) {
      const double value = u_getNumericValue(static_cast<UChar32>(c));
      styled += c >= 0x80 && value >= 0 && value <= 9 ? 1 : 0;
      return;
    }
    const char32_t own = c - static_cast<char32_t>(digit);
    styled += c >= 0x1D7CE && c <= 0x1D7FF ? 1 : 0;
    wide += c >= 0xFF10 && c <= 0xFF19 ? 1 : 0;
    mixed = mixed || (zero != 0 && own != zero);
    zero = own;
  }
};

// Full-width figures are ordinary behind the scripts that are wide.
bool is_behind_wide(const Scene& scene, const NumberRun& run) {
  constexpr char32_t kWide = 0x2E80;
  constexpr size_t kSignsMax = 3;
  size_t i = run.range.begin;
  for (size_t n = 0; n < kSignsMax && i > 0; ++n) {
    const CodePoint p = code_point_before(scene.text(), i);
    if (is_word(p.c)) return p.c >= kWide;
    i -= p.size;
  }
  return i == 0;
}

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
  return apart || dress.styled >= kStyledMin || dress.mixed ||
         (dress.wide >= kStyledMin && !is_behind_wide(scene, run)) ||
         dress.caps >= kStyledMin || dress.escapes >= kHiddenMin ||
         see(written).disguise.invisible >= kHiddenMin;
}

}  // namespace simwarden
