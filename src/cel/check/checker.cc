// SPDX-License-Identifier: Apache-2.0
#include "cel/check/checker.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cel/check/checker_state.h"
#include "cel/value/faults.h"
#include "cel/value/typing.h"

namespace cel {

bool Choices::has(std::string_view text) const {
  return std::find(of_fact.begin(), of_fact.end(), text) != of_fact.end() ||
         std::find(of_field.begin(), of_field.end(), text) != of_field.end();
}

std::vector<std::string> Choices::all() const {
  std::vector<std::string> texts(of_fact.begin(), of_fact.end());
  texts.insert(texts.end(), of_field.begin(), of_field.end());
  return texts;
}

std::span<const ExprId> operands(const Expr& expr, const Note& note) {
  if (note.is != Note::Is::plain) return {};
  return std::span(expr.args).subspan(note.qualified ? 1 : 0);
}

bool is_otherwise(const Expr& expr, const Note& note) {
  return expr.kind == ExprKind::call && expr.member && !note.qualified &&
         expr.args.size() == 2 && (expr.name == "or" || expr.name == "orValue");
}

Notes check(const Ast& ast, const Environment& environment,
            const CompileOptions& options, Complaints& complaints) {
  return Checker(ast, environment, options, complaints).run();
}

Checker::Checker(const Ast& ast, const Environment& environment,
                 const CompileOptions& options, Complaints& complaints)
    : ast_(ast),
      environment_(environment),
      options_(options),
      complaints_(complaints) {}

Notes Checker::run() {
  notes_.of.resize(ast_.nodes.size());
  for (Note& note : notes_.of) note.type = dyn_type();
  visit(ast_.root);
  check_result();
  return std::move(notes_);
}

void Checker::check_result() {
  const Type* type = settle(type_of(ast_.root));
  const Type* wanted = options_.result;
  if (!wanted || is_dyn(type) || overlaps(type, wanted)) return;
  complain(
      ast_.root, kNoOverload,
      {kWrongResult, whole(ast_.root),
       fmt::format("the condition must be {}, this is {}", with_article(wanted),
                   with_article(type)),
       with_article(type),
       wanted == bool_type() ? "compare it with something: == != < > in" : ""});
}

const Type* Checker::complain(ExprId id, const Fault& fault,
                              Complaint complaint) {
  Note& note = notes_.of[id];
  note.type = dyn_type();
  if (options_.checked) {
    complaints_.add(std::move(complaint));
  } else {
    note.is = Note::Is::fault;
    note.fault = &fault;
  }
  return dyn_type();
}

const Type* Checker::visit(ExprId id) {
  const Type* type = visit_node(id);
  notes_.of[id].type = type;
  return type;
}

const Type* Checker::visit_node(ExprId id) {
  const Expr& expr = ast_[id];
  switch (expr.kind) {
    case ExprKind::literal: break;
    case ExprKind::ident: return visit_ident(id);
    case ExprKind::select: return visit_select(id);
    case ExprKind::test: visit_select(id); return bool_type();
    case ExprKind::call: return visit_call(id);
    case ExprKind::list: return visit_list(expr);
    case ExprKind::map: return visit_map(expr);
    case ExprKind::logic: return visit_logic(expr);
    case ExprKind::choose: return visit_choose(expr);
    case ExprKind::loop: return visit_loop(id);
    case ExprKind::bind: return visit_bind(id);
    case ExprKind::broken: return dyn_type();
  }
  switch (expr.value.tag()) {
    case Tag::boolean: return bool_type();
    case Tag::integer: return int_type();
    case Tag::uinteger: return uint_type();
    case Tag::number: return double_type();
    case Tag::string: return string_type();
    case Tag::bytes: return bytes_type();
    default: return null_type();
  }
}

// One written with ? is an optional of the element.
const Type* Checker::visit_element(const Expr& expr, size_t place) {
  const ExprId id = expr.args[place];
  const Type* type = visit(id);
  const auto& maybe = expr.maybe;
  if (std::find(maybe.begin(), maybe.end(), place) == maybe.end()) return type;
  if (type->kind == TypeKind::optional) return type->element;
  if (is_dyn(type)) return dyn_type();
  return complain(
      id, kNoOverload,
      {kWrongArguments, whole(id),
       fmt::format("? needs an optional, this is {}", with_article(type)),
       with_article(type), "optional.of(x) makes one"});
}

const Type* Checker::visit_list(const Expr& expr) {
  const Type* element = free_type();
  for (size_t i = 0; i < expr.args.size(); ++i) {
    element = join(element, visit_element(expr, i));
  }
  return list_type(element);
}

const Type* Checker::visit_map(const Expr& expr) {
  const Type* key = free_type();
  const Type* value = free_type();
  for (size_t i = 0; i + 1 < expr.args.size(); i += 2) {
    key = join(key, visit(expr.args[i]));
    value = join(value, visit_element(expr, i + 1));
  }
  return map_type(key, value);
}

void Checker::want_bool(ExprId id, std::string_view what) {
  const Type* type = visit(id);
  use_as(id, bool_type());
  if (is_dyn(type) || type == bool_type()) return;
  if (!options_.checked) return;
  complain(id, kNoOverload,
           {kWrongArguments, whole(id),
            fmt::format("{} takes bools, this is {}", what, with_article(type)),
            with_article(type), "compare it with something: == != < > in"});
}

const Type* Checker::visit_logic(const Expr& expr) {
  for (const ExprId arg : expr.args) want_bool(arg, expr.name);
  return bool_type();
}

const Type* Checker::visit_choose(const Expr& expr) {
  want_bool(expr.args[0], "? :");
  const Type* then = visit(expr.args[1]);
  const Type* otherwise = visit(expr.args[2]);
  if (overlaps(then, otherwise)) return join(then, otherwise);
  if (!options_.checked) return dyn_type();
  return complain(expr.args[2], kNoOverload,
                  {kUnlikeTypes, whole(expr.args[2]),
                   fmt::format("the two answers of ? : are unlike: {} and {}",
                               settle(then)->name, settle(otherwise)->name),
                   with_article(otherwise),
                   "both must be of one type; dyn(x) says that you mean it"});
}

uint32_t Checker::push_local(std::string_view name, const Type* type,
                             Choices choices) {
  const auto index = static_cast<uint32_t>(locals_.size());
  locals_.push_back({name, index, type, choices});
  notes_.locals = std::max(notes_.locals, index + 1);
  return index;
}

// A variable over [] or {} is of the type that it is first used as.
void Checker::use_as(ExprId id, const Type* type) {
  Note& note = notes_.of[id];
  if (note.is != Note::Is::local || note.type != free_type()) return;
  if (is_dyn(type) || type->kind == TypeKind::parameter) return;
  note.type = type;
  locals_[note.index].type = type;
}

const Checker::Local* Checker::find_local(std::string_view name) const {
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->name == name) return &*local;
  }
  return nullptr;
}

