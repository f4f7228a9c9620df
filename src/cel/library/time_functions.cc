// SPDX-License-Identifier: Apache-2.0
#include "cel/library/library.h"
#include "cel/value/faults.h"
#include "cel/value/times.h"

// Getters. Months, days of the month and of the year count from 0, as in
// JavaScript; only getDate counts from 1.
namespace cel {
namespace {

using Getter = int64_t (*)(const CivilTime&, uint32_t nanos);

template <Getter kGet>
Value at_utc(Arguments a, Scratch&) {
  return Value::of_int(
      kGet(civil_time(a[0].timestamp_seconds()), a[0].timestamp_nanos()));
}

template <Getter kGet>
Value in_zone(Arguments a, Scratch&) {
  const int64_t seconds = a[0].timestamp_seconds();
  const auto offset = zone_offset(a[1].as_string(), seconds);
  if (!offset) return fail(kTimeZone);
  return Value::of_int(
      kGet(civil_time(seconds + *offset), a[0].timestamp_nanos()));
}

int64_t full_year(const CivilTime& t, uint32_t) {
  return t.year;
}
int64_t month(const CivilTime& t, uint32_t) {
  return t.month - 1;
}
int64_t date(const CivilTime& t, uint32_t) {
  return t.day;
}
int64_t day_of_month(const CivilTime& t, uint32_t) {
  return t.day - 1;
}
int64_t day_of_week(const CivilTime& t, uint32_t) {
  return t.weekday;
}
int64_t day_of_year(const CivilTime& t, uint32_t) {
  return t.day_of_year;
}
int64_t hours(const CivilTime& t, uint32_t) {
  return t.hour;
}
int64_t minutes(const CivilTime& t, uint32_t) {
  return t.minute;
}
int64_t seconds(const CivilTime& t, uint32_t) {
  return t.second;
}
int64_t millis(const CivilTime&, uint32_t n) {
  return n / 1'000'000;
}

// A duration in whole units; milliseconds are those within the second.
template <int64_t kUnit>
Value whole_units(Arguments a, Scratch&) {
  return Value::of_int(a[0].duration_nanos() / kUnit);
}
Value millis_within(Arguments a, Scratch&) {
  return Value::of_int(a[0].duration_nanos() % kNanosPerSecond / 1'000'000);
}

#define GETTER_ROWS(name, get)                        \
  {"timestamp." name "() -> int", at_utc<get>}, {     \
    "timestamp." name "(string) -> int", in_zone<get> \
  }

constexpr FunctionRow kRows[] = {
    GETTER_ROWS("getFullYear", full_year),
    GETTER_ROWS("getMonth", month),
    GETTER_ROWS("getDate", date),
    GETTER_ROWS("getDayOfMonth", day_of_month),
    GETTER_ROWS("getDayOfWeek", day_of_week),
    GETTER_ROWS("getDayOfYear", day_of_year),
    GETTER_ROWS("getHours", hours),
    GETTER_ROWS("getMinutes", minutes),
    GETTER_ROWS("getSeconds", seconds),
    GETTER_ROWS("getMilliseconds", millis),
    {"duration.getHours() -> int", whole_units<kNanosPerHour>},
    {"duration.getMinutes() -> int", whole_units<kNanosPerMinute>},
    {"duration.getSeconds() -> int", whole_units<kNanosPerSecond>},
    {"duration.getMilliseconds() -> int", millis_within},
};
#undef GETTER_ROWS

constexpr FunctionDoc kDocs[] = {
    {"getFullYear", "The year.",
     "timestamp('2026-03-02T10:15:00Z').getFullYear()", "2026"},
    {"getMonth", "The month, from 0 for January.",
     "timestamp('2026-03-02T10:15:00Z').getMonth()", "2"},
    {"getDate", "The day of the month, from 1.",
     "timestamp('2026-03-02T10:15:00Z').getDate()", "2"},
    {"getDayOfMonth", "The day of the month, from 0.",
     "timestamp('2026-03-02T10:15:00Z').getDayOfMonth()", "1"},
    {"getDayOfWeek", "The day of the week, from 0 for Sunday.",
     "timestamp('2026-03-02T10:15:00Z').getDayOfWeek()", "1"},
    {"getDayOfYear", "The day of the year, from 0.",
     "timestamp('2026-03-02T10:15:00Z').getDayOfYear()", "60"},
    {"getHours", "The hour of the day; of a duration, whole hours.",
     "timestamp('2026-03-02T10:15:00Z').getHours('Asia/Shanghai')", "18"},
    {"getMinutes", "The minute of the hour; of a duration, whole minutes.",
     "duration('1h30m').getMinutes()", "90"},
    {"getSeconds", "The second of the minute; of a duration, whole seconds.",
     "timestamp('2026-03-02T10:15:07Z').getSeconds()", "7"},
    {"getMilliseconds", "The milliseconds within the second.",
     "duration('1.25s').getMilliseconds()", "250"},
};

}  // namespace

Family time_functions() {
  return {"Times", kRows, kDocs};
}

}  // namespace cel
