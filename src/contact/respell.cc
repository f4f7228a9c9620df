// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/scene.h"

// Dots and digits that are written as words. A dot word counts only between
// the parts of a host: "t 点 me/x", "demo[.]com", "demo dot com", not "8点"
// and not "the dot me". Number words count only in runs of five and more.
// Sources of the spellings: domain notes (measured spam), and the "defanged"
// forms that security mail uses.
namespace simwarden {
namespace {

// Endings that follow a spelled dot in adverts; a longer list would turn
// sentences into hosts.
constexpr std::array<std::string_view, 34> kEndings = {
    "me",  "com", "cc",   "cn",   "net",  "org",     "top",  "xyz",  "vip",
    "ly",  "io",  "club", "info", "app",  "link",    "site", "shop", "online",
    "in",  "my",  "ph",   "hk",   "sg",   "tw",      "ru",   "icu",  "live",
    "biz", "pro", "fun",  "cyou", "life", "invalid", "test"};

// Two-word endings of a sentence look like these; they need a path.
constexpr std::array<std::string_view, 5> kWordyEndings = {"me", "in", "my",
                                                           "test", "pro"};

constexpr std::array<std::string_view, 4> kDotWords = {".", "dot", "点", "。"};

struct Digit {
  std::string_view word;
  char digit;
};

// A switch, since every character of a Chinese text is asked.
char han_digit(char32_t c) {
  switch (c) {
    case U'零':
    case U'〇': return '0';
    case U'一':
    case U'幺':
    case U'壹': return '1';
    case U'二':
    case U'贰':
    case U'貳': return '2';
    case U'三':
    case U'叁': return '3';
    case U'四':
    case U'肆': return '4';
    case U'五':
    case U'伍': return '5';
    case U'六':
    case U'陆':
    case U'陸': return '6';
    case U'七':
    case U'柒': return '7';
    case U'八':
    case U'捌': return '8';
    case U'九':
    case U'玖': return '9';
    default: return '\0';
  }
}

constexpr std::array kEnglishDigits = {
    Digit{"zero", '0'},  Digit{"oh", '0'},    Digit{"one", '1'},
    Digit{"two", '2'},   Digit{"three", '3'}, Digit{"four", '4'},
    Digit{"five", '5'},  Digit{"six", '6'},   Digit{"seven", '7'},
    Digit{"eight", '8'}, Digit{"nine", '9'}};

// Domain notes D.2 step 6: shorter runs are ordinary numbers.
constexpr size_t kDigitWordsMin = 5;

// The first byte of U+3000 to U+9FFF, where Han and 。 are.
bool begins_han(char c) {
  return static_cast<unsigned char>(c) - 0xE3U <= 0xE9U - 0xE3U;
}

size_t skip_space(std::string_view t, size_t i) {
  return at(t, i) == ' ' ? i + 1 : i;
}

template <size_t N>
bool contains(const std::array<std::string_view, N>& list,
              std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view letters_at(std::string_view t, size_t i) {
  constexpr size_t kEndingMax = 8;
  size_t end = i;
  while (end < t.size() && end - i < kEndingMax && is_letter(t[end])) ++end;
  return t.substr(i, end - i);
}

// The label before a dot: "t", "demo-1"; not "8".
bool has_label_before(std::string_view t, size_t i) {
  constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4
  bool letter = false;
  for (size_t k = i; k > 0 && i - k < kLabelMax; --k) {
    const char c = t[k - 1];
    if (!is_alnum(c) && c != '-') break;
    letter = letter || is_letter(c);
  }
  return letter;
}

// An ending of a host at `i`, with what must follow it.
bool has_ending_at(std::string_view t, size_t i, bool strict) {
  const std::string_view word = letters_at(t, i);
  if (!contains(kEndings, word)) return false;
  const char next = at(t, i + word.size());
  if (is_alnum(next) || next == '-' || next == '_') return false;
  const bool path =
      next == '/' || (next == ' ' && at(t, i + word.size() + 1) == '/');
  return path || !strict || !contains(kWordyEndings, word);
}

size_t dot_word_at(std::string_view t, size_t i) {
  for (const std::string_view word : kDotWords) {
    if (starts_at(t, i, word)) return word.size();
  }
  return 0;
}

// "[.]", "( dot )", with a space around or not. Gives the end or 0.
size_t bracketed_dot(std::string_view t, size_t i) {
  if (!is_one_of(at(t, i), "[({")) return 0;
  size_t end = skip_space(t, i + 1);
  const size_t word = dot_word_at(t, end);
  if (word == 0) return 0;
  end = skip_space(t, end + word);
  if (!is_one_of(at(t, end), "])}")) return 0;
  return is_alnum(at(t, skip_space(t, end + 1))) ? skip_space(t, end + 1) : 0;
}

// "点", " dot ", "。". Gives the end or 0.
size_t bare_dot(std::string_view t, size_t i) {
  const size_t word = dot_word_at(t, i);
  if (word == 0 || t[i] == '.') return 0;
  const size_t end = skip_space(t, i + word);
  const bool english = t[i] == 'd';
  if (english && (before(t, i) != ' ' || end == i + word)) return 0;
  return has_ending_at(t, end, english) ? end : 0;
}

bool spelled_dot(std::string_view t, size_t i, Respelling& out) {
  const size_t begin = i;
  if (!is_alnum(before(t, begin))) return false;
  i = skip_space(t, i);
  const char c = at(t, i);
  if (is_ascii(c) ? !is_one_of(c, "[({d") : !begins_han(c)) return false;
  size_t end = bracketed_dot(t, i);
  if (end == 0 && has_label_before(t, begin)) end = bare_dot(t, i);
  if (end == 0) return false;
  out = {begin, end, ".", How::spelled_dot};
  return true;
}

// "t . me / x", "t.m e/x", "wa。me/1": `i` stands on "t" or "wa".
bool spaced_host(std::string_view t, size_t i, Respelling& out) {
  const std::string_view name = at(t, i) == 't' ? "t" : "wa";
  if (!starts_at(t, i, name) || is_alnum(before(t, i))) return false;
  size_t k = skip_space(t, i + name.size());
  const CodePoint dot = code_point_at(t, k);
  constexpr std::u32string_view kDots = U"./|·•。,";
  if (kDots.find(dot.c) == kDots.npos) return false;
  k = skip_space(t, k + dot.size);
  if (at(t, k) != 'm') return false;
  k = skip_space(t, k + 1);
  if (at(t, k) != 'e') return false;
  k = skip_space(t, k + 1);
  if (at(t, k) != '/') return false;
  k = skip_space(t, k + 1);
  std::string with(name);
  with += ".me/";
  if (t.substr(i, k - i) == with) return false;
  out = {i, k, std::move(with), How::spaced};
  return true;
}

struct Unit {
  char digit = '\0';
  size_t size = 0;
  bool word = false;
};

Unit unit_at(std::string_view t, size_t i) {
  if (is_digit(at(t, i))) return {t[i], 1, false};
  if (is_letter(at(t, i))) {
    for (const Digit& d : kEnglishDigits) {
      if (!starts_at(t, i, d.word)) continue;
      if (is_letter(at(t, i + d.word.size()))) continue;
      return {d.digit, d.word.size(), true};
    }
    return {};
  }
  if (i >= t.size() || !begins_han(t[i])) return {};
  const char digit = han_digit(code_point_at(t, i).c);
  if (digit == '\0') return {};
  return {digit, 3, true};
}

// A run of number words at `i`; `end` is where the run ends in any case.
bool number_words(std::string_view t, size_t i, size_t& end, Respelling& out) {
  std::string digits;
  size_t words = 0;
  end = i;
  for (size_t k = i; k < t.size();) {
    const Unit unit = unit_at(t, k);
    if (unit.size == 0) break;
    digits.push_back(unit.digit);
    words += unit.word ? 1 : 0;
    end = k + unit.size;
    k = is_one_of(at(t, end), " -,.") ? end + 1 : end;
  }
  if (words < 2 || digits.size() < kDigitWordsMin) return false;
  out = {i, end, std::move(digits), How::digit_words};
  return true;
}

bool may_begin_number(std::string_view t, size_t i) {
  const char c = t[i];
  if (is_digit(c)) return !is_digit(before(t, i));
  if (!is_ascii(c)) return begins_han(c) && !is_digit(before(t, i));
  return is_one_of(c, "zotfsen") && !is_alnum(before(t, i));
}

bool may_begin_dot(char c) {
  return is_one_of(c, " [({d") || begins_han(c);
}

// Bytes that begin none of what is written anew: most of a text.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t i = 0; i < plain.size(); ++i) {
    const char c = static_cast<char>(i);
    plain[i] = is_ascii(c) ? !is_digit(c) && !is_one_of(c, " [({dtwzofsen")
                           : i < 0xE3 || i > 0xE9;
  }
  return plain;
}();

}  // namespace

std::vector<Respelling> respellings(std::string_view plain) {
  std::vector<Respelling> found;
  Respelling one;
  for (size_t i = 0; i < plain.size();) {
    const char c = plain[i];
    size_t end = i + 1;
    if (kPlain[static_cast<unsigned char>(c)]) {
      i = end;
      continue;
    }
    if (may_begin_dot(c) && spelled_dot(plain, i, one)) {
      end = one.end;
      found.push_back(one);
    } else if ((c == 't' || c == 'w') && spaced_host(plain, i, one)) {
      end = one.end;
      found.push_back(one);
    } else if (may_begin_number(plain, i)) {
      size_t run = i;
      if (number_words(plain, i, run, one)) found.push_back(one);
      end = std::max(end, run);
    }
    i = end;
  }
  return found;
}

}  // namespace simwarden
