// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/complaints.h"
#include "cel/environment.h"
#include "cel/library.h"
#include "cel/program.h"

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
  const Type* named = nullptr;
  const Fault* fault = nullptr;
  // Of a call: what fits, seen from the static types.
  std::vector<const Overload*> overloads;
  // Of a call with a constant pattern that is one.
  std::shared_ptr<const re2::RE2> pattern;
  const Function* host = nullptr;
  bool qualified = false;  // args[0] is only the namespace of the function
};

struct Notes {
  std::vector<Note> of;  // by ExprId
  uint32_t locals = 0;   // places that a frame needs

  const Note& operator[](ExprId id) const { return of[id]; }
};

Notes check(const Ast& ast, const Environment& environment,
            const CompileOptions& options, Complaints& complaints);

}  // namespace cel
