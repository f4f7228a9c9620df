// SPDX-License-Identifier: Apache-2.0
#include "contact/account_keys.h"

#include <algorithm>

#include "contact/ascii.h"

namespace simwarden {

size_t account_key_at(std::string_view t, size_t i) {
  constexpr size_t kKeySize = 66;
  constexpr size_t kReach = 40;
  if (!starts_at(t, i, "05") || is_alnum(before(t, i))) return 0;
  const size_t end =
      std::min(t.find_first_not_of("0123456789abcdef", i), t.size());
  if (end - i != kKeySize || is_alnum(at(t, end))) return 0;
  const size_t from = i - std::min(i, kReach);
  const bool named = t.substr(from, i - from).find("session") != t.npos;
  return named ? kKeySize : 0;
}

}  // namespace simwarden
