// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cel/check/checker.h"
#include "cel/syntax/ast.h"

namespace conformance {

// The tree as cel-go's debug strings show it: with the kind of each node, or,
// with `notes`, with its type (never with overload names: ours have none).
// Our nodes for && || chains and loops are written as the calls and
// comprehensions that cel-go makes of them; loops over two variables as the
// calls that they were, since cel-go's tests do not expand these.
std::string ast_text(const cel::Ast& ast, const cel::Notes* notes = nullptr);

}  // namespace conformance
