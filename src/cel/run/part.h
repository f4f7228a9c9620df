// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "cel/run/node.h"
#include "cel/syntax/ast.h"
#include "cel/value/scratch.h"

namespace cel {

class Compiled;

// A part of a program that can be asked by itself. Immutable; it outlives the
// program.
class Part {
 public:
  Part(const Compiled& program, ExprId id);
  // As Program::evaluate().
  Value evaluate(Activation& facts, Scratch& scratch) const;

 private:
  Scratch constants_;  // outlives the nodes, which refer to it
  NodePtr root_;
  uint32_t locals_;
};

}  // namespace cel
