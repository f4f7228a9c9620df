// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cel/value/value.h"

// The error values of CEL: what is odd about the data. Texts say what
// happened, not where; the place is the expression's.
namespace cel {

inline constexpr Fault kNoOverload{"no such overload"};
inline constexpr Fault kOverflow{"integer overflow"};
inline constexpr Fault kDivideByZero{"division by zero"};
inline constexpr Fault kModulusByZero{"modulus by zero"};
inline constexpr Fault kNoKey{"no such key"};
inline constexpr Fault kRepeatedKey{"key given twice"};
inline constexpr Fault kKeyType{"a map key is a bool, int, uint or string"};
inline constexpr Fault kNoField{"no such field"};
inline constexpr Fault kIndex{"index out of range"};
inline constexpr Fault kConversion{"value cannot be converted"};
inline constexpr Fault kRange{"value out of range"};
inline constexpr Fault kUtf8{"invalid UTF-8"};
inline constexpr Fault kRegex{"invalid regular expression"};
inline constexpr Fault kTimeZone{"unknown time zone"};
inline constexpr Fault kTimeRange{"time out of range"};
inline constexpr Fault kArgument{"invalid argument"};
inline constexpr Fault kTooBig{"value grows beyond its bound"};
inline constexpr Fault kTooManySteps{"more than 10000 loop steps"};
inline constexpr Fault kFactType{"the fact is not of its declared type"};
inline constexpr Fault kUnknownName{"undeclared reference"};
inline constexpr Fault kNoFunction{"unbound function"};

inline Value fail(const Fault& fault) {
  return Value::of_error(&fault);
}

// True for the two kinds that are not data: an error, a missing fact.
inline bool is_void(const Value& value) {
  return value.tag() >= Tag::error;
}

}  // namespace cel
