// SPDX-License-Identifier: Apache-2.0
#include "diag/characters.h"

#include <algorithm>

namespace simwarden {

size_t code_point_size(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && end < at + 4 && is_continuation(text[end])) {
    ++end;
  }
  return end - at;
}

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string_view cut(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  size_t end = bytes_max;
  while (end > 0 && is_continuation(text[end])) --end;
  return text.substr(0, end);
}

namespace {

constexpr std::string_view kBlanks[] = {" ",      "\t",     "\r",     "\n",
                                        "\u00a0", "\u202f", "\u3000", "\ufeff"};

// The blank that `is_there` finds; "" when there is none.
template <typename IsThere>
std::string_view blank_at_end(IsThere is_there) {
  const auto* found =
      std::find_if(std::begin(kBlanks), std::end(kBlanks), is_there);
  return found == std::end(kBlanks) ? std::string_view() : *found;
}

// Most texts have a letter or a digit at either end.
bool may_be_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ' || is_continuation(c) ||
         static_cast<unsigned char>(c) >= 0xC0;
}

}  // namespace

std::string_view without_blank_ends(std::string_view text) {
  while (!text.empty() && may_be_blank(text.front())) {
    const auto blank = blank_at_end(
        [&](std::string_view one) { return text.starts_with(one); });
    if (blank.empty()) break;
    text.remove_prefix(blank.size());
  }
  while (!text.empty() && may_be_blank(text.back())) {
    const auto blank =
        blank_at_end([&](std::string_view one) { return text.ends_with(one); });
    if (blank.empty()) break;
    text.remove_suffix(blank.size());
  }
  return text;
}

std::string turned_around(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t end = text.size(); end > 0;) {
    size_t begin = end - 1;
    while (begin > 0 && is_continuation(text[begin])) --begin;
    out.append(text.substr(begin, end - begin));
    end = begin;
  }
  return out;
}

}  // namespace simwarden
