// SPDX-License-Identifier: Apache-2.0
#include "scan/stops.h"

#include <algorithm>
#include <array>
#include <bit>

#include "diag/lanes.h"

namespace simwarden {
namespace {

// The UTF-8 of a stop, of up to three bytes.
struct Spelling {
  std::array<char, 3> bytes{};
  uint32_t size = 0;
  constexpr std::string_view text() const { return {bytes.data(), size}; }
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

constexpr auto kSpellings = [] {
  std::array<Spelling, kStops.size()> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = spelling_of(kStops[i]);
  return all;
}();

// Calls take(spelling) for each of `wanted`.
template <class Take>
void each_of(Stops wanted, Take&& take) {
  for (unsigned left = wanted; left != 0; left &= left - 1) {
    take(kSpellings[size_t(std::countr_zero(left))]);
  }
}

// The lanes where one of `wanted` may begin: its first byte stands there.
Sixteen begins_at(const char* bytes, Stops wanted) {
  const Sixteen here = load<Sixteen>(bytes);
  Sixteen met{};
  each_of(wanted, [&](const Spelling& stop) {
    met |= Sixteen(here == uint8_t(stop.bytes[0]));
  });
  return met;
}

// Bytes of the one of `wanted` that stands there; 0 when none does.
size_t size_at(std::string_view text, size_t at, Stops wanted) {
  size_t size = 0;
  each_of(wanted, [&](const Spelling& stop) {
    if (text.substr(at).starts_with(stop.text())) size = stop.size;
  });
  return size;
}

}  // namespace

Stops stops_in(std::string_view text) {
  unsigned all = 0;
  for (size_t i = 0; i < kStops.size(); ++i) {
    const bool there = text.find(kSpellings[i].text()) != text.npos;
    all |= unsigned(there) << i;
  }
  return Stops(all);
}

size_t find_stop(std::string_view text, size_t from, size_t to, Stops wanted) {
  size_t found = to;
  for (size_t at = from; at < to && found == to; at += sizeof(Sixteen)) {
    each_set(begins_at(text.data() + at, wanted), [&](size_t lane) {
      const size_t place = at + lane;
      if (place >= to) return false;
      if (size_at(text, place, wanted) == 0) return true;
      found = place;
      return false;
    });
  }
  return found;
}

size_t find_last_stop(std::string_view text, size_t from, size_t to,
                      Stops wanted) {
  size_t found = from;
  for (size_t end = to; end > from && found == from;) {
    const size_t at = end - std::min(end, sizeof(Sixteen));
    each_set(begins_at(text.data() + at, wanted), [&](size_t lane) {
      const size_t place = at + lane;
      if (place >= end) return false;
      const size_t size = size_at(text, place, wanted);
      if (place >= from && size > 0) found = std::min(place + size, to);
      return true;
    });
    end = at;
  }
  return found;
}

}  // namespace simwarden
