// SPDX-License-Identifier: Apache-2.0
#include "cel/value/text_search.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace cel {

size_t find_text(std::string_view text, std::string_view wanted, size_t from) {
  constexpr size_t kNowhere = std::string_view::npos;
  if (from > text.size() || wanted.size() > text.size() - from) return kNowhere;
  if (wanted.empty()) return from;
  // So few steps at worst that the table of memmem() would cost more.
  constexpr size_t kStepsOfFind = size_t{16} << 10;
  if ((text.size() - from) * wanted.size() <= kStepsOfFind) {
    return text.find(wanted, from);
  }
  const void* found = memmem(text.data() + from, text.size() - from,
                             wanted.data(), wanted.size());
  if (!found) return kNowhere;
  return static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

// The first one from behind.
size_t find_last_text(std::string_view text, std::string_view wanted,
                      size_t from) {
  if (wanted.size() > text.size()) return std::string_view::npos;
  from = std::min(from, text.size() - wanted.size());
  const std::string_view part = text.substr(0, from + wanted.size());
  const std::string turned(part.rbegin(), part.rend());
  const std::string turned_wanted(wanted.rbegin(), wanted.rend());
  const size_t found = find_text(turned, turned_wanted);
  if (found == std::string_view::npos) return found;
  return part.size() - found - wanted.size();
}

}  // namespace cel
