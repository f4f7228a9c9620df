// SPDX-License-Identifier: Apache-2.0
#include "cel/check/neighbours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "cel/value/compare.h"
#include "cel/value/times.h"
#include "cel/value/typing.h"

namespace cel {
namespace {

double as_double(const Value& number) {
  if (number.is(Tag::integer)) return static_cast<double>(number.as_int());
  if (number.is(Tag::uinteger)) return static_cast<double>(number.as_uint());
  return number.as_number();
}

// 2^63: one more than the biggest int, half of one more than the biggest uint.
constexpr double kTwo63 = 9223372036854775808.0;

std::optional<Value> whole_at(const Type* type, double number) {
  const double at = std::floor(number);
  if (type == int_type()) {
    if (!(at >= -kTwo63 && at < kTwo63)) return std::nullopt;
    return Value::of_int(static_cast<int64_t>(at));
  }
  if (!(at < 2 * kTwo63)) return std::nullopt;
  return Value::of_uint(static_cast<uint64_t>(std::max(at, 0.0)));
}

// The nearest that `type` has at or below a number; nothing far beyond it, nor
// for NaN.
std::optional<Value> whole_at(const Type* type, const Value& number) {
  if (number.is(Tag::number)) return whole_at(type, number.as_number());
  if (type == int_type()) {
    if (number.is(Tag::integer)) return number;
    if (number.as_uint() > INT64_MAX) return std::nullopt;
    return Value::of_int(static_cast<int64_t>(number.as_uint()));
  }
  if (number.is(Tag::uinteger)) return number;
  const int64_t i = std::max<int64_t>(number.as_int(), 0);
  return Value::of_uint(static_cast<uint64_t>(i));
}

void add_wholes(const Value& at, std::vector<Value>& points) {
  points.push_back(at);
  if (at.is(Tag::integer)) {
    const int64_t i = at.as_int();
    if (i > INT64_MIN) points.push_back(Value::of_int(i - 1));
    if (i < INT64_MAX) points.push_back(Value::of_int(i + 1));
    return;
  }
  const uint64_t u = at.as_uint();
  if (u > 0) points.push_back(Value::of_uint(u - 1));
  if (u < UINT64_MAX) points.push_back(Value::of_uint(u + 1));
}

constexpr double kFar = std::numeric_limits<double>::infinity();

// A double so big is compared with integers that are rounded to doubles: the
// next one that counts as another lies further off than 1.
void add_big_wholes(const Type* type, double at, std::vector<Value>& points) {
  for (const double near :
       {std::nextafter(at, -kFar), at, std::nextafter(at, kFar)}) {
    if (const auto whole = whole_at(type, near)) points.push_back(*whole);
  }
  const bool is_int = type == int_type();
  points.push_back(is_int ? Value::of_int(INT64_MIN) : Value::of_uint(0));
  points.push_back(is_int ? Value::of_int(INT64_MAX)
                          : Value::of_uint(UINT64_MAX));
}

void add_doubles(double at, std::vector<Value>& points) {
  points.push_back(Value::of_number(std::nextafter(at, -kFar)));
  points.push_back(Value::of_number(at));
  points.push_back(Value::of_number(std::nextafter(at, kFar)));
}

void add_times(const Value& at, std::vector<Value>& points) {
  const int64_t seconds = at.timestamp_seconds();
  const uint32_t nanos = at.timestamp_nanos();
  constexpr auto kLast = static_cast<uint32_t>(kNanosPerSecond - 1);
  points.push_back(at);
  points.push_back(nanos > 0 ? Value::of_timestamp(seconds, nanos - 1)
                             : Value::of_timestamp(seconds - 1, kLast));
  points.push_back(nanos < kLast ? Value::of_timestamp(seconds, nanos + 1)
                                 : Value::of_timestamp(seconds + 1, 0));
}

void add_durations(const Value& at, std::vector<Value>& points) {
  const int64_t nanos = at.duration_nanos();
  points.push_back(at);
  if (nanos > INT64_MIN) points.push_back(Value::of_duration(nanos - 1));
  if (nanos < INT64_MAX) points.push_back(Value::of_duration(nanos + 1));
}

// A number for numbers, a time for times.
bool is_alike(const Type* type, const Value& constant) {
  if (is_number_type(type)) return is_number(constant);
  return constant.is(type == timestamp_type() ? Tag::timestamp : Tag::duration);
}

}  // namespace

bool has_neighbours(const Type* type) {
  return is_number_type(type) || type == timestamp_type() ||
         type == duration_type();
}

void add_neighbours(const Type* type, const Value& constant,
                    std::vector<Value>& points) {
  if (!is_alike(type, constant)) return;
  if (type == timestamp_type()) return add_times(constant, points);
  if (type == duration_type()) return add_durations(constant, points);
  if (type == double_type()) return add_doubles(as_double(constant), points);
  constexpr double kExactMax = 9007199254740992.0;  // 2^53
  if (constant.is(Tag::number) &&
      !(std::abs(constant.as_number()) < kExactMax)) {
    return add_big_wholes(type, constant.as_number(), points);
  }
  if (const auto whole = whole_at(type, constant)) add_wholes(*whole, points);
}

Value zero_of(const Type* type) {
  if (type == int_type()) return Value::of_int(0);
  if (type == uint_type()) return Value::of_uint(0);
  if (type == timestamp_type()) return Value::of_timestamp(0, 0);
  return type == duration_type() ? Value::of_duration(0) : Value::of_number(0);
}

}  // namespace cel
