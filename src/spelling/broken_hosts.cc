// SPDX-License-Identifier: Apache-2.0
#include "spelling/broken_hosts.h"

#include <algorithm>
#include <array>

#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr std::array<std::string_view, 12> kHosts = {
    "t.me",   "wa.me",   "discord.gg", "dsc.gg", "lin.ee", "bit.ly",
    "adf.ly", "cutt.ly", "rb.gy",      "goo.gl", "is.gd",  "tinyurl.com"};

// Small Cyrillic letters that are typed for the Latin ones.
struct Double {
  char32_t written;
  char latin;
};
constexpr std::array kDoubles = {Double{U'т', 't'}, Double{U'м', 'm'},
                                 Double{U'е', 'e'}, Double{U'а', 'a'},
                                 Double{U'о', 'o'}, Double{U'с', 'c'}};

constexpr std::u32string_view kDots = U"./|·•。,*-_~;:°";

struct Letter {
  char latin = '\0';
  size_t size = 0;
};

Letter letter_before(std::string_view t, size_t i) {
  const CodePoint p = code_point_before(t, i);
  if (i == 0) return {};
  if (p.c < 0x80) return {static_cast<char>(p.c), 1};
  for (const Double& one : kDoubles) {
    if (one.written == p.c) return {one.latin, p.size};
  }
  return {};
}

size_t skip_space_back(std::string_view t, size_t i) {
  return before(t, i) == ' ' ? i - 1 : i;
}

// How a host is broken.
struct Found {
  size_t begin = std::string_view::npos;
  char32_t dot = 0;      // the sign for its dot; " " or none at all
  bool apart = false;    // a dot between the letters of a part
  bool foreign = false;  // a letter of another script
};

// "me" or "t" that ends at `i`; false when it does not.
bool read_part(std::string_view t, size_t& i, std::string_view part,
               Found& found) {
  for (size_t k = part.size(); k-- > 0;) {
    if (k + 1 < part.size()) {
      i = skip_space_back(t, i);
      const bool dot = before(t, i) == '.' && part.size() == 2;
      if (dot) --i;
      found.apart = found.apart || dot;
    }
    const Letter letter = letter_before(t, i);
    if (letter.latin != part[k]) return false;
    found.foreign = found.foreign || letter.size > 1;
    i -= letter.size;
  }
  return true;
}

Found host_before(std::string_view t, size_t end, std::string_view host) {
  constexpr size_t kSideMax = 2;
  Found found;
  size_t i = end;
  for (size_t n = 0; n < kSideMax && is_one_of(before(t, i), " ."); ++n) --i;
  const size_t dot = host.find('.');
  if (!read_part(t, i, host.substr(dot + 1), found)) return {};
  if (before(t, i) == ' ') found.dot = t[--i];
  const CodePoint sign = code_point_before(t, i);
  if (i != 0 && kDots.find(sign.c) != kDots.npos) {
    found.dot = sign.c;
    i = skip_space_back(t, i - sign.size);
  }
  if (!read_part(t, i, host.substr(0, dot), found)) return {};
  found.begin = i;
  return found;
}

// "demo_x", "demo24": no part of prose such as "me/you".
bool is_telling_name(std::string_view t, size_t i) {
  constexpr size_t kNameMin = 5;
  size_t end = i;
  bool telling = false;
  for (; is_alnum(at(t, end)) || at(t, end) == '_'; ++end) {
    telling = telling || !is_letter(t[end]);
  }
  return telling && end - i >= kNameMin && is_letter(at(t, i));
}

// The number that wa.me opens.
bool is_number_of(std::string_view host, std::string_view t, size_t i) {
  constexpr size_t kDigitsMin = 8;
  if (at(t, i) == '+') ++i;
  size_t end = i;
  while (end - i < kDigitsMin && is_digit(at(t, end))) ++end;
  return host == "wa.me" && end - i == kDigitsMin;
}

// Han and the like part no words.
bool is_inside_word(std::string_view t, size_t i) {
  constexpr char32_t kAlphabetsEnd = 0x530;
  const char32_t left = code_point_before(t, i).c;
  return left < kAlphabetsEnd && is_word(left);
}

bool is_part_of_path(std::string_view t, size_t i) {
  return is_inside_word(t, i) || is_one_of(before(t, i), "./-_@\\");
}

