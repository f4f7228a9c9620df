// SPDX-License-Identifier: Apache-2.0
#include "spelling/number_noise.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "spelling/account_rules.h"
#include "spelling/dress_tags.h"
#include "spelling/phone_words.h"
#include "spelling/sign_words.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr size_t kDigitsMin = 8;
constexpr size_t kDigitsMax = 15;  // ITU-T E.164, 6.2.1
// Without a country, numbers are of ten or eleven figures.
constexpr size_t kNationalMin = 10;
constexpr size_t kNationalMax = 11;
constexpr size_t kAccountMin = 5;  // QQ's shortest

// "Take out every x": within so many bytes.
bool is_told_to_leave(std::string_view t, size_t begin, size_t end) {
  constexpr size_t kReach = 80;
  const size_t from = begin > kReach ? begin - kReach : 0;
  const Words& words = told_words(Saying::leave);
  return words.found_in(t.substr(from, begin - from)) ||
         words.found_in(t.substr(end, kReach));
}

// "138空格0013空格8605", "07700[space]900[space]123", "138(remove)0013 …".
bool names_space(std::string_view noise) {
  constexpr std::array<std::string_view, 12> kWords = {
      "space",  "gap",   "blank", "espacio", "espaço", "espace",
      "spazio", "spasi", "空格",  "пробел",  "فاصله",  "스페이스"};
  const auto in = [&](std::string_view word) {
    return noise.find(word) != noise.npos;
  };
  return std::any_of(kWords.begin(), kWords.end(), in) ||
         told_words(Saying::leave).found_in(noise);
}

// "202 dash 555 dash 0143", "07700(dash)900(dash)123".
bool names_sign(std::string_view noise) {
  while (!noise.empty() && is_one_of(noise[0], " ([{-")) noise.remove_prefix(1);
  while (!noise.empty() && is_one_of(noise.back(), " )]}-")) {
    noise.remove_suffix(1);
  }
  const SignWord* word = noise.empty() ? nullptr : sign_word_at(noise, 0);
  return word != nullptr && word->text == noise && is_one_of(word->sign, "-./");
}

bool is_called(std::string_view t, size_t i) {
  constexpr size_t kReach = 40;
  const size_t from = i - std::min(i, kReach);
  return asks_to_call(t.substr(from, i - from));
}

// Appends the figures at `i`; gives where they end.
size_t append_figures(std::string_view t, size_t i, std::string& digits) {
  while (is_digit(at(t, i)) && digits.size() <= kDigitsMax) digits += t[i++];
  return i;
}

// No row of a count, of a game or of bits.
bool is_telling(std::string_view digits) {
  constexpr size_t kDifferentMin = 5;
  std::bitset<10> seen;
  for (const char c : digits) seen.set(static_cast<size_t>(c - '0'));
  return seen.count() >= kDifferentMin && digits.find("1234") == digits.npos &&
         digits.find("4321") == digits.npos;
}

bool is_parted(std::string_view t, size_t begin, size_t end) {
  return !is_word(code_point_before(t, begin).c) && !is_alnum(at(t, end));
}

}  // namespace

bool read_noisy_number(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kPiecesMin = 3;
  constexpr size_t kGroupsMin = 2;
  constexpr size_t kNoiseMax = 3;  // characters
  if (is_word(code_point_before(t, i).c)) return false;
  out = {i, i, "", How::digit_words};
  size_t pieces = 0;
  for (size_t k = i; out.with.size() <= kDigitsMax;) {
    for (; is_digit(at(t, k)); ++k) out.with += t[k];
    out.end = k;
    bool noise = false;
    for (size_t n = 0; n < kNoiseMax && k < t.size() && !is_digit(t[k]); ++n) {
      noise = noise || !is_one_of(t[k], " -.()+,:/");
      k += code_point_at(t, k).size;
    }
    if (!is_digit(at(t, k))) break;
    pieces += noise ? 1 : 0;
  }
  // As long as national numbers are, in their three groups.
  const size_t size = out.with.size();
  const bool grouped =
      pieces >= kGroupsMin && size >= kNationalMin && size <= kNationalMax;
  return (pieces >= kPiecesMin || grouped) && size >= kDigitsMin &&
         size <= kDigitsMax && !is_alnum(at(t, out.end)) &&
         is_told_to_leave(t, i, out.end);
}

bool read_same_noise(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kNoiseMin = 3;
  constexpr size_t kNoiseMax = 16;  // bytes
  constexpr size_t kPiecesMin = 2;
  out = {i, i, "", How::digit_words};
  out.end = append_figures(t, i, out.with);
  size_t size = 0;
  bool letter = false;
  while (size <= kNoiseMax && out.end + size < t.size() &&
         !is_digit(t[out.end + size])) {
    letter =
        letter || is_letter(t[out.end + size]) || !is_ascii(t[out.end + size]);
    ++size;
  }
  if (size < kNoiseMin || size > kNoiseMax || !letter) return false;
  const std::string_view noise = t.substr(out.end, size);
  size_t pieces = 0;
  while (starts_at(t, out.end, noise) && is_digit(at(t, out.end + size)) &&
         out.with.size() <= kDigitsMax) {
    out.end = append_figures(t, out.end + size, out.with);
    ++pieces;
  }
  return pieces >= kPiecesMin && out.with.size() >= kDigitsMin &&
         out.with.size() <= kDigitsMax && is_parted(t, i, out.end) &&
         (names_space(noise) || is_told_to_leave(t, i, out.end) ||
          (names_sign(noise) && is_called(t, i)));
}

