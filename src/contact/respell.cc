// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/leads.h"
#include "contact/number_words.h"
#include "contact/prefixes.h"
#include "contact/scene.h"

// Dots that are written as words count only between the parts of a host:
// "t 点 me/x", "demo[.]com", "demo dot com", not "8点" and not "the dot me".
// Sources of the spellings: domain notes (measured spam), and the "defanged"
// forms that security mail uses.
namespace simwarden {
namespace {

// Endings that follow a spelled dot in adverts; a longer list would turn
// sentences into hosts.
constexpr std::array<std::string_view, 36> kEndings = {
    "me",      "com",    "cc",      "cn",   "net",  "org", "top",  "xyz",
    "vip",     "ly",     "io",      "club", "info", "app", "link", "site",
    "shop",    "online", "in",      "my",   "ph",   "hk",  "sg",   "tw",
    "ru",      "icu",    "live",    "biz",  "pro",  "fun", "cyou", "life",
    "invalid", "test",   "example", "co"};

// Two-word endings of a sentence look like these; they need a path.
constexpr std::array<std::string_view, 5> kWordyEndings = {"me", "in", "my",
                                                           "test", "pro"};

constexpr std::array<std::string_view, 15> kDotWords = {
    ".",     "dot",   "点",   "。", "punto", "ponto", "punkt", "nokta",
    "titik", "точка", "نقطة", "ডট", "डॉट",   "จุด",    "ドット"};

constexpr std::array<std::string_view, 3> kUnderscoreWords = {"下划线", "底线",
                                                              "下横线"};

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

// The label before a dot: "t", "demo-1"; not "8". It tells itself from a word
// of prose by a sign or a digit.
struct LabelBefore {
  bool letter = false;
  bool telling = false;
};
LabelBefore label_before(std::string_view t, size_t i) {
  constexpr size_t kLabelMax = 63;  // RFC 1035, 2.3.4
  LabelBefore label;
  for (size_t k = i; k > 0 && i - k < kLabelMax; --k) {
    const char c = t[k - 1];
    if (!is_alnum(c) && c != '-') break;
    label.letter = label.letter || is_letter(c);
    label.telling = label.telling || !is_letter(c);
  }
  return label;
}

// How much must mark a host, by the word for its dot: one in another script
// than the host is no prose; "dot" stands before words too; "ponto com" is
// prose.
enum class DotWord { foreign, english, latin };

// An ending of a host at `i`, with what must follow it.
bool has_ending_at(std::string_view t, size_t i, DotWord dot, bool telling) {
  const std::string_view word = letters_at(t, i);
  if (!contains(kEndings, word)) return false;
  const char next = at(t, i + word.size());
  if (is_alnum(next) || next == '-' || next == '_') return false;
  const bool path =
      next == '/' || (next == ' ' && at(t, i + word.size() + 1) == '/');
  if (path || dot == DotWord::foreign) return true;
  return dot == DotWord::latin ? telling : !contains(kWordyEndings, word);
}

// "[at]", "(at)" between the two sides of an address. Gives the end or 0.
size_t bracketed_at(std::string_view t, size_t i) {
  const size_t word = skip_space(t, i + 1);
  if (!starts_at(t, word, "at")) return 0;
  const size_t close = skip_space(t, word + 2);
  if (!is_one_of(at(t, close), "])}")) return 0;
  const size_t end = skip_space(t, close + 1);
  return is_alnum(at(t, end)) ? end : 0;
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

// "点", " dot ", " punto ", "。", " . ". Gives the end or 0.
size_t bare_dot(std::string_view t, size_t i, bool telling) {
  const size_t word = dot_word_at(t, i);
  if (word == 0 || (t[i] == '.' && !telling)) return 0;
  const size_t end = skip_space(t, i + word);
  const DotWord dot = !is_ascii(t[i]) ? DotWord::foreign
                      : t[i] == 'd'   ? DotWord::english
                                      : DotWord::latin;
  const bool apart = before(t, i) == ' ' && end > i + word;
  if (!begins_han(t[i]) && !apart) return 0;
  return has_ending_at(t, end, dot, telling) ? end : 0;
}

// "demo 下划线 x", "demo底线x": an underscore between the parts of a name.
bool spelled_underscore(std::string_view t, size_t i, Respelling& out) {
  const size_t begin = before(t, i) == ' ' ? i - 1 : i;
  if (!is_alnum(before(t, begin))) return false;
  for (const std::string_view word : kUnderscoreWords) {
    if (!starts_at(t, i, word)) continue;
    const size_t end = skip_space(t, i + word.size());
    if (!is_alnum(at(t, end))) return false;
    out = {begin, end, "_", How::spelled_dot};
    return true;
  }
  return false;
}

// `i` stands on the bracket or on the word for the dot.
bool spelled_dot(std::string_view t, size_t i, Respelling& out) {
  const size_t begin = before(t, i) == ' ' ? i - 1 : i;
  if (!is_alnum(before(t, begin))) return false;
  size_t end = is_one_of(t[i], "[({") ? bracketed_at(t, i) : 0;
  if (end != 0) {
    out = {begin, end, "@", How::spelled_dot};
    return true;
  }
  end = bracketed_dot(t, i);
  const LabelBefore label = label_before(t, begin);
  if (end == 0 && label.letter) end = bare_dot(t, i, label.telling);
  if (end == 0) return false;
  out = {begin, end, ".", How::spelled_dot};
  return true;
}

size_t skip_space_back(std::string_view t, size_t i) {
  return before(t, i) == ' ' ? i - 1 : i;
}

// "t . me / x", "t.m e/x", "wa | me/1": `slash` stands on the "/".
bool spaced_host(std::string_view t, size_t slash, Respelling& out) {
  size_t i = skip_space_back(t, slash);
  if (before(t, i) != 'e') return false;
  i = skip_space_back(t, i - 1);
  if (before(t, i) != 'm') return false;
  i = skip_space_back(t, i - 1);
  const CodePoint dot = code_point_before(t, i);
  constexpr std::u32string_view kDots = U"./|·•。,";
  if (i == 0 || kDots.find(dot.c) == kDots.npos) return false;
  i = skip_space_back(t, i - dot.size);
  const std::string_view name = before(t, i) == 't' ? "t" : "wa";
  if (i < name.size() || !starts_at(t, i - name.size(), name)) return false;
  i -= name.size();
  if (is_alnum(before(t, i))) return false;
  const size_t end = skip_space(t, slash + 1);
  std::string with(name);
  with += ".me/";
  if (t.substr(i, end - i) == with) return false;
  out = {i, end, std::move(with), How::spaced};
  return true;
}

// `lead` is one of spellings or numbers; `end` is where nothing more begins.
bool is_respelled(std::string_view t, Lead lead, size_t done, size_t& end,
                  Respelling& out) {
  const size_t i = lead.at;
  if (lead.kind == LeadKind::number) {
    return read_number_words(t, i, done, end, out);
  }
  const char c = t[i];
  if (c == '/') return spaced_host(t, i, out);
  if (c == '.') {
    end = 0;  // "t . me / x" is respelled at its "/", and begins before
    return spelled_dot(t, i, out);
  }
  const bool dot = is_one_of(c, "[({") || dot_word_at(t, i) != 0;
  if (dot && spelled_dot(t, i, out)) return true;
  return begins_han(c) && spelled_underscore(t, i, out);
}

}  // namespace

void add_dot_beginnings(Prefixes& prefixes) {
  for (const std::string_view dot : kDotWords) {
    if (dot != ".") prefixes.add(dot);
  }
}

void add_spelling_beginnings(Prefixes& prefixes) {
  add_dot_beginnings(prefixes);
  for (const std::string_view word : kUnderscoreWords) prefixes.add(word);
}

std::vector<Respelling> respellings(std::string_view plain,
                                    const std::vector<Lead>& leads) {
  std::vector<Respelling> found;
  Respelling one;
  size_t done = 0;
  for (const Lead& lead : leads) {
    const bool may =
        lead.kind == LeadKind::spell || lead.kind == LeadKind::number;
    if (!may || lead.at < done) continue;
    size_t end = lead.at;
    if (!is_respelled(plain, lead, done, end, one)) {
      done = std::max(done, end);
    } else if (one.begin >= done) {
      done = one.end;
      found.push_back(one);
    }
  }
  return found;
}

}  // namespace simwarden
