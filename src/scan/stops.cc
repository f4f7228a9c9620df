// SPDX-License-Identifier: Apache-2.0
#include "scan/stops.h"

#include <array>

namespace simwarden {
namespace {

// The UTF-8 of a stop, of up to three bytes.
struct Spelling {
  std::array<char, 3> bytes{};
  uint32_t size = 0;
};

constexpr Spelling spelling_of(char32_t stop) {
  if (stop < 0x80) return {{char(stop)}, 1};
  if (stop < 0x800) {
    return {{char(0xc0 | stop >> 6), char(0x80 | (stop & 63))}, 2};
  }
  return {{char(0xe0 | stop >> 12), char(0x80 | (stop >> 6 & 63)),
           char(0x80 | (stop & 63))},
          3};
}

// By the first byte: one more than the place in kStops. No two stops begin
// with the same.
constexpr std::array<uint8_t, 256> kBegins = [] {
  std::array<uint8_t, 256> begins{};
  for (size_t i = 0; i < kStops.size(); ++i) {
    begins[uint8_t(spelling_of(kStops[i]).bytes[0])] = uint8_t(i + 1);
  }
  return begins;
}();

constexpr auto kSpellings = [] {
  std::array<Spelling, kStops.size()> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = spelling_of(kStops[i]);
  return all;
}();

// Calls take(begin, end, which) for each, as long as it returns true.
template <class Take>
void each_stop(std::string_view text, Take&& take) {
  for (size_t at = 0; at < text.size(); ++at) {
    const uint8_t known = kBegins[uint8_t(text[at])];
    if (known == 0) continue;
    const Spelling& wanted = kSpellings[known - 1u];
    const std::string_view bytes(wanted.bytes.data(), wanted.size);
    if (!text.substr(at).starts_with(bytes)) continue;
    if (!take(at, at + wanted.size, Stops(1u << (known - 1u)))) return;
  }
}

}  // namespace

void find_stops(std::string_view text, size_t max, std::vector<Stop>& found) {
  found.clear();
  each_stop(text, [&](size_t begin, size_t end, Stops is) {
    if (found.size() == max) return false;
    found.push_back({uint32_t(begin), uint32_t(end), is});
    return true;
  });
}

Stops stops_in(std::string_view text) {
  unsigned all = 0;
  each_stop(text, [&](size_t, size_t, Stops is) {
    all |= is;
    return true;
  });
  return Stops(all);
}

}  // namespace simwarden
