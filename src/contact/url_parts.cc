// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "contact/finders.h"
#include "link/hosts.h"
#include "text/look_around.h"

// Where a URL ends in running text: nobody puts a space after it, least of
// all in Chinese. Hosts may be of any script, paths are ASCII.
namespace simwarden {
namespace {

// Browsers take more; a phishing link with more path than this is cut, not
// lost.
constexpr size_t kPathMax = 4096;
constexpr size_t kUserInfoMax = 4096;

bool is_host_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._%");
}

bool is_han(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF);
}

// "✪demo.ws" is a name that can be registered; behind the first letter of a
// label a sign is dress.
bool is_host_sign(std::string_view t, size_t begin, size_t i, CodePoint p) {
  const int type = u_charType(static_cast<UChar32>(p.c));
  if (type != U_OTHER_SYMBOL && type != U_MATH_SYMBOL) return false;
  return (i == begin || t[i - 1] == '.') && is_alnum(at(t, i + p.size));
}

size_t host_end(std::string_view t, size_t begin) {
  size_t i = begin;
  while (i < t.size() && i - begin < 4 * kHostMax) {
    if (is_host_char(t[i])) {
      ++i;
      continue;
    }
    const CodePoint p = code_point_at(t, i);
    if (p.c < 0x80) break;
    const bool hyphen = p.c == 0x2010 || p.c == 0x2011;
    if (!is_word(p.c) && !hyphen && p.c != 0x3002 &&
        !is_host_sign(t, begin, i, p)) {
      break;
    }
    i += p.size;
  }
  return i;
}

// "demo.com点击" is demo.com with a word behind, "demo.com点击x.com" two hosts:
// a host ends where Han follows the ASCII letters of its last label, or those
// of a public suffix.
size_t cut_glued_word(std::string_view t, size_t begin, size_t end) {
  size_t label = begin;
  for (size_t i = begin; i < end;) {
    const CodePoint p = code_point_at(t, i);
    if (p.c == '.' || p.c == 0x3002) label = i + p.size;
    const bool glued = is_han(p.c) && label > begin && i > label + 1 &&
                       is_ascii(t[i - 1]) && is_alnum(t[label]);
    if (glued) {
      const bool last = t.substr(i, end - i).find('.') == t.npos;
      if (last || is_known_suffix(std::string(t.substr(label, i - label)))) {
        return i;
      }
    }
    i += p.size;
  }
  return end;
}

size_t trim_host(std::string_view t, size_t begin, size_t end) {
  while (end > begin && is_one_of(t[end - 1], ".-_%")) --end;
  return end;
}

bool is_user_info_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._~%!$&'()*+,;=:@");
}

// Behind the last "@" before the path, or `begin`. Every scheme has a "/",
// which is none of these characters: no two such runs overlap.
size_t behind_user_info(std::string_view t, size_t begin) {
  size_t at_sign = begin;
  for (size_t i = begin; i < t.size() && i - begin < kUserInfoMax; ++i) {
    if (!is_user_info_char(t[i])) break;
    if (t[i] == '@') at_sign = i + 1;
  }
  return at_sign;
}

size_t read_port(std::string_view t, size_t i) {
  if (at(t, i) != ':' || !is_digit(at(t, i + 1))) return i;
  size_t end = i + 1;
  while (is_digit(at(t, end)) && end - i <= 5) ++end;
  return is_digit(at(t, end)) ? i : end;
}

bool ends_url(char c) {
  return c <= ' ' || !is_ascii(c) || c == 0x7F || is_one_of(c, "<>\"`{}|\\^");
}

// Letters of scripts that part words by spaces stand in paths; Han, Thai and
// the like stand behind them.
bool is_path_letter(char32_t c) {
  return c >= 0x80 && c < 0xE00 && is_word(c);
}

// The end of a path, at the first closing bracket that was opened outside.
size_t path_end(std::string_view t, size_t begin) {
  const bool backslash = at(t, begin) == '\\';
  size_t round = 0;
  size_t square = 0;
  size_t i = begin;
  while (i < t.size() && i - begin < kPathMax) {
    const char c = t[i];
    if (ends_url(c) && !(backslash && c == '\\')) {
      const CodePoint p = code_point_at(t, i);
      const bool dash = p.c == 0x2013 && is_alnum(at(t, i + p.size));
      if (!dash && !is_path_letter(p.c)) break;
      i += p.size;
      continue;
    }
    if (c == '(') ++round;
    if (c == '[') ++square;
    if ((c == ')' && round-- == 0) || (c == ']' && square-- == 0)) break;
    ++i;
  }
  return i;
}

// Punctuation of the sentence, and quotes that were opened outside.
size_t trim_url(std::string_view t, size_t begin, size_t end) {
  const auto trim = [&] {
    while (end > begin && is_one_of(t[end - 1], ".,;:!?'*~([")) --end;
  };
  trim();
  if (end > begin + 2 && starts_at(t, end - 2, "'s")) end -= 2;
  trim();
  return end;
}

