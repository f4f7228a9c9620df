// SPDX-License-Identifier: Apache-2.0
#include "intake/spelling.h"

#include <algorithm>

#include <fmt/format.h>

#include "contact/read_phone.h"
#include "diag/ascii.h"
#include "diag/characters.h"

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

bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

struct DateDigits {
  std::string year;
  std::string_view month;
  std::string_view day;
};

// What stands behind year, month and day, or behind hour, minute and second.
using UnitWords = std::array<std::string_view, 3>;
constexpr UnitWords kDateWords[] = {{"年", "月", "日"}, {"년", "월", "일"}};
constexpr UnitWords kTimeWords[] = {{"时", "分", "秒"},
                                    {"時", "分", "秒"},
                                    {"点", "分", "秒"},
                                    {"點", "分", "秒"},
                                    {"시", "분", "초"}};

// Years that begin with that of the republic, 1912.
constexpr int kRepublic = 1911;

// "2026", behind 民國 "115", and so three digits from 100 on: no system has
// years of the first centuries. "" for another year.
std::string take_worded_year(std::string_view& rest) {
  const bool said = take(rest, "民國") || take(rest, "民国");
  const std::string_view digits = take_digits(rest, said ? 2 : 3, said ? 3 : 4);
  if (digits.size() == 4 || digits.empty()) return std::string(digits);
  if (digits.size() == 3 && digits[0] != '1') return "";
  int own = 0;
  for (const char c : digits) own = own * 10 + (c - '0');
  return std::to_string(kRepublic + own);
}

// "2026年3月2日", "2026년 3월 2일"; takes nothing of what is neither.
std::optional<DateDigits> take_worded_date(std::string_view& rest) {
  for (const UnitWords& words : kDateWords) {
    std::string_view left = rest;
    const std::string year = take_worded_year(left);
    bool whole = !year.empty() && take(left, words[0]);
    std::array<std::string_view, 3> parts;
    for (size_t i = 1; whole && i < parts.size(); ++i) {
      take(left, ' ');
      parts[i] = take_digits(left, 1, 2);
      whole = !parts[i].empty() && take(left, words[i]);
    }
    if (!whole) continue;
    rest = left;
    return DateDigits{year, parts[1], parts[2]};
  }
  return std::nullopt;
}

std::optional<DateDigits> take_signed_date(std::string_view& rest,
                                           TimeForm form) {
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
  if (year_first) return DateDigits{std::string(parts[0]), parts[1], parts[2]};
  const bool day_first = form == TimeForm::day_first;
  return DateDigits{std::string(parts[2]), parts[day_first ? 1 : 0],
                    parts[day_first ? 0 : 1]};
}

struct TakenDate {
  DateDigits digits;
  bool worded = false;
};

// Words leave no doubt about the order, whatever the form.
std::optional<TakenDate> take_date(std::string_view& rest, TimeForm form) {
  if (const auto worded = take_worded_date(rest))
    return TakenDate{*worded, true};
  const auto date = take_signed_date(rest, form);
  if (!date) return std::nullopt;
  return TakenDate{*date};
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

enum class Half : uint8_t { none, morning, noon, afternoon, evening };

// Takes the word for half a day off: "下午" in front, " PM" behind.
Half take_half(std::string_view& text) {
  constexpr std::pair<std::string_view, Half> kBefore[] = {
      {"上午", Half::morning},   {"下午", Half::afternoon},
      {"凌晨", Half::morning},   {"早上", Half::morning},
      {"晚上", Half::evening},   {"午前", Half::morning},
      {"午後", Half::afternoon}, {"오전", Half::morning},
      {"오후", Half::afternoon}, {"中午", Half::noon},
      {"AM ", Half::morning},    {"PM ", Half::afternoon}};
  constexpr std::pair<std::string_view, Half> kBehind[] = {
      {"AM", Half::morning},
      {"PM", Half::afternoon},
      {"am", Half::morning},
      {"pm", Half::afternoon}};
  for (const auto& [word, half] : kBefore) {
    if (!take(text, word)) continue;
    take(text, ' ');
    return half;
  }
  for (const auto& [word, half] : kBehind) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    if (text.ends_with(' ')) text.remove_suffix(1);
    return half;
  }
  return Half::none;
}

// The hour of the day: twelve begins both halves, and in the evening may be
// the next day's. Nullopt: none of that half.
std::optional<int> hour_of_day(std::string_view digits, Half half) {
  int hour = 0;
  for (const char c : digits) hour = hour * 10 + (c - '0');
  if (half == Half::none) return hour;
  // Around twelve: from eleven to two.
  if (half == Half::noon) {
    if (hour == 11 || hour == 12) return hour;
    return hour == 1 || hour == 2 ? std::optional(hour + 12) : std::nullopt;
  }
  const int last = half == Half::evening ? 11 : 12;
  if (hour < 1 || hour > last) return std::nullopt;
  return hour % 12 + (half == Half::morning ? 0 : 12);
}

