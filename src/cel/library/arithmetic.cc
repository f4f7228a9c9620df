// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "cel/library/library.h"
#include "cel/value/faults.h"
#include "cel/value/times.h"

// + - * / % and the signs. Nothing is coerced, and an integer that does not
// fit is an error, never wrapped.
namespace cel {
namespace {

using std::int64_t;

template <bool (*kOverflows)(int64_t, int64_t, int64_t*)>
Value on_ints(Arguments a, Scratch&) {
  int64_t result = 0;
  if (kOverflows(a[0].as_int(), a[1].as_int(), &result)) return fail(kOverflow);
  return Value::of_int(result);
}
template <bool (*kOverflows)(uint64_t, uint64_t, uint64_t*)>
Value on_uints(Arguments a, Scratch&) {
  uint64_t result = 0;
  if (kOverflows(a[0].as_uint(), a[1].as_uint(), &result)) {
    return fail(kOverflow);
  }
  return Value::of_uint(result);
}

template <typename T>
bool add(T a, T b, T* out) {
  return __builtin_add_overflow(a, b, out);
}
template <typename T>
bool subtract(T a, T b, T* out) {
  return __builtin_sub_overflow(a, b, out);
}
template <typename T>
bool multiply(T a, T b, T* out) {
  return __builtin_mul_overflow(a, b, out);
}

Value divide_ints(Arguments a, Scratch&) {
  if (a[1].as_int() == 0) return fail(kDivideByZero);
  if (a[0].as_int() == INT64_MIN && a[1].as_int() == -1) return fail(kOverflow);
  return Value::of_int(a[0].as_int() / a[1].as_int());
}

Value modulo_ints(Arguments a, Scratch&) {
  if (a[1].as_int() == 0) return fail(kModulusByZero);
  if (a[0].as_int() == INT64_MIN && a[1].as_int() == -1) return fail(kOverflow);
  return Value::of_int(a[0].as_int() % a[1].as_int());
}

Value divide_uints(Arguments a, Scratch&) {
  if (a[1].as_uint() == 0) return fail(kDivideByZero);
  return Value::of_uint(a[0].as_uint() / a[1].as_uint());
}

Value modulo_uints(Arguments a, Scratch&) {
  if (a[1].as_uint() == 0) return fail(kModulusByZero);
  return Value::of_uint(a[0].as_uint() % a[1].as_uint());
}

Value add_doubles(Arguments a, Scratch&) {
  return Value::of_number(a[0].as_number() + a[1].as_number());
}
Value subtract_doubles(Arguments a, Scratch&) {
  return Value::of_number(a[0].as_number() - a[1].as_number());
}
Value multiply_doubles(Arguments a, Scratch&) {
  return Value::of_number(a[0].as_number() * a[1].as_number());
}
Value divide_doubles(Arguments a, Scratch&) {
  return Value::of_number(a[0].as_number() / a[1].as_number());
}

std::string_view joined(std::string_view a, std::string_view b,
                        Scratch& scratch) {
  auto* chars = static_cast<char*>(scratch.allocate(a.size() + b.size(), 1));
  if (!a.empty()) std::memcpy(chars, a.data(), a.size());
  if (!b.empty()) std::memcpy(chars + a.size(), b.data(), b.size());
  return {chars, a.size() + b.size()};
}

Value add_strings(Arguments a, Scratch& scratch) {
  const std::string_view left = a[0].as_string();
  const std::string_view right = a[1].as_string();
  if (!scratch.afford(left.size() + right.size())) return fail(kTooBig);
  return Value::of_string(joined(left, right, scratch));
}

Value add_bytes(Arguments a, Scratch& scratch) {
  const std::string_view left = a[0].as_bytes();
  const std::string_view right = a[1].as_bytes();
  if (!scratch.afford(left.size() + right.size())) return fail(kTooBig);
  return Value::of_bytes(joined(left, right, scratch));
}

Value add_lists(Arguments a, Scratch& scratch) {
  const std::span<const Value> left = a[0].as_list();
  const std::span<const Value> right = a[1].as_list();
  if (left.empty()) return a[1];
  if (right.empty()) return a[0];
  if (!scratch.afford(left.size_bytes() + right.size_bytes())) {
    return fail(kTooBig);
  }
  const std::span<Value> all = scratch.values(left.size() + right.size());
  std::copy(right.begin(), right.end(),
            std::copy(left.begin(), left.end(), all.begin()));
  return scratch.make_list(all);
}

Value negate_int(Arguments a, Scratch&) {
  if (a[0].as_int() == INT64_MIN) return fail(kOverflow);
  return Value::of_int(-a[0].as_int());
}
Value negate_double(Arguments a, Scratch&) {
  return Value::of_number(-a[0].as_number());
}
Value negate_bool(Arguments a, Scratch&) {
  return Value::of_bool(!a[0].as_bool());
}

// --- times -----------------------------------------------------------------

Value add_durations(Arguments a, Scratch&) {
  int64_t nanos = 0;
  if (add(a[0].duration_nanos(), a[1].duration_nanos(), &nanos)) {
    return fail(kTimeRange);
  }
  return Value::of_duration(nanos);
}

Value subtract_durations(Arguments a, Scratch&) {
  int64_t nanos = 0;
  if (subtract(a[0].duration_nanos(), a[1].duration_nanos(), &nanos)) {
    return fail(kTimeRange);
  }
  return Value::of_duration(nanos);
}

Value negate_duration(Arguments a, Scratch&) {
  if (a[0].duration_nanos() == INT64_MIN) return fail(kTimeRange);
  return Value::of_duration(-a[0].duration_nanos());
}

Value move_time(const Value& time, int64_t nanos) {
  int64_t seconds = time.timestamp_seconds() + nanos / kNanosPerSecond;
  int64_t rest = time.timestamp_nanos() + nanos % kNanosPerSecond;
  if (rest < 0) {
    rest += kNanosPerSecond;
    --seconds;
  } else if (rest >= kNanosPerSecond) {
    rest -= kNanosPerSecond;
    ++seconds;
  }
  return make_timestamp(seconds, static_cast<uint32_t>(rest));
}

Value time_plus(Arguments a, Scratch&) {
  return move_time(a[0], a[1].duration_nanos());
}
Value plus_time(Arguments a, Scratch&) {
  return move_time(a[1], a[0].duration_nanos());
}
Value time_minus(Arguments a, Scratch&) {
  if (a[1].duration_nanos() == INT64_MIN) return fail(kTimeRange);
  return move_time(a[0], -a[1].duration_nanos());
}

Value time_between(Arguments a, Scratch&) {
  const int64_t seconds = a[0].timestamp_seconds() - a[1].timestamp_seconds();
  const int64_t nanos = static_cast<int64_t>(a[0].timestamp_nanos()) -
                        static_cast<int64_t>(a[1].timestamp_nanos());
  // The seconds alone may lie outside where the sum does not.
  const __int128 total =
      static_cast<__int128>(seconds) * kNanosPerSecond + nanos;
  if (total < INT64_MIN || total > INT64_MAX) return fail(kTimeRange);
  return Value::of_duration(static_cast<int64_t>(total));
}

constexpr FunctionRow kRows[] = {
    {"_+_(int, int) -> int", on_ints<add<int64_t>>},
    {"_+_(uint, uint) -> uint", on_uints<add<uint64_t>>},
    {"_+_(double, double) -> double", add_doubles},
    {"_+_(string, string) -> string", add_strings},
    {"_+_(bytes, bytes) -> bytes", add_bytes},
    {"_+_(list(A), list(A)) -> list(A)", add_lists},
    {"_+_(duration, duration) -> duration", add_durations},
    {"_+_(timestamp, duration) -> timestamp", time_plus},
    {"_+_(duration, timestamp) -> timestamp", plus_time},
    {"_-_(int, int) -> int", on_ints<subtract<int64_t>>},
    {"_-_(uint, uint) -> uint", on_uints<subtract<uint64_t>>},
    {"_-_(double, double) -> double", subtract_doubles},
    {"_-_(duration, duration) -> duration", subtract_durations},
    {"_-_(timestamp, duration) -> timestamp", time_minus},
    {"_-_(timestamp, timestamp) -> duration", time_between},
    {"_*_(int, int) -> int", on_ints<multiply<int64_t>>},
    {"_*_(uint, uint) -> uint", on_uints<multiply<uint64_t>>},
    {"_*_(double, double) -> double", multiply_doubles},
    {"_/_(int, int) -> int", divide_ints},
    {"_/_(uint, uint) -> uint", divide_uints},
    {"_/_(double, double) -> double", divide_doubles},
    {"_%_(int, int) -> int", modulo_ints},
    {"_%_(uint, uint) -> uint", modulo_uints},
    {"-_(int) -> int", negate_int},
    {"-_(double) -> double", negate_double},
    {"-_(duration) -> duration", negate_duration},
    {"!_(bool) -> bool", negate_bool},
};

constexpr FunctionDoc kDocs[] = {
    {"_+_",
     "The sum; of texts, bytes and lists, one after the other; a time and a "
     "duration give a time.",
     "[1, 2] + [3]", "[1, 2, 3]"},
    {"_-_", "The difference; of two timestamps, the duration between them.",
     "timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T12:00:00Z')",
     "duration('43200s')"},
    {"_*_", "The product.", "2.5 * 4.0", "10.0"},
    {"_/_",
     "The quotient; of ints and uints without its fraction, and dividing them "
     "by zero is an error.",
     "-7 / 2", "-3"},
    {"_%_", "The rest of a division, with the sign of the dividend.", "-7 % 3",
     "-1"},
    {"-_", "The negative.", "-(2 + 3)", "-5"},
    {"!_", "Not.", "!(1 > 2)", "true"},
};

}  // namespace

Family arithmetic_functions() {
  return {"Arithmetic", kRows, kDocs};
}

}  // namespace cel
