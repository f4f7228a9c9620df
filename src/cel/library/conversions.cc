// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "cel/library/library.h"
#include "cel/value/code_points.h"
#include "cel/value/environment.h"
#include "cel/value/faults.h"
#include "cel/value/times.h"
#include "cel/value/typing.h"
#include "cel/value/value_text.h"

// type(x) and the conversions named for their result. A double becomes an
// integer by cutting; what does not fit is an error.
namespace cel {
namespace {

Value same(Arguments a, Scratch&) {
  return a[0];
}

// --- to int and uint ---------------------------------------------------------

Value int_of_uint(Arguments a, Scratch&) {
  if (a[0].as_uint() > INT64_MAX) return fail(kRange);
  return Value::of_int(static_cast<int64_t>(a[0].as_uint()));
}

// 2^63 itself is a double that does not fit, and so is its negative by CEL's
// rule: both may stand for numbers that were rounded.
Value int_of_double(Arguments a, Scratch&) {
  constexpr double kTwo63 = 9223372036854775808.0;
  const double d = a[0].as_number();
  if (!(d > -kTwo63 && d < kTwo63)) return fail(kRange);
  return Value::of_int(static_cast<int64_t>(d));
}

template <typename T>
std::optional<T> read_whole(std::string_view text) {
  T number{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) {
    return std::nullopt;
  }
  return number;
}

// from_chars knows no plus.
std::string_view without_plus(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  return text;
}

Value int_of_string(Arguments a, Scratch&) {
  const auto number = read_whole<int64_t>(without_plus(a[0].as_string()));
  return number ? Value::of_int(*number) : fail(kConversion);
}

Value int_of_timestamp(Arguments a, Scratch&) {
  return Value::of_int(a[0].timestamp_seconds());
}

// In nanoseconds both ways, as cel-go has it; the specification has neither.
Value int_of_duration(Arguments a, Scratch&) {
  return Value::of_int(a[0].duration_nanos());
}

Value uint_of_int(Arguments a, Scratch&) {
  if (a[0].as_int() < 0) return fail(kRange);
  return Value::of_uint(static_cast<uint64_t>(a[0].as_int()));
}

Value uint_of_double(Arguments a, Scratch&) {
  constexpr double kTwo64 = 18446744073709551616.0;
  const double d = a[0].as_number();
  if (!(d >= 0 && d < kTwo64)) return fail(kRange);
  return Value::of_uint(static_cast<uint64_t>(d));
}

Value uint_of_string(Arguments a, Scratch&) {
  const auto number = read_whole<uint64_t>(a[0].as_string());
  return number ? Value::of_uint(*number) : fail(kConversion);
}

// --- to double, bool, text ---------------------------------------------------

Value double_of_int(Arguments a, Scratch&) {
  return Value::of_number(static_cast<double>(a[0].as_int()));
}
Value double_of_uint(Arguments a, Scratch&) {
  return Value::of_number(static_cast<double>(a[0].as_uint()));
}

// As a literal: what is too small for a double is 0, what is too big a mistake.
Value double_of_string(Arguments a, Scratch&) {
  const std::string text(without_plus(a[0].as_string()));
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const bool whole = read.ptr == end && text.find('(') == text.npos;
  if (!whole || read.ec == std::errc::invalid_argument)
    return fail(kConversion);
  if (read.ec == std::errc()) return Value::of_number(number);
  number = std::strtod(text.c_str(), nullptr);
  return std::isinf(number) ? fail(kConversion) : Value::of_number(number);
}

Value bool_of_string(Arguments a, Scratch&) {
  const std::string_view text = a[0].as_string();
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) return Value::of_bool(true);
  }
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) return Value::of_bool(false);
  }
  return fail(kConversion);
}

Value string_of_bool(Arguments a, Scratch&) {
  return Value::of_string(a[0].as_bool() ? "true" : "false");
}
Value string_of_int(Arguments a, Scratch& scratch) {
  return scratch.make_string(std::to_string(a[0].as_int()));
}
Value string_of_uint(Arguments a, Scratch& scratch) {
  return scratch.make_string(std::to_string(a[0].as_uint()));
}
Value string_of_double(Arguments a, Scratch& scratch) {
  return scratch.make_string(number_text(a[0].as_number()));
}
Value string_of_bytes(Arguments a, Scratch&) {
  if (!is_utf8(a[0].as_bytes())) return fail(kUtf8);
  return Value::of_string(a[0].as_bytes());
}
Value string_of_timestamp(Arguments a, Scratch& scratch) {
  return scratch.make_string(write_timestamp(a[0]));
}
Value string_of_duration(Arguments a, Scratch& scratch) {
  return scratch.make_string(write_duration(a[0]));
}
Value bytes_of_string(Arguments a, Scratch&) {
  return Value::of_bytes(a[0].as_string());
}

