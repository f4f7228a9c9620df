// SPDX-License-Identifier: Apache-2.0
#include "spelling/foreign_hosts.h"

#include <algorithm>
#include <array>

#include "spelling/asked_hosts.h"
#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kLettersMin = 3;  // fewer are words and endings of words
constexpr size_t kLettersMax = 24;

struct Alphabet {
  char32_t first;
  char32_t last;
};
// With their marks. Those that part words by spaces, and Katakana, which parts
// foreign words.
constexpr std::array kAlphabets = {
    Alphabet{0x370, 0x3FF},     // Greek
    Alphabet{0x400, 0x52F},     // Cyrillic
    Alphabet{0x531, 0x58F},     // Armenian
    Alphabet{0x591, 0x5F4},     // Hebrew
    Alphabet{0x620, 0x6D3},     // Arabic
    Alphabet{0x900, 0x963},     // Devanagari
    Alphabet{0x980, 0x9E3},     // Bangla
    Alphabet{0xA01, 0xDFF},     // Gurmukhi to Sinhala
    Alphabet{0x10A0, 0x10FF},   // Georgian
    Alphabet{0x30A1, 0x30FC},   // Katakana
    Alphabet{0xAC00, 0xD7A3}};  // Hangul

const Alphabet* alphabet_of(char32_t c) {
  const auto* found = std::find_if(
      kAlphabets.begin(), kAlphabets.end(),
      [c](Alphabet one) { return c >= one.first && c <= one.last; });
  return found == kAlphabets.end() ? nullptr : found;
}

}  // namespace

size_t foreign_label_begin(std::string_view t, size_t end) {
  const Alphabet* alphabet = alphabet_of(code_point_before(t, end).c);
  if (alphabet == nullptr) return end;
  size_t begin = end;
  size_t letters = 0;
  for (; letters <= kLettersMax; ++letters) {
    const CodePoint p = code_point_before(t, begin);
    if (begin == 0 || alphabet_of(p.c) != alphabet) break;
    begin -= p.size;
  }
  const bool name = letters >= kLettersMin && letters <= kLettersMax;
  return name ? begin : end;
}

size_t foreign_host_begin(std::string_view t, size_t dot) {
  // Others are words, or hosts behind the dot of a sentence: "….app.demo.test".
  constexpr std::array<std::string_view, 6> kEndings = {"com", "net", "org",
                                                        "co",  "kr",  "jp"};
  const std::string_view ending = ending_letters(t, dot + 1);
  const size_t end = dot + 1 + ending.size();
  const bool goes_on = at(t, end) == '.' && is_alnum(at(t, end + 1));
  const bool is = is_one_of(ending, kEndings) && !goes_on &&
                  is_ending(t, dot + 1, Endings::of_adverts);
  return is ? foreign_label_begin(t, dot) : dot;
}

bool is_asked_around(std::string_view t, Range host) {
  constexpr size_t kReach = 48;
  if (is_asked_behind(t, host.begin)) return true;
  const std::string_view behind = t.substr(host.end, kReach);
  return told_words(Saying::open).found_in(behind) ||
         told_words(Saying::site).found_in(behind);
}

}  // namespace simwarden
