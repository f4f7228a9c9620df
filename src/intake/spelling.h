// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// How an export spells times and numbers that ours does otherwise: what
// spreadsheets write. A closed set of forms, so that nothing is guessed.
namespace simwarden {

// The order of day, month and year. One of / - . parts them; day, month and
// hour may lack their zero, seconds may be left out. Half a day is said as in
// "3:04 PM", "下午3:04" and "오후 3:04". Words part them in whatever form:
// "2026年3月2日 15:04", "2026년 3월 2일 15시 4분".
enum class TimeForm : uint8_t { year_first, day_first, month_first };
inline constexpr std::array<std::string_view, 3> kTimeForms = {
    "year/month/day hour:minute", "day/month/year hour:minute",
    "month/day/year hour:minute"};
std::optional<TimeForm> time_form_of(std::string_view name);

//   respelt_time("2/3/2026 9:05", TimeForm::day_first)  // 2026-03-02T09:05:00
//   respelt_date("2/3/2026", TimeForm::day_first)       // 2026-03-02
// Nullopt for another form. Whether there is such a day is not looked at.
std::optional<std::string> respelt_time(std::string_view text, TimeForm form);
std::optional<std::string> respelt_date(std::string_view text, TimeForm form);

// "１０：０５" -> "10:05": signs as wide as Chinese letters, as Asian keyboards
// write them. What else is in the text stays.
std::string narrow_signs(std::string_view text);

// "500元", "￥500", "R$ 500" -> "500": what a cell of an amount says beside it.
std::string without_currency(std::string_view text);

// "1,000.5" -> "1000.5", where a comma parts thousands; what is not parted by
// three digits stays as it is.
std::string without_thousands(std::string_view text);

// "10,5" -> "10.5", where a comma is the decimal sign. Nullopt for what has a
// full stop, which might be one or part thousands, or a second comma.
std::optional<std::string> respelt_number(std::string_view text);

// "+44 (0)7700 900123", "0044 7700-900123" -> "+447700900123"; with a country
// ("GB") "07700 900123" and, for spreadsheets drop zeros, "7700900123" as well.
// Nullopt for what no country's plan has, for a national number of a service,
// and for other signs than parts of a number.
std::optional<std::string> respelt_phone(std::string_view text,
                                         std::string_view country);

}  // namespace simwarden
