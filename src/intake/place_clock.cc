// SPDX-License-Identifier: Apache-2.0
#include "intake/place_clock.h"

#include <cstdlib>

#include <fmt/format.h>

#include "record/time.h"
#include "zone/place.h"

// A local time is tried with the distances of the day before and of the day
// after: where clocks change between, one, both or none of them lead back to
// themselves.
namespace simwarden {
namespace {

// A fraction of a second in front of it is none of its.
bool is_distance(std::string_view zone) {
  constexpr std::string_view kBegins = "+-Zz";
  return kBegins.find(zone.empty() ? '\0' : zone[0]) != kBegins.npos &&
         parse_timestamp("2026-01-01T00:00:00" + std::string(zone)).has_value();
}

}  // namespace

std::optional<PlaceClock> PlaceClock::of(std::string_view name) {
  PlaceClock clock;
  if (is_distance(name)) {
    clock.offset_ = name;
    return clock;
  }
  if (name == "UTC" || !place_offset(name, 0)) return std::nullopt;
  clock.place_ = name;
  return clock;
}

std::optional<std::string> PlaceClock::zone_of(const std::string& local) const {
  if (place_.empty()) return offset_;
  const auto as_utc = parse_timestamp(local + "Z");
  if (!as_utc) return std::nullopt;
  std::optional<int64_t> found;
  for (const int64_t away : {-kSecondsPerDay, kSecondsPerDay}) {
    const auto tried = place_offset(place_, as_utc->seconds + away);
    if (!tried || found == tried) continue;
    if (place_offset(place_, as_utc->seconds - *tried) != tried) continue;
    if (found) return std::nullopt;  // twice
    found = tried;
  }
  // Before zones there was local mean time, which RFC 3339 cannot write.
  if (!found || *found % 60 != 0) return std::nullopt;
  const int64_t minutes = std::abs(*found) / 60;
  return fmt::format("{}{:02}:{:02}", *found < 0 ? '-' : '+', minutes / 60,
                     minutes % 60);
}

}  // namespace simwarden
