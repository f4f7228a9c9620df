// SPDX-License-Identifier: Apache-2.0
#include "record/time.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstring>
#include <span>

#include "diag/ascii.h"
#include "record/time_text.h"

namespace simwarden {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int64_t kSecondsPerHour = 3600;
constexpr int64_t kSecondsPerMinute = 60;

// Takes digits and fixed characters off the front of a text. Once something
// does not fit, `ok` stays false and every answer is 0.
struct Cutter {
  std::string_view rest;
  bool ok = true;

  int number(size_t digits) {
    int value = 0;
    if (rest.size() < digits) ok = false;
    for (size_t i = 0; ok && i < digits; ++i) {
      ok = is_digit(rest[i]);
      value = value * 10 + (rest[i] - '0');
    }
    if (!ok) return 0;
    rest.remove_prefix(digits);
    return value;
  }
  char any_of(std::string_view allowed) {
    const char c = ok && !rest.empty() ? rest[0] : '\0';
    // No find(): a call takes longer than looking at four characters.
    ok = std::any_of(allowed.begin(), allowed.end(),
                     [c](char one) { return one == c; });
    if (!ok) return '\0';
    rest.remove_prefix(1);
    return c;
  }
};

int64_t cut_date(Cutter& in) {
  const int year = in.number(4);
  in.any_of("-");
  const int month = in.number(2);
  in.any_of("-");
  const int day = in.number(2);
  const year_month_day date{std::chrono::year(year),
                            std::chrono::month(unsigned(month)),
                            std::chrono::day(unsigned(day))};
  in.ok = in.ok && year >= 1 && date.ok();
  return in.ok ? sys_days(date).time_since_epoch().count() : 0;
}

uint32_t cut_fraction(Cutter& in) {
  constexpr size_t kDigitsMax = 9;  // nanoseconds
  if (!in.ok || in.rest.empty() || in.rest[0] != '.') return 0;
  in.rest.remove_prefix(1);
  uint32_t nanos = 0;
  size_t digits = 0;
  while (digits < in.rest.size() && is_digit(in.rest[digits])) {
    if (++digits > kDigitsMax) break;
    nanos = nanos * 10 + uint32_t(in.rest[digits - 1] - '0');
  }
  in.ok = digits >= 1 && digits <= kDigitsMax;
  if (!in.ok) return 0;
  in.rest.remove_prefix(digits);
  for (; digits < kDigitsMax; ++digits) nanos *= 10;
  return nanos;
}

int16_t cut_zone(Cutter& in) {
  const char sign = in.any_of("Zz+-");
  if (!in.ok || sign == 'Z' || sign == 'z') return 0;
  const int hours = in.number(2);
  in.any_of(":");
  const int minutes = in.number(2);
  in.ok = in.ok && hours <= 23 && minutes <= 59;
  const int total = hours * 60 + minutes;
  return int16_t(sign == '-' ? -total : total);
}

// What eight characters must be like: a digit for each 0, anything for a
// question mark, else the very character. All eight are looked at together: a
// byte that is not as it should be is left with its highest bit.
class Pattern {
 public:
  consteval explicit Pattern(const char (&pattern)[9]) {
    std::array<uint8_t, 8> wanted{};
    std::array<uint8_t, 8> care{};
    std::array<uint8_t, 8> room{};
    for (size_t i = 0; i < 8; ++i) {
      if (pattern[i] == '?') continue;
      wanted[i] = uint8_t(pattern[i]);
      care[i] = 0xff;
      room[i] = pattern[i] == '0' ? 0x7f - 9 : 0x7f;
    }
    wanted_ = std::bit_cast<uint64_t>(wanted);
    care_ = std::bit_cast<uint64_t>(care);
    room_ = std::bit_cast<uint64_t>(room);
  }
  // What the digits mean, zeros in the place of everything else; nothing when
  // `odd` has a bit afterwards. REQUIRES: eight bytes may be read.
  uint64_t digits(const char* text, uint64_t& odd) const {
    uint64_t word = 0;
    std::memcpy(&word, text, 8);
    word = (word & care_) ^ wanted_;
    odd |= (word | (word + room_)) & 0x8080808080808080;
    return word;
  }

 private:
  uint64_t wanted_ = 0;
  uint64_t care_ = 0;
  uint64_t room_ = 0;
};

// Two digits and what number they make, for each that begins at a byte of what
// Pattern::digits() gave.
class Pairs {
 public:
  explicit Pairs(uint64_t digits) : pairs_(digits * 10 + (digits >> 8)) {}
  unsigned at(unsigned byte) const { return pairs_ >> (8 * byte) & 0xff; }

