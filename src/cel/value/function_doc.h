// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cel {

// What the manual says of a function, an operator or a macro, whatever the
// number of its overloads. A test runs the example.
struct FunctionDoc {
  std::string_view name;     // as in the signature: "math.abs", "_+_"
  std::string_view says;     // one sentence
  std::string_view example;  // reads no fact
  std::string_view result;   // to_text() of the example
};

}  // namespace cel
