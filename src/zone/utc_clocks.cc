// SPDX-License-Identifier: Apache-2.0
#include "zone/utc_clocks.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "zone/place.h"

namespace simwarden {
namespace {

struct Clock {
  std::string_view country;
  std::string_view place;  // "UTC": all the year
};

// Of a country with islands elsewhere, its capital's.
constexpr Clock kClocks[] = {
    {"BF", "UTC"},           {"CI", "UTC"},           {"GB", "Europe/London"},
    {"GH", "UTC"},           {"GM", "UTC"},           {"GN", "UTC"},
    {"GW", "UTC"},           {"IE", "Europe/Dublin"}, {"IS", "UTC"},
    {"LR", "UTC"},           {"ML", "UTC"},           {"MR", "UTC"},
    {"PT", "Europe/Lisbon"}, {"SL", "UTC"},           {"SN", "UTC"},
    {"TG", "UTC"},
};

}  // namespace

bool shows_utc(std::string_view country, int64_t utc_seconds) {
  const auto* const found = std::find_if(
      std::begin(kClocks), std::end(kClocks),
      [country](const Clock& clock) { return clock.country == country; });
  return found != std::end(kClocks) &&
         place_offset(found->place, utc_seconds) == 0;
}

}  // namespace simwarden
