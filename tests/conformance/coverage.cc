// SPDX-License-Identifier: Apache-2.0
#include "conformance/coverage.h"

#include <cctype>

#include <fmt/format.h>

#include "cel/library/library.h"
#include "cel/syntax/macros.h"
#include "cel/value/typing.h"

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

// The operator that a node is, named as in the tables; empty for others.
std::string operator_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::logic: return fmt::format("_{}_", expr.name);
    case ExprKind::choose: return "_?_:_";
    case ExprKind::select: return expr.optional ? "_.?name" : "_.name";
    case ExprKind::call: break;
    default: return {};
  }
  if (expr.member) return {};
  if (expr.name == "[]") return "_[_]";
  if (expr.name == "[?]") return "_[?_]";
  const bool word = std::isalpha(static_cast<unsigned char>(expr.name[0])) != 0;
  return word && expr.name != "in" ? "" : fmt::format("_{}_", expr.name);
}

}  // namespace

Coverage::Coverage() {
  for (const cel::FunctionRow& row : cel::operators().rows) {
    operators_.push_back({*cel::read_signature(row.signature), false});
  }
}

// Operators that are nodes of their own are fitted here, by known types only.
void Coverage::add_operator(const Expr& expr, const cel::Notes& notes) {
  const std::string name = operator_of(expr);
  for (Operator& op : operators_) {
    const auto& params = op.signature.params;
    if (op.signature.name != name) continue;
    cel::Bindings bindings;
    bool fits = params.size() <= expr.args.size();
    for (size_t i = 0; fits && i < params.size(); ++i) {
      const cel::Type* type = notes[expr.args[i]].type;
      const bool known =
          !cel::is_dyn(type) || params[i]->kind == cel::TypeKind::parameter;
      fits = known && cel::accepts(params[i], type, bindings);
    }
    op.used = op.used || fits;
  }
}

void Coverage::add(const cel::Ast& ast, const cel::Notes& notes) {
  for (size_t id = 0; id < ast.nodes.size(); ++id) {
    const Expr& expr = ast.nodes[id];
    const auto& fitting = notes.of[id].overloads;
    if (fitting.size() == 1) overloads_.insert(fitting[0]);
    add_operator(expr, notes);
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
  for (const Operator& op : operators_) {
    if (!op.used) names.push_back(written(op.signature));
  }
  for (const cel::Macro& macro : cel::macros()) {
    const std::string name = macro_name(macro.name, macro.arguments);
    if (!macros_.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace conformance
