// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Times and dates as records write them: RFC 3339 with a zone, ISO 8601
// calendar dates. Years 1 to 9999 of the Gregorian calendar.
namespace simwarden {

struct Timestamp {
  int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  uint32_t nanos = 0;
  int16_t zone_minutes = 0;  // east of UTC, as it was written
  bool operator==(const Timestamp&) const = default;
};

// "2026-03-02T10:15:30.25+08:00". A blank may stand for the T, letters may be
// small. Nullopt for anything else: without a zone, with a leap second (no
// clock of ours can hold it), with more than nine digits of a fraction.
std::optional<Timestamp> parse_timestamp(std::string_view text);
// In the zone it was written in; "Z" for UTC; no more digits than needed.
std::string to_text(const Timestamp& time);

// Before 1970 too: the day since 1970-01-01 that a second lies in, and which
// second of that day it is.
inline constexpr int64_t kSecondsPerDay = 86400;
struct DaySecond {
  int64_t day = 0;
  int64_t second = 0;  // 0 to 86399
};
constexpr DaySecond day_second(int64_t seconds) {
  const int64_t rest = seconds % kSecondsPerDay;
  const int64_t second = rest < 0 ? rest + kSecondsPerDay : rest;
  return {(seconds - second) / kSecondsPerDay, second};
}
// What the clocks showed where a time was written.
constexpr DaySecond local_time(const Timestamp& time) {
  return day_second(time.seconds + int64_t{time.zone_minutes} * 60);
}

// "2026-03-02" as days since 1970-01-01.
std::optional<int64_t> parse_date(std::string_view text);
std::string date_text(int64_t days);

}  // namespace simwarden
