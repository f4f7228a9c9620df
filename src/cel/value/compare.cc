// SPDX-License-Identifier: Apache-2.0
#include "cel/value/compare.h"

#include <cmath>
#include <tuple>

#include "cel/value/environment.h"
#include "cel/value/faults.h"

namespace cel {
namespace {

using Order = std::partial_ordering;

// Values nest as deep as expressions and host types do; a deeper one, which
// only a host could make, is equal to nothing.
constexpr int kValueDepthMax = 256;

// 2^63 and 2^64 as doubles. Beyond them an integer cannot be; within, the
// integer is taken as a double, as cel-spec's tests want it: the biggest int
// and 2^63 count as the same.
constexpr double kTwo63 = 9223372036854775808.0;
constexpr double kTwo64 = 18446744073709551616.0;

Order int_double(int64_t i, double d) {
  if (d > kTwo63) return Order::less;
  if (d < -kTwo63) return Order::greater;
  return static_cast<double>(i) <=> d;
}

Order uint_double(uint64_t u, double d) {
  if (d > kTwo64) return Order::less;
  if (d < 0) return Order::greater;
  return static_cast<double>(u) <=> d;
}

Order int_uint(int64_t i, uint64_t u) {
  if (i < 0) return Order::less;
  return static_cast<uint64_t>(i) <=> u;
}

Order reverse(Order order) {
  // NOLINTNEXTLINE(modernize-use-nullptr): no pointer is in sight
  return 0 <=> order;
}

Order order_numbers(const Value& a, const Value& b) {
  switch (a.tag()) {
    case Tag::integer:
      if (b.is(Tag::integer)) return a.as_int() <=> b.as_int();
      if (b.is(Tag::uinteger)) return int_uint(a.as_int(), b.as_uint());
      return int_double(a.as_int(), b.as_number());
    case Tag::uinteger:
      if (b.is(Tag::uinteger)) return a.as_uint() <=> b.as_uint();
      if (b.is(Tag::integer)) return reverse(int_uint(b.as_int(), a.as_uint()));
      return uint_double(a.as_uint(), b.as_number());
    default: break;
  }
  if (b.is(Tag::number)) return a.as_number() <=> b.as_number();
  if (b.is(Tag::integer)) return reverse(int_double(b.as_int(), a.as_number()));
  return reverse(uint_double(b.as_uint(), a.as_number()));
}

bool equal_at(const Value& a, const Value& b, int depth);

bool equal_lists(std::span<const Value> a, std::span<const Value> b,
                 int depth) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!equal_at(a[i], b[i], depth + 1)) return false;
  }
  return true;
}

bool equal_maps(const Map& a, const Map& b, int depth) {
  if (a.size != b.size) return false;
  for (uint32_t i = 0; i < a.size; ++i) {
    const Value* other = find_key(b, a.keys[i]);
    if (!other || !equal_at(a.values[i], *other, depth + 1)) return false;
  }
  return true;
}

bool equal_objects(const Object& a, const Object& b, int depth) {
  if (a.type != b.type) return false;
  const size_t count = a.type->fields.size();
  return equal_lists({a.fields, count}, {b.fields, count}, depth);
}

bool equal_at(const Value& a, const Value& b, int depth) {
  if (is_number(a)) {
    return is_number(b) && order_numbers(a, b) == Order::equivalent;
  }
  if (a.tag() != b.tag() || depth > kValueDepthMax) return false;
  switch (a.tag()) {
    case Tag::null: return true;
    case Tag::boolean: return a.as_bool() == b.as_bool();
    case Tag::string: return a.as_string() == b.as_string();
    case Tag::bytes: return a.as_bytes() == b.as_bytes();
    case Tag::timestamp:
      return a.timestamp_seconds() == b.timestamp_seconds() &&
             a.timestamp_nanos() == b.timestamp_nanos();
    case Tag::duration: return a.duration_nanos() == b.duration_nanos();
    case Tag::list: return equal_lists(a.as_list(), b.as_list(), depth);
    case Tag::map: return equal_maps(a.as_map(), b.as_map(), depth);
    case Tag::object: return equal_objects(a.as_object(), b.as_object(), depth);
    case Tag::type: return a.as_type() == b.as_type();
    case Tag::ip:
    case Tag::cidr: return a.as_address() == b.as_address();
    case Tag::optional:
      if (!a.as_optional() || !b.as_optional()) {
        return a.as_optional() == b.as_optional();
      }
      return equal_at(*a.as_optional(), *b.as_optional(), depth + 1);
    default: return false;
  }
}

const Value* void_at(const Value& value, int depth);

const Value* void_among(std::span<const Value> values, int depth) {
  for (const Value& value : values) {
    if (const Value* found = void_at(value, depth)) return found;
  }
  return nullptr;
}

const Value* void_at(const Value& value, int depth) {
  if (depth > kValueDepthMax) return nullptr;
  switch (value.tag()) {
    case Tag::list: return void_among(value.as_list(), depth + 1);
    case Tag::map:
      return void_among({value.as_map().values, value.as_map().size},
                        depth + 1);
    case Tag::object: {
      const Object& object = value.as_object();
      return void_among({object.fields, object.type->fields.size()}, depth + 1);
    }
    case Tag::optional:
      return value.as_optional() ? void_at(*value.as_optional(), depth + 1)
                                 : nullptr;
    default: return is_void(value) ? &value : nullptr;
  }
}

}  // namespace

const Value* void_inside(const Value& value) {
  return void_at(value, 0);
}

bool is_number(const Value& value) {
  return value.is(Tag::integer) || value.is(Tag::uinteger) ||
         value.is(Tag::number);
}

bool equal(const Value& a, const Value& b) {
  return equal_at(a, b, 0);
}

std::optional<std::partial_ordering> order(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return order_numbers(a, b);
  if (a.tag() != b.tag()) return std::nullopt;
  switch (a.tag()) {
    case Tag::boolean: return a.as_bool() <=> b.as_bool();
    case Tag::string: return a.as_string() <=> b.as_string();
    case Tag::bytes: return a.as_bytes() <=> b.as_bytes();
    case Tag::duration: return a.duration_nanos() <=> b.duration_nanos();
    case Tag::timestamp:
      return std::tuple(a.timestamp_seconds(), a.timestamp_nanos()) <=>
             std::tuple(b.timestamp_seconds(), b.timestamp_nanos());
    default: return std::nullopt;
  }
}

bool sort_together(const Value& a, const Value& b) {
  return a.tag() == b.tag() && order(a, b).has_value();
}

bool sorts_before(const Value& a, const Value& b) {
  if (!a.is(Tag::number)) return std::is_lt(*order(a, b));
  const bool a_nan = std::isnan(a.as_number());
  const bool b_nan = std::isnan(b.as_number());
  return a_nan || b_nan ? a_nan && !b_nan : a.as_number() < b.as_number();
}

const Value* find_key(const Map& map, const Value& key) {
  for (uint32_t i = 0; i < map.size; ++i) {
    if (equal(map.keys[i], key)) return &map.values[i];
  }
  return nullptr;
}

}  // namespace cel
