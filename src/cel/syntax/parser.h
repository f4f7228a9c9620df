// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "cel/syntax/ast.h"
#include "cel/syntax/complaints.h"

// source -> Ast, macros already expanded. Grammar (cel-spec, "Syntax"):
//
//   expr     := or ['?' or ':' expr]
//   or       := and {'||' and}            and := relation {'&&' relation}
//   relation := sum {('<'|'<='|'>='|'>'|'=='|'!='|'in') sum}
//   sum      := product {('+'|'-') product}
//   product  := unary {('*'|'/'|'%') unary}
//   unary    := {'!'} member | {'-'} member
//   member   := primary {'.' name ['(' args ')'] | '.?' name
//                       | '[' ['?'] expr ']'}
//   primary  := ['.'] name ['(' args ')'] | '(' expr ')' | literal
//             | '[' [item {',' item} [',']] ']'      item := ['?'] expr
//             | '{' [pair {',' pair} [',']] '}'      pair := item ':' expr
//
// Chains of && and || are one node, so that a long list of alternatives is
// not deep. The first syntax mistake ends the parse.
namespace cel {

// False when something was complained about.
bool parse(std::string_view source, Ast& ast, Complaints& complaints,
           bool macros = true);

}  // namespace cel
