// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/finders.h"
#include "contact/hosts.h"

// Where a URL ends in running text: nobody puts a space after it, least of
// all in Chinese. Hosts may be of any script, paths are ASCII.
namespace simwarden {
namespace {

// Browsers take more; a phishing link with more path than this is cut, not
// lost.
constexpr size_t kPathMax = 4096;
constexpr size_t kUserInfoMax = 256;

bool is_host_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._%");
}

bool is_han(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF);
}

size_t host_end(std::string_view t, size_t begin) {
  size_t i = begin;
  while (i < t.size() && i - begin < 4 * kHostMax) {
    if (is_host_char(t[i])) {
      ++i;
      continue;
    }
    const CodePoint p = code_point_at(t, i);
    if (p.c < 0x80 || (!is_word(p.c) && p.c != 0x3002)) break;
    i += p.size;
  }
  return i;
}

// "demo.com点击" is demo.com with a word behind: a last label of ASCII that
// other letters follow ends there.
size_t cut_glued_word(std::string_view t, size_t begin, size_t end) {
  size_t i = end;
  size_t han = end;
  while (i > begin) {
    const CodePoint p = code_point_before(t, i);
    if (p.c == '.' || p.c == 0x3002) break;
    i -= p.size;
    if (is_han(p.c)) han = i;
  }
  const bool ascii_first = han > i + 1 && is_ascii(t[i]) && is_alnum(t[i]);
  return ascii_first ? han : end;
}

size_t trim_host(std::string_view t, size_t begin, size_t end) {
  while (end > begin && is_one_of(t[end - 1], ".-_%")) --end;
  return end;
}

bool is_user_info_char(char c) {
  return is_alnum(c) || is_one_of(c, "-._~%!$&'()*+,;=:@");
}

// Behind the last "@" before the path, or `begin`.
size_t behind_user_info(std::string_view t, size_t begin) {
  size_t at_sign = begin;
  for (size_t i = begin; i < t.size() && i - begin < kUserInfoMax; ++i) {
    if (!is_user_info_char(t[i])) break;
    if (t[i] == '@') at_sign = i + 1;
  }
  return at_sign;
}

size_t read_port(std::string_view t, size_t i, uint32_t& port) {
  if (at(t, i) != ':' || !is_digit(at(t, i + 1))) return i;
  uint32_t value = 0;
  size_t end = i + 1;
  while (is_digit(at(t, end)) && end - i <= 5) {
    value = value * 10 + static_cast<uint32_t>(t[end] - '0');
    ++end;
  }
  if (value > 65535) return i;
  port = value;
  return end;
}

bool ends_url(char c) {
  return c <= ' ' || !is_ascii(c) || c == 0x7F || is_one_of(c, "<>\"`{}|\\^");
}

// Punctuation of the sentence, and brackets that were opened outside.
size_t trim_url(std::string_view t, size_t begin, size_t end) {
  auto open = std::count(t.begin() + static_cast<ptrdiff_t>(begin),
                         t.begin() + static_cast<ptrdiff_t>(end), '(');
  auto closed = std::count(t.begin() + static_cast<ptrdiff_t>(begin),
                           t.begin() + static_cast<ptrdiff_t>(end), ')');
  while (end > begin) {
    const char c = t[end - 1];
    const bool stray = c == ')' && closed > open;
    if (!stray && !is_one_of(c, ".,;:!?'*~]")) break;
    if (stray) --closed;
    --end;
  }
  return end;
}

// Endings that people write without a scheme or a path and that are no word,
// no file name and no abbreviation.
constexpr std::array<std::string_view, 34> kCommonSuffixes = {
    "com", "net",  "org",  "cn",   "cc",   "info",   "biz",   "top",  "xyz",
    "vip", "club", "icu",  "shop", "site", "online", "store", "live", "link",
    "app", "tech", "cyou", "gov",  "edu",  "ru",     "ng",    "hk",   "tw",
    "jp",  "kr",   "vn",   "br",   "fr",   "ke",     "tk"};

bool is_common_suffix(std::string_view suffix) {
  return std::find(kCommonSuffixes.begin(), kCommonSuffixes.end(), suffix) !=
         kCommonSuffixes.end();
}

}  // namespace

std::optional<UrlParts> read_url(std::string_view t, size_t begin) {
  UrlParts parts;
  size_t i = behind_user_info(t, begin);
  if (i > begin) parts.user_info = {begin, i - 1};
  parts.host.begin = i;
  if (at(t, i) == '[') {
    const size_t close = t.substr(i, 64).find(']');
    if (close == t.npos) return std::nullopt;
    parts.host.end = i + close + 1;
  } else {
    const size_t end = host_end(t, i);
    parts.host.end = trim_host(t, i, cut_glued_word(t, i, end));
  }
  if (parts.host.end == parts.host.begin) return std::nullopt;
  i = read_port(t, parts.host.end, parts.port);
  parts.path = {i, i};
  parts.end = i;
  if (!is_one_of(at(t, i), "/?#")) return parts;
  parts.path.end = trim_url(t, i, url_text_end(t, i));
  parts.end = parts.path.end;
  return parts;
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
  // An account, whatever its name.
  if (host.size() > 5 && host.substr(host.size() - 5) == ".t.me") return true;
  if (is_digit(tld.front()) || !is_known_suffix(tld)) return false;
  const std::string registrable = registrable_domain(host);
  if (registrable.empty()) return false;
  const auto labels = std::count(host.begin(), host.end(), '.') + 1;
  // "com.example.app" is the name of a program.
  const bool reversed =
      labels >= 3 && (starts_at(host, 0, "com.") || starts_at(host, 0, "org."));
  if (reversed && !path) return false;
  if (path || starts_at(host, 0, "www.")) return true;
  if (registry.official_domains.count(registrable) != 0) return true;
  const size_t own = registrable.find('.');
  const bool long_suffix = registrable.find('.', own + 1) != registrable.npos;
  return own >= 2 && (long_suffix || is_common_suffix(tld));
}

}  // namespace simwarden
