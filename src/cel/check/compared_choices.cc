// SPDX-License-Identifier: Apache-2.0
#include "cel/check/compared_choices.h"

#include "cel/check/checker.h"

namespace cel {

std::vector<ComparedChoices> compared_choices(const Ast& ast,
                                              const Notes& notes) {
  std::vector<ComparedChoices> found;
  const auto look = [&](ExprId open, ExprId closed) {
    const Note& note = notes[open];
    const Note& other = notes[closed];
    if (note.is != Note::Is::fact || !note.choices.empty()) return;
    if (other.choices.empty()) return;
    found.push_back(
        {note.index, std::string(ast.text_of(closed)), other.choices.all()});
  };
  for (const Expr& expr : ast.nodes) {
    const bool compares =
        expr.name == "==" || expr.name == "!=" || expr.name == "in";
    if (expr.kind != ExprKind::call || !compares) continue;
    if (expr.args.size() != 2) continue;
    look(expr.args[0], expr.args[1]);
    look(expr.args[1], expr.args[0]);
  }
  return found;
}

}  // namespace cel
