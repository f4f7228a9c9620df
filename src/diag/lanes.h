// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
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

// Sixteen places of a text with what stands behind each.
struct SixteenPlaces {
  Sixteen here;
  Sixteen next;
  Sixteen behind;
};
// What may be read from the first of them.
inline constexpr size_t kPlacesReach = sizeof(Sixteen) + 2;

// REQUIRES: kPlacesReach bytes are there.
inline SixteenPlaces places_at(const char* bytes) {
  return {load<Sixteen>(bytes), load<Sixteen>(bytes + 1),
          load<Sixteen>(bytes + 2)};
}

// Whether any byte has one of these bits; all of them when not said.
inline bool any(Sixteen bytes, uint8_t bits = 0xff) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof(bytes));
  return ((halves[0] | halves[1]) & (0x0101010101010101u * bits)) != 0;
}

// A bit for each lane whose highest bit is set, the lowest for the first.
inline uint32_t bits_of(Sixteen bytes) {
#ifdef __SSE2__
  using Signed [[gnu::vector_size(16)]] = char;
  return uint32_t(__builtin_ia32_pmovmskb128(Signed(bytes)));
#else
  uint32_t bits = 0;
  for (size_t i = 0; i < sizeof(bytes); ++i) {
    bits |= uint32_t(bytes[i] >> 7) << i;
  }
  return bits;
#endif
}

// Calls take(lane) for each whose highest bit is set, from the first on, as
// long as it returns true; gives what it returned last.
template <class Take>
bool each_set(Sixteen bytes, Take&& take) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof(bytes));
  for (size_t half = 0; half < 2; ++half) {
    uint64_t left = halves[half] & 0x8080808080808080u;
    if (std::endian::native == std::endian::big) left = __builtin_bswap64(left);
    for (; left != 0; left &= left - 1) {
      if (!take(8 * half + size_t(std::countr_zero(left)) / 8)) return false;
    }
  }
  return true;
}

}  // namespace simwarden
