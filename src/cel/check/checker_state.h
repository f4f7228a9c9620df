// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/check/checker.h"
#include "cel/value/regex.h"

// The checker while it works. One class, three sources: checker.cc walks the
// tree, checker_names.cc finds what names mean, checker_calls.cc fits calls
// to functions and looks at comparisons.
namespace cel {

class Checker {
 public:
  Checker(const Ast& ast, const Environment& environment,
          const CompileOptions& options, Complaints& complaints);
  Notes run();

 private:
  struct Local {
    std::string_view name;
    uint32_t index;
    const Type* type;
    Choices choices;
  };

  // checker.cc. Recursion is bounded by kDepthMax, which the parser held.
  const Type* visit(ExprId id);
  const Type* type_of(ExprId id) const { return notes_.of[id].type; }
  const Type* visit_node(ExprId id);
  const Type* visit_element(const Expr& expr, size_t place);
  const Type* visit_opt_map(ExprId id, const Type* range);
  const Type* visit_list(const Expr& expr);
  const Type* visit_map(const Expr& expr);
  const Type* visit_logic(const Expr& expr);
  const Type* visit_choose(const Expr& expr);
  const Type* visit_loop(ExprId id);
  const Type* loop_result(ExprId id, const Type* range);
  const Type* entry_type(const Expr& expr, size_t transform);
  const Type* sorted_type(const Expr& expr, const Type* range);
  const Type* visit_bind(ExprId id);
  void want_bool(ExprId id, std::string_view what);
  void check_result();
  uint32_t push_local(std::string_view name, const Type* type, Choices choices);
  void use_as(ExprId id, const Type* type);
  const Local* find_local(std::string_view name) const;

  // checker_names.cc
  const Type* visit_ident(ExprId id);
  const Type* visit_select(ExprId id);
  const Type* field_type(ExprId id, const Type* owner);
  std::optional<std::string> path_of(ExprId id) const;
  bool rooted(ExprId id) const;
  const Variable* find_variable(const std::string& path, bool rooted) const;
  bool prefix_is_known(ExprId id) const;
  bool take_fact(ExprId id, const std::string& path);
  const Type* unknown_fact(ExprId id, const std::string& path);

  // checker_calls.cc
  const Type* visit_call(ExprId id);
  std::string find_function(const std::string& name) const;
  const Type* visit_function(ExprId id);
  const Type* visit_host(ExprId id, std::shared_ptr<const Function> function,
                         size_t first);
  const Type* fit(ExprId id, const std::vector<Overload>& all, size_t first);
  const Type* visit_equality(ExprId id);
  const Type* visit_in(ExprId id);
  const Type* visit_index(ExprId id);
  const Type* unknown_function(ExprId id, const std::string& name);
  const Type* no_overload(ExprId id, const std::vector<Overload>& all,
                          size_t first);
  void check_choice(const Note& text, ExprId subject, ExprId value);
  std::string how_to_compare_truth(const Expr& expr) const;
  std::string how_to_order(const Expr& comparison) const;
  std::string how_to_reckon(const Expr& call) const;
  void check_order(ExprId id);
  void check_zone(ExprId id, size_t first);
  void take_pattern(ExprId id, size_t first);
  void check_backspace(ExprId literal);
  void wrong_pattern(ExprId literal, const Regex& regex);
  void try_pattern(ExprId id, size_t first);
  std::string types_of(const Expr& expr, size_t first) const;

  // Adds a complaint, unless the expression is to be taken unchecked; the
  // node then evaluates to `fault`. Answers dyn.
  const Type* complain(ExprId id, const Fault& fault, Complaint complaint);
  Range whole(ExprId id) const { return {ast_[id].begin, ast_[id].end}; }
  Range word(ExprId id) const {
    return {ast_[id].word_begin, ast_[id].word_end};
  }

  const Ast& ast_;
  const Environment& environment_;
  const CompileOptions& options_;
  Complaints& complaints_;
  Notes notes_;
  std::vector<Local> locals_;
};

}  // namespace cel
