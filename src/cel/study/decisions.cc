// SPDX-License-Identifier: Apache-2.0
#include "cel/study/decisions.h"

#include <algorithm>

namespace cel {
namespace {

class Walk {
 public:
  explicit Walk(const Compiled& program)
      : ast_(program.ast()), notes_(program.notes()) {}

  Decisions run() {
    decide(ast_.root, kNoExpr);
    std::stable_sort(found_.atoms.begin(), found_.atoms.end(),
                     [this](const Decision& a, const Decision& b) {
                       return ast_[a.id].begin < ast_[b.id].begin;
                     });
    return std::move(found_);
  }

 private:
  // Recursion is bounded by kDepthMax.
  void decide(ExprId id, ExprId negation) {
    const Expr& expr = ast_[id];
    if (notes_[id].is != Note::Is::plain) return add(id, negation);
    if (expr.kind == ExprKind::logic) return decide_chain(expr);
    if (is_not(expr)) return decide(expr.args[0], id);
    if (expr.kind == ExprKind::choose) return decide_choice(expr);
    if (expr.kind == ExprKind::bind) return decide_bind(expr);
    add(id, negation);
  }

  void decide_chain(const Expr& expr) {
    const bool is_and = expr.name == "&&";
    const size_t known = before_.size();
    for (const ExprId operand : expr.args) {
      found_.operands.push_back({operand, is_and});
      decide(operand, kNoExpr);
      before_.push_back({operand, is_and, false});
    }
    before_.resize(known);
  }

  void decide_choice(const Expr& expr) {
    decide(expr.args[0], kNoExpr);
    for (const bool holds : {true, false}) {
      before_.push_back({expr.args[0], holds, true});
      decide_if_bool(expr.args[holds ? 1 : 2]);
      before_.pop_back();
    }
  }

  void decide_bind(const Expr& expr) {
    decide_if_bool(expr.args[0]);
    ++scopes_;
    decide_if_bool(expr.args[1]);
    --scopes_;
  }

  void decide_if_bool(ExprId id) {
    if (notes_[id].type == bool_type()) return decide(id, kNoExpr);
    look_below(id);
  }

  void add(ExprId id, ExprId negation) {
    if (reads(id)) {
      found_.atoms.push_back({id, negation, scopes_ > 0, before_});
    }
    look_below(id);
  }

  bool reads(ExprId id) const {
    const Note& note = notes_[id];
    if (note.is == Note::Is::fact || note.is == Note::Is::local) return true;
    const auto parts = operands(ast_[id], note);
    return std::any_of(parts.begin(), parts.end(),
                       [this](ExprId part) { return reads(part); });
  }

  // Decisions inside of what is none itself: of loops, of (a ? 1 : 2) < b.
  void look_below(ExprId id) {
    const Expr& expr = ast_[id];
    const auto parts = operands(expr, notes_[id]);
    const bool loop = expr.kind == ExprKind::loop;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (loop && i > 0) ++scopes_;
      const Expr& part = ast_[parts[i]];
      const bool decides = (loop && i > 0) || part.kind == ExprKind::logic ||
                           part.kind == ExprKind::choose || is_not(part);
      decides ? decide_if_decision(parts[i]) : look_below(parts[i]);
      if (loop && i > 0) --scopes_;
    }
  }

  void decide_if_decision(ExprId id) {
    if (ast_[id].kind == ExprKind::choose) return decide_choice(ast_[id]);
    decide_if_bool(id);
  }

  const Ast& ast_;
  const Notes& notes_;
  Decisions found_;
  std::vector<Decided> before_;
  int scopes_ = 0;  // bodies of loops and binds around what is looked at
};

}  // namespace

Decisions decisions_of(const Compiled& program) {
  return Walk(program).run();
}

std::string bracketed(std::string_view part) {
  const bool comment = part.find("//") != std::string_view::npos;
  return "(" + std::string(part) + (comment ? "\n)" : ")");
}

}  // namespace cel
