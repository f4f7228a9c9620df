// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/syntax/ast.h"
#include "guide/words.h"

namespace simwarden {

// The things that a condition speaks about, in words: facts, parameters,
// numbers, times. Knows the variables of the loops around.
class Operands {
 public:
  Operands(const cel::Ast& ast, const Vocabulary& words)
      : ast_(ast), words_(words) {}

  // Between enter and leave, the variables of a loop are known.
  void enter(const cel::Expr& loop);
  void leave() { scope_.pop_back(); }

  std::string words(cel::ExprId id) const;

  // "request.channel.type" when it is a name and nothing else.
  std::optional<std::string> dotted(cel::ExprId id) const;
  // A dotted name as a person reads it: a fact, a parameter, a loop's variable.
  std::string name(const std::string& dotted) const;
  bool is_time(cel::ExprId id) const;
  bool is_text(cel::ExprId id) const;
  // As it is written.
  std::string code(cel::ExprId id) const;

 private:
  std::string literal(const cel::Value& value) const;
  std::string list(const cel::Expr& expr) const;
  std::string call(cel::ExprId id) const;
  std::string grouped(cel::ExprId id) const;
  std::string count(cel::ExprId id) const;
  std::string span_of_time(cel::ExprId id) const;
  std::string duration(cel::ExprId id) const;
  std::string fallback(const cel::Expr& choice) const;
  bool falls_back(const cel::Expr& choice) const;
  const cel::Type* type_of(cel::ExprId id) const;

  const cel::Ast& ast_;
  const Vocabulary& words_;
  struct Variables {
    std::vector<std::string_view> names;
    const cel::Type* element = nullptr;  // null: not known
  };
  std::vector<Variables> scope_;
};

}  // namespace simwarden
