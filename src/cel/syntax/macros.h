// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "cel/syntax/ast.h"
#include "cel/syntax/complaints.h"
#include "cel/value/function_doc.h"

// Calls that are no functions: their arguments are not worked out first. One
// row a macro; a call is a macro by its name, its style and the number of its
// arguments.
namespace cel {

struct Macro {
  std::string_view name;
  bool member;             // e.all(x, …), not has(…)
  size_t arguments;        // without the receiver
  std::string_view usage;  // for the manual
  // Turns the call into what it stands for. `call.args` begins with the
  // receiver. False after a complaint.
  bool (*expand)(Ast& ast, Expr& call, Complaints& complaints);
};

std::span<const Macro> macros();
std::span<const FunctionDoc> macro_docs();
const Macro* find_macro(std::string_view name, bool member, size_t arguments);

}  // namespace cel
