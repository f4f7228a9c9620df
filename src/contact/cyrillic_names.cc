// SPDX-License-Identifier: Apache-2.0
#include "contact/cyrillic_names.h"

#include <array>
#include <string>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kNameMax = 32;
constexpr char32_t kFirst = U'а';

// As passports have them, from а to я (ICAO Doc 9303, part 3, section 6).
constexpr std::array<std::string_view, 32> kLatin = {
    "a",  "b",  "v",  "g",    "d",  "e", "zh", "z", "i",  "y", "k",
    "l",  "m",  "n",  "o",    "p",  "r", "s",  "t", "u",  "f", "kh",
    "ts", "ch", "sh", "shch", "ie", "y", "",   "e", "iu", "ia"};

// "" for what no such letter is.
std::string_view latin_of(char32_t c) {
  if (c >= kFirst && c < kFirst + kLatin.size()) return kLatin[c - kFirst];
  if (c == U'ё') return "e";
  return c == U'і' || c == U'ї' ? "i" : "";
}

bool is_letter_of(char32_t c) {
  return !latin_of(c).empty() || c == U'ь';
}

}  // namespace

SpelledName read_cyrillic_name(std::string_view t, size_t begin) {
  constexpr size_t kPartMin = 2;  // letters on either side of the underscore
  if (before(t, begin) == '#') return {};  // a tag
  SpelledName name{{begin, begin}, ""};
  size_t part = 0;
  bool parted = false;
  for (size_t i = begin; name.text.size() <= kNameMax;) {
    const CodePoint p = code_point_at(t, i);
    if (i < t.size() && is_letter_of(p.c)) {
      name.text += latin_of(p.c);
      ++part;
    } else if (p.c == U'_' && part >= kPartMin) {
      name.text += '_';
      parted = true;
      part = 0;
    } else if (parted && is_digit(at(t, i))) {
      name.text += t[i];
      ++part;
    } else {
      const bool whole = parted && part >= kPartMin && !is_word(p.c);
      return whole ? name : SpelledName{};
    }
    i += p.size;
    name.range.end = i;
  }
  return {};
}

}  // namespace simwarden