 private:
  uint64_t pairs_;
};

// The days before each month of the years that records are of, since 1970: of a
// thousand that are read most have the same few.
constexpr unsigned kFirstYear = 1970;
constexpr unsigned kYears = 130;
constexpr auto kDaysBefore = [] {
  std::array<int32_t, kYears * 12 + 1> before{};
  for (unsigned i = 0; i < before.size(); ++i) {
    const year_month_day first{std::chrono::year(int(kFirstYear + i / 12)),
                               std::chrono::month(i % 12 + 1),
                               std::chrono::day(1)};
    before[i] = int32_t(sys_days(first).time_since_epoch().count());
  }
  return before;
}();

// Days since 1970; false says nothing.
bool usual_day(Pairs year_and_month, unsigned day, int64_t& since) {
  const unsigned year = year_and_month.at(0) * 100 + year_and_month.at(2);
  const unsigned month = year_and_month.at(5) - 1;
  if (year - kFirstYear >= kYears || month >= 12) return false;
  const size_t at = (year - kFirstYear) * 12 + month;
  since = kDaysBefore[at] + int64_t{day} - 1;
  return day >= 1 && since < kDaysBefore[at + 1];
}

// "2026-03-02T10:15:30Z" and "2026-03-02T10:15:30+08:00", the two forms that
// nearly all times have; nullopt says nothing.
std::optional<Timestamp> parse_usual_timestamp(std::string_view text) {
  if constexpr (std::endian::native != std::endian::little) return std::nullopt;
  const char* const at = text.data();
  const bool utc = text.size() == 20 && at[19] == 'Z';
  if (!utc && text.size() != 25) return std::nullopt;
  constexpr Pattern kMonth("0000-00-");
  constexpr Pattern kDay("00T00:00");
  constexpr Pattern kTime("00:00:00");
  constexpr Pattern kZone("00?00:00");
  uint64_t odd = 0;
  const Pairs month(kMonth.digits(at, odd));
  const Pairs day(kDay.digits(at + 8, odd));
  const Pairs time(kTime.digits(at + 11, odd));
  int east = 0;
  if (!utc) {
    const Pairs zone(kZone.digits(at + 17, odd));
    if (at[19] != '+' && at[19] != '-') return std::nullopt;
    if (zone.at(3) > 23 || zone.at(6) > 59) return std::nullopt;
    east = int(zone.at(3) * 60 + zone.at(6));
    if (at[19] == '-') east = -east;
  }
  if (odd != 0) return std::nullopt;
  if (time.at(0) > 23 || time.at(3) > 59 || time.at(6) > 59) {
    return std::nullopt;
  }
  int64_t since = 0;
  if (!usual_day(month, day.at(0), since)) return std::nullopt;
  Timestamp stamp;
  stamp.zone_minutes = int16_t(east);
  stamp.seconds = since * kSecondsPerDay + time.at(0) * kSecondsPerHour +
                  time.at(3) * kSecondsPerMinute + time.at(6) -
                  east * kSecondsPerMinute;
  return stamp;
}

// "2026-03-02"; nullopt says nothing.
std::optional<int64_t> parse_usual_date(std::string_view text) {
  if constexpr (std::endian::native != std::endian::little) return std::nullopt;
  if (text.size() != 10) return std::nullopt;
  constexpr Pattern kMonth("0000-00-");
  constexpr Pattern kDay("00-00-00");
  uint64_t odd = 0;
  const Pairs month(kMonth.digits(text.data(), odd));
  const Pairs day(kDay.digits(text.data() + 2, odd));
  int64_t since = 0;
  if (odd != 0 || !usual_day(month, day.at(6), since)) return std::nullopt;
  return since;
}

// Writes one time. Times stand in every row: formats cost several times as
// much.
class Pen {
 public:
  explicit Pen(char* to) : at_(to) {}

  // With zeros in front up to `count` digits.
  void digits(uint64_t number, size_t count) {
    for (size_t i = count; i-- > 0; number /= 10) {
      at_[i] = char('0' + number % 10);
    }
    at_ += count;
  }
  void sign(char c) { *at_++ = c; }
  void date(int64_t days_since_epoch) {
    const year_month_day date{sys_days(days(days_since_epoch))};
    const int year = int(date.year());
    // A day of the year 9999 is one of 10000 elsewhere.
    digits(uint64_t(year), year > 9999 ? 5 : 4);
    sign('-');
    digits(unsigned(date.month()), 2);
    sign('-');
    digits(unsigned(date.day()), 2);
  }
  // "08:00"
  void hour(int64_t minutes) {
    digits(uint64_t(minutes / 60), 2);
    sign(':');
    digits(uint64_t(minutes % 60), 2);
  }
  // ".25"
  void fraction(uint32_t nanos) {
    if (nanos == 0) return;
    sign('.');
    digits(nanos, 9);
    while (at_[-1] == '0') --at_;
  }
  char* end() const { return at_; }

 private:
  char* at_;
};

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (const auto time = parse_usual_timestamp(text)) return time;
  Cutter in{text};
  Timestamp time;
  const int64_t day = cut_date(in);
  in.any_of("Tt ");
  const int hour = in.number(2);
  in.any_of(":");
  const int minute = in.number(2);
  in.any_of(":");
  const int second = in.number(2);
  time.nanos = cut_fraction(in);
  time.zone_minutes = cut_zone(in);
  if (!in.ok || !in.rest.empty()) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  time.seconds = day * kSecondsPerDay + hour * kSecondsPerHour +
                 minute * kSecondsPerMinute + second -
                 time.zone_minutes * kSecondsPerMinute;
  return time;
}

char* write_time(char* to, const Timestamp& time) {
  const auto [day, second] = local_time(time);
  Pen pen(to);
  pen.date(day);
  pen.sign('T');
  pen.hour(second / 60);
  pen.sign(':');
  pen.digits(uint64_t(second % 60), 2);
  pen.fraction(time.nanos);
  const int east = time.zone_minutes;
  pen.sign(east == 0 ? 'Z' : east < 0 ? '-' : '+');
  if (east != 0) pen.hour(east < 0 ? -east : east);
  return pen.end();
}

std::string to_text(const Timestamp& time) {
  std::array<char, kTimeTextMax> text{};
  return {text.data(), write_time(text.data(), time)};
}

std::optional<int64_t> parse_date(std::string_view text) {
  if (const auto day = parse_usual_date(text)) return day;
  Cutter in{text};
  const int64_t day = cut_date(in);
  if (!in.ok || !in.rest.empty()) return std::nullopt;
  return day;
}

std::string date_text(int64_t days_since_epoch) {
  std::array<char, kTimeTextMax> text{};
  Pen pen(text.data());
  pen.date(days_since_epoch);
  return {text.data(), pen.end()};
}

}  // namespace simwarden
