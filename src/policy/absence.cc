// SPDX-License-Identifier: Apache-2.0
#include "policy/absence.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace simwarden {

std::string absence(const cel::Outcomes& left, Role role) {
  constexpr std::string_view kWords[][3] = {
      {"applies", "does not apply", "counts as applying"},
      {"clear", "a hit", "a hit (not recorded)"},
      {"a hit", "clear", "undetermined"}};
  const auto& words = kWords[size_t(role)];
  std::vector<std::string_view> possible;
  if (left.yes) possible.push_back(words[0]);
  if (left.no && (role != Role::duty || !left.nothing)) {
    possible.push_back(words[1]);
  }
  if (left.nothing) possible.push_back(words[2]);
  if (possible.size() == 1) return std::string(possible[0]);
  return fmt::format("{}, by the rest", fmt::join(possible, " or "));
}

}  // namespace simwarden
