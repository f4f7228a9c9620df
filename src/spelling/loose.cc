// SPDX-License-Identifier: Apache-2.0
#include "spelling/loose.h"

#include <algorithm>
#include <string>
#include <vector>

#include <unicode/uchar.h>

#include "text/look_around.h"
#include "text/tables.h"

namespace simwarden {
namespace {

// Between two letters of a name; more is prose.
constexpr size_t kSignsMax = 3;
constexpr std::string_view kSigns = " ._-*|/~'+^`,";
// In long names parts may stand together: "tele-gram".
constexpr size_t kLongName = 7;

// What is written for a letter of a name, besides the signs that the text room
// reads as that letter everywhere (stand_ins.tsv). Letters without a row are
// written as they are.
struct Likeness {
  char32_t letter;
  std::u32string written;
};

std::vector<Likeness> own_likenesses() {
  return {
      {U'a', U"\u00E0\u00E1\u00E2\u00E3\u00E4\u00E5\u0105\u0103\u03B1\u20B3"},
      {U'b', U"\u00DF"},
      {U'c', U"(<\u00E7\u00A2"},
      {U'e', U"@\u20AC\u00E8\u00E9\u00EA\u00EB\u0119\u011B"},
      {U'g', U"6q\u011F\u20B2"},
      {U'h', U"#\u0127"},
      {U'i', U"l\u00EC\u00ED\u00EE\u00EF\u0131"},
      {U'k', U"<"},
      {U'l', U"1!|i\u0142\u00A3"},
      {U'm', U"\u20A5"},
      {U'n', U"\u00F1"},
      {U'o', U"\u00F2\u00F3\u00F4\u00F5\u00F6\u00F8"},
      {U'p', U"\u00FE"},
      {U'r', U"\u00AE"},
      {U's', U"z\u00A7\u0161\u015F"},
      {U't', U"+\u2020"},
      {U'u', U"\u00F9\u00FA\u00FB\u00FC"},
      {U'z', U"2\u017E\u017C"},
      {U'\u0430', U"4"},
      {U'\u0431', U"b"},
      {U'\u0432', U""},
      {U'\u0435', U"3\u0451"},
      {U'\u043E', U""},
      {U'\u0440', U""},
      {U'\u0441', U""},
      {U'\u0442', U"7"}};
}

const std::vector<Likeness>& likenesses() {
  static const std::vector<Likeness> kAll = [] {
    std::vector<Likeness> all = own_likenesses();
    for (const TableRow& row : rows_of(tables::stand_ins, 3)) {
      const char32_t sign = character_of(row[0]);
      for (Likeness& one : all) {
        const bool stands = character_of(row[1]) == one.letter ||
                            character_of(row[2]) == one.letter;
        if (stands) one.written += sign;
      }
    }
    return all;
  }();
  return kAll;
}

std::u32string_view written_for(char32_t letter) {
  const auto& all = likenesses();
  const auto found =
      std::find_if(all.begin(), all.end(),
                   [&](const Likeness& l) { return l.letter == letter; });
  return found == all.end() ? std::u32string_view() : found->written;
}

bool is_written_for(char32_t c, char32_t letter) {
  return c == letter ||
         written_for(letter).find(c) != std::u32string_view::npos;
}

constexpr char32_t kTatweel = 0x640;

bool is_mark(char32_t c) {
  return c >= 0x300 &&
         (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

// Behind the signs that part two letters.
size_t behind_signs(std::string_view t, size_t i) {
  for (size_t n = 0; n < kSignsMax && i < t.size(); ++n) {
    const CodePoint p = code_point_at(t, i);
    const bool sign =
        p.c < 0x80 ? is_one_of(static_cast<char>(p.c), kSigns) : !is_word(p.c);
    if (!sign) return i;
    i += p.size;
  }
  return i;
}

// Marks over a letter that the name does not have: vowels, accents; and the
// tatweel that stretches Arabic words.
size_t behind_marks(std::string_view t, size_t i, char32_t wanted) {
  for (size_t n = 0; n < kSignsMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (p.c == wanted || !(is_mark(p.c) || p.c == kTatweel)) return i;
    i += p.size;
  }
  return i;
}

// Nearly so, without a question to ICU.
bool is_letterish(char32_t c) {
  if (c < 0x80) return is_letter(static_cast<char>(c));
  return c >= 0xC0 && (c < 0x2000 || c > 0x2BFF) &&
         (c < 0x3000 || c > 0x3020) && c < 0xFE00;
}

// What is written for letters, "t\u20ACle".
bool is_money(char32_t c) {
  return (c >= 0x20A0 && c <= 0x20CF) || (c >= 0xA2 && c <= 0xA5);
}

bool is_arabic_mark(char32_t c) {
  return c == kTatweel || (c >= 0x64B && c <= 0x65F);
}

// Letters of the scripts whose words stand apart.
bool goes_on_before(std::string_view t, size_t i) {
  const char32_t c = code_point_before(t, i).c;
  return c < 0xE00 && is_word(c);
}

bool is_loose(const LooseName& name, size_t letters) {
  if (name.likenesses * 2 > letters) return false;
  if (name.gaps == 0) return name.likenesses != 0 || name.marked;
  return name.gaps + 1 == letters || (letters >= kLongName && !name.space);
}

}  // namespace

bool may_be_loose(std::string_view t, size_t i) {
  const CodePoint first = code_point_at(t, i);
  // Names in other alphabets are read on in many words.
  const size_t letters_max = first.c < 0x80 ? 12 : 4;
  size_t k = i + first.size;
  for (size_t n = 0; n < letters_max; ++n) {
    const CodePoint p = code_point_at(t, k);
    if (!is_letterish(p.c)) break;
    // An accent among Latin letters, a Latin letter among others.
    if (first.c < 0x80 ? p.c >= 0x80 : p.c < 0x80) return p.c < 0x180;
    if (is_arabic_mark(p.c)) return true;
    k += p.size;
  }
  const CodePoint sign = code_point_at(t, k);
  if (is_letterish(sign.c) || k >= t.size()) return false;
  const CodePoint next = code_point_at(t, k + sign.size);
  if (k != i + first.size) {
    // "what's", "was, it": no name in its parts.
    const bool prose =
        sign.c < 0x80 && is_one_of(static_cast<char>(sign.c), " ,'");
    return !prose && next.c > ' ';
  }
  // One letter, and one more by itself; or a digit for a letter.
  const bool apart = sign.c >= 0x80
                         ? !is_money(sign.c)
                         : is_one_of(static_cast<char>(sign.c), kSigns);
  if (!apart) return next.c > ' ';
  return !is_letterish(code_point_at(t, k + sign.size + next.size).c);
}

LooseName read_loosely(std::string_view t, size_t i, std::string_view name) {
  if (goes_on_before(t, i)) return {};
  LooseName seen;
  size_t letters = 0;
  for (size_t k = 0; k < name.size();) {
    const CodePoint wanted = code_point_at(name, k);
    const bool mark = is_mark(wanted.c);
    const size_t letter =
        letters == 0 || mark ? i : behind_marks(t, i, wanted.c);
    seen.marked = seen.marked || letter != i;
    i = letter;
    const bool stands = is_written_for(code_point_at(t, i).c, wanted.c);
    if (!stands && letters != 0 && !mark) {
      const size_t behind = behind_signs(t, i);
      seen.gaps += behind == i ? 0 : 1;
      seen.space = seen.space || at(t, i) == ' ';
      i = behind;
    }
    const CodePoint written = code_point_at(t, i);
    if (!is_written_for(written.c, wanted.c)) return {};
    // "t e l e g r a m @ d e m o": the sign of the account.
    if (written.c == U'@' && seen.space) return {};
    seen.likenesses += written.c == wanted.c ? 0 : 1;
    i += written.size;
    k += wanted.size;
    letters += mark ? 0 : 1;
  }
  if (!is_loose(seen, letters)) return {};
  seen.end = i;
  return seen;
}

namespace {

// First bytes of accented letters and of signs, beyond ASCII.
constexpr std::string_view kLeads = "\xC3\xE2";

void add_three(char a, char b, char c, Prefixes& prefixes) {
  const char three[] = {a, b, c};
  prefixes.add({three, sizeof three});
}

std::string likenesses(char letter) {
  std::string all(1, letter);
  for (const char32_t c : written_for(static_cast<char32_t>(letter))) {
    if (c < 0x80) all += static_cast<char>(c);
  }
  return all;
}

}  // namespace

void add_loose_beginnings(std::string_view name, Prefixes& prefixes) {
  const size_t first = code_point_at(name, 0).size;
  if (first > 2) return;  // its three bytes are in the prefixes
  if (first == 2) {
    for (const char c : kSigns) add_three(name[0], name[1], c, prefixes);
    for (const char c : kLeads) add_three(name[0], name[1], c, prefixes);
    add_three(name[0], name[1], '\xC2', prefixes);
    return;
  }
  for (const char second : likenesses(name[1])) {
    for (const char third : likenesses(name[2])) {
      add_three(name[0], second, third, prefixes);
    }
    for (const char c : kLeads) add_three(name[0], second, c, prefixes);
    if (name.size() < kLongName) continue;
    for (const char c : {'-', '_', '*'}) {
      add_three(name[0], second, c, prefixes);
    }
  }
  for (const char sign : kSigns) {
    for (const char second : likenesses(name[1])) {
      add_three(name[0], sign, second, prefixes);
    }
  }
}

void add_loose_letter(char first, Prefixes& prefixes) {
  for (int c = 0x80; c < 0xC0; ++c) {
    for (const char lead : kLeads) {
      add_three(first, lead, static_cast<char>(c), prefixes);
    }
  }
  add_three(first, '\xC2', '\xB7', prefixes);  // a middle dot
}

}  // namespace simwarden
