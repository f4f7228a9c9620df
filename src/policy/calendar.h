// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "notation/yaml.h"
#include "record/time.h"

// Days and moments that decide when a rule acts and a waiver ends. They are
// held against the time of the record (record/event_time.h), never against a
// clock, so that a verdict can be found again at any later day.
//
//   2026-12-01                    the whole day, in the zone that the record's
//                                 time is written with
//   2026-12-01T00:00:00+08:00     this moment
namespace simwarden {

struct CalendarTime {
  std::string text;            // as it was written
  std::optional<int64_t> day;  // of a date, since 1970-01-01
  Timestamp moment;            // otherwise
  bool operator==(const CalendarTime&) const = default;
};

// At `now` the day or the moment `begin` has come.
bool has_come(const CalendarTime& begin, const Timestamp& now);
// At `now` the whole day `end` is over, or the moment has come.
bool is_over(const CalendarTime& end, const Timestamp& now);

// "from: …, until: …" of one mapping; complains (P193) when nothing lies
// between them.
struct Period {
  std::optional<CalendarTime> from;
  std::optional<CalendarTime> until;
};
Period read_period(YamlReader& reader, const YamlNode& node,
                   std::string_view from, std::string_view until);

}  // namespace simwarden
