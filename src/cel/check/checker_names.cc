// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cel/check/checker_state.h"
#include "cel/value/faults.h"
#include "cel/value/typing.h"
#include "diag/ascii.h"

// What names mean. A dotted path is one fact if the environment knows its
// whole name, else a field of the longest part that it knows: request.links
// is found before request, and message.links[0].url selects a field.
namespace cel {

// a.b.c of selects that stand on a plain name; not when that name is a
// variable of a loop, which hides facts, or a `quoted.name` is among them.
std::optional<std::string> Checker::path_of(ExprId id) const {
  std::vector<std::string_view> parts;
  const Expr* expr = &ast_[id];
  while (expr->kind == ExprKind::select || expr->kind == ExprKind::test) {
    if (expr->name.find('.') != std::string::npos) return std::nullopt;
    parts.push_back(expr->name);
    expr = &ast_[expr->args[0]];
  }
  if (expr->kind != ExprKind::ident) return std::nullopt;
  if (!expr->rooted && find_local(expr->name)) return std::nullopt;
  parts.push_back(expr->name);
  std::reverse(parts.begin(), parts.end());
  return fmt::format("{}", fmt::join(parts, "."));
}

bool Checker::rooted(ExprId id) const {
  const Expr* expr = &ast_[id];
  while (expr->kind != ExprKind::ident) expr = &ast_[expr->args[0]];
  return expr->rooted;
}

const Variable* Checker::find_variable(const std::string& path,
                                       bool rooted) const {
  std::string space = rooted ? "" : options_.container;
  while (!space.empty()) {
    if (const Variable* found = environment_.find(space + "." + path)) {
      return found;
    }
    const size_t dot = space.rfind('.');
    space.resize(dot == std::string::npos ? 0 : dot);
  }
  return environment_.find(path);
}

bool Checker::prefix_is_known(ExprId id) const {
  const Expr* expr = &ast_[id];
  while (expr->kind != ExprKind::ident) {
    const ExprId inner = expr->args[0];
    if (find_variable(*path_of(inner), rooted(inner))) return true;
    expr = &ast_[inner];
  }
  return false;
}

bool Checker::take_fact(ExprId id, const std::string& path) {
  Note& note = notes_.of[id];
  if (const Variable* fact = find_variable(path, rooted(id))) {
    note.is = Note::Is::fact;
    note.index = fact->slot;
    note.type = fact->type;
    note.declared = fact->type;
    note.choices.of_fact = fact->choices;
    note.extent = fact->extent;
    return true;
  }
  return false;
}

namespace {

// list stands for any list.
const Type* type_of_name(const Type* named) {
  const Type* dyn = dyn_type();
  switch (named->parts.empty() ? named->kind : TypeKind::dyn) {
    case TypeKind::list: return type_type_of(list_type(dyn));
    case TypeKind::map: return type_type_of(map_type(dyn, dyn));
    case TypeKind::optional: return type_type_of(optional_type(dyn));
    default: return type_type_of(named);
  }
}

}  // namespace

const Type* Checker::visit_ident(ExprId id) {
  const Expr& expr = ast_[id];
  Note& note = notes_.of[id];
  const Local* local = expr.rooted ? nullptr : find_local(expr.name);
  if (local) {
    note.is = Note::Is::local;
    note.index = local->index;
    note.choices = local->choices;
    return local->type;
  }
  const std::string name(expr.name);
  if (take_fact(id, name)) return note.type;
  if (const Type* named = type_named(name)) {
    note.is = Note::Is::type;
    note.named = named;
    return type_of_name(named);
  }
  return unknown_fact(id, name);
}

const Type* Checker::visit_select(ExprId id) {
  const Expr& expr = ast_[id];
  const auto path = path_of(id);
  if (path) {
    if (take_fact(id, *path)) {
      const Type* type = notes_[id].type;
      return expr.optional ? optional_type(type) : type;
    }
    if (!prefix_is_known(id)) {
      const Type* named = type_named(*path);
      if (!named || expr.kind == ExprKind::test) {
        return unknown_fact(id, *path);
      }
      notes_.of[id].is = Note::Is::type;
      notes_.of[id].named = named;
      return type_of_name(named);
    }
  }
  const Type* owner = visit(expr.args[0]);
  const bool was_optional = owner->kind == TypeKind::optional;
  const Type* type = field_type(id, was_optional ? owner->element : owner);
  return was_optional || expr.optional ? optional_type(type) : type;
}

const Type* Checker::field_type(ExprId id, const Type* owner) {
  const Expr& expr = ast_[id];
  if (is_dyn(owner)) return owner;
  if (owner->kind == TypeKind::map) return owner->element;
  if (owner->kind != TypeKind::object) {
    std::string help;
    if (owner->kind == TypeKind::list) {
      const bool group = owner->element->kind == TypeKind::object;
      help = fmt::format("ask about its elements: {}.exists(x, x{} == …)",
                         ast_.text_of(expr.args[0]),
                         group ? fmt::format(".{}", expr.name) : "");
    }
    return complain(id, kNoField,
                    {kUnknownField, word(id),
                     fmt::format("{} has no fields", with_article(owner)),
                     "no such field", std::move(help)});
  }
  std::vector<std::string> names;
  for (const TypeField& field : owner->fields) {
    if (field.name == expr.name) {
      notes_.of[id].choices.of_field = field.choices;
      notes_.of[id].extent = {field.bytes_max, 0};
      return field.type;
    }
    names.push_back(field.name);
  }
  std::string help = simwarden::did_you_mean(expr.name, names);
  if (help.empty()) {
    help = fmt::format("it has {}", fmt::join(names, ", "));
  }
  return complain(
      id, kNoField,
      {kUnknownField, word(id),
       fmt::format("{} has no field {}", with_article(owner), expr.name),
       "no such field", std::move(help)});
}

namespace {

// The names that follow `group` + "." one step down, each once.
std::vector<std::string> members_of(const std::string& group,
                                    std::span<const Variable> variables) {
  const std::string prefix = group.empty() ? "" : group + ".";
  std::vector<std::string> members;
  for (const Variable& variable : variables) {
    if (!variable.name.starts_with(prefix)) continue;
    const size_t end = variable.name.find('.', prefix.size());
    members.push_back(variable.name.substr(prefix.size(), end - prefix.size()));
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

// A fact that is spelt nearly so, in the same group if possible.
std::string nearest_fact(const std::string& path, size_t known_bytes,
                         const Environment& environment) {
  const std::string group = path.substr(0, known_bytes);
  const size_t begin = known_bytes + (known_bytes > 0 ? 1 : 0);
  const size_t end = std::min(path.find('.', begin), path.size());
  const std::string step =
      simwarden::nearest(path.substr(begin, end - begin),
                         members_of(group, environment.variables()));
  if (step.empty()) {
    return simwarden::nearest(path, environment.variable_names());
  }
  const std::string corrected = path.substr(0, begin) + step;
  const std::string whole = corrected + path.substr(end);
  return environment.find(whole) ? whole : corrected;
}

// "a, b, c, …"
std::string some_members(const std::string& group,
                         const Environment& environment) {
  constexpr size_t kNamesShown = 6;
  std::vector<std::string> members = members_of(group, environment.variables());
  const bool more = members.size() > kNamesShown;
  if (more) members.resize(kNamesShown);
  return fmt::format("{}{}", fmt::join(members, ", "), more ? ", …" : "");
}

// What to write in place of a name that is not known behind `group`.
std::string what_is_known(const std::string& near, const std::string& group,
                          const Environment& environment) {
  if (!near.empty()) return fmt::format("did you mean {}?", near);
  const std::string members = some_members(group, environment);
  if (members.empty()) return "";
  return group.empty() ? fmt::format("facts begin with {}", members)
                       : fmt::format("{} has {}", group, members);
}

}  // namespace

// Points at the part of the path that is wrong, from its first name on.
const Type* Checker::unknown_fact(ExprId id, const std::string& path) {
  Range at = whole(id);
  if (ast_[id].kind == ExprKind::test) at.begin = ast_[ast_[id].args[0]].begin;
  at.end = ast_[id].word_end;
  if (environment_.is_prefix(path)) {
    return complain(
        id, kUnknownName,
        {kUnknownFact, at,
         fmt::format("{} is a group of facts, not a fact", path),
         "name one of them",
         fmt::format("it has {}", some_members(path, environment_))});
  }
  size_t known = 0;
  size_t wrong_end = path.find('.');
  while (wrong_end != std::string::npos &&
         environment_.is_prefix(path.substr(0, wrong_end))) {
    known = wrong_end;
    wrong_end = path.find('.', wrong_end + 1);
  }
  const std::string wrong = path.substr(0, wrong_end);
  for (ExprId step = id; wrong != path_of(step);) {
    step = ast_[step].args[0];
    at.end = ast_[step].word_end;
  }
  if (const std::string* why = environment_.explained(wrong)) {
    return complain(id, kUnknownName,
                    {kUnknownFact, at, fmt::format("there is no fact {}", path),
                     "no such fact", *why});
  }
  const std::string near = nearest_fact(path, known, environment_);
  std::string help = what_is_known(near, path.substr(0, known), environment_);
  const std::string small = simwarden::small_letters(path);
  const bool truth = small == "true" || small == "false";
  if (truth) help = fmt::format("it is written {}", small);
  // Whoever writes no programs writes a word as a word.
  if (!truth && near.empty() && path.find('.') == path.npos) {
    help += fmt::format("{}a text is written in quotes: '{}'",
                        help.empty() ? "" : "; ", path);
  }
  return complain(id, kUnknownName,
                  {kUnknownFact, at, fmt::format("there is no fact {}", wrong),
                   "no such fact", std::move(help)});
}

}  // namespace cel
