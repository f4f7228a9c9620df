// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// Characters that patterns keep out of their gaps, as `[^.!?]*` does, so that
// the words they look for stand in one sentence.
namespace simwarden {

inline constexpr std::u32string_view kStops = U".!?\n,。؟।";

// A set of them: a bit for each, in this order.
using Stops = uint8_t;
inline constexpr Stops kAnyStop = 0xff;
static_assert(kStops.size() == 8);

// Those from `first` to `last`, both of them too.
constexpr Stops stops_among(char32_t first, char32_t last) {
  unsigned all = 0;
  for (size_t i = 0; i < kStops.size(); ++i) {
    all |= unsigned(kStops[i] >= first && kStops[i] <= last) << i;
  }
  return Stops(all);
}

struct Stop {
  uint32_t begin;  // bytes
  uint32_t end;
  Stops is;
};

// Those of a text, from the left, as many as there are up to `max`; replaces
// what `found` held. Any bytes. REQUIRES: text.size() <= UINT32_MAX.
void find_stops(std::string_view text, size_t max, std::vector<Stop>& found);

// Those that stand in it.
Stops stops_in(std::string_view text);

}  // namespace simwarden