// Endings that people write without a scheme or a path and that are no word,
// no file name and no abbreviation.
constexpr std::array<std::string_view, 77> kCommonSuffixes = {
    "com",  "net",   "org",     "cn",      "cc",     "info", "biz",  "top",
    "xyz",  "vip",   "icu",     "site",    "online", "live", "link", "app",
    "tech", "cyou",  "gov",     "edu",     "ru",     "ng",   "hk",   "tw",
    "jp",   "kr",    "vn",      "br",      "fr",     "ke",   "tk",   "club",
    "shop", "store", "io",      "sg",      "ph",     "uk",   "pl",   "nl",
    "ua",   "kz",    "ir",      "ae",      "pk",     "bd",   "lk",   "gh",
    "tz",   "ug",    "za",      "eg",      "mx",     "cl",   "nz",   "eu",
    "asia", "wang",  "ltd",     "pw",      "ws",     "sbs",  "cfd",  "dev",
    "mobi", "xin",   "fyi",     "website", "cz",     "bg",   "sk",   "lt",
    "lv",   "co",    "example", "test",    "invalid"};

// Programs that are named as hosts are.
constexpr std::array<std::string_view, 6> kPrograms = {
    "asp.net", "vb.net", "ado.net", "ml.net", "paint.net", "socket.io"};

bool is_common_suffix(std::string_view suffix) {
  return std::find(kCommonSuffixes.begin(), kCommonSuffixes.end(), suffix) !=
         kCommonSuffixes.end();
}

// Everyday words are endings too ("click", "in"), and a sentence without a
// space looks like a host: only a hyphen in the name tells them apart. Endings
// of files are never told apart.
bool is_telling_name(std::string_view own, std::string_view suffix) {
  constexpr std::array<std::string_view, 9> kFiles = {
      "zip", "mov", "py", "sh", "md", "rs", "ps", "ai", "so"};
  if (std::find(kFiles.begin(), kFiles.end(), suffix) != kFiles.end()) {
    return false;
  }
  return starts_at(suffix, 0, "xn--") || own.find('-') != own.npos;
}

}  // namespace

std::optional<UrlParts> read_authority(std::string_view t, size_t begin,
                                       bool user_info) {
  UrlParts parts;
  const size_t i = user_info ? behind_user_info(t, begin) : begin;
  if (i > begin) parts.user_info = {begin, i - 1};
  parts.host.begin = i;
  if (at(t, i) == '[') {
    constexpr size_t kIpv6Max = 64;
    const size_t close = t.substr(i, kIpv6Max).find(']');
    if (close == t.npos) return std::nullopt;
    parts.host.end = i + close + 1;
  } else {
    const size_t end = host_end(t, i);
    parts.host.end = trim_host(t, i, cut_glued_word(t, i, end));
  }
  if (parts.host.end == parts.host.begin) return std::nullopt;
  parts.end = read_port(t, parts.host.end);
  parts.port = {parts.host.end, parts.end};
  parts.path = {parts.end, parts.end};
  return parts;
}

UrlParts read_bare(std::string_view t, Range host) {
  UrlParts parts;
  parts.host = {host.begin, trim_host(t, host.begin, host.end)};
  parts.end = read_port(t, parts.host.end);
  parts.port = {parts.host.end, parts.end};
  parts.path = {parts.end, parts.end};
  return parts;
}

void read_path(std::string_view t, UrlParts& parts) {
  if (!is_one_of(at(t, parts.end), "/?#\\")) return;
  parts.path.end = trim_url(t, parts.end, path_end(t, parts.end));
  parts.end = parts.path.end;
}

size_t url_text_end(std::string_view t, size_t begin) {
  size_t end = begin;
  while (end < t.size() && end - begin < kPathMax && !ends_url(t[end])) ++end;
  return end;
}

bool is_plausible_bare_host(std::string_view host, bool path,
                            const Registry& registry) {
  const size_t dot = host.rfind('.');
  if (dot == host.npos || dot == 0 || host.size() > kHostMax) return false;
  const std::string tld(host.substr(dot + 1));
  const std::string name(host);
  if (registry.official_hosts.count(name) != 0) return true;
  if (!path && is_one_of(host, kPrograms)) return false;
  // An account, whatever its name.
  if (host.size() > 5 && host.substr(host.size() - 5) == ".t.me") return true;
  if (tld.empty() || is_digit(tld.front())) return false;
  const bool shown = path || starts_at(host, 0, "www.");
  const std::string_view first = host.substr(0, host.find('.'));
  // Nearly all dots of prose end here, without a question to the list.
  const bool pair = first.size() == dot;
  if (pair && !shown && !is_common_suffix(tld) &&
      !is_telling_name(first, tld)) {
    return registry.official_domains.count(name) != 0;
  }
  const std::string registrable = registrable_domain(host);
  if (registrable.empty()) return false;
  const bool official = registry.official_domains.count(registrable) != 0;
  if (!official && !is_known_suffix(tld)) return false;
  // "com.example.app" is the name of a program.
  const bool reversed = !pair && (first == "com" || first == "org");
  if (reversed && !path) return false;
  if (shown || official) return true;
  const size_t own = registrable.find('.');
  const bool long_suffix = registrable.find('.', own + 1) != registrable.npos;
  if (own < 2) return false;
  return long_suffix || is_common_suffix(tld) ||
         is_telling_name(std::string_view(registrable).substr(0, own), tld);
}

}  // namespace simwarden
