// SPDX-License-Identifier: Apache-2.0
#include "store/sha256.h"

#include "diag/hex.h"

namespace simwarden {

std::string hex_of(const Digest& digest) {
  std::string hex;
  append_hex(hex, digest);
  return hex;
}

}  // namespace simwarden
