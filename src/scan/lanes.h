// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

// Sixteen bytes at once, on any machine: compilers know how.
namespace simwarden {

using Sixteen [[gnu::vector_size(16)]] = uint8_t;
using Eight [[gnu::vector_size(16)]] = uint16_t;

// REQUIRES: sixteen bytes are there.
template <class Lanes>
Lanes load(const char* bytes) {
  static_assert(sizeof(Lanes) == 16);
  Lanes loaded;
  std::memcpy(&loaded, bytes, sizeof(loaded));
  return loaded;
}

// Whether any byte has one of these bits; all of them when not said.
inline bool any(Sixteen bytes, uint8_t bits = 0xff) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof(bytes));
  return ((halves[0] | halves[1]) & (0x0101010101010101u * bits)) != 0;
}

}  // namespace simwarden
