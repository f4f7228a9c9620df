// SPDX-License-Identifier: Apache-2.0
#include "record/open_hours.h"

#include <algorithm>
#include <array>
#include <vector>

#include "diag/ascii.h"

// A text is a row of parts; each says for some days when they are open.
namespace simwarden {
namespace {

constexpr size_t kDays = 7;
constexpr int64_t kDayMinutes = 24 * 60;
// Seven days with two spans each, spelt out, have some 150.
constexpr size_t kTextBytesMax = 256;
constexpr std::array<std::string_view, kDays> kNames = {"Mo", "Tu", "We", "Th",
                                                        "Fr", "Sa", "Su"};

struct Span {
  int64_t from;
  int64_t to;  // before `from`: of the next day
};
struct Week {
  std::array<std::vector<Span>, kDays> days;
};

std::string_view without_blanks_around(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Hands the pieces between the signs to `take`; whether it took all.
template <typename Take>
bool each_piece(std::string_view text, char sign, const Take& take) {
  while (true) {
    const size_t end = std::min(text.find(sign), text.size());
    if (!take(without_blanks_around(text.substr(0, end)))) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

// "09:00" to `latest`.
std::optional<int64_t> minutes_of(std::string_view text, int64_t latest) {
  const bool is_clock = text.size() == 5 && text[2] == ':' &&
                        is_digit(text[0]) && is_digit(text[1]) &&
                        is_digit(text[3]) && is_digit(text[4]);
  if (!is_clock) return std::nullopt;
  const int64_t hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int64_t minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > latest) return std::nullopt;
  return hours * 60 + minutes;
}

std::optional<Span> span_of(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = minutes_of(text.substr(0, 5), kDayMinutes - 1);
  const auto to = minutes_of(text.substr(6), kDayMinutes);
  if (!from || !to || *from == *to) return std::nullopt;
  return Span{*from, *to};
}

std::optional<size_t> day_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return size_t(found - kNames.begin());
}

// "Mo-Fr", "Sa", "Fr-Mo".
bool mark_days(std::string_view text, std::array<bool, kDays>& days) {
  const size_t dash = std::min(text.find('-'), text.size());
  const auto first = day_of(text.substr(0, dash));
  const auto last = dash == text.size() ? first : day_of(text.substr(dash + 1));
  if (!first || !last) return false;
  for (size_t day = *first;; day = (day + 1) % kDays) {
    days[day] = true;
    if (day == *last) return true;
  }
}

bool names_day_first(std::string_view part) {
  return day_of(part.substr(0, 2)).has_value();
}

// "Mo-Fr,Su 09:00-18:00", "Su off", "09:00-18:00".
bool read_part(std::string_view part, Week& week) {
  std::array<bool, kDays> days{};
  std::string_view times = part;
  if (names_day_first(part)) {
    const size_t blank = std::min(part.find(' '), part.size());
    const bool known = each_piece(
        part.substr(0, blank), ',',
        [&days](std::string_view piece) { return mark_days(piece, days); });
    if (!known) return false;
    times = without_blanks_around(part.substr(blank));
  } else {
    days.fill(true);
  }
  std::vector<Span> spans;
  const bool closed = times == "off" || times == "closed";
  const bool read =
      closed || each_piece(times, ',', [&spans](std::string_view piece) {
        const auto span = span_of(piece);
        if (span) spans.push_back(*span);
        return span.has_value();
      });
  if (!read) return false;
  for (size_t day = 0; day < kDays; ++day) {
    if (days[day]) week.days[day] = spans;
  }
  return true;
}

std::optional<Week> week_of(std::string_view text) {
  if (text.size() > kTextBytesMax) return std::nullopt;
  Week week;
  const bool read = each_piece(text, ';', [&week](std::string_view part) {
    return read_part(part, week);
  });
  if (!read) return std::nullopt;
  return week;
}

}  // namespace

bool is_open_hours(std::string_view text) {
  return span_of(text) || week_of(text);
}

bool names_days(std::string_view text) {
  bool any = false;
  each_piece(text, ';', [&any](std::string_view part) {
    any |= names_day_first(part);
    return true;
  });
  return any;
}

bool is_open_at(std::string_view text, const DayMinutes& at) {
  const auto is_of_today = [&at](const Span& span) {
    const int64_t to = span.to < span.from ? kDayMinutes : span.to;
    return at.last >= span.from && at.first < to;
  };
  const auto is_of_night = [&at](const Span& span) {
    return span.to < span.from && at.first < span.to;
  };
  // Most outlets have the same hours every day.
  if (const auto daily = span_of(text)) {
    return is_of_today(*daily) || is_of_night(*daily);
  }
  const auto week = week_of(text);
  if (!week) return false;
  const auto day = size_t(at.day);
  const auto& today = week->days[day];
  const auto& before = week->days[(day + kDays - 1) % kDays];
  return std::any_of(today.begin(), today.end(), is_of_today) ||
         std::any_of(before.begin(), before.end(), is_of_night);
}

}  // namespace simwarden
