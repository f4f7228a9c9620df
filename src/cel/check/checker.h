// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "cel/check/compile_options.h"
#include "cel/library/library.h"
#include "cel/syntax/ast.h"
#include "cel/syntax/complaints.h"
#include "cel/value/environment.h"

// Ast + Environment -> what each node means: its type, the fact, variable or
// functions that its name stands for. Gradual: dyn is checked at run time.
namespace cel {

// The closed set that a text is from; empty when it is open.
struct Choices {
  std::span<const std::string> of_fact;
  std::span<const std::string_view> of_field;

  bool empty() const { return of_fact.empty() && of_field.empty(); }
  bool has(std::string_view text) const;
  std::vector<std::string> all() const;
};

struct Note {
  enum class Is : uint8_t {
    plain,  // what its kind says
    fact,   // index is its slot, `type` its declared type
    local,  // index is its place in the frame
    type,   // the type `named`
    fault,  // evaluates to `fault`
  };
  Is is = Is::plain;
  const Type* type = nullptr;
  Choices choices;
  uint32_t index = 0;              // of a loop or bind: of its first variable
  const Type* declared = nullptr;  // of a fact
  Extent extent;                   // of a fact or a field
  const Type* named = nullptr;
  const Fault* fault = nullptr;
  // Of a call: what fits, seen from the static types.
  std::vector<const Overload*> overloads;
  std::shared_ptr<const Function> host;
  std::shared_ptr<const re2::RE2> pattern;  // when it is a constant
  bool qualified = false;  // args[0] is only the namespace of the function
};

struct Notes {
  // Choices are views of the environment: to be called before it may go.
  void forget_choices() {
    for (Note& note : of) note.choices = {};
  }

  std::vector<Note> of;  // by ExprId
  uint32_t locals = 0;   // places that a frame needs

  const Note& operator[](ExprId id) const { return of[id]; }
};

// The parts of `expr` that are evaluated: not the path behind a fact's name,
// nor the namespace of a function.
std::span<const ExprId> operands(const Expr& expr, const Note& note);

// x.or(y) and x.orValue(y): y is asked only when the optional x is none.
bool is_otherwise(const Expr& expr, const Note& note);

Notes check(const Ast& ast, const Environment& environment,
            const CompileOptions& options, Complaints& complaints);

}  // namespace cel