const Type* Checker::visit_loop(ExprId id) {
  const Expr& expr = ast_[id];
  const Type* range = visit(expr.args[0]);
  if (expr.loop == Loop::opt_map || expr.loop == Loop::opt_flat_map) {
    return visit_opt_map(id, range);
  }
  const bool is_list = range->kind == TypeKind::list;
  const bool is_map = range->kind == TypeKind::map;
  if (!is_list && !is_map && !is_dyn(range)) {
    complain(id, kNoOverload,
             {kWrongArguments, whole(expr.args[0]),
              fmt::format("{}() goes through a list or a map, this is {}",
                          expr.name, with_article(range)),
              with_article(range)});
  }
  const Type* element = is_list || is_map ? range->element : dyn_type();
  const Type* first = is_map ? range->key : element;
  const Choices choices = is_list ? notes_[expr.args[0]].choices : Choices{};
  const size_t outer = locals_.size();
  if (expr.names.size() == 2) {
    const Type* index = is_list ? int_type() : first;
    notes_.of[id].index = push_local(expr.names[0], index, {});
    push_local(expr.names[1], element, choices);
  } else {
    notes_.of[id].index = push_local(expr.names[0], first, choices);
  }
  const Type* result = loop_result(id, range);
  locals_.resize(outer);
  return result;
}