// "(周四)", "(星期四)": takes the day of the week off, which says nothing more.
void take_weekday(std::string_view& text) {
  constexpr std::string_view kDays[] = {"一", "二", "三", "四",
                                        "五", "六", "日", "天"};
  std::string_view left = text;
  take(left, ' ');
  if (!take(left, '(')) return;
  if (!take(left, "周") && !take(left, "週") && !take(left, "星期") &&
      !take(left, "礼拜") && !take(left, "禮拜")) {
    return;
  }
  for (const std::string_view day : kDays) {
    if (!take(left, day)) continue;
    if (take(left, ')')) text = left;
    return;
  }
}

struct TimeDigits {
  std::string_view hour;
  std::string_view minute;
  std::string_view second;
};

std::optional<TimeDigits> split_signed_time(std::string_view text) {
  TimeDigits time{take_digits(text, 1, 2), {}, "00"};
  if (time.hour.empty() || !take(text, ':')) return std::nullopt;
  time.minute = take_digits(text, 2, 2);
  if (take(text, ':')) time.second = take_digits(text, 2, 2);
  if (time.minute.empty() || time.second.empty() || !text.empty()) {
    return std::nullopt;
  }
  return time;
}

// "15时04分", "15시 4분 20초".
std::optional<TimeDigits> split_worded_time(std::string_view text) {
  for (const UnitWords& words : kTimeWords) {
    std::string_view left = text;
    TimeDigits time{take_digits(left, 1, 2), {}, "00"};
    if (time.hour.empty() || !take(left, words[0])) continue;
    take(left, ' ');
    time.minute = take_digits(left, 1, 2);
    if (time.minute.empty() || !take(left, words[1])) return std::nullopt;
    take(left, ' ');
    if (left.empty()) return time;
    time.second = take_digits(left, 1, 2);
    const bool whole =
        !time.second.empty() && take(left, words[2]) && left.empty();
    if (!whole) return std::nullopt;
    return time;
  }
  return std::nullopt;
}

}  // namespace

std::optional<TimeForm> time_form_of(std::string_view name) {
  for (size_t i = 0; i < kTimeForms.size(); ++i) {
    if (kTimeForms[i] == name) return TimeForm(i);
  }
  return std::nullopt;
}

std::optional<std::string> respelt_time(std::string_view written,
                                        TimeForm form) {
  const std::string narrow = narrow_signs(written);
  std::string_view text = narrow;
  const auto date = take_date(text, form);
  take_weekday(text);
  if (!date || !(take(text, ' ') || date->worded)) return std::nullopt;
  const Half half = take_half(text);
  auto time = split_signed_time(text);
  if (!time) time = split_worded_time(text);
  if (!time) return std::nullopt;
  const auto hour = hour_of_day(time->hour, half);
  if (!hour) return std::nullopt;
  return fmt::format("{}T{:02}:{:0>2}:{:0>2}", date_of(date->digits), *hour,
                     time->minute, time->second);
}

std::optional<std::string> respelt_date(std::string_view written,
                                        TimeForm form) {
  const std::string narrow = narrow_signs(written);
  std::string_view text = narrow;
  const auto date = take_date(text, form);
  take_weekday(text);
  if (!date || !text.empty()) return std::nullopt;
  return date_of(date->digits);
}

std::string narrow_signs(std::string_view text) {
  constexpr std::string_view kFirst = "\uff01";  // of those of ASCII, to U+FF5E
  constexpr std::string_view kLast = "\uff5e";
  constexpr std::string_view kBlank = "\u3000";
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto sign = text.substr(at, code_point_size(text, at));
    at += sign.size();
    if (sign == kBlank) {
      out += ' ';
    } else if (sign.size() == 3 && sign >= kFirst && sign <= kLast) {
      const int last = (sign[1] & 0x3F) << 6 | (sign[2] & 0x3F);
      out += static_cast<char>('!' + (last - 0xF01));
    } else {
      out += sign;
    }
  }
  return out;
}

std::string without_currency(std::string_view text) {
  constexpr std::string_view kBefore[] = {"R$", "HK$", "NT$", "US$", "$",
                                          "€",  "£",   "¥",   "₦",   "₹"};
  constexpr std::string_view kBehind[] = {"元", "円", "圆", "圓", "원", "€"};
  std::string narrow = narrow_signs(text);
  std::string_view amount = narrow;
  take(amount, "\uffe5");  // the wide ¥
  for (const std::string_view sign : kBefore) {
    if (take(amount, sign)) break;
  }
  for (const std::string_view word : kBehind) {
    if (!amount.ends_with(word)) continue;
    amount.remove_suffix(word.size());
    break;
  }
  return std::string(trimmed(amount));
}

std::string without_thousands(std::string_view text) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string_view whole = text.substr(0, point);
  std::string out(take_digits(whole, 1, 3));
  if (out.empty() || whole.empty()) return std::string(text);
  while (!whole.empty()) {
    if (!take(whole, ',')) return std::string(text);
    const std::string_view group = take_digits(whole, 3, 3);
    if (group.empty()) return std::string(text);
    out += group;
  }
  return out.append(text.substr(point));
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
  // A mobile number without its area code looks like a service's in Brazil.
  if (phone.service && digits[0] != '+') return std::nullopt;
  return std::move(phone.e164);
}

}  // namespace simwarden
