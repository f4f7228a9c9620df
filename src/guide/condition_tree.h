// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "cel/syntax/ast.h"

namespace simwarden {

// The syntax tree of a condition; its texts are views of `source`.
// REQUIRES: `source` compiles.
std::unique_ptr<const cel::Ast> condition_tree(std::string_view source);

}  // namespace simwarden
