// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

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

// The bytes from the second on, and a zero behind them.
inline Sixteen shifted(Sixteen bytes) {
  return __builtin_shufflevector(bytes, Sixteen{}, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                                 10, 11, 12, 13, 14, 15, 16);
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

// The last sixteen places of a text, or all and zeros; zeros stand behind them.
inline SixteenPlaces last_places(std::string_view text) {
  Sixteen here{};
  if (text.size() >= sizeof(Sixteen)) {
    here = load<Sixteen>(text.data() + text.size() - sizeof(Sixteen));
  } else if (!text.empty()) {
    std::memcpy(&here, text.data(), text.size());
  }
  const Sixteen next = shifted(here);
  return {here, next, shifted(next)};
}

// Calls take(at, places) for all places of a text, as long as it returns true;
// gives what it returned last. Some are taken twice: what counts is what stands
// behind them then.
template <class Take>
bool each_sixteen(std::string_view text, Take&& take) {
  size_t at = 0;
  for (; at + kPlacesReach <= text.size(); at += sizeof(Sixteen)) {
    if (!take(at, places_at(&text[at]))) return false;
  }
  if (text.size() - at > sizeof(Sixteen)) {
    const std::string_view all_but_one = text.substr(0, text.size() - 1);
    if (!take(at, last_places(all_but_one))) return false;
  }
  return take(text.size() - std::min(text.size(), sizeof(Sixteen)),
              last_places(text));
}

// Whether any byte has one of these bits; all of them when not said.
inline bool any(Sixteen bytes, uint8_t bits = 0xff) {
  uint64_t halves[2];
  std::memcpy(halves, &bytes, sizeof(bytes));
  return ((halves[0] | halves[1]) & (0x0101010101010101u * bits)) != 0;
}

}  // namespace simwarden