bool is_meant(std::string_view t, const Found& found, std::string_view host,
              Range slash, size_t name) {
  if (found.begin == t.npos) return false;
  if (is_inside_word(t, found.begin)) return false;
  const bool named = is_alnum(at(t, name));
  const bool word = slash.end - slash.begin > 1;
  const bool path = is_part_of_path(t, found.begin);
  if (host == "discord.gg") {
    const bool apart = found.dot == '.' ? !word : found.dot == ' ';
    return apart && named && !path;
  }
  const bool telling = is_telling_name(t, name) || is_number_of(host, t, name);
  const bool dot = found.dot != 0 && found.dot != ' ';
  if (word) return !dot && telling && !path;
  const bool short_host = host == "t.me" || host == "wa.me";
  if (short_host && dot && !found.apart) return named || !found.foreign;
  // "lin ee/x", but not "linee/x".
  return !path && telling && (short_host || found.dot != 0);
}

bool is_single(char c) {
  return is_alnum(c) || is_one_of(c, ".-_@");
}

// "d e m o _ x" behind a host: each character apart.
void add_singles(std::string_view t, Respelling& host) {
  constexpr size_t kSinglesMin = 4;
  constexpr size_t kSinglesMax = 40;
  std::string letters;
  size_t end = host.end;
  for (size_t i = end; letters.size() < kSinglesMax; i += 2) {
    const bool apart =
        is_single(at(t, i)) && (i + 1 >= t.size() || t[i + 1] == ' ');
    if (!apart) break;
    letters += t[i];
    end = i + 1;
  }
  if (letters.size() < kSinglesMin) return;
  host.with += letters;
  host.end = end;
}

// ".gg/demo" of Discord.
bool is_bare_ending(std::string_view t, size_t slash) {
  constexpr std::string_view kEnding = ".gg";
  if (slash < kEnding.size() || !is_alnum(at(t, slash + 1))) return false;
  const size_t begin = slash - kEnding.size();
  return starts_at(t, begin, kEnding) && !is_part_of_path(t, begin);
}

}  // namespace

bool read_broken_host(std::string_view t, Range slash, Respelling& out) {
  const size_t name = slash.end + (at(t, slash.end) == ' ' ? 1 : 0);
  if (is_bare_ending(t, slash.begin)) {
    out = {slash.begin - 3, slash.end, "discord.gg/", How::spaced};
    return true;
  }
  for (const std::string_view host : kHosts) {
    const Found found = host_before(t, slash.begin, host);
    if (!is_meant(t, found, host, slash, name)) continue;
    out = {found.begin, name, std::string(host) + "/", How::spaced};
    add_singles(t, out);
    return t.substr(out.begin, out.end - out.begin) != out.with;
  }
  return false;
}

bool read_gapped_host(std::string_view t, size_t i, Respelling& out) {
  constexpr size_t kLabelsMax = 3;
  constexpr size_t kHostMax = 100;  // longer ones are not typed by hand
  constexpr std::array<std::string_view, 8> kEndings = {
      "com", "net", "org", "xyz", "top", "icu", "cyou", "shop"};
  constexpr size_t kSure = 3;  // that stand behind a space, too
  if (before(t, i) != '/' || before(t, i - 1) != ':') return false;
  size_t label = i + 1;
  out = {label, label, "", How::spelled_dot};
  char gap = '\0';
  for (size_t n = 0; n < kLabelsMax; ++n) {
    size_t end = label;
    while ((is_alnum(at(t, end)) || at(t, end) == '-') && end - i < kHostMax) {
      ++end;
    }
    const std::string_view word = t.substr(label, end - label);
    out.with += word;
    out.end = end;
    const auto known = std::find(kEndings.begin(), kEndings.end(), word);
    const bool sure = known - kEndings.begin() < static_cast<ptrdiff_t>(kSure);
    if (n > 0 && known != kEndings.end()) return sure || gap == ',';
    if (n == 0) gap = at(t, end);
    const bool parted = is_one_of(gap, ", ") && at(t, end) == gap;
    if (word.empty() || !parted) return false;
    out.with += '.';
    label = end + 1;
  }
  return false;
}

void add_broken_endings(Prefixes& prefixes) {
  prefixes.add("gg ");
}

}  // namespace simwarden
