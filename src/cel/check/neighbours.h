// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cel/value/environment.h"
#include "cel/value/value.h"

// What makes a difference when values are compared with a constant: the
// constant, and what stands right before and right behind it. Between those of
// two constants all values answer alike.
namespace cel {

// Its values stand on a line: numbers and times.
bool has_neighbours(const Type* type);

// Adds to `points` the constant, if `type` has it, and the values of `type`
// next to it. Nothing when one is a number and the other a time.
// REQUIRES: has_neighbours(type).
void add_neighbours(const Type* type, const Value& constant,
                    std::vector<Value>& points);

// REQUIRES: has_neighbours(type).
Value zero_of(const Type* type);

}  // namespace cel
