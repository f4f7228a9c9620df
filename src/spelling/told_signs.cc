// SPDX-License-Identifier: Apache-2.0
#include "spelling/told_signs.h"

#include <algorithm>
#include <array>

#include "spelling/spelled_signs.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// From the name on to where its sign is explained, and on to what it is for.
constexpr size_t kReach = 120;
constexpr size_t kTargetReach = 40;
constexpr std::u32string_view kStars = U"*\u2606\u25CF\u25CE\u25A0\u25C6";

constexpr std::array<std::string_view, 9> kStarWords = {
    "star",     "asterisk", "星",    "звезд",  "зірк",
    "estrella", "estrela",  "stern", "bintang"};
constexpr std::array<std::string_view, 4> kHashWords = {"hash", "pound sign",
                                                        "井", "решетк"};

bool is_apart(std::string_view t, size_t begin, size_t end) {
  return !is_alnum(before(t, begin)) && !is_alnum(at(t, end));
}

// Bytes of `c`, or of a word for it, at `i`; 0 for neither.
size_t mention_at(std::string_view t, size_t i, char32_t c) {
  const CodePoint p = code_point_at(t, i);
  if (p.c == c) return is_apart(t, i, i + p.size) ? p.size : 0;
  const auto word_of = [&](const auto& words) {
    for (const std::string_view word : words) {
      if (starts_at(t, i, word)) return word.size();
    }
    return size_t{0};
  };
  if (is_alnum(before(t, i))) return 0;
  return c == U'#' ? word_of(kHashWords) : word_of(kStarWords);
}

// The sign that stands apart at `i`, or the one that is named there.
char target_at(std::string_view t, size_t i) {
  if (is_one_of(t[i], "_.@")) return is_apart(t, i, i + 1) ? t[i] : '\0';
  return sign_told_at(t, i);
}

// Behind the next mention of `c` from `i` on; 0 without one near.
size_t behind_mention(std::string_view t, size_t i, char32_t c) {
  const size_t end = std::min(t.size(), i + kReach);
  while (i < end) {
    const size_t mention = mention_at(t, i, c);
    if (mention != 0) return i + mention;
    i += code_point_at(t, i).size;
  }
  return 0;
}

char first_target(std::string_view t, size_t i) {
  const size_t end = std::min(t.size(), i + kTargetReach);
  while (i < end) {
    const char with = target_at(t, i);
    if (with != '\0') return with;
    i += code_point_at(t, i).size;
  }
  return '\0';
}

}  // namespace

bool may_be_told_sign(std::string_view t, size_t i) {
  const CodePoint p = code_point_at(t, i);
  if (p.c != U'#' && kStars.find(p.c) == kStars.npos) return false;
  return is_alnum(before(t, i)) && is_alnum(at(t, i + p.size));
}

bool read_told_sign(std::string_view t, size_t i, Respelling& out) {
  if (!may_be_told_sign(t, i)) return false;
  const CodePoint sign = code_point_at(t, i);
  const size_t told = behind_mention(t, i + sign.size, sign.c);
  const char with = told == 0 ? '\0' : first_target(t, told);
  out = {i, i + sign.size, std::string(1, with), How::spelled_dot};
  return with != '\0';
}

}  // namespace simwarden
