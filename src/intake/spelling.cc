// SPDX-License-Identifier: Apache-2.0
#include "intake/spelling.h"

#include <algorithm>

#include <fmt/format.h>

#include "contact/numbers.h"
#include "diag/ascii.h"

namespace simwarden {
namespace {

// Takes a number of `least` to `most` digits off the front; empty when there
// is none.
std::string_view take_digits(std::string_view& rest, size_t least,
                             size_t most) {
  const size_t end =
      std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (end < least || end > most) return {};
  const std::string_view digits = rest.substr(0, end);
  rest.remove_prefix(end);
  return digits;
}

bool take(std::string_view& rest, char sign) {
  if (!rest.starts_with(sign)) return false;
  rest.remove_prefix(1);
  return true;
}

struct DateDigits {
  std::string_view year;
  std::string_view month;
  std::string_view day;
};

std::optional<DateDigits> take_date(std::string_view& rest, TimeForm form) {
  constexpr std::string_view kSigns = "/-.";
  const bool year_first = form == TimeForm::year_first;
  std::array<std::string_view, 3> parts;
  char sign = '\0';
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i == 1 && !rest.empty()) sign = rest.front();
    if (i == 1 && kSigns.find(sign) == kSigns.npos) return std::nullopt;
    if (i > 0 && !take(rest, sign)) return std::nullopt;
    const bool year = i == (year_first ? 0u : 2u);
    parts[i] = year ? take_digits(rest, 4, 4) : take_digits(rest, 1, 2);
    if (parts[i].empty()) return std::nullopt;
  }
  if (year_first) return DateDigits{parts[0], parts[1], parts[2]};
  const bool day_first = form == TimeForm::day_first;
  return DateDigits{parts[2], parts[day_first ? 1 : 0],
                    parts[day_first ? 0 : 1]};
}

std::string date_of(const DateDigits& date) {
  return fmt::format("{}-{:0>2}-{:0>2}", date.year, date.month, date.day);
}

// The digits of a number behind its plus, if it has one; "" for what is none.
std::string dialled(std::string_view text) {
  constexpr size_t kBytesMax = 64;  // fifteen digits, however they are parted
  constexpr std::string_view kParts = " -./()";
  if (text.size() > kBytesMax) return {};
  std::string digits;
  for (const char c : text) {
    const bool plus = c == '+' && digits.empty();
    if (plus || is_digit(c)) {
      digits += c;
    } else if (kParts.find(c) == kParts.npos) {
      return {};
    }
  }
  return digits;
}

enum class Half : uint8_t { none, morning, afternoon };

// Takes the word for half a day off: "下午" in front, " PM" behind.
Half take_half(std::string_view& text) {
  constexpr std::pair<std::string_view, Half> kBefore[] = {
      {"上午", Half::morning}, {"下午", Half::afternoon}};
  constexpr std::pair<std::string_view, Half> kBehind[] = {
      {" AM", Half::morning},
      {" PM", Half::afternoon},
      {" am", Half::morning},
      {" pm", Half::afternoon}};
  for (const auto& [word, half] : kBefore) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    take(text, ' ');
    return half;
  }
  for (const auto& [word, half] : kBehind) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    return half;
  }
  return Half::none;
}

// The hour of the day: twelve begins both halves. Nullopt: none of that half.
std::optional<int> hour_of_day(std::string_view digits, Half half) {
  int hour = 0;
  for (const char c : digits) hour = hour * 10 + (c - '0');
  if (half == Half::none) return hour;
  if (hour < 1 || hour > 12) return std::nullopt;
  return hour % 12 + (half == Half::afternoon ? 12 : 0);
}

}  // namespace

std::optional<TimeForm> time_form_of(std::string_view name) {
  for (size_t i = 0; i < kTimeForms.size(); ++i) {
    if (kTimeForms[i] == name) return TimeForm(i);
  }
  return std::nullopt;
}

std::optional<std::string> respelt_time(std::string_view text, TimeForm form) {
  const auto date = take_date(text, form);
  if (!date || !take(text, ' ')) return std::nullopt;
  const Half half = take_half(text);
  const std::string_view digits = take_digits(text, 1, 2);
  if (digits.empty() || !take(text, ':')) return std::nullopt;
  const auto hour = hour_of_day(digits, half);
  const std::string_view minute = take_digits(text, 2, 2);
  std::string_view second = "00";
  if (take(text, ':')) second = take_digits(text, 2, 2);
  if (minute.empty() || second.empty() || !text.empty()) return std::nullopt;
  if (!hour) return std::nullopt;
  return fmt::format("{}T{:02}:{}:{}", date_of(*date), *hour, minute, second);
}

std::optional<std::string> respelt_date(std::string_view text, TimeForm form) {
  const auto date = take_date(text, form);
  if (!date || !text.empty()) return std::nullopt;
  return date_of(*date);
}

std::string narrow_digits(std::string_view text) {
  constexpr std::string_view kLead = "\xef\xbc";  // of U+FF10 to U+FF19
  constexpr char kZero = '\x90';
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool wide = text.substr(i, 2) == kLead && i + 2 < text.size() &&
                      text[i + 2] >= kZero && text[i + 2] <= kZero + 9;
    out += wide ? static_cast<char>('0' + (text[i + 2] - kZero)) : text[i];
    if (wide) i += 2;
  }
  return out;
}

std::optional<std::string> respelt_number(std::string_view text) {
  const size_t comma = text.find(',');
  const bool odd =
      text.find('.') != text.npos ||
      (comma != text.npos && text.find(',', comma + 1) != text.npos);
  if (odd) return std::nullopt;
  std::string ours(text);
  if (comma != text.npos) ours[comma] = '.';
  return ours;
}

std::optional<std::string> respelt_phone(std::string_view text,
                                         std::string_view country) {
  std::string digits = dialled(text);
  if (digits.starts_with("00")) digits.replace(0, 2, "+");
  if (digits.empty() || (digits[0] != '+' && country.empty())) {
    return std::nullopt;
  }
  Phone phone = read_phone(digits, country);
  if (!phone.e164.starts_with('+')) return std::nullopt;
  return std::move(phone.e164);
}

}  // namespace simwarden
