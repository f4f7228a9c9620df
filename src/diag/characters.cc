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