namespace {

// Letters between figures.
struct LetterGap {
  size_t size = 0;  // bytes; 0 when no figure stands behind
  size_t letters = 0;
};

LetterGap letters_between(std::string_view t, size_t i) {
  constexpr size_t kLettersMax = 6;
  LetterGap gap;
  size_t k = i;
  for (; gap.letters < kLettersMax && !is_digit(at(t, k)); ++gap.letters) {
    const CodePoint p = code_point_at(t, k);
    if (!is_word(p.c)) return {};
    k += p.size;
  }
  if (is_digit(at(t, k))) gap.size = k - i;
  return gap;
}

}  // namespace

bool read_lettered_number(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kPiecesMin = 2;
  constexpr size_t kSinglesMin = 3;  // "1200x800x2000" is a size
  out = {i, i, "", How::digit_words};
  out.end = append_figures(t, i, out.with);
  const LetterGap first = letters_between(t, out.end);
  if (first.size == 0) return false;
  const std::string_view noise = t.substr(out.end, first.size);
  bool same = true;
  bool alone = out.end == i + 1;
  size_t pieces = 0;
  for (LetterGap gap = first; gap.size != 0 && out.with.size() <= kDigitsMax;
       gap = letters_between(t, out.end)) {
    same = same && t.substr(out.end, gap.size) == noise;
    const size_t begin = out.end + gap.size;
    out.end = append_figures(t, begin, out.with);
    alone = alone && gap.letters == 1 && out.end == begin + 1;
    ++pieces;
  }
  const size_t least = first.letters == 1 ? kSinglesMin : kPiecesMin;
  const size_t size = out.with.size();
  const bool apart = !is_alnum(before(t, i)) && !is_alnum(at(t, out.end));
  if (pieces < least || !(same || alone) || !apart) return false;
  if (is_behind_number_label(t, i)) return size >= kAccountMin;
  return size >= kNationalMin && size <= kNationalMax &&
         ((alone && same && is_telling(out.with)) || is_called(t, i));
}

bool read_tagged_number(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kGapsMin = 2;
  out = {i, i, "", How::digit_words};
  size_t gaps = 0;
  for (size_t k = i; out.with.size() <= kDigitsMax; ++gaps) {
    const size_t figures = k;
    out.end = append_figures(t, k, out.with);
    if (out.end == figures) return false;
    k = behind_dress_tags(t, out.end);
    if (k == out.end || !is_digit(at(t, k))) break;
  }
  return gaps >= kGapsMin && out.with.size() > kDigitsMin &&
         out.with.size() <= kDigitsMax && is_parted(t, i, out.end);
}

namespace {

// What stands between two figures that are alone.
struct Gap {
  size_t end = 0;      // 0: no figure stands behind
  bool space = false;  // nothing but spaces and commas
  bool dot = false;    // nothing but a dot
};

Gap gap_between(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  Gap gap;
  bool plain = true;
  for (size_t n = 0; n < kSignsMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (i >= t.size() || is_word(p.c) || p.c == U'+' || p.c == U':') return {};
    plain = plain && (p.c == U' ' || p.c == U',');
    i += p.size;
    if (!is_digit(at(t, i))) continue;
    if (is_alnum(at(t, i + 1))) return {};
    gap.end = i;
    gap.space = plain;
    gap.dot = n == 0 && p.c == U'.';
    return gap;
  }
  return gap;
}

// The row began before.
bool is_behind_figure(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 3;
  for (size_t n = 0; n < kSignsMax && i > 0; ++n) {
    const CodePoint p = code_point_before(t, i);
    if (is_word(p.c)) return p.c < 0x80 && is_digit(static_cast<char>(p.c));
    i -= p.size;
  }
  return false;
}

}  // namespace

bool read_single_figures(std::string_view t, size_t i, Respelling& out) {
  if (is_alnum(at(t, i + 1)) || is_behind_figure(t, i)) return false;
  out = {i, i + 1, std::string(1, t[i]), How::digit_words};
  bool dots = true;
  bool spaces = false;
  while (out.with.size() <= kNationalMax) {
    const Gap gap = gap_between(t, out.end);
    if (gap.end == 0) break;
    dots = dots && gap.dot;
    spaces = spaces || gap.space;
    out.with += t[gap.end];
    out.end = gap.end + 1;
  }
  const size_t size = out.with.size();
  if (size < kNationalMin || size > kNationalMax || spaces) return false;
  const bool apart = is_parted(t, i, out.end) &&
                     !is_digit(at(t, out.end + 1)) &&
                     !is_one_of(before(t, i), "$#=@/-");
  if (!apart) return false;
  return (dots && is_telling(out.with)) || is_called(t, i);
}

}  // namespace simwarden
