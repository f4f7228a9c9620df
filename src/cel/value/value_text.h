// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cel/value/value.h"

// Values as plain words: what string() and format('%s') answer. The form with
// quotes is to_text() of value.h.
namespace cel {

// 1.5, 100000, 1e+30, NaN, Infinity: the shortest that reads back the same, but
// in full from 0.0001 up to a million.
std::string number_text(double number);

}  // namespace cel
