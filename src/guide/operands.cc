// SPDX-License-Identifier: Apache-2.0
#include "guide/operands.h"

#include <algorithm>

#include <fmt/format.h>

#include "cel/library/time_parts.h"
#include "cel/value/value_text.h"
#include "guide/markdown.h"

namespace simwarden {
namespace {

using cel::Expr;
using cel::ExprId;
using cel::ExprKind;

// "48h" -> "48 hours"; anything that is not one number and one unit stays.
std::string duration_words(std::string_view text) {
  if (text.size() < 2) return std::string(text);
  std::string_view unit;
  switch (text.back()) {
    case 'h': unit = "hour"; break;
    case 'm': unit = "minute"; break;
    case 's': unit = "second"; break;
    default: return std::string(text);
  }
  const std::string_view number = text.substr(0, text.size() - 1);
  if (number.find_first_not_of("0123456789.") != std::string_view::npos) {
    return std::string(text);
  }
  return fmt::format("{} {}{}", number, unit, number == "1" ? "" : "s");
}

bool is_conversion(std::string_view name) {
  return name == "double" || name == "int" || name == "uint" ||
         name == "string" || name == "timestamp" || name == "dyn";
}

bool is_arithmetic(std::string_view name) {
  return name == "+" || name == "-" || name == "*" || name == "/" ||
         name == "%";
}

}  // namespace

std::string Operands::code(ExprId id) const {
  return md_code(ast_.text_of(id));
}

std::optional<std::string> Operands::dotted(ExprId id) const {
  const Expr& expr = ast_[id];
  if (expr.kind == ExprKind::ident) return std::string(expr.name);
  const bool field = expr.kind == ExprKind::select && !expr.optional;
  if (!field && expr.kind != ExprKind::test) return std::nullopt;
  auto before = dotted(expr.args[0]);
  if (!before) return std::nullopt;
  return *before + "." + std::string(expr.name);
}

std::string Operands::name(const std::string& dotted) const {
  const size_t dot = dotted.find('.');
  const std::string root = dotted.substr(0, dot);
  const std::string rest =
      dot == std::string::npos ? "" : dotted.substr(dot + 1);
  for (size_t i = scope_.size(); i-- > 0;) {
    const auto& variables = scope_[i].names;
    const auto found = std::find(variables.begin(), variables.end(), root);
    if (found == variables.end()) continue;
    if (variables.size() == 2 && found == variables.begin()) {
      return "its position";
    }
    const bool innermost = i + 1 == scope_.size();
    if (rest.empty()) return innermost ? "it" : md_code(root);
    if (innermost) return "its " + md_code(rest);
    return fmt::format("{} of {}", md_code(rest), md_code(root));
  }
  if (root == "profile" && !rest.empty()) return words_.parameter(rest);
  return md_code(dotted);
}

void Operands::enter(const Expr& loop) {
  const cel::Type* range = type_of(loop.args[0]);
  scope_.push_back({loop.names, range == nullptr ? nullptr : range->element});
}

const cel::Type* Operands::type_of(ExprId id) const {
  const auto name = dotted(id);
  if (!name) return nullptr;
  const size_t dot = name->find('.');
  for (size_t i = scope_.size(); i-- > 0;) {
    if (name->compare(0, dot, scope_[i].names.back()) != 0) continue;
    const cel::Type* element = scope_[i].element;
    if (element == nullptr || dot == std::string::npos) return element;
    for (const cel::TypeField& field : element->fields) {
      if (field.name == name->substr(dot + 1)) return field.type;
    }
    return nullptr;
  }
  if (words_.facts == nullptr) return nullptr;
  const cel::Variable* known = words_.facts->find(*name);
  return known == nullptr ? nullptr : known->type;
}

bool Operands::is_time(ExprId id) const {
  const Expr& expr = ast_[id];
  if (expr.kind == ExprKind::call && expr.name == "timestamp") return true;
  if (falls_back(expr)) return is_time(expr.args[1]);
  return type_of(id) == cel::timestamp_type();
}

bool Operands::is_text(ExprId id) const {
  return type_of(id) == cel::string_type();
}

std::string Operands::literal(const cel::Value& value) const {
  switch (value.tag()) {
    case cel::Tag::string:
      return value.as_string().empty() ? "an empty text"
                                       : md_code(value.as_string());
    case cel::Tag::integer: return fmt::format("{}", value.as_int());
    case cel::Tag::number: return cel::number_text(value.as_number());
    case cel::Tag::boolean: return value.is_true() ? "true" : "false";
    default: return md_code(cel::to_text(value));
  }
}

std::string Operands::list(const Expr& expr) const {
  std::string out;
  for (const ExprId id : expr.args) {
    if (!out.empty()) out += ", ";
    out += words(id);
  }
  return out.empty() ? "nothing" : out;
}

std::string Operands::words(ExprId id) const {
  const Expr& expr = ast_[id];
  switch (expr.kind) {
    case ExprKind::literal: return literal(expr.value);
    case ExprKind::ident:
    case ExprKind::select: {
      const auto named = dotted(id);
      return named ? name(*named) : code(id);
    }
    case ExprKind::choose: return falls_back(expr) ? fallback(expr) : code(id);
    case ExprKind::list: return expr.maybe.empty() ? list(expr) : code(id);
    case ExprKind::call: return call(id);
    default: return code(id);
  }
}

// has(x) ? x : y
bool Operands::falls_back(const Expr& choice) const {
  if (choice.kind != ExprKind::choose) return false;
  const ExprId test = choice.args[0];
  if (ast_[test].kind != ExprKind::test) return false;
  const auto tested = dotted(test);
  return tested && tested == dotted(choice.args[1]);
}

std::string Operands::fallback(const Expr& choice) const {
  return fmt::format("{} (if it is not recorded: {})", words(choice.args[1]),
                     words(choice.args[2]));
}

std::string Operands::call(ExprId id) const {
  const Expr& expr = ast_[id];
  if (expr.name == "size" && expr.args.size() == 1) return count(expr.args[0]);
  if (expr.name == "duration" && expr.args.size() == 1) {
    return duration(expr.args[0]);
  }
  if (is_conversion(expr.name) && expr.args.size() == 1) {
    return words(expr.args[0]);
  }
  const cel::TimePart* part = cel::find_time_part(expr.name);
  if (part != nullptr && !part->unit.empty() && expr.args.size() == 1) {
    const std::string span = span_of_time(expr.args[0]);
    if (!span.empty())
      return fmt::format("the number of whole {} {}", part->unit, span);
  }
  if (expr.name == "-" && expr.args.size() == 2) {
    const std::string span = span_of_time(id);
    if (!span.empty()) return "the time " + span;
  }
  if (!is_arithmetic(expr.name) || expr.args.size() != 2) return code(id);
  return fmt::format("{} {} {}", grouped(expr.args[0]),
                     expr.name == "*" ? "×" : expr.name, grouped(expr.args[1]));
}

// An operand of arithmetic: (a + b) × c keeps its brackets.
std::string Operands::grouped(ExprId id) const {
  const Expr& expr = ast_[id];
  const bool brackets = expr.kind == ExprKind::call && !expr.member &&
                        expr.args.size() == 2 && is_arithmetic(expr.name);
  return brackets ? "(" + words(id) + ")" : words(id);
}

std::string Operands::count(ExprId id) const {
  return fmt::format("the {} of {}", is_text(id) ? "length" : "number",
                     words(id));
}

// a - b -> "from b to a"; "" when these are no times.
std::string Operands::span_of_time(ExprId id) const {
  const Expr& expr = ast_[id];
  const bool minus =
      expr.kind == ExprKind::call && expr.name == "-" && expr.args.size() == 2;
  if (!minus || !is_time(expr.args[0]) || !is_time(expr.args[1])) return {};
  return fmt::format("from {} to {}", words(expr.args[1]), words(expr.args[0]));
}

// duration('48h'), and duration(string(n) + 'h').
std::string Operands::duration(ExprId id) const {
  const Expr& expr = ast_[id];
  if (expr.kind == ExprKind::literal && expr.value.is(cel::Tag::string)) {
    return duration_words(expr.value.as_string());
  }
  const bool sum =
      expr.kind == ExprKind::call && expr.name == "+" && expr.args.size() == 2;
  if (!sum) return code(id);
  const Expr& unit = ast_[expr.args[1]];
  if (unit.kind != ExprKind::literal || !unit.value.is(cel::Tag::string)) {
    return code(id);
  }
  const std::string words_of_unit =
      duration_words("2" + std::string(unit.value.as_string()));
  const size_t space = words_of_unit.find(' ');
  if (space == std::string::npos) return code(id);
  return words(expr.args[0]) + words_of_unit.substr(space);
}

}  // namespace simwarden
