// SPDX-License-Identifier: Apache-2.0
#include "diag/counted.h"

#include <cstddef>

namespace simwarden {

std::string with_thousands(uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0;
       at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

std::string how_many(uint64_t number, std::string_view one) {
  std::string text = with_thousands(number) + ' ';
  text += one;
  return number == 1 ? text : text + 's';
}

}  // namespace simwarden
