// SPDX-License-Identifier: Apache-2.0
#include "spelling/letter_digits.h"

#include <algorithm>
#include <array>
#include <string>

#include "spelling/phone_words.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

// Groups of figures and such letters. A group of letters alone is a word,
// unless all are the letter o: "5OOO OOOO"; so "2 lbs of solo" is no number.
namespace simwarden {
namespace {

constexpr size_t kDigitsMin = 8;
constexpr size_t kDigitsMax = 15;  // ITU-T E.164, 6.2.1
// ") - " between two groups.
constexpr size_t kSeparatorMax = 3;
// Before the figures: "+OO (l) ".
constexpr size_t kBackMax = 16;
// On to the first letter: "1.3.8.oo1".
constexpr size_t kOnMax = 12;

struct LetterDigit {
  char32_t letter;
  char digit;
};

constexpr std::array kLetterDigits = {
    LetterDigit{U'o', '0'},      LetterDigit{U'l', '1'},
    LetterDigit{U'i', '1'},      LetterDigit{U'|', '1'},
    LetterDigit{U's', '5'},      LetterDigit{U'b', '8'},
    LetterDigit{U'\u043E', '0'}, LetterDigit{U'\u0437', '3'},
    LetterDigit{U'\u0431', '6'}, LetterDigit{U'\u03BF', '0'},
    LetterDigit{U'\u00F8', '0'}, LetterDigit{U'\u03B8', '0'},
    LetterDigit{U'\u2205', '0'}, LetterDigit{U'\u2298', '0'}};

// What `c` stands for, '\0' for nothing.
char digit_of(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<char>(c);
  for (const LetterDigit& one : kLetterDigits) {
    if (one.letter == c) return one.digit;
  }
  return '\0';
}

struct Group {
  std::string digits;
  size_t end = 0;
  bool figures = false;
  bool letters = false;
  bool zeros = true;  // all letters are for zeros
  char32_t first = 0;
  bool same = true;  // of one character: "lll"
};

Group read_group(std::string_view t, size_t i) {
  Group group;
  group.end = i;
  while (group.digits.size() <= kDigitsMax) {
    const CodePoint p = code_point_at(t, group.end);
    const char digit = digit_of(p.c);
    if (digit == '\0') break;
    const bool figure = p.c == static_cast<unsigned char>(digit);
    group.figures = group.figures || figure;
    group.letters = group.letters || !figure;
    group.zeros = group.zeros && (figure || digit == '0');
    group.same = group.same && p.c != U'|' &&
                 (group.digits.empty() || group.first == p.c);
    if (group.digits.empty()) group.first = p.c;
    group.digits += digit;
    group.end += p.size;
  }
  return group;
}

size_t behind_separator(std::string_view t, size_t i) {
  for (size_t n = 0; n < kSeparatorMax && is_one_of(at(t, i), " -.()"); ++n)
    ++i;
  return i;
}

// "lll", "33-lBB"; not "is", "bob".
bool is_figures(std::string_view t, size_t i, const Group& group) {
  const bool explained = group.digits.size() == 1 && before(t, i) == '(';
  if (group.figures) return true;
  if (group.zeros) return !explained;
  if (group.digits.size() < 2) return false;
  return group.same || before(t, i) == '-';
}

// Over "OOO " and "ll-" in front of the figures at `i`.
size_t letters_begin(std::string_view t, size_t i, size_t floor) {
  constexpr size_t kGroupsMax = 3;
  for (size_t n = 0; n < kGroupsMax && i > floor + 2; ++n) {
    if (!is_one_of(t[i - 1], " -")) return i;
    size_t begin = i - 1;
    const char32_t letter = code_point_before(t, begin).c;
    if (digit_of(letter) == '\0' || letter == U'|') return i;
    while (begin > floor && code_point_before(t, begin).c == letter) {
      begin -= code_point_before(t, begin).size;
    }
    const bool pair = i - 1 - begin >= 2 * code_point_before(t, i - 1).size;
    if (!pair || is_word(code_point_before(t, begin).c)) return i;
    i = begin;
  }
  return i;
}

// Where the group around the figures at `i` begins.
size_t group_begin(std::string_view t, size_t i, size_t floor) {
  size_t begin = i;
  while (begin > floor && i - begin < kBackMax) {
    const CodePoint p = code_point_before(t, begin);
    if (digit_of(p.c) == '\0') break;
    begin -= p.size;
  }
  return begin;
}

// Han and the like may stand beside a number.
bool is_alphabetic(char32_t c) {
  return c < 0xE00 && is_word(c);
}

// No part of a word, a host, a time or an escape.
bool is_apart(std::string_view t, size_t begin, size_t end) {
  const bool goes_on = is_one_of(at(t, end), ".:") && is_alnum(at(t, end + 1));
  return !is_alphabetic(code_point_before(t, begin).c) &&
         !is_alphabetic(code_point_at(t, end).c) && !goes_on &&
         !is_one_of(before(t, begin), "_/@#=-.%&") &&
         !is_one_of(at(t, end), "_/@=-%");
}

}  // namespace

bool touches_letter_digit(std::string_view t, size_t i) {
  if (i > 0 && digit_of(code_point_before(t, i).c) != '\0') return true;
  if (letters_begin(t, i, 0) != i) return true;
  // "138-O0I3", "1.3.8.oo1": a letter in the next group.
  for (size_t n = 0; n < kOnMax; ++n) {
    if (!is_digit(at(t, i)) && !is_one_of(at(t, i), " -.()")) break;
    ++i;
  }
  return digit_of(code_point_at(t, i).c) != '\0';
}

bool read_letter_digits(std::string_view t, size_t i, size_t floor, size_t& end,
                        Respelling& out) {
  const size_t begin = letters_begin(t, group_begin(t, i, floor), floor);
  std::string digits;
  bool letters = false;
  end = i;
  for (size_t k = begin; digits.size() <= kDigitsMax;) {
    const Group group = read_group(t, k);
    if (group.digits.empty() || !is_figures(t, k, group)) break;
    // "900 one": no letter for a zero.
    if (!group.figures && is_alphabetic(code_point_at(t, group.end).c)) break;
    digits += group.digits;
    letters = letters || group.letters;
    end = group.end;
    k = behind_separator(t, end);
    if (k == end) break;
  }
  out = {begin, end, digits, How::digit_words};
  const bool is_number = letters && digits.size() >= kDigitsMin &&
                         digits.size() <= kDigitsMax && is_apart(t, begin, end);
  // "44 77 oh": too short; words may go on.
  if (!letters || digits.size() < kDigitsMin) end = 0;
  return is_number;
}

namespace {

bool is_comma(char32_t c) {
  return c == U',' || c == U'\u3001';
}

// Groups of figures with the same sign between them.
struct Parted {
  std::string digits;
  size_t end = 0;
  size_t groups = 0;
  size_t first = 0;              // digits of the first group
  size_t shortest = kDigitsMax;  // of the others
  size_t last = 0;
  bool round = true;  // all groups
};

// The sign behind the figures that end at `i`, with a space on both sides or on
// none; empty when another group does not follow.
std::string_view parting_at(std::string_view t, size_t i,
                            std::u32string_view signs) {
  const size_t space = at(t, i) == ' ' ? 1 : 0;
  const CodePoint sign = code_point_at(t, i + space);
  const size_t end = i + 2 * space + sign.size;
  const bool even = space == 0 || at(t, end - 1) == ' ';
  const bool parts = even && signs.find(sign.c) != signs.npos;
  return parts && is_digit(at(t, end)) ? t.substr(i, end - i)
                                       : std::string_view();
}

Parted read_groups(std::string_view t, size_t i, std::string_view parting) {
  Parted parted;
  for (size_t k = i; parted.digits.size() <= kDigitsMax; k += parting.size()) {
    const size_t begin = k;
    while (is_digit(at(t, k))) ++k;
    if (k == begin) break;
    parted.digits += t.substr(begin, k - begin);
    if (parted.groups == 0) {
      parted.first = k - begin;
    } else {
      parted.shortest = std::min(parted.shortest, k - begin);
    }
    parted.last = k - begin;
    parted.round = parted.round && is_one_of(t[k - 1], "05");
    parted.end = k;
    ++parted.groups;
    if (!starts_at(t, k, parting)) break;
  }
  return parted;
}

// Amounts and lists have commas, too: not "202,555,014", "101,1002,203".
bool is_grouped_as_numbers(const Parted& parted) {
  constexpr size_t kAreaDigits = 3;
  constexpr size_t kLineDigits = 4;
  return parted.groups == 3 && !parted.round &&
         (parted.digits[0] == '0' ||
          (parted.first == kAreaDigits && parted.last == kLineDigits));
}

// The sign at `i`, or up to three of it.
std::string_view signs_at(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  const CodePoint sign = code_point_at(t, i);
  size_t end = i + sign.size;
  for (size_t n = 1; n < kSignsMax && code_point_at(t, end).c == sign.c; ++n) {
    end += sign.size;
  }
  return t.substr(i, end - i);
}

}  // namespace

bool read_parted_number(std::string_view t, size_t i, Respelling& out) {
  constexpr std::u32string_view kSigns =
      U"*|_~^=+,/>#%&\\:;\"\u00B7\u2022\u3001\u3002\u4E36";
  constexpr size_t kReach = 40;
  size_t first = i;
  while (is_digit(at(t, first)) && first - i <= kDigitsMax) ++first;
  const std::string_view parting = parting_at(t, first, kSigns);
  if (parting.empty()) return false;
  const Parted parted = read_groups(t, i, parting);
  const size_t size = parted.digits.size();
  // "0812*3456*7890", "+44*7700*900*123".
  const bool plus = before(t, i) == '+';
  const bool whole = t[i] == '0' || plus;
  const size_t least =
      plus ? parted.shortest : std::min(parted.first, parted.shortest);
  if (size < 10 || size > (whole ? 13 : 11) || parted.groups < 3 || least < 2) {
    return false;
  }
  // The row began before: "+1~202~…".
  const bool inside = before(t, i) == parting[0] && is_digit(before(t, i - 1));
  if (inside) return false;
  const bool list = is_comma(code_point_at(trimmed(parting), 0).c) ||
                    is_one_of(trimmed(parting)[0], "/+>&:;");
  if (list && !is_grouped_as_numbers(parted)) return false;
  if (is_alnum(before(t, i)) || is_alnum(at(t, parted.end))) return false;
  const size_t from = i - std::min(i, kReach);
  if (!asks_to_call(t.substr(from, i - from))) return false;
  out = {i, parted.end, parted.digits, How::digit_words};
  return true;
}

bool read_parted_mobile(std::string_view t, size_t i, Respelling& out) {
  constexpr std::array<size_t, 3> kGroups = {3, 4, 4};
  constexpr std::u32string_view kSigns =
      U"*|_~^,/\u00B7\u2022\u3001\u3002\u4E28";
  if (t[i] != '1' || at(t, i + 1) < '3' || is_alnum(before(t, i))) return false;
  const CodePoint sign = code_point_at(t, i + kGroups[0]);
  if (kSigns.find(sign.c) == kSigns.npos) return false;
  const std::string_view gap = signs_at(t, i + kGroups[0]);
  out = {i, i, "", How::spaced};
  bool round = true;  // all groups: "180*2000*3000" is a size
  for (const size_t size : kGroups) {
    if (out.end != i) {
      if (!starts_at(t, out.end, gap)) return false;
      out.end += gap.size();
    }
    for (size_t n = 0; n < size; ++n, ++out.end) {
      if (!is_digit(at(t, out.end))) return false;
      out.with += t[out.end];
    }
    round = round && is_one_of(out.with.back(), "05");
  }
  return !round && !is_alnum(at(t, out.end)) &&
         code_point_at(t, out.end).c != sign.c &&
         (!(is_comma(sign.c) || sign.c == U'/') || offers_wares(t, i, out.end));
}

}  // namespace simwarden
