// SPDX-License-Identifier: Apache-2.0
#include "store/sha256.h"

namespace simwarden {

std::string hex_of(const Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace simwarden