const Type* Checker::visit_opt_map(ExprId id, const Type* range) {
  const Expr& expr = ast_[id];
  const bool is_optional = range->kind == TypeKind::optional;
  if (!is_optional && !is_dyn(range)) {
    complain(id, kNoOverload,
             {kWrongArguments, whole(expr.args[0]),
              fmt::format("{}() takes an optional, this is {}", expr.name,
                          with_article(range)),
              with_article(range)});
  }
  const size_t outer = locals_.size();
  notes_.of[id].index =
      push_local(expr.names[0], is_optional ? range->element : dyn_type(), {});
  const Type* result = visit(expr.args[1]);
  locals_.resize(outer);
  return expr.loop == Loop::opt_map ? optional_type(result) : result;
}

const Type* Checker::loop_result(ExprId id, const Type* range) {
  const Expr& expr = ast_[id];
  const bool is_map = range->kind == TypeKind::map;
  const Type* key = is_map ? range->key : int_type();
  if (is_dyn(range)) key = dyn_type();
  const std::string name = fmt::format("{}()", expr.name);
  switch (expr.loop) {
    case Loop::all:
    case Loop::exists:
    case Loop::exists_one: want_bool(expr.args[1], name); return bool_type();
    case Loop::filter:
      want_bool(expr.args[1], name);
      return list_type(locals_[notes_[id].index].type);
    case Loop::map: return list_type(visit(expr.args[1]));
    case Loop::map_filter:
      want_bool(expr.args[1], name);
      return list_type(visit(expr.args[2]));
    case Loop::transform_map: return map_type(key, visit(expr.args[1]));
    case Loop::transform_map_filter:
      want_bool(expr.args[1], name);
      return map_type(key, visit(expr.args[2]));
    case Loop::transform_entry: return entry_type(expr, 1);
    case Loop::transform_entry_filter:
      want_bool(expr.args[1], name);
      return entry_type(expr, 2);
    case Loop::sort_by: return sorted_type(expr, range);
    case Loop::opt_map:
    case Loop::opt_flat_map: break;
  }
  return dyn_type();
}

const Type* Checker::entry_type(const Expr& expr, size_t transform) {
  const ExprId id = expr.args[transform];
  const Type* type = visit(id);
  if (type->kind == TypeKind::map) return type;
  if (is_dyn(type)) return map_type(dyn_type(), dyn_type());
  return complain(id, kNoOverload,
                  {kWrongArguments, whole(id),
                   fmt::format("{}() makes a map of maps, this is {}",
                               expr.name, with_article(type)),
                   with_article(type), "write {key: value}"});
}

const Type* Checker::sorted_type(const Expr& expr, const Type* range) {
  const Type* key = visit(expr.args[1]);
  if (range->kind == TypeKind::map) {
    return complain(
        expr.args[0], kNoOverload,
        {kWrongArguments, whole(expr.args[0]),
         "sortBy() sorts a list, this is a map", with_article(range)});
  }
  if (is_dyn(key) || is_ordered_type(key)) {
    return is_dyn(range) ? list_type(dyn_type()) : range;
  }
  return complain(expr.args[1], kNoOverload,
                  {kWrongArguments, whole(expr.args[1]),
                   fmt::format("{} has no order to sort by", with_article(key)),
                   with_article(key)});
}

const Type* Checker::visit_bind(ExprId id) {
  const Expr& expr = ast_[id];
  const Type* type = visit(expr.args[0]);
  const size_t outer = locals_.size();
  notes_.of[id].index =
      push_local(expr.names[0], type, notes_[expr.args[0]].choices);
  const Type* result = visit(expr.args[1]);
  locals_.resize(outer);
  return result;
}

}  // namespace cel
