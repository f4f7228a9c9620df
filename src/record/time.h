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

// "2026-03-02" as days since 1970-01-01.
std::optional<int64_t> parse_date(std::string_view text);
std::string date_text(int64_t days);

}  // namespace simwarden
