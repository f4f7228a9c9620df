// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// The getters of times and what they give: one row each, for whoever looks at
// conditions without running them. time_functions.cc runs them.
//
//   find_time_part("getHours")->most   // 23
namespace cel {

struct TimePart {
  std::string_view getter;
  // Of a timestamp: from, to, and how they are counted.
  int64_t least = 0;
  int64_t most = 0;
  std::string_view counted;
  // Of a duration: in what it is counted ("hours"; "" when it has no such
  // getter), and how many nanoseconds make one of them (0: it is the rest
  // within the second, which no whole duration is).
  std::string_view unit = {};
  int64_t unit_nanos = 0;
};

std::span<const TimePart> time_parts();
// Nullptr: no getter of times.
const TimePart* find_time_part(std::string_view getter);

}  // namespace cel
