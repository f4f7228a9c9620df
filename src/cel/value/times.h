// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cel/value/value.h"

// Timestamps (RFC 3339, years 1 to 9999) and durations (a signed count of
// nanoseconds, written 1h30m or 90.5s).
namespace cel {

inline constexpr int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr int64_t kNanosPerMinute = 60 * kNanosPerSecond;
inline constexpr int64_t kNanosPerHour = 60 * kNanosPerMinute;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
inline constexpr int64_t kSecondsMin = -62'135'596'800;
inline constexpr int64_t kSecondsMax = 253'402'300'799;

// An error value outside of the years.
Value make_timestamp(int64_t seconds, uint32_t nanos);

// 2026-11-24T08:30:00.5+08:00. nullopt when it is not one, and an error value
// outside of the years.
std::optional<Value> read_timestamp(std::string_view text);
std::string write_timestamp(const Value& timestamp);  // in Z

// ns us ms s m h, each with a fraction, added up: "-1h30m", "0.5s", "0".
std::optional<Value> read_duration(std::string_view text);
std::string write_duration(const Value& duration);  // in s: "5400s"

struct CivilTime {
  int64_t year;
  int64_t month;        // 1 to 12
  int64_t day;          // 1 to 31
  int64_t day_of_year;  // 0 to 365
  int64_t weekday;      // 0 is Sunday
  int64_t hour;
  int64_t minute;
  int64_t second;
};
CivilTime civil_time(int64_t seconds);

// Seconds that a zone is ahead of UTC at a time: "+08:00", "-03:30", "UTC" or
// a name of the tz database with its area. nullopt for an unknown zone.
std::optional<int64_t> zone_offset(std::string_view zone, int64_t seconds);

inline constexpr const char* kZoneHelp =
    "a time zone is a place as 'Africa/Nairobi', 'UTC', or an offset "
    "such as '+03:00'";

// What the text of duration(…) and timestamp(…) looks like; "" for others.
std::string_view how_to_write(std::string_view function);

}  // namespace cel
