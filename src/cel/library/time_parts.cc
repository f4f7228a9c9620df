// SPDX-License-Identifier: Apache-2.0
#include "cel/library/time_parts.h"

#include <algorithm>
#include <iterator>

#include "cel/value/times.h"

namespace cel {
namespace {

constexpr TimePart kParts[] = {
    // In a zone the first and the last year may be left.
    {"getFullYear", 0, 10'000, "a year has four digits"},
    {"getMonth", 0, 11, "0 is January, 11 is December"},
    {"getDate", 1, 31, "the first of a month is 1"},
    {"getDayOfMonth", 0, 30, "the first of a month is 0; getDate begins at 1"},
    {"getDayOfYear", 0, 365, "the first of January is 0"},
    {"getDayOfWeek", 0, 6, "0 is Sunday, 6 is Saturday"},
    {"getHours", 0, 23, "midnight is 0, an hour before it 23", "hours",
     kNanosPerHour},
    {"getMinutes", 0, 59, "0 to 59", "minutes", kNanosPerMinute},
    {"getSeconds", 0, 59, "0 to 59", "seconds", kNanosPerSecond},
    {"getMilliseconds", 0, 999, "0 to 999", "milliseconds"},
};

}  // namespace

std::span<const TimePart> time_parts() {
  return kParts;
}

const TimePart* find_time_part(std::string_view getter) {
  const auto* found = std::ranges::find(kParts, getter, &TimePart::getter);
  return found == std::end(kParts) ? nullptr : found;
}

}  // namespace cel
