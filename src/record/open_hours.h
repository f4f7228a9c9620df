// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace simwarden {

// When an outlet is open, in its local time, as the simple forms of
// OpenStreetMap's opening_hours say it:
//
//   09:00-18:00                          every day
//   Mo-Sa 09:00-13:00,15:00-19:00        Sunday: closed
//   Mo-Fr 09:00-18:00; Sa 10:00-14:00; Su off
//   18:00-02:00                          over midnight
//
// 24:00 may end a day, and 00:00-24:00 is all of it. Of two parts about one day
// the later one counts. Not valid: both ends alike, for some write all day so
// and some closed; seasons, holidays, comments.
bool is_open_hours(std::string_view text);

// Whether the text tells days apart.
bool names_days(std::string_view text);

// A stretch of one day, in minutes of it; both ends belong to it.
struct DayMinutes {
  int day = 0;  // 0 is Monday; of no account where no days are told apart
  int64_t first = 0;
  int64_t last = 0;
};
// Whether it is open at some time of that. REQUIRES: is_open_hours(text).
bool is_open_at(std::string_view text, const DayMinutes& at);

}  // namespace simwarden