// --- to times, types ---------------------------------------------------------

Value timestamp_of_string(Arguments a, Scratch&) {
  return read_timestamp(a[0].as_string()).value_or(fail(kConversion));
}
Value timestamp_of_int(Arguments a, Scratch&) {
  return make_timestamp(a[0].as_int(), 0);
}
Value duration_of_string(Arguments a, Scratch&) {
  return read_duration(a[0].as_string()).value_or(fail(kConversion));
}
Value duration_of_int(Arguments a, Scratch&) {
  return Value::of_duration(a[0].as_int());
}

const Type* runtime_type(const Value& value) {
  switch (value.tag()) {
    case Tag::null: return null_type();
    case Tag::boolean: return bool_type();
    case Tag::integer: return int_type();
    case Tag::uinteger: return uint_type();
    case Tag::number: return double_type();
    case Tag::string: return string_type();
    case Tag::bytes: return bytes_type();
    case Tag::timestamp: return timestamp_type();
    case Tag::duration: return duration_type();
    case Tag::list: return bare_list_type();
    case Tag::map: return bare_map_type();
    case Tag::object: return value.as_object().type;
    case Tag::optional: return bare_optional_type();
    case Tag::ip: return ip_type();
    case Tag::cidr: return cidr_type();
    default: return type_type();
  }
}

Value type_of(Arguments a, Scratch&) {
  return Value::of_type(runtime_type(a[0]));
}

constexpr FunctionRow kRows[] = {
    {"type(A) -> type(A)", type_of},
    {"dyn(A) -> dyn", same},
    {"int(int) -> int", same},
    {"int(uint) -> int", int_of_uint},
    {"int(double) -> int", int_of_double},
    {"int(string) -> int", int_of_string},
    {"int(timestamp) -> int", int_of_timestamp},
    {"int(duration) -> int", int_of_duration},
    {"uint(uint) -> uint", same},
    {"uint(int) -> uint", uint_of_int},
    {"uint(double) -> uint", uint_of_double},
    {"uint(string) -> uint", uint_of_string},
    {"double(double) -> double", same},
    {"double(int) -> double", double_of_int},
    {"double(uint) -> double", double_of_uint},
    {"double(string) -> double", double_of_string},
    {"bool(bool) -> bool", same},
    {"bool(string) -> bool", bool_of_string},
    {"string(string) -> string", same},
    {"string(bool) -> string", string_of_bool},
    {"string(int) -> string", string_of_int},
    {"string(uint) -> string", string_of_uint},
    {"string(double) -> string", string_of_double},
    {"string(bytes) -> string", string_of_bytes},
    {"string(timestamp) -> string", string_of_timestamp},
    {"string(duration) -> string", string_of_duration},
    {"bytes(bytes) -> bytes", same},
    {"bytes(string) -> bytes", bytes_of_string},
    {"timestamp(timestamp) -> timestamp", same},
    {"timestamp(string) -> timestamp", timestamp_of_string},
    {"timestamp(int) -> timestamp", timestamp_of_int},
    {"duration(duration) -> duration", same},
    {"duration(string) -> duration", duration_of_string},
    {"duration(int) -> duration", duration_of_int},
};

constexpr FunctionDoc kDocs[] = {
    {"type", "The type of a value.", "type(1u) == uint", "true"},
    {"dyn", "The same value, whose type the checker no longer looks at.",
     "dyn('1') == 1", "false"},
    {"int",
     "A whole number: the fraction is cut off, a text is read, a timestamp is "
     "seconds since 1970, a duration is nanoseconds.",
     "int('42') + int(-3.9)", "39"},
    {"uint", "A whole number without sign; a negative one is an error.",
     "uint('7')", "7u"},
    {"double", "A floating-point number.", "double('1.5e3')", "1500.0"},
    {"bool",
     "A bool out of one of the texts true TRUE True t T 1 false FALSE False f "
     "F 0.",
     "bool('T')", "true"},
    {"string", "The value as a text; bytes must be UTF-8.",
     "string(1.5) + ' ' + string(duration('90s'))", "'1.5 90s'"},
    {"bytes", "The UTF-8 of a text.", "bytes('é')", "b'é'"},
    {"timestamp", "A point in time out of RFC 3339 or of seconds since 1970.",
     "timestamp('2026-03-02T10:15:00+08:00')",
     "timestamp('2026-03-02T02:15:00Z')"},
    {"duration",
     "A length of time out of h, m, s, ms, us, ns, or of nanoseconds.",
     "duration('1h30m')", "duration('5400s')"},
};

}  // namespace

Family conversion_functions() {
  return {"Types and conversions", kRows, kDocs};
}

}  // namespace cel
