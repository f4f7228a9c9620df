// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "cel/library/library.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"

namespace cel {
namespace {

Value abs_int(Arguments a, Scratch&) {
  if (a[0].as_int() == INT64_MIN) return fail(kOverflow);
  return Value::of_int(std::abs(a[0].as_int()));
}
Value same(Arguments a, Scratch&) {
  return a[0];
}

template <double (*kFunction)(double)>
Value on_double(Arguments a, Scratch&) {
  return Value::of_number(kFunction(a[0].as_number()));
}

double absolute(double d) {
  return std::fabs(d);
}
double ceiling(double d) {
  return std::ceil(d);
}
double floored(double d) {
  return std::floor(d);
}
double truncated(double d) {
  return std::trunc(d);
}
double rounded(double d) {
  return std::round(d);
}
double root(double d) {
  return std::sqrt(d);
}
double sign(double d) {
  return std::isnan(d) ? d : double((d > 0) - (d < 0));
}

Value sign_int(Arguments a, Scratch&) {
  const int64_t i = a[0].as_int();
  return Value::of_int((i > 0) - (i < 0));
}
Value sign_uint(Arguments a, Scratch&) {
  return Value::of_uint(a[0].as_uint() > 0 ? 1 : 0);
}
Value root_int(Arguments a, Scratch&) {
  return Value::of_number(std::sqrt(static_cast<double>(a[0].as_int())));
}
Value root_uint(Arguments a, Scratch&) {
  return Value::of_number(std::sqrt(static_cast<double>(a[0].as_uint())));
}

Value is_nan(Arguments a, Scratch&) {
  return Value::of_bool(std::isnan(a[0].as_number()));
}
Value is_infinite(Arguments a, Scratch&) {
  return Value::of_bool(std::isinf(a[0].as_number()));
}
Value is_finite(Arguments a, Scratch&) {
  return Value::of_bool(std::isfinite(a[0].as_number()));
}

// --- greatest and least ------------------------------------------------------

// Of values that compare equal the first stays.
template <bool kGreatest>
Value extreme(Arguments values) {
  if (values.empty()) return fail(kArgument);
  Value best = values[0];
  for (const Value& value : values) {
    if (is_void(value)) return value;
    if (!is_number(value)) return fail(kNoOverload);
    const auto against = order(value, best);
    if (!against) return fail(kNoOverload);
    if (kGreatest ? std::is_gt(*against) : std::is_lt(*against)) best = value;
  }
  return best;
}

template <bool kGreatest>
Value extreme_of_arguments(Arguments a, Scratch&) {
  return extreme<kGreatest>(a);
}
template <bool kGreatest>
Value extreme_of_list(Arguments a, Scratch&) {
  return extreme<kGreatest>(a[0].as_list());
}

// --- bits --------------------------------------------------------------------

template <uint64_t (*kCombine)(uint64_t, uint64_t)>
Value on_int_bits(Arguments a, Scratch&) {
  return Value::of_int(
      static_cast<int64_t>(kCombine(static_cast<uint64_t>(a[0].as_int()),
                                    static_cast<uint64_t>(a[1].as_int()))));
}
template <uint64_t (*kCombine)(uint64_t, uint64_t)>
Value on_uint_bits(Arguments a, Scratch&) {
  return Value::of_uint(kCombine(a[0].as_uint(), a[1].as_uint()));
}
uint64_t bit_and(uint64_t a, uint64_t b) {
  return a & b;
}
uint64_t bit_or(uint64_t a, uint64_t b) {
  return a | b;
}
uint64_t bit_xor(uint64_t a, uint64_t b) {
  return a ^ b;
}

Value not_int(Arguments a, Scratch&) {
  return Value::of_int(~a[0].as_int());
}
Value not_uint(Arguments a, Scratch&) {
  return Value::of_uint(~a[0].as_uint());
}

uint64_t shift_left(uint64_t bits, uint64_t by) {
  return bits << by;
}
uint64_t shift_right(uint64_t bits, uint64_t by) {
  return bits >> by;
}

// Shifts are logical, also of negative numbers; 64 and more leave nothing.
template <uint64_t (*kShift)(uint64_t, uint64_t)>
Value shift(Arguments a, Scratch&) {
  const int64_t by = a[1].as_int();
  if (by < 0) return fail(kArgument);
  const bool is_uint = a[0].is(Tag::uinteger);
  const uint64_t bits =
      is_uint ? a[0].as_uint() : static_cast<uint64_t>(a[0].as_int());
  const uint64_t out = by > 63 ? 0 : kShift(bits, static_cast<uint64_t>(by));
  if (is_uint) return Value::of_uint(out);
  return Value::of_int(static_cast<int64_t>(out));
}

constexpr FunctionRow kRows[] = {
    {"math.abs(int) -> int", abs_int},
    {"math.abs(uint) -> uint", same},
    {"math.abs(double) -> double", on_double<absolute>},
    {"math.ceil(double) -> double", on_double<ceiling>},
    {"math.floor(double) -> double", on_double<floored>},
    {"math.round(double) -> double", on_double<rounded>},
    {"math.trunc(double) -> double", on_double<truncated>},
    {"math.sqrt(double) -> double", on_double<root>},
    {"math.sqrt(int) -> double", root_int},
    {"math.sqrt(uint) -> double", root_uint},
    {"math.sign(int) -> int", sign_int},
    {"math.sign(uint) -> uint", sign_uint},
    {"math.sign(double) -> double", on_double<sign>},
    {"math.isNaN(double) -> bool", is_nan},
    {"math.isInf(double) -> bool", is_infinite},
    {"math.isFinite(double) -> bool", is_finite},
    {"math.greatest(N...) -> N", extreme_of_arguments<true>},
    {"math.greatest(list(N)) -> N", extreme_of_list<true>},
    {"math.least(N...) -> N", extreme_of_arguments<false>},
    {"math.least(list(N)) -> N", extreme_of_list<false>},
    {"math.bitAnd(int, int) -> int", on_int_bits<bit_and>},
    {"math.bitAnd(uint, uint) -> uint", on_uint_bits<bit_and>},
    {"math.bitOr(int, int) -> int", on_int_bits<bit_or>},
    {"math.bitOr(uint, uint) -> uint", on_uint_bits<bit_or>},
    {"math.bitXor(int, int) -> int", on_int_bits<bit_xor>},
    {"math.bitXor(uint, uint) -> uint", on_uint_bits<bit_xor>},
    {"math.bitNot(int) -> int", not_int},
    {"math.bitNot(uint) -> uint", not_uint},
    {"math.bitShiftLeft(int, int) -> int", shift<shift_left>},
    {"math.bitShiftLeft(uint, int) -> uint", shift<shift_left>},
    {"math.bitShiftRight(int, int) -> int", shift<shift_right>},
    {"math.bitShiftRight(uint, int) -> uint", shift<shift_right>},
};

constexpr FunctionDoc kDocs[] = {
    {"math.abs", "The number without its sign.", "math.abs(-3)", "3"},
    {"math.ceil", "The next whole number up.", "math.ceil(1.2)", "2.0"},
    {"math.floor", "The next whole number down.", "math.floor(-1.2)", "-2.0"},
    {"math.round", "The nearest whole number; halves away from zero.",
     "math.round(-1.5)", "-2.0"},
    {"math.trunc", "The number without its fraction.", "math.trunc(-1.7)",
     "-1.0"},
    {"math.sqrt", "The square root; NaN of a negative number.", "math.sqrt(81)",
     "9.0"},
    {"math.sign", "-1, 0 or 1.", "math.sign(-4.5)", "-1.0"},
    {"math.isNaN", "Whether it is no number (0.0 / 0.0).",
     "math.isNaN(0.0 / 0.0)", "true"},
    {"math.isInf", "Whether it is infinite.", "math.isInf(-1.0 / 0.0)", "true"},
    {"math.isFinite", "Whether it is a number and not infinite.",
     "math.isFinite(1.5)", "true"},
    {"math.greatest",
     "The greatest of its arguments or of a list; of no numbers at all an "
     "error.",
     "math.greatest(1, 2.5, 2u)", "2.5"},
    {"math.least",
     "The least of its arguments or of a list; of no numbers at all an error.",
     "math.least([3, 1, 2])", "1"},
    {"math.bitAnd", "The bits that both have.", "math.bitAnd(3, 5)", "1"},
    {"math.bitOr", "The bits that either has.", "math.bitOr(3, 5)", "7"},
    {"math.bitXor", "The bits that only one has.", "math.bitXor(3u, 5u)", "6u"},
    {"math.bitNot", "Every bit turned over.", "math.bitNot(1)", "-2"},
    {"math.bitShiftLeft", "The bits moved up; by 64 and more nothing is left.",
     "math.bitShiftLeft(1, 4)", "16"},
    {"math.bitShiftRight",
     "The bits moved down, zeros following, of negative numbers too.",
     "math.bitShiftRight(1024, 2)", "256"},
};

}  // namespace

Family math_functions() {
  return {"Mathematics", kRows, kDocs};
}

}  // namespace cel
