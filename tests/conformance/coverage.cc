// SPDX-License-Identifier: Apache-2.0
#include "conformance/coverage.h"

#include <fmt/format.h>

#include "cel/library.h"
#include "cel/macros.h"

namespace conformance {
namespace {

using cel::Expr;
using cel::ExprKind;

std::string macro_name(std::string_view name, size_t arguments) {
  return fmt::format("macro {} of {}", name, arguments);
}

std::string written(const cel::Signature& signature) {
  std::vector<std::string_view> params;
  for (const cel::Type* param : signature.params) {
    params.push_back(param->name);
  }
  return fmt::format("{}{}({})", signature.member ? "method " : "function ",
                     signature.name, fmt::join(params, ", "));
}

}  // namespace

void Coverage::add(const cel::Ast& ast, const cel::Notes& notes) {
  for (size_t id = 0; id < ast.nodes.size(); ++id) {
    const Expr& expr = ast.nodes[id];
    const auto& fitting = notes.of[id].overloads;
    if (fitting.size() == 1) overloads_.insert(fitting[0]);
    switch (expr.kind) {
      case ExprKind::test: macros_.insert(macro_name("has", 1)); break;
      case ExprKind::bind: macros_.insert(macro_name("bind", 3)); break;
      case ExprKind::loop:
        macros_.insert(
            macro_name(expr.name, expr.names.size() + expr.args.size() - 1));
        break;
      default: break;
    }
  }
}

std::vector<std::string> Coverage::unused() const {
  std::vector<std::string> names;
  for (const cel::Overload* overload : cel::library().all()) {
    if (!overloads_.contains(overload)) {
      names.push_back(written(overload->signature));
    }
  }
  for (const cel::Macro& macro : cel::macros()) {
    const std::string name = macro_name(macro.name, macro.arguments);
    if (!macros_.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace conformance
