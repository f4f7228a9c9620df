// SPDX-License-Identifier: Apache-2.0
#include "cel/syntax/macros.h"

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

// Reads name, style and number of arguments out of how it is written.
constexpr Macro row(std::string_view usage,
                    bool (*expand)(Ast&, Expr&, Complaints&)) {
  const size_t open = usage.find('(');
  const size_t dot = usage.substr(0, open).rfind('.');
  const bool member = dot != std::string_view::npos;
  const size_t begin = member ? dot + 1 : 0;
  size_t arguments = 1;
  for (const char c : usage.substr(open, usage.find(')') - open)) {
    if (c == ',') ++arguments;
  }
  return {usage.substr(begin, open - begin), member, arguments, usage, expand};
}

constexpr Macro kMacros[] = {
    row("has(a.b) -> bool", expand_has),
    row("range.all(x, condition) -> bool", expand_loop<Loop::all, 1>),
    row("range.all(i, x, condition) -> bool", expand_loop<Loop::all, 2>),
    row("range.exists(x, condition) -> bool", expand_loop<Loop::exists, 1>),
    row("range.exists(i, x, condition) -> bool", expand_loop<Loop::exists, 2>),
    row("range.exists_one(x, condition) -> bool",
        expand_loop<Loop::exists_one, 1>),
    row("range.exists_one(i, x, condition) -> bool",
        expand_loop<Loop::exists_one, 2>),
    row("range.existsOne(x, condition) -> bool",
        expand_loop<Loop::exists_one, 1>),
    row("range.existsOne(i, x, condition) -> bool",
        expand_loop<Loop::exists_one, 2>),
    row("range.filter(x, condition) -> list", expand_loop<Loop::filter, 1>),
    row("range.map(x, result) -> list", expand_loop<Loop::map, 1>),
    row("range.map(x, condition, result) -> list",
        expand_loop<Loop::map_filter, 1>),
    row("range.transformList(i, x, result) -> list", expand_loop<Loop::map, 2>),
    row("range.transformList(i, x, condition, result) -> list",
        expand_loop<Loop::map_filter, 2>),
    row("range.transformMap(i, x, result) -> map",
        expand_loop<Loop::transform_map, 2>),
    row("range.transformMap(i, x, condition, result) -> map",
        expand_loop<Loop::transform_map_filter, 2>),
    row("range.transformMapEntry(i, x, {key: value}) -> map",
        expand_loop<Loop::transform_entry, 2>),
    row("range.transformMapEntry(i, x, condition, {key: value}) -> map",
        expand_loop<Loop::transform_entry_filter, 2>),
    row("list.sortBy(x, key) -> list", expand_loop<Loop::sort_by, 1>),
    row("optional.optMap(x, result) -> optional",
        expand_loop<Loop::opt_map, 1>),
    row("optional.optFlatMap(x, optional) -> optional",
        expand_loop<Loop::opt_flat_map, 1>),
    row("cel.bind(x, value, result)", expand_bind),
};

constexpr FunctionDoc kDocs[] = {
    {"has", "Whether the last name of a path is there; null is there.",
     "has({'name': null}.name)", "true"},
    {"all",
     "Whether the condition holds for every element; one that fails decides, "
     "whatever the others are.",
     "[1, 2, 3].all(x, x > 0)", "true"},
    {"exists",
     "Whether the condition holds for some element; one that holds decides, "
     "whatever the others are.",
     "{'a': 1, 'b': 2}.exists(k, v, k == 'b' && v == 2)", "true"},
    {"exists_one",
     "Whether the condition holds for exactly one element; it must be "
     "decidable for all.",
     "[1, 2, 2].exists_one(x, x == 2)", "false"},
    {"existsOne", "Another name of exists_one.",
     "[1, 2, 2].existsOne(i, x, i == 0 && x == 1)", "true"},
    {"filter", "The elements for which the condition holds, of a map the keys.",
     "[1, 2, 3].filter(x, x != 2)", "[1, 3]"},
    {"map", "The results, for all elements or those that meet a condition.",
     "[1, 2, 3].map(x, x != 2, x * 10)", "[10, 30]"},
    {"transformList",
     "The results, for all elements or those that meet a condition, with their "
     "positions or keys at hand.",
     "{'a': 1, 'b': 2}.transformList(k, v, k + string(v))", "['a1', 'b2']"},
    {"transformMap", "The same keys or positions with the results as values.",
     "{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10)", "{'b': 20}"},
    {"transformMapEntry",
     "One map of all entries made; a key made twice is an error.",
     "{'a': 'x'}.transformMapEntry(k, v, {v: k})", "{'x': 'a'}"},
    {"sortBy", "The elements in the order of their keys.",
     "['bb', 'a', 'ccc'].sortBy(s, -size(s))", "['ccc', 'bb', 'a']"},
    {"optMap", "An optional of the result, if there is a value to make it of.",
     "optional.of(2).optMap(x, x + 1)", "optional.of(3)"},
    {"optFlatMap", "The result, an optional itself, if there is a value.",
     "{'a': {'b': 1}}.?a.optFlatMap(x, x.?b)", "optional.of(1)"},
    {"bind", "The result, in which x stands for the value.",
     "cel.bind(x, 2 + 3, x * x)", "25"},
};

}  // namespace

std::span<const Macro> macros() {
  return kMacros;
}

std::span<const FunctionDoc> macro_docs() {
  return kDocs;
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
