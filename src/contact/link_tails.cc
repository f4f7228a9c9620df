// SPDX-License-Identifier: Apache-2.0
#include "contact/link_tails.h"

#include <algorithm>
#include <array>

#include "contact/ascii.h"
#include "contact/numbers.h"

namespace simwarden {
namespace {

constexpr std::array<std::string_view, 3> kNumberHosts = {
    "wa.me", "api.whatsapp.com", "web.whatsapp.com"};

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

LinkTail name_apart(std::string_view t, const UrlParts& parts) {
  constexpr size_t kBetweenMax = 4;  // " : ", " -> "
  constexpr std::u32string_view kBetween =
      U" :@/({[<\"'*|=->\u2192\u21D2\u25B6\u25BA\u279C\u2794";
  if (parts.path.end > parts.path.begin + 1) return {};
  size_t begin = parts.end;
  for (size_t n = 0; n < kBetweenMax; ++n) {
    const CodePoint p = code_point_at(t, begin);
    if (begin >= t.size() || kBetween.find(p.c) == kBetween.npos) break;
    begin += p.size;
  }
  const size_t end = telling_name_end(t, begin);
  if (begin == parts.end || end == begin) return {};
  return {end, "/" + std::string(t.substr(begin, end - begin))};
}

}  // namespace

LinkTail tail_of(std::string_view t, const UrlParts& parts) {
  const std::string_view host =
      t.substr(parts.host.begin, parts.host.end - parts.host.begin);
  if (host == "t.me") return name_apart(t, parts);
  return is_one_of(host, kNumberHosts) ? rest_of_number(t, parts) : LinkTail{};
}

}  // namespace simwarden
