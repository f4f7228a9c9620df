// SPDX-License-Identifier: Apache-2.0
#include "spelling/mixed_words.h"

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kWordMax = 64;  // bytes on either side; no word is longer

bool is_cyrillic_lead(char c) {
  return c == '\xD0' || c == '\xD1';
}

bool is_of_word(char32_t c) {
  return (c < 0x80 && is_letter(static_cast<char>(c))) ||
         (c >= 0x430 && c < 0x460);
}

std::string_view cyrillic_for(char latin) {
  switch (latin) {
    case 'a': return "а";
    case 'b': return "в";
    case 'c': return "с";
    case 'e': return "е";
    case 'h': return "н";
    case 'k': return "к";
    case 'm': return "м";
    case 'o': return "о";
    case 'p': return "р";
    case 't': return "т";
    case 'x': return "х";
    case 'y': return "у";
    default: return "";
  }
}

Range word_around(std::string_view t, size_t i) {
  Range word{i, i};
  for (CodePoint p = code_point_before(t, word.begin);
       word.begin > 0 && is_of_word(p.c) && i - word.begin < kWordMax;
       p = code_point_before(t, word.begin)) {
    word.begin -= p.size;
  }
  for (CodePoint p = code_point_at(t, word.end);
       word.end < t.size() && is_of_word(p.c) && word.end - i < kWordMax;
       p = code_point_at(t, word.end)) {
    word.end += p.size;
  }
  return word;
}

}  // namespace

bool may_be_mixed(std::string_view t, size_t i) {
  if (i < 2) return i == 1 && is_cyrillic_lead(t[i]) && is_letter(t[0]);
  return is_letter(t[i]) ? is_cyrillic_lead(t[i - 2])
                         : is_cyrillic_lead(t[i]) && is_letter(t[i - 1]);
}

bool read_mixed_word(std::string_view t, size_t i, Respelling& out) {
  const Range word = word_around(t, i);
  out = {word.begin, word.end, "", How::mixed};
  size_t latin = 0;
  size_t cyrillic = 0;
  for (size_t k = word.begin; k < word.end;) {
    const size_t size = is_ascii(t[k]) ? 1 : 2;
    const std::string_view letter =
        size == 1 ? cyrillic_for(t[k]) : t.substr(k, size);
    if (letter.empty()) return false;
    out.with += letter;
    latin += size == 1 ? 1 : 0;
    cyrillic += size == 1 ? 0 : 1;
    k += size;
  }
  return latin > 0 && latin < cyrillic;
}

}  // namespace simwarden
