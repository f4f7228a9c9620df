// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

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

// Those that stand in it. Any bytes.
Stops stops_in(std::string_view text);

// Where the first of `wanted` begins in text[from, to); `to` when there is
// none. REQUIRES: room behind the text, as FoldedText has; to <= text.size().
size_t find_stop(std::string_view text, size_t from, size_t to, Stops wanted);
// Where the last one ends; `from` when there is none. REQUIRES: the same.
size_t find_last_stop(std::string_view text, size_t from, size_t to,
                      Stops wanted);

}  // namespace simwarden
