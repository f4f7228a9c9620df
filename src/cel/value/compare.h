// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>

#include "cel/value/value.h"

// CEL's one number line: int, uint and double compare by what they are worth.
// Everything else is equal only to its own kind.
namespace cel {

// Never fails; values of unlike kinds are unequal; NaN is equal to nothing.
bool equal(const Value& a, const Value& b);

// An element or a field of `value`, as deep as equal() looks, that was not
// recorded or is an error: then "not equal" is not proven. Null when there is
// none.
const Value* void_inside(const Value& value);

// nullopt when the kinds have no order; `unordered` for NaN.
std::optional<std::partial_ordering> order(const Value& a, const Value& b);

// What sort() puts into one row: values of one kind that has an order. NaN
// sorts before all other numbers.
bool sort_together(const Value& a, const Value& b);
// REQUIRES: sort_together(a, b).
bool sorts_before(const Value& a, const Value& b);

// The value of a key, null when there is none. Numbers by worth: 1.0 finds 1.
const Value* find_key(const Map& map, const Value& key);

bool is_number(const Value& value);

}  // namespace cel
