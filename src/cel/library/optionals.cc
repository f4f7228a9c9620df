// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "cel/library/library.h"
#include "cel/value/faults.h"

// Values that may be none: a.?b, m[?k], optional.of(x). The macros optMap and
// optFlatMap, the selections, or() and orValue() are nodes of their own; the
// rows of the last two are for the checker.
namespace cel {
namespace {

constexpr Fault kNone{"optional.none() has no value"};

Value of(Arguments a, Scratch& scratch) {
  return scratch.make_optional(a[0]);
}
Value none(Arguments, Scratch&) {
  return Value::of_optional(nullptr);
}

bool is_zero(const Value& value) {
  switch (value.tag()) {
    case Tag::null: return true;
    case Tag::boolean: return !value.as_bool();
    case Tag::integer: return value.as_int() == 0;
    case Tag::uinteger: return value.as_uint() == 0;
    case Tag::number: return value.as_number() == 0;
    case Tag::string:
    case Tag::bytes: return value.as_bytes().empty();
    case Tag::duration: return value.duration_nanos() == 0;
    case Tag::list: return value.as_list().empty();
    case Tag::map: return value.as_map().size == 0;
    case Tag::optional: return value.as_optional() == nullptr;
    default: return false;
  }
}

Value of_non_zero(Arguments a, Scratch& scratch) {
  return is_zero(a[0]) ? Value::of_optional(nullptr) : of(a, scratch);
}

Value has_value(Arguments a, Scratch&) {
  return Value::of_bool(a[0].as_optional() != nullptr);
}
Value value(Arguments a, Scratch&) {
  return a[0].as_optional() ? *a[0].as_optional() : fail(kNone);
}

// What the optionals of a list hold; none leaves no place.
Value unwrap(Arguments a, Scratch& scratch) {
  std::vector<Value> out;
  for (const Value& item : a[0].as_list()) {
    if (is_void(item)) return item;
    if (!item.is(Tag::optional)) return fail(kNoOverload);
    if (item.as_optional()) out.push_back(*item.as_optional());
  }
  return scratch.make_list(out);
}

constexpr FunctionRow kRows[] = {
    {"optional.of(A) -> optional(A)", of},
    {"optional.none() -> optional(A)", none},
    {"optional.ofNonZeroValue(A) -> optional(A)", of_non_zero},
    {"optional(A).hasValue() -> bool", has_value},
    {"optional(A).value() -> A", value},
    {"optional(A).or(optional(A)) -> optional(A)", nullptr},
    {"optional(A).orValue(A) -> A", nullptr},
    {"optional.unwrap(list(optional(A))) -> list(A)", unwrap},
    {"list(optional(A)).unwrapOpt() -> list(A)", unwrap},
};

constexpr FunctionDoc kDocs[] = {
    {"optional.of", "An optional that holds the value.", "optional.of(1)",
     "optional.of(1)"},
    {"optional.none", "An optional that holds nothing.",
     "optional.none().hasValue()", "false"},
    {"optional.ofNonZeroValue",
     "Holds the value unless it is null, false, zero, or empty.",
     "optional.ofNonZeroValue('')", "optional.none()"},
    {"hasValue", "Whether it holds a value.", "{'a': 1}.?a.hasValue()", "true"},
    {"value", "What it holds; an error when that is nothing.",
     "{'a': 1}.?a.value()", "1"},
    {"or",
     "This optional if it holds a value, else the other, which is not looked "
     "at before.",
     "{'a': 1}.?b.or({'a': 1}.?a)", "optional.of(1)"},
    {"orValue",
     "What it holds, else the other value, which is not looked at before.",
     "{'a': 1}.?b.orValue(0)", "0"},
    {"optional.unwrap", "What the optionals of a list hold.",
     "optional.unwrap([optional.of(1), optional.none(), optional.of(3)])",
     "[1, 3]"},
    {"unwrapOpt", "What the optionals of a list hold, written behind the list.",
     "[optional.of(1), optional.none()].unwrapOpt()", "[1]"},
};

}  // namespace

Family optional_functions() {
  return {"Optional values", kRows, kDocs};
}

}  // namespace cel
