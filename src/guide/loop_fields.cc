// SPDX-License-Identifier: Apache-2.0
#include "guide/loop_fields.h"

#include <vector>

#include "guide/condition_tree.h"
#include "guide/operands.h"

namespace simwarden {
namespace {

using cel::Expr;
using cel::ExprId;
using cel::ExprKind;

class Walk {
 public:
  explicit Walk(const cel::Ast& ast) : ast_(ast), names_(ast, none_) {}

  // As deep as the tree at most: cel::kDepthMax.
  void visit(ExprId id) {
    const Expr& expr = ast_[id];
    if (expr.kind == ExprKind::select || expr.kind == ExprKind::test) {
      if (const auto dotted = names_.dotted(id)) return note(*dotted);
    }
    if (expr.kind != ExprKind::loop) {
      for (const ExprId part : expr.args) visit(part);
      return;
    }
    visit(expr.args[0]);
    const auto range = names_.dotted(expr.args[0]);
    variables_.emplace_back(expr.names.back(), range.value_or(""));
    for (size_t i = 1; i < expr.args.size(); ++i) visit(expr.args[i]);
    variables_.pop_back();
  }

  std::set<std::pair<std::string, std::string>> take() {
    return std::move(found_);
  }

 private:
  void note(const std::string& dotted) {
    const size_t dot = dotted.find('.');
    for (size_t i = variables_.size(); i-- > 0;) {
      const auto& [variable, range] = variables_[i];
      if (dotted.compare(0, dot, variable) != 0) continue;
      if (!range.empty()) found_.emplace(range, dotted.substr(dot + 1));
      return;
    }
  }

  const cel::Ast& ast_;
  const Vocabulary none_;
  Operands names_;
  std::vector<std::pair<std::string_view, std::string>> variables_;
  std::set<std::pair<std::string, std::string>> found_;
};

}  // namespace

std::set<std::pair<std::string, std::string>> loop_fields(
    std::string_view source) {
  const auto ast = condition_tree(source);
  Walk walk(*ast);
  walk.visit(ast->root);
  return walk.take();
}

}  // namespace simwarden
