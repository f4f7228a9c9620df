// SPDX-License-Identifier: Apache-2.0
#include "contact/link_tails.h"

#include <algorithm>
#include <array>

#include "contact/read_phone.h"
#include "spelling/numbers.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr std::array<std::string_view, 3> kNumberHosts = {
    "wa.me", "api.whatsapp.com", "web.whatsapp.com"};

constexpr std::array<std::string_view, 3> kNameHosts = {"t.me", "m.me",
                                                        "telegram.me"};

// Nobody tells of these hosts but for a page behind them.
constexpr std::array<std::string_view, 9> kPageHosts = {
    "bit.ly", "tinyurl.com", "cutt.ly", "is.gd",  "rb.gy",
    "t.ly",   "lin.ee",      "goo.gl",  "line.me"};

// E.164: an international number has no more digits, and hardly fewer.
constexpr size_t kDigitsMin = 8;
constexpr size_t kDigitsMax = 15;

// Where the number at the end of a path begins.
size_t number_begin(std::string_view t, Range path) {
  size_t i = path.end;
  while (i > path.begin && (is_digit(t[i - 1]) || is_one_of(t[i - 1], "-."))) {
    --i;
  }
  return i;
}

// The first groups that are a whole number; no digits when none are.
NumberRun whole_number(const NumberRun& run) {
  for (size_t n = 1; n <= run.groups(); ++n) {
    const std::string digits(run.first(n).digits());
    if (digits.size() > kDigitsMax) break;
    const bool whole =
        digits.size() >= kDigitsMin && read_phone("+" + digits, "").valid;
    if (whole) return run.first(n);
  }
  return {};
}

LinkTail rest_of_number(std::string_view t, const UrlParts& parts) {
  const size_t begin = number_begin(t, parts.path);
  const char sign = before(t, begin);
  if (!is_one_of(sign, "/=+") || !is_digit(at(t, begin))) return {};
  if (at(t, parts.end) != ' ' || parts.end - begin >= kDigitsMin) return {};
  const NumberRun run = whole_number(read_number(t, begin));
  if (run.empty() || run.range.end <= parts.end) return {};
  return {run.range.end,
          std::string(t.substr(parts.path.begin, begin - parts.path.begin)) +
              std::string(run.digits())};
}

// As long as Telegram's names, and no word of prose.
size_t telling_name_end(std::string_view t, size_t begin) {
  constexpr size_t kNameMin = 5;
  constexpr size_t kNameMax = 32;
  size_t end = begin;
  while (end - begin <= kNameMax &&
         (is_alnum(at(t, end)) || at(t, end) == '_')) {
    ++end;
  }
  const std::string_view name = t.substr(begin, end - begin);
  const bool fits = name.size() >= kNameMin && name.size() <= kNameMax;
  const bool telling = std::any_of(name.begin(), name.end(),
                                   [](char c) { return !is_letter(c); });
  return fits && telling && is_letter(name[0]) ? end : begin;
}

// Behind what people put for the slash at `i`; `i` without such.
size_t behind_slash_sign(std::string_view t, size_t i) {
  constexpr size_t kBetweenMax = 4;  // " : ", " -> "
  constexpr std::u32string_view kBetween =
      U" :@/\\({[<\"'`*|=->\u00BB\u203A\u2044\u2190\u2192\u21D2\u21E8\u2215"
      U"\u226B\u25B6\u25B8\u25BA\u276F\u2794\u279C\u27A1\u27A4\u27F6\u29F8"
      U"\u300B";
  for (size_t n = 0; n < kBetweenMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (i >= t.size() || kBetween.find(p.c) == kBetween.npos) break;
    i += p.size;
  }
  return i;
}

// No more of a path than slashes.
bool is_bare(std::string_view t, const UrlParts& parts) {
  const Range path = parts.path;
  return t.substr(path.begin, path.end - path.begin).find_first_not_of('/') ==
         t.npos;
}

LinkTail name_apart(std::string_view t, const UrlParts& parts) {
  if (!is_bare(t, parts)) return {};
  const size_t begin = behind_slash_sign(t, parts.end);
  const size_t end = telling_name_end(t, begin);
  if (begin == parts.end || end == begin) return {};
  return {end, "/" + std::string(t.substr(begin, end - begin))};
}

// "bit.ly › demo1x": a space or a bracket alone parts a host from the sentence.
LinkTail page_apart(std::string_view t, const UrlParts& parts) {
  const size_t end = behind_slash_sign(t, parts.end);
  const std::string_view gap = t.substr(parts.host.end, end - parts.host.end);
  const bool slash = std::any_of(gap.begin(), gap.end(), [](char c) {
    return !is_ascii(c) || is_one_of(c, "/\\>|=-");
  });
  return slash ? name_apart(t, parts) : LinkTail{};
}

// "wa.me › 1 202 555 0143".
LinkTail number_apart(std::string_view t, const UrlParts& parts) {
  size_t begin = behind_slash_sign(t, parts.end);
  if (begin == parts.end) return {};
  if (at(t, begin) == '+') ++begin;
  if (!is_digit(at(t, begin))) return {};
  const NumberRun run = whole_number(read_number(t, begin));
  if (run.empty()) return {};
  return {run.range.end, "/" + std::string(run.digits())};
}

}  // namespace

LinkTail tail_of(std::string_view t, const UrlParts& parts) {
  const std::string_view host =
      t.substr(parts.host.begin, parts.host.end - parts.host.begin);
  if (is_one_of(host, kNameHosts)) return name_apart(t, parts);
  if (is_one_of(host, kPageHosts)) return page_apart(t, parts);
  if (!is_one_of(host, kNumberHosts)) return {};
  return is_bare(t, parts) ? number_apart(t, parts) : rest_of_number(t, parts);
}

}  // namespace simwarden
