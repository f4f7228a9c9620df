// SPDX-License-Identifier: Apache-2.0
#include "conformance/ast_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cel/value/code_points.h"
#include "cel/value/typing.h"
#include "cel/value/value_text.h"
#include "conformance/codec.h"

namespace conformance {
namespace {

using cel::Expr;
using cel::ExprId;
using cel::ExprKind;
using cel::Loop;
using cel::Tag;
using cel::Value;

// As Go quotes it.
std::string quoted(std::string_view text) {
  constexpr std::string_view kPlain = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kNames = "abfnrtv\\\"";
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    const size_t size = cel::code_point_bytes(text, at);
    const size_t special = kPlain.find(text[at]);
    const auto byte = static_cast<unsigned char>(text[at]);
    if (special != std::string::npos) {
      out += fmt::format("\\{}", kNames[special]);
    } else if (byte < 0x20 || byte == 0x7F ||
               !cel::decode_code_point(text, at)) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += text.substr(at, size);
    }
    at += size;
  }
  return out + '"';
}

std::string literal(const Value& value) {
  switch (value.tag()) {
    case Tag::string: return quoted(value.as_string());
    case Tag::bytes: return "b" + quoted(value.as_bytes());
    case Tag::number: return cel::number_text(value.as_number());
    default: return to_text(value);
  }
}

std::string_view constant_kind(const Value& value) {
  switch (value.tag()) {
    case Tag::boolean: return "Constant_BoolValue";
    case Tag::integer: return "Constant_Int64Value";
    case Tag::uinteger: return "Constant_Uint64Value";
    case Tag::number: return "Constant_DoubleValue";
    case Tag::string: return "Constant_StringValue";
    case Tag::bytes: return "Constant_BytesValue";
    default: return "Constant_NullValue";
  }
}

// What a name of ours is in cel-go.
std::string function_name(const Expr& expr) {
  const std::string name(expr.name);
  if (expr.member) return name;
  if (name == "[]") return "_[_]";
  if (name == "[?]") return "_[?_]";
  if (name == "in") return "@in";
  if (name == "!") return "!_";
  if (name == "-_") return name;
  const bool word =
      std::isalpha(static_cast<unsigned char>(name[0])) != 0 || name[0] == '_';
  return word ? name : "_" + name + "_";
}

class Printer {
 public:
  Printer(const cel::Ast& ast, const cel::Notes* notes)
      : ast_(ast), notes_(notes) {}

  // Recursion is bounded by the depth that the parser allows.
  std::string node(ExprId id) {
    const Expr& expr = ast_[id];
    switch (expr.kind) {
      case ExprKind::literal:
        return literal(expr.value) + mark(constant_kind(expr.value), type(id));
      case ExprKind::ident:
        return (expr.rooted ? "." : "") + std::string(expr.name) +
               mark("Expr_IdentExpr", type(id));
      case ExprKind::select: return select(expr, "", type(id));
      case ExprKind::test: return select(expr, "~test-only~", type(id));
      case ExprKind::call: return call(id);
      case ExprKind::list: return list(expr, type(id));
      case ExprKind::map: return map(expr, type(id));
      case ExprKind::logic: return logic(expr, 0, expr.args.size() - 2);
      case ExprKind::choose:
        return made_call("_?_:_", all(expr.args), type(id));
      case ExprKind::loop: return loop(id);
      case ExprKind::bind: return bind(id);
      case ExprKind::broken: break;
    }
    return "?";
  }

 private:
  using Texts = std::vector<std::string>;

  const cel::Type* type(ExprId id) const {
    return notes_ ? cel::settle((*notes_)[id].type) : nullptr;
  }

  std::string mark(std::string_view kind, const cel::Type* of) const {
    if (!notes_) return fmt::format("^#*expr.{}#", kind);
    return of ? "~" + type_text(of) : "";
  }

  static std::string indented(const std::string& text) {
    std::string out = "  ";
    for (const char c : text) {
      out += c;
      if (c == '\n') out += "  ";
    }
    return out;
  }

  static std::string in_brackets(char open, const Texts& items, char close) {
    if (items.empty()) return {open, close};
    std::string out(1, open);
    for (size_t i = 0; i < items.size(); ++i) {
      out += (i > 0 ? ",\n" : "\n") + indented(items[i]);
    }
    return out + "\n" + close;
  }

  Texts all(std::span<const ExprId> ids) {
    Texts texts;
    for (const ExprId id : ids) texts.push_back(node(id));
    return texts;
  }

  std::string made_call(std::string_view name, const Texts& args,
                        const cel::Type* of) const {
    return fmt::format("{}{}{}", name, in_brackets('(', args, ')'),
                       mark("Expr_CallExpr", of));
  }

  std::string select(const Expr& expr, std::string_view test,
                     const cel::Type* of) {
    return fmt::format("{}.{}{}{}", node(expr.args[0]), expr.name, test,
                       mark("Expr_SelectExpr", of));
  }

  std::string call(ExprId id) {
    const Expr& expr = ast_[id];
    const std::span<const ExprId> args = expr.args;
    const cel::Note* note = notes_ ? &(*notes_)[id] : nullptr;
    const size_t first = note && note->qualified ? 1 : 0;
    if (!expr.member || first > 0) {
      return made_call(meant_name(expr, note), all(args.subspan(first)),
                       type(id));
    }
    return node(args[0]) + "." +
           made_call(expr.name, all(args.subspan(1)), type(id));
  }

  // With its namespace, once that is known.
  static std::string meant_name(const Expr& expr, const cel::Note* note) {
    if (note && note->host) return note->host->name;
    const bool word = std::isalpha(static_cast<unsigned char>(expr.name[0]));
    if (!note || note->overloads.empty() || !word) return function_name(expr);
    return note->overloads[0]->signature.name;
  }

