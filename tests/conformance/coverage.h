// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cel/check/checker.h"
#include "cel/syntax/ast.h"

namespace conformance {

// Which overloads of the library and which macros were used by some case.
class Coverage {
 public:
  Coverage();
  // A call counts for an overload when the types leave no other.
  void add(const cel::Ast& ast, const cel::Notes& notes);
  // What no case used: "string.contains(string)", "macro all of 2".
  std::vector<std::string> unused() const;

 private:
  struct Operator {
    cel::Signature signature;
    bool used;
  };
  void add_operator(const cel::Expr& expr, const cel::Notes& notes);

  std::vector<Operator> operators_;
  std::set<const cel::Overload*> overloads_;
  std::set<std::string> macros_;
};

}  // namespace conformance
