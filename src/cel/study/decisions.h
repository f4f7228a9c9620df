// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cel/run/compiled.h"

// The walk that atoms (atoms.h) and changes (changes.h) have in common.
namespace cel {

struct Decided {
  ExprId id = kNoExpr;
  bool holds = false;
  // Of ?: with no answer to it nothing more is asked; of && and || the others
  // are asked all the same.
  bool must_answer = false;
};

struct Decision {
  ExprId id = kNoExpr;
  ExprId negation = kNoExpr;  // the ! right above it
  bool in_scope = false;      // see Atom
  // What was decided when it is asked.
  std::vector<Decided> before;
};

// An operand of && or ||.
struct Operand {
  ExprId id = kNoExpr;
  bool is_and = false;
};

struct Decisions {
  std::vector<Decision> atoms;  // in the order of the text
  std::vector<Operand> operands;
};

Decisions decisions_of(const Compiled& program);

// A part of an expression in brackets; a comment at its end cannot eat them.
std::string bracketed(std::string_view part);

}  // namespace cel
