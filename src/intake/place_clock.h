// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simwarden {

// The clock that times without a zone were written by: a distance from UTC, or
// a place whose clocks change in summer (zone/place.h).
//
//   auto clock = PlaceClock::of("Europe/Berlin");
//   clock->zone_of("2026-07-01T09:05:00")   // "+02:00"
//   clock->zone_of("2026-03-29T02:30:00")   // nullopt: no clock showed it
//   clock->zone_of("2026-10-25T02:30:00")   // nullopt: clocks showed it twice
//
// A value; const is thread-safe.
class PlaceClock {
 public:
  // "+08:00", "Z", "Europe/Berlin". Nullopt for what is none, and for short
  // names (CST), which several places have.
  static std::optional<PlaceClock> of(std::string_view name);
  // What stands behind this local time in RFC 3339. Nullopt also for no time.
  std::optional<std::string> zone_of(const std::string& local) const;

 private:
  std::string offset_;  // of a distance
  std::string place_;   // empty: a distance
};

}  // namespace simwarden
