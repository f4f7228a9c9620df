// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/result.h"
#include "record/time.h"

// The time that a report is about, and the time before that it is compared
// with: as long, or as many calendar months where it is whole ones.
namespace simwarden {

// The month of a day since 1970-01-01, as months since 1970-01.
int64_t month_of_day(int64_t day);
int64_t first_day_of(int64_t month);

// A bound is a calendar day ("2026-03-01": compared with the day that the
// record itself carries, in its own zone) or an instant
// ("2026-03-01T00:00:00Z"). Days are included at both ends; an instant at the
// end is not.
class ReportPeriod {
 public:
  enum class Place : uint8_t { inside, previous, outside, no_time };

  // "" leaves a side open. An Error of trouble `usage` for anything that is
  // no time, or an end before the beginning.
  static Result<ReportPeriod> parse(std::string_view from, std::string_view to);

  // Records without a time are `inside` of a period that is open on both
  // sides, else `no_time`.
  Place place(const std::optional<Timestamp>& when) const;

  bool open() const { return !from_ && !to_; }
  bool closed() const { return from_ && to_; }  // both ends are known
  // It is closed, and the one before begins in the year 1 or later.
  bool has_previous() const;
  // Whether it begins, or ends, so that it has not all of these days.
  bool begins_within(int64_t first, int64_t last) const;
  bool ends_within(int64_t first, int64_t last) const;
  const std::string& from_text() const { return from_text_; }
  const std::string& to_text() const { return to_text_; }
  // The first and the last day, where they are known.
  std::optional<int64_t> first_day() const;
  std::optional<int64_t> last_day() const;
  // What of a stretch of days there is, in the notation of the period: the
  // bounds as they were told where they lie within, else those of the days.
  std::string begin_text(int64_t first, int64_t last) const;
  std::string end_text(int64_t first, int64_t last) const;
  // "2026-02-01" and "2026-02-28"; REQUIRES has_previous().
  std::string previous_from() const;
  std::string previous_to() const;

 private:
  // REQUIRES: closed(). The first of the period before.
  int64_t previous_begin() const;
  // In the unit of the period: days, or seconds since 1970.
  int64_t at(const Timestamp& when) const;
  std::string text_of(int64_t at) const;

  bool days_ = true;
  std::optional<int64_t> from_;  // the first inside
  std::optional<int64_t> to_;    // the first behind
  std::string from_text_;
  std::string to_text_;
};

}  // namespace simwarden
