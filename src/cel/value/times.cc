// SPDX-License-Identifier: Apache-2.0
#include "cel/value/times.h"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "cel/value/faults.h"
#include "zone/place.h"

namespace cel {
namespace {

constexpr int64_t kSecondsPerDay = 86'400;

// A cursor over a text that wants digits at known places.
class Digits {
 public:
  explicit Digits(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool accept(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool accept_any(std::string_view chars, char& found) {
    if (rest_.empty() || chars.find(rest_[0]) == std::string::npos) {
      return false;
    }
    found = rest_[0];
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits.
  bool number(size_t count, int64_t& out) {
    if (rest_.size() < count) return false;
    out = 0;
    for (size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      out = out * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }
  // One to nine digits after a point, as nanoseconds.
  bool fraction(int64_t& nanos) {
    nanos = 0;
    int64_t unit = kNanosPerSecond;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      if (unit == 1) return false;
      unit /= 10;
      nanos += unit * (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return unit < kNanosPerSecond;
  }

 private:
  std::string_view rest_;
};

// "Z" or "+08:00", in seconds.
bool read_offset(Digits& digits, int64_t& offset) {
  offset = 0;
  char sign = '+';
  if (digits.accept_any("Zz", sign)) return true;
  int64_t hours = 0;
  int64_t minutes = 0;
  if (!digits.accept_any("+-", sign) || !digits.number(2, hours) ||
      !digits.accept(':') || !digits.number(2, minutes)) {
    return false;
  }
  offset = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
  return hours < 24 && minutes < 60;
}

std::string fraction_text(int64_t nanos) {
  if (nanos == 0) return {};
  std::string text = fmt::format(".{:09}", nanos);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

struct Unit {
  std::string_view name;
  int64_t nanos;
};
// Longer names first: "ms" before "m".
constexpr Unit kUnits[] = {{"ns", 1},
                           {"us", 1'000},
                           {"\xC2\xB5s", 1'000},
                           {"\xCE\xBCs", 1'000},
                           {"ms", 1'000'000},
                           {"s", kNanosPerSecond},
                           {"m", kNanosPerMinute},
                           {"h", kNanosPerHour}};

// Reads "12.5" as whole 12 and fraction 5/10.
struct Decimal {
  __int128 whole = 0;
  __int128 fraction = 0;
  __int128 scale = 1;
};

// Of the part before the point: more are beyond any duration.
constexpr size_t kWholeDigitsMax = 19;

bool read_decimal(std::string_view& text, Decimal& out) {
  size_t digits = 0;
  bool point = false;
  size_t i = 0;
  size_t whole_digits = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
    } else if (c < '0' || c > '9') {
      break;
    } else {
      ++digits;
      if (!point && ++whole_digits > kWholeDigitsMax) return false;
      if (!point) out.whole = out.whole * 10 + (c - '0');
      if (point && out.scale < 1'000'000'000'000'000) {
        out.scale *= 10;
        out.fraction = out.fraction * 10 + (c - '0');
      }
    }
  }
  text.remove_prefix(i);
  return digits > 0;
}

}  // namespace

Value make_timestamp(int64_t seconds, uint32_t nanos) {
  if (seconds < kSecondsMin || seconds > kSecondsMax) return fail(kTimeRange);
  return Value::of_timestamp(seconds, nanos);
}

std::optional<Value> read_timestamp(std::string_view text) {
  namespace chrono = std::chrono;
  Digits digits(text);
  int64_t y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, nanos = 0, offset = 0;
  char separator = 'T';
  if (!digits.number(4, y) || !digits.accept('-') || !digits.number(2, mo) ||
      !digits.accept('-') || !digits.number(2, d) ||
      !digits.accept_any("Tt ", separator) || !digits.number(2, h) ||
      !digits.accept(':') || !digits.number(2, mi) || !digits.accept(':') ||
      !digits.number(2, s)) {
    return std::nullopt;
  }
  if (digits.accept('.') && !digits.fraction(nanos)) return std::nullopt;
  if (!read_offset(digits, offset) || !digits.done()) return std::nullopt;
  const chrono::year_month_day date{chrono::year(static_cast<int>(y)),
                                    chrono::month(static_cast<unsigned>(mo)),
                                    chrono::day(static_cast<unsigned>(d))};
  if (!date.ok() || h > 23 || mi > 59 || s > 59) return std::nullopt;
  const int64_t days = chrono::sys_days(date).time_since_epoch().count();
  const int64_t seconds =
      days * kSecondsPerDay + h * 3600 + mi * 60 + s - offset;
  return make_timestamp(seconds, static_cast<uint32_t>(nanos));
}

std::string write_timestamp(const Value& timestamp) {
  const CivilTime t = civil_time(timestamp.timestamp_seconds());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", t.year, t.month,
                     t.day, t.hour, t.minute, t.second,
                     fraction_text(timestamp.timestamp_nanos()));
}

std::optional<Value> read_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Value::of_duration(0);
  if (text.empty()) return std::nullopt;
  __int128 total = 0;
  while (!text.empty()) {
    Decimal decimal;
    if (!read_decimal(text, decimal)) return std::nullopt;
    const Unit* unit = nullptr;
    for (const Unit& candidate : kUnits) {
      if (!unit && text.starts_with(candidate.name)) unit = &candidate;
    }
    if (!unit) return std::nullopt;
    text.remove_prefix(unit->name.size());
    total += decimal.whole * unit->nanos +
             decimal.fraction * unit->nanos / decimal.scale;
    if (total > INT64_MAX + __int128{negative}) return std::nullopt;
  }
  return Value::of_duration(static_cast<int64_t>(negative ? -total : total));
}

std::string write_duration(const Value& duration) {
  const int64_t nanos = duration.duration_nanos();
  const std::string_view sign = nanos < 0 ? "-" : "";
  const int64_t whole = nanos / kNanosPerSecond;
  const int64_t rest = nanos % kNanosPerSecond;
  return fmt::format("{}{}{}s", sign, std::abs(whole),
                     fraction_text(std::abs(rest)));
}

CivilTime civil_time(int64_t seconds) {
  namespace chrono = std::chrono;
  int64_t day_number = seconds / kSecondsPerDay;
  int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --day_number;
  }
  const chrono::sys_days date{chrono::days(day_number)};
  const chrono::year_month_day ymd(date);
  CivilTime out{};
  out.year = static_cast<int>(ymd.year());
  out.month = static_cast<unsigned>(ymd.month());
  out.day = static_cast<unsigned>(ymd.day());
  const chrono::sys_days new_year = ymd.year() / chrono::January / 1;
  out.day_of_year = (date - new_year).count();
  out.weekday = chrono::weekday(date).c_encoding();
  out.hour = rest / 3600;
  out.minute = rest / 60 % 60;
  out.second = rest % 60;
  return out;
}

std::optional<int64_t> zone_offset(std::string_view zone, int64_t seconds) {
  if (zone.empty()) return 0;
  // The sign of an offset may be left out: "02:00".
  const bool signless = zone.size() == 5 && zone[2] == ':';
  const std::string text = (signless ? "+" : "") + std::string(zone);
  int64_t offset = 0;
  Digits digits(text);
  if (read_offset(digits, offset) && digits.done()) return offset;
  return simwarden::place_offset(zone, seconds);
}

std::string_view how_to_write(std::string_view function) {
  if (function == "duration") {
    return "a duration is written '48h', '30m', '90s' or '1h30m'";
  }
  if (function == "timestamp") {
    return "a timestamp is written '2026-11-24T08:30:00Z', with a zone";
  }
  return {};
}

}  // namespace cel
