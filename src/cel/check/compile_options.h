// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cel/value/typing.h"

namespace cel {

struct CompileOptions {
  // The type the expression must have; null takes any. With a type, an
  // expression that is constant, or has a constant part that always fails
  // (duration('48 hours')), is an error too.
  const Type* result = nullptr;
  // False: type mistakes and unknown names are error values of evaluation.
  bool checked = true;
  // False: constant parts are worked out at each evaluation.
  bool fold = true;
  // False: has, all, map … are functions like any other, and unknown.
  bool macros = true;
  // True: outcomes() and without() know the choices of facts. REQUIRES then:
  // the environment outlives the program.
  bool keeps_choices = false;
  // Names are looked for in this namespace first ("a.b": a.b.x, a.x, x).
  std::string container = {};
};

}  // namespace cel
