// SPDX-License-Identifier: Apache-2.0
#include "cel/macros.h"

#include <utility>

#include <fmt/format.h>

namespace cel {
namespace {

bool complain(Complaints& complaints, const Expr& at, std::string message,
              std::string help) {
  complaints.add({kMacro,
                  {at.begin, at.end},
                  std::move(message),
                  "here",
                  std::move(help)});
  return false;
}

bool take_variable(const Ast& ast, Expr& call, ExprId id,
                   Complaints& complaints) {
  const Expr& variable = ast[id];
  if (variable.kind != ExprKind::ident || variable.rooted) {
    return complain(
        complaints, variable,
        fmt::format("{}() needs the name of a variable here", call.name),
        "write a plain name, as f in factors.exists(f, f.ok)");
  }
  for (const std::string_view other : call.names) {
    if (other != variable.name) continue;
    return complain(
        complaints, variable,
        fmt::format("{}() has two variables of one name", call.name),
        "give the second another name");
  }
  call.names.push_back(variable.name);
  return true;
}

// range.macro(v, e) and range.macro(i, v, e): kVariables of them.
template <Loop kLoop, size_t kVariables>
bool expand_loop(Ast& ast, Expr& call, Complaints& complaints) {
  for (size_t i = 1; i <= kVariables; ++i) {
    if (!take_variable(ast, call, call.args[i], complaints)) return false;
  }
  call.kind = ExprKind::loop;
  call.loop = kLoop;
  call.args.erase(call.args.begin() + 1, call.args.begin() + 1 + kVariables);
  return true;
}

bool expand_has(Ast& ast, Expr& call, Complaints& complaints) {
  const Expr& field = ast[call.args[0]];
  if (field.kind != ExprKind::select) {
    return complain(complaints, field, "has() needs a field: has(a.b)",
                    "has() asks whether the last name of a path has a value");
  }
  call.kind = ExprKind::test;
  call.name = field.name;
  call.word_begin = field.word_begin;
  call.word_end = field.word_end;
  call.args = {field.args[0]};
  return true;
}

// cel.bind(name, value, expression); another receiver is an ordinary call.
bool expand_bind(Ast& ast, Expr& call, Complaints& complaints) {
  const Expr& receiver = ast[call.args[0]];
  if (receiver.kind != ExprKind::ident || receiver.name != "cel") return true;
  if (!take_variable(ast, call, call.args[1], complaints)) return false;
  call.kind = ExprKind::bind;
  call.args = {call.args[2], call.args[3]};
  return true;
}

constexpr Macro kMacros[] = {
    {"has", false, 1, expand_has},
    {"all", true, 2, expand_loop<Loop::all, 1>},
    {"all", true, 3, expand_loop<Loop::all, 2>},
    {"exists", true, 2, expand_loop<Loop::exists, 1>},
    {"exists", true, 3, expand_loop<Loop::exists, 2>},
    {"exists_one", true, 2, expand_loop<Loop::exists_one, 1>},
    {"existsOne", true, 2, expand_loop<Loop::exists_one, 1>},
    {"existsOne", true, 3, expand_loop<Loop::exists_one, 2>},
    {"exists_one", true, 3, expand_loop<Loop::exists_one, 2>},
    {"map", true, 2, expand_loop<Loop::map, 1>},
    {"map", true, 3, expand_loop<Loop::map_filter, 1>},
    {"filter", true, 2, expand_loop<Loop::filter, 1>},
    {"transformList", true, 3, expand_loop<Loop::map, 2>},
    {"transformList", true, 4, expand_loop<Loop::map_filter, 2>},
    {"transformMap", true, 3, expand_loop<Loop::transform_map, 2>},
    {"transformMap", true, 4, expand_loop<Loop::transform_map_filter, 2>},
    {"transformMapEntry", true, 3, expand_loop<Loop::transform_entry, 2>},
    {"transformMapEntry", true, 4,
     expand_loop<Loop::transform_entry_filter, 2>},
    {"sortBy", true, 2, expand_loop<Loop::sort_by, 1>},
    {"optMap", true, 2, expand_loop<Loop::opt_map, 1>},
    {"optFlatMap", true, 2, expand_loop<Loop::opt_flat_map, 1>},
    {"bind", true, 3, expand_bind},
};

}  // namespace

std::span<const Macro> macros() {
  return kMacros;
}

const Macro* find_macro(std::string_view name, bool member, size_t arguments) {
  for (const Macro& macro : kMacros) {
    if (macro.name == name && macro.member == member &&
        macro.arguments == arguments) {
      return &macro;
    }
  }
  return nullptr;
}

}  // namespace cel
