// SPDX-License-Identifier: Apache-2.0
#include "spelling/placed_signs.h"

#include "spelling/drawn_signs.h"
#include "spelling/sign_words.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// As kSideMax, with the dots of a pause.
constexpr size_t kBesideMax = 5;

constexpr std::u32string_view kOpening = U"([{【⟦〔「『《‘“<";
constexpr std::u32string_view kClosing = U")]}】⟧〕」』》’”>";
constexpr std::u32string_view kQuotes = U" ,'\"";

bool is_in(std::u32string_view set, char32_t c) {
  return set.find(c) != set.npos;
}

// "demo then dot then com".
void skip_then(std::string_view t, Sign& sign) {
  if (before(t, sign.begin + 1) == ' ') {
    const size_t size = told_before(Saying::then, t, sign.begin);
    if (size != 0 && sign.begin > size) {
      sign.begin -= size;
      if (t[sign.begin - 1] == ' ') --sign.begin;
    }
  }
  if (before(t, sign.end) == ' ') {
    const size_t size = told_behind(Saying::then, t, sign.end);
    sign.end += size;
    if (size != 0 && at(t, sign.end) == ' ') ++sign.end;
  }
}

// "Delta-Echo-": one sign between all words.
bool is_parted_word(std::string_view t, size_t end, char parting) {
  constexpr size_t kWordMax = 32;
  size_t begin = end;
  while (end - begin < kWordMax && is_alnum(before(t, begin))) --begin;
  return before(t, begin) == parting;
}

// "demo-underscore-x", "demo*dot*com": the same sign on both sides of a word.
void take_parting(std::string_view t, Sign& sign) {
  const char parting = before(t, sign.begin);
  const bool line = sign.sign == '_';
  if (sign.size == 1 || !is_one_of(parting, line ? "-*/~." : "-*/~")) return;
  if (at(t, sign.end) != parting) return;
  if (line && is_parted_word(t, sign.begin - 1, parting)) return;
  --sign.begin;
  ++sign.end;
}

void look_around(std::string_view t, Sign& sign) {
  sign.begin = sign.at;
  sign.end = sign.at + sign.size;
  take_parting(t, sign);
  bool opened = false;
  bool closed = false;
  for (size_t n = 0; n < kBesideMax && sign.begin > 0; ++n) {
    const CodePoint p = code_point_before(t, sign.begin);
    const bool dots = p.c == '.' && before(t, sign.begin - 1) == '.';
    const bool more = dots || (p.c == '.' && at(t, sign.begin) == '.');
    const bool opening = is_in(kOpening, p.c) || (n == 0 && p.c == '|');
    if (!is_in(kQuotes, p.c) && !opening && !more) break;
    opened = opened || opening;
    sign.begin -= p.size;
  }
  for (size_t n = 0; n < kBesideMax && sign.end < t.size(); ++n) {
    const CodePoint p = code_point_at(t, sign.end);
    const bool dots = p.c == '.' && at(t, sign.end + 1) == '.';
    const bool more = dots || (p.c == '.' && before(t, sign.end) == '.');
    const bool closing = is_in(kClosing, p.c) || (n == 0 && p.c == '|');
    if (!is_in(kQuotes, p.c) && !closing && !more) break;
    closed = closed || closing;
    sign.end += p.size;
  }
  if (sign.size > 1) skip_then(t, sign);
  sign.bracketed = opened && closed;
}

}  // namespace

Sign sign_at(std::string_view t, size_t i) {
  Sign sign{i};
  if (const SignWord* word = sign_word_at(t, i)) {
    sign.size = word->text.size();
    sign.sign = word->sign;
  } else if (const DrawnSign* drawn = drawn_sign_at(t, i)) {
    sign.size = drawn->text.size();
    sign.sign = drawn->sign;
  } else if (is_one_of(at(t, i), ".@_-/")) {
    sign.size = 1;
    sign.sign = t[i];
  } else {
    return sign;
  }
  look_around(t, sign);
  return sign;
}

Sign bracketed_at(std::string_view t, size_t i) {
  Sign sign{i, starts_at(t, i, "at") ? size_t{2} : size_t{1}, '@'};
  if (at(t, i) != 'a' || is_alnum(at(t, i + sign.size))) return {};
  look_around(t, sign);
  return sign.bracketed ? sign : Sign{};
}

Sign sign_or_at(std::string_view t, size_t i) {
  const Sign at = bracketed_at(t, i);
  return at.size != 0 ? at : sign_at(t, i);
}

bool is_opening(char32_t c) {
  return is_in(kOpening, c);
}

size_t skip_opening(std::string_view t, size_t i) {
  for (size_t n = 0; n < kSideMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (!is_in(kQuotes, p.c) && !is_in(kOpening, p.c)) break;
    i += p.size;
  }
  return i;
}

}  // namespace simwarden