  std::string list(const Expr& expr, const cel::Type* of) {
    return in_brackets('[', all(expr.args), ']') + mark("Expr_ListExpr", of);
  }

  std::string map(const Expr& expr, const cel::Type* of) {
    Texts entries;
    for (size_t i = 0; i + 1 < expr.args.size(); i += 2) {
      std::string entry = node(expr.args[i]) + ":" + node(expr.args[i + 1]);
      if (!notes_) entry += "^#*expr.Expr_CreateStruct_Entry#";
      entries.push_back(std::move(entry));
    }
    return in_brackets('{', entries, '}') + mark("Expr_StructExpr", of);
  }

  // cel-go balances a chain: operators from `low` to `high`, both included.
  std::string logic(const Expr& expr, size_t low, size_t high) {
    const size_t middle = (low + high + 1) / 2;
    const std::string left =
        middle == low ? node(expr.args[middle]) : logic(expr, low, middle - 1);
    const std::string right = middle == high ? node(expr.args[middle + 1])
                                             : logic(expr, middle + 1, high);
    return made_call(fmt::format("_{}_", expr.name), {left, right},
                     cel::bool_type());
  }

  // A word that the source does not have.
  std::string result(const cel::Type* of) const {
    return "@result" + mark("Expr_IdentExpr", of);
  }
  std::string constant(const Value& value, const cel::Type* of) const {
    return literal(value) + mark(constant_kind(value), of);
  }

  struct Parts {
    const cel::Type* accumulated;
    std::string init;
    std::string condition;
    std::string step;
    std::string result;
  };

  std::string comprehension(const Expr& expr, const Parts& parts,
                            const cel::Type* of) {
    const std::string body = fmt::format(
        "// Variable\n{},\n// Target\n{},\n// Accumulator\n@result,\n"
        "// Init\n{},\n// LoopCondition\n{},\n// LoopStep\n{},\n// Result\n{})",
        expr.names[0], node(expr.args[0]), parts.init, parts.condition,
        parts.step, parts.result);
    return "__comprehension__(\n" + indented(body) +
           mark("Expr_ComprehensionExpr", of);
  }

  std::string loop(ExprId id) {
    const Expr& expr = ast_[id];
    if (expr.names.size() == 2) return unexpanded(id);
    switch (expr.loop) {
      case Loop::all: return quantified(expr, true);
      case Loop::exists: return quantified(expr, false);
      case Loop::exists_one: return counted(expr);
      case Loop::map:
      case Loop::map_filter:
      case Loop::filter: return collected(id);
      default: return unexpanded(id);
    }
  }

  std::string quantified(const Expr& expr, bool all) {
    const cel::Type* of = cel::bool_type();
    const std::string more =
        all ? result(of) : made_call("!_", {result(of)}, of);
    return comprehension(
        expr,
        {of, constant(Value::of_bool(all), of),
         made_call("@not_strictly_false", {more}, of),
         made_call(all ? "_&&_" : "_||_", {result(of), node(expr.args[1])}, of),
         result(of)},
        of);
  }

  std::string counted(const Expr& expr) {
    const cel::Type* of = cel::int_type();
    const cel::Type* truth = cel::bool_type();
    const std::string one = constant(Value::of_int(1), of);
    const std::string more = made_call("_+_", {result(of), one}, of);
    return comprehension(
        expr,
        {of, constant(Value::of_int(0), of),
         constant(Value::of_bool(true), truth),
         made_call("_?_:_", {node(expr.args[1]), more, result(of)}, of),
         made_call("_==_", {result(of), one}, truth)},
        truth);
  }

  std::string collected(ExprId id) {
    const Expr& expr = ast_[id];
    const cel::Type* of = type(id);
    const cel::Type* element = of ? of->element : nullptr;
    const std::string item =
        expr.loop == Loop::filter
            ? std::string(expr.names[0]) + mark("Expr_IdentExpr", element)
            : node(expr.args.back());
    const std::string one =
        in_brackets('[', {item}, ']') + mark("Expr_ListExpr", of);
    std::string step = made_call("_+_", {result(of), one}, of);
    if (expr.loop != Loop::map) {
      step = made_call("_?_:_", {node(expr.args[1]), step, result(of)}, of);
    }
    return comprehension(
        expr,
        {of, "[]" + mark("Expr_ListExpr", of),
         constant(Value::of_bool(true), cel::bool_type()), step, result(of)},
        of);
  }

  std::string unexpanded(ExprId id) {
    const Expr& expr = ast_[id];
    Texts args;
    for (const std::string_view name : expr.names) {
      args.push_back(std::string(name) + mark("Expr_IdentExpr", nullptr));
    }
    for (size_t i = 1; i < expr.args.size(); ++i) {
      args.push_back(node(expr.args[i]));
    }
    return node(expr.args[0]) + "." + made_call(expr.name, args, type(id));
  }

  std::string bind(ExprId id) {
    const Expr& expr = ast_[id];
    return fmt::format(
        "cel{}.{}", mark("Expr_IdentExpr", nullptr),
        made_call("bind",
                  {std::string(expr.names[0]) + mark("Expr_IdentExpr", nullptr),
                   node(expr.args[0]), node(expr.args[1])},
                  type(id)));
  }

  const cel::Ast& ast_;
  const cel::Notes* notes_;
};

}  // namespace

std::string ast_text(const cel::Ast& ast, const cel::Notes* notes) {
  return Printer(ast, notes).node(ast.root);
}

}  // namespace conformance
