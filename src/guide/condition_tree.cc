// SPDX-License-Identifier: Apache-2.0
#include "guide/condition_tree.h"

#include "cel/syntax/parser.h"
#include "diag/check.h"

namespace simwarden {

std::unique_ptr<const cel::Ast> condition_tree(std::string_view source) {
  auto ast = std::make_unique<cel::Ast>();
  Issues issues;
  const cel::Origin origin;
  cel::Complaints complaints(source, origin, issues);
  const bool parsed = cel::parse(source, *ast, complaints);
  CHECK(parsed, "conditions of a ruleset were parsed before");
  return ast;
}

}  // namespace simwarden
