// SPDX-License-Identifier: Apache-2.0
#include "report/period.h"

#include <chrono>

#include <fmt/format.h>

#include "record/time.h"

namespace simwarden {
namespace {

struct Bound {
  std::optional<int64_t> day;
  std::optional<Timestamp> instant;
};

Result<Bound> parse_bound(const char* option, std::string_view text) {
  Bound bound{parse_date(text), parse_timestamp(text)};
  if (text.empty() || bound.day || bound.instant) return bound;
  return Error{Trouble::usage,
               fmt::format("{} {}: is neither a day (2026-03-01) nor a time "
                           "with its zone (2026-03-01T00:00:00Z)",
                           option, text)};
}

bool begins_month(int64_t day) {
  return first_day_of(month_of_day(day)) == day;
}

}  // namespace

int64_t month_of_day(int64_t day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{day}}};
  return (int64_t(int(date.year())) - 1970) * 12 +
         int64_t(unsigned(date.month())) - 1;
}

int64_t first_day_of(int64_t month) {
  const std::chrono::year_month january{std::chrono::year{1970},
                                        std::chrono::January};
  return std::chrono::sys_days{(january + std::chrono::months{month}) /
                               std::chrono::day{1}}
      .time_since_epoch()
      .count();
}

Result<ReportPeriod> ReportPeriod::parse(std::string_view from,
                                         std::string_view to) {
  const Result<Bound> begin = parse_bound("--from", from);
  if (!begin) return begin.error();
  const Result<Bound> end = parse_bound("--to", to);
  if (!end) return end.error();
  ReportPeriod period;
  period.from_text_ = from;
  period.to_text_ = to;
  // One instant makes the whole period one of instants, days beginning in UTC.
  period.days_ = !begin->instant && !end->instant;
  const int64_t unit = period.days_ ? 1 : kSecondsPerDay;
  if (begin->day) period.from_ = *begin->day * unit;
  if (end->day) period.to_ = (*end->day + 1) * unit;
  if (begin->instant) period.from_ = begin->instant->seconds;
  if (end->instant) period.to_ = end->instant->seconds;
  if (period.closed() && *period.to_ == *period.from_) {
    return Error{
        Trouble::usage,
        fmt::format("--from {} and --to {} leave nothing between them: "
                    "the time of --to is not included",
                    from, to)};
  }
  if (period.closed() && *period.to_ < *period.from_) {
    return Error{Trouble::usage,
                 fmt::format("--to {} is before --from {}", to, from)};
  }
  return period;
}

int64_t ReportPeriod::at(const Timestamp& when) const {
  return days_ ? local_time(when).day : when.seconds;
}

ReportPeriod::Place ReportPeriod::place(
    const std::optional<Timestamp>& when) const {
  if (open()) return Place::inside;
  if (!when) return Place::no_time;
  const int64_t point = at(*when);
  const bool begun = !from_ || point >= *from_;
  if (begun && (!to_ || point < *to_)) return Place::inside;
  if (!has_previous() || begun) return Place::outside;
  return point >= previous_begin() ? Place::previous : Place::outside;
}

bool ReportPeriod::has_previous() const {
  // 0001-01-01: no year before it can be written.
  static const int64_t kFirst = *parse_date("0001-01-01");
  if (!closed()) return false;
  return previous_begin() >= kFirst * (days_ ? 1 : kSecondsPerDay);
}

int64_t ReportPeriod::previous_begin() const {
  const bool months = days_ && begins_month(*from_) && begins_month(*to_);
  if (!months) return *from_ - (*to_ - *from_);
  return first_day_of(2 * month_of_day(*from_) - month_of_day(*to_));
}

std::optional<int64_t> ReportPeriod::first_day() const {
  if (!from_) return std::nullopt;
  return days_ ? *from_ : day_second(*from_).day;
}

std::optional<int64_t> ReportPeriod::last_day() const {
  if (!to_) return std::nullopt;
  return days_ ? *to_ - 1 : day_second(*to_ - 1).day;
}

// Instants begin and end somewhere in a day, in the zone of each record.
bool ReportPeriod::begins_within(int64_t first, int64_t last) const {
  const auto day = first_day();
  return day && *day <= last && (days_ ? *day > first : *day >= first);
}

bool ReportPeriod::ends_within(int64_t first, int64_t last) const {
  const auto day = last_day();
  return day && *day >= first && (days_ ? *day < last : *day <= last);
}

std::string ReportPeriod::begin_text(int64_t first, int64_t last) const {
  if (begins_within(first, last)) return from_text_;
  return text_of(days_ ? first : first * kSecondsPerDay);
}

std::string ReportPeriod::end_text(int64_t first, int64_t last) const {
  if (ends_within(first, last)) return to_text_;
  return text_of(days_ ? last : (last + 1) * kSecondsPerDay);
}

std::string ReportPeriod::text_of(int64_t point) const {
  return days_ ? date_text(point)
               : simwarden::to_text(Timestamp{.seconds = point});
}

std::string ReportPeriod::previous_from() const {
  return text_of(previous_begin());
}

std::string ReportPeriod::previous_to() const {
  return text_of(days_ ? *from_ - 1 : *from_);
}

}  // namespace simwarden
