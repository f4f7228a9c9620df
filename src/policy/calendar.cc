// SPDX-License-Identifier: Apache-2.0
#include "policy/calendar.h"

#include <tuple>

#include <fmt/format.h>

namespace simwarden {
namespace {

bool is_before(const Timestamp& a, const Timestamp& b) {
  return std::tie(a.seconds, a.nanos) < std::tie(b.seconds, b.nanos);
}

// Nothing lies between them, whatever zone days are taken in.
bool is_empty(const CalendarTime& from, const CalendarTime& until) {
  if (from.day && until.day) return *until.day < *from.day;
  if (from.day || until.day) return false;
  return !is_before(from.moment, until.moment);
}

std::optional<CalendarTime> parse_calendar_time(std::string_view text) {
  CalendarTime made;
  made.text = std::string(text);
  made.day = parse_date(text);
  if (made.day) return made;
  const auto moment = parse_timestamp(text);
  if (!moment) return std::nullopt;
  made.moment = *moment;
  return made;
}

// The value of a key, when it is there; complains (P192) about what is neither.
std::optional<CalendarTime> read_calendar_time(YamlReader& reader,
                                               const YamlNode& node,
                                               std::string_view key) {
  const auto text = reader.optional_text(node, key);
  if (!text) return std::nullopt;
  auto time = parse_calendar_time(*text);
  if (!time) {
    reader.complain(*node.find(key), "P192",
                    fmt::format("{} is neither a day nor a moment", *text), {},
                    "2026-12-01, or 2026-12-01T00:00:00+08:00 with its zone");
  }
  return time;
}

}  // namespace

bool has_come(const CalendarTime& begin, const Timestamp& now) {
  if (begin.day) return local_time(now).day >= *begin.day;
  return !is_before(now, begin.moment);
}

bool is_over(const CalendarTime& end, const Timestamp& now) {
  if (end.day) return local_time(now).day > *end.day;
  return !is_before(now, end.moment);
}

Period read_period(YamlReader& reader, const YamlNode& node,
                   std::string_view from, std::string_view until) {
  Period period{read_calendar_time(reader, node, from),
                read_calendar_time(reader, node, until)};
  if (period.from && period.until && is_empty(*period.from, *period.until)) {
    reader.complain(*node.find(until), "P193",
                    fmt::format("nothing lies between {} {} and {} {}", from,
                                period.from->text, until, period.until->text));
  }
  return period;
}

}  // namespace simwarden
