// SPDX-License-Identifier: Apache-2.0
#include "cel/study/look.h"

#include <bit>
#include <cmath>

#include "cel/value/times.h"

namespace cel {

std::optional<int64_t> place_of(double number) {
  if (std::isnan(number)) return std::nullopt;
  // Bits of doubles rise with them, those of negative ones fall; +0 makes one
  // of both zeros.
  const auto bits = std::bit_cast<int64_t>(number + 0.0);
  return bits < 0 ? bits ^ INT64_MAX : bits;
}

std::optional<int64_t> place_of_time(int64_t seconds, uint32_t nanos) {
  constexpr int64_t kSecondsReached = INT64_MAX / kNanosPerSecond - 1;
  const bool reached =
      seconds >= -kSecondsReached && seconds <= kSecondsReached;
  if (!reached) return std::nullopt;
  return seconds * kNanosPerSecond + int64_t{nanos};
}

std::optional<int64_t> place_of(Scale scale, const Value& bound) {
  // Beyond it not every whole number is a double.
  constexpr int64_t kExact = int64_t{1} << 52;
  if (scale == Scale::time) {
    if (bound.is(Tag::duration)) return bound.duration_nanos();
    if (!bound.is(Tag::timestamp)) return std::nullopt;
    return place_of_time(bound.timestamp_seconds(), bound.timestamp_nanos());
  }
  if (bound.is(Tag::number)) {
    const double number = bound.as_number();
    if (scale == Scale::real) return place_of(number);
    const bool exact = std::trunc(number) == number &&
                       std::abs(number) <= static_cast<double>(kExact);
    if (!exact) return std::nullopt;
    return static_cast<int64_t>(number);
  }
  const bool fits = bound.is(Tag::integer) ||
                    (bound.is(Tag::uinteger) && bound.as_uint() <= INT64_MAX);
  if (!fits) return std::nullopt;
  const int64_t whole = bound.is(Tag::integer)
                            ? bound.as_int()
                            : static_cast<int64_t>(bound.as_uint());
  if (scale == Scale::whole) return whole;
  if (whole > kExact || whole < -kExact) return std::nullopt;
  return place_of(static_cast<double>(whole));
}

bool holds(Compare compare, std::strong_ordering order) {
  switch (compare) {
    case Compare::less: return order < 0;
    case Compare::less_equal: return order <= 0;
    case Compare::greater: return order > 0;
    case Compare::greater_equal: return order >= 0;
    case Compare::not_equal: return order != 0;
    default: return order == 0;
  }
}

}  // namespace cel
