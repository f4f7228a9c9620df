// SPDX-License-Identifier: Apache-2.0
#include "cel/run/lowering.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cel/value/times.h"
#include "cel/value/typing.h"

// Bottom up. A piece that depends on nothing can be run at once; when that
// ends in an error it is left as it is, since && or a branch that is never
// taken may absorb it.
namespace cel {
namespace {

class NoFacts final : public Activation {
 public:
  Value fact(uint32_t, Scratch&) override { return fail(kUnknownName); }
};

struct Piece {
  NodePtr node;
  std::optional<Value> constant;
};

class Lowerer {
 public:
  Lowerer(const Lowering& of, const CompileOptions& options, Scratch& constants,
          Complaints* complaints)
      : ast_(of.ast),
        notes_(of.notes),
        numbering_(of.numbering),
        numbers_(of.numbers),
        watched_(of.watched),
        options_(options),
        constants_(constants),
        complaints_(complaints),
        locals_(of.notes.locals),
        root_(of.root == kNoExpr ? of.ast.root : of.root),
        found_(of.ast.nodes.size()) {}

  Lowered run() {
    Piece root = lower(root_);
    return {std::move(root.node), std::move(found_)};
  }

 private:
  // Recursion is bounded by kDepthMax.
  Piece lower(ExprId id) {
    const size_t before = complained();
    Piece piece = lower_node(id);
    if (piece.constant) {
      found_[id] = piece.constant;
      return piece;
    }
    const uint32_t place = numbering_.place(numbers_[id]);
    if (place != kNoPlace) {
      piece.node = kept_node(std::move(piece.node), place);
    } else if (numbering_.depends(numbers_[id]) == 0 && options_.fold) {
      fold(id, piece, complained() > before);
    }
    if (watched_ && (*watched_)[id]) {
      piece.node = watched_node(std::move(piece.node), (*watched_)[id]);
    }
    return piece;
  }

  size_t complained() const { return complaints_ ? complaints_->count() : 0; }

  void fold(ExprId id, Piece& piece, bool part_complained) {
    NoFacts facts;
    constants_.refill_steps();
    Frame frame{facts, constants_, locals_.data(), {}};
    const Value value = piece.node->run(frame);
    if (!value.is(Tag::error)) {
      piece.node = constant_node(value);
      piece.constant = value;
      found_[id] = value;
      return;
    }
    if (part_complained || !complaints_) return;
    if (!options_.result || !options_.checked) return;
    const Expr& expr = ast_[id];
    complaints_->add(
        {kAlwaysFails,
         {expr.begin, expr.end},
         fmt::format("this always fails: {}", value.as_error().what),
         "fails whatever the record holds",
         std::string(how_to_write(expr.name))});
  }

  Piece lower_node(ExprId id) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    switch (note.is) {
      case Note::Is::fact: return lower_fact(expr, note);
      case Note::Is::local: return {local_node(note.index)};
      case Note::Is::type: return constant(Value::of_type(note.named));
      case Note::Is::fault: return {constant_node(fail(*note.fault))};
      case Note::Is::plain: break;
    }
    switch (expr.kind) {
      case ExprKind::literal: return constant(keep(expr.value));
      case ExprKind::select: return lower_select(expr);
      case ExprKind::test: return lower_test(expr);
      case ExprKind::call: return lower_call(id);
      case ExprKind::list: return lower_many(expr, list_node);
      case ExprKind::map: return lower_many(expr, map_node);
      case ExprKind::logic: return lower_logic(expr);
      case ExprKind::choose: return lower_choose(expr);
      case ExprKind::loop: return lower_loop(id);
      case ExprKind::bind: return lower_bind(id);
      default: return {constant_node(fail(kUnknownName))};
    }
  }

  static Piece constant(const Value& value) {
    Piece piece{constant_node(value)};
    piece.constant = value;
    return piece;
  }

  // Texts of literals live in the Ast. What is lowered into a Suite or a Part
  // outlives it, so they are copied. They are bounded by kSourceBytesMax, and
  // kept however much folding has made.
  Value keep(const Value& value) {
    if (value.is(Tag::string)) {
      return Value::of_string(constants_.copy(value.as_string()));
    }
    if (value.is(Tag::bytes)) {
      return Value::of_bytes(constants_.copy(value.as_bytes()));
    }
    return value;
  }

  Piece lower_fact(const Expr& expr, const Note& note) {
    NodePtr node = fact_node(note.index, note.declared);
    const bool wrapped = expr.kind == ExprKind::test || expr.optional;
    if (!wrapped) return {std::move(node)};
    const uint32_t place = numbering_.place(numbering_.fact(note.index));
    if (place != kNoPlace) node = kept_node(std::move(node), place);
    if (expr.kind == ExprKind::test) return {has_fact_node(std::move(node))};
    return {optional_fact_node(std::move(node))};
  }

  std::vector<NodePtr> children(const Expr& expr, size_t first) {
    std::vector<NodePtr> nodes;
    for (size_t i = first; i < expr.args.size(); ++i) {
      nodes.push_back(lower(expr.args[i]).node);
    }
    return nodes;
  }

  using Maker = NodePtr (*)(std::vector<NodePtr>, std::span<const size_t>);
  Piece lower_many(const Expr& expr, Maker make) {
    return {make(children(expr, 0), expr.maybe)};
  }

  Piece lower_select(const Expr& expr) {
    NodePtr operand = lower(expr.args[0]).node;
    if (expr.optional) {
      return {optional_select_node(std::move(operand), expr.name)};
    }
    return {
        select_node(std::move(operand), expr.name, notes_[expr.args[0]].type)};
  }

  Piece lower_test(const Expr& expr) {
    return {has_field_node(lower(expr.args[0]).node, expr.name)};
  }

  Piece lower_logic(const Expr& expr) {
    return {logic_node(children(expr, 0), expr.name == "&&")};
  }

  Piece lower_choose(const Expr& expr) {
    std::vector<NodePtr> parts = children(expr, 0);
    return {choose_node(std::move(parts[0]), std::move(parts[1]),
                        std::move(parts[2]))};
  }

  Piece lower_call(ExprId id) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    if (!expr.member) {
      if (expr.name == "==" || expr.name == "!=") return lower_equality(expr);
      if (expr.name == "in") return lower_in(expr);
      if (expr.name == "[]" || expr.name == "[?]") return lower_index(expr);
    }
    const size_t first = note.qualified ? 1 : 0;
    if (note.host) return lower_host(id, first);
    if (note.pattern) {
      return {lower_pattern(expr, note, first)};
    }
    if (is_otherwise(expr, note)) {
      std::vector<NodePtr> args = children(expr, 0);
      return {otherwise_node(std::move(args[0]), std::move(args[1]),
                             expr.name == "or")};
    }
    NodePtr call = call_node(children(expr, first), note.overloads);
    const bool of_fact =
        expr.name == "size" && expr.args.size() == 1 && is_fact(expr.args[0]);
    return {of_fact ? size_of_fact_node(std::move(call)) : std::move(call)};
  }

  // A fact, or a member of one, as it is: not what something made of it.
  bool is_fact(ExprId id) const {
    const Expr& expr = ast_[id];
    if (expr.optional) return false;
    if (notes_[id].is == Note::Is::fact) return expr.kind != ExprKind::test;
    return notes_[id].is == Note::Is::plain && expr.kind == ExprKind::select;
  }

  Piece lower_equality(const Expr& expr) {
    Piece left = lower(expr.args[0]);
    Piece right = lower(expr.args[1]);
    const bool negated = expr.name == "!=";
    const bool facts = is_fact(expr.args[0]) && is_fact(expr.args[1]);
    const bool fact = is_fact(expr.args[0]) || is_fact(expr.args[1]);
    if (left.constant && left.constant->is(Tag::string)) std::swap(left, right);
    if (right.constant && right.constant->is(Tag::string)) {
      return {equal_text_node(std::move(left.node), *right.constant, negated,
                              fact)};
    }
    return {equal_node(std::move(left.node), std::move(right.node), negated,
                       facts)};
  }

  Piece lower_in(const Expr& expr) {
    NodePtr item = lower(expr.args[0]).node;
    Piece home = lower(expr.args[1]);
    NodePtr node;
    if (home.constant) node = in_texts_node(item, *home.constant);
    if (!node) node = in_node(std::move(item), std::move(home.node));
    return {std::move(node)};
  }

  Piece lower_index(const Expr& expr) {
    std::vector<NodePtr> args = children(expr, 0);
    return {
        index_node(std::move(args[0]), std::move(args[1]), expr.name == "[?]")};
  }

  NodePtr lower_pattern(const Expr& expr, const Note& note, size_t first) {
    if (note.overloads[0]->signature.name == "matches") {
      return matches_node(lower(expr.args[first]).node, note.pattern);
    }
    return pattern_node(children(expr, first), note.overloads, note.pattern);
  }

  Piece lower_host(ExprId id, size_t first) {
    const Expr& expr = ast_[id];
    const Function& host = *notes_[id].host;
    std::vector<NodePtr> nodes;
    std::vector<std::optional<Value>> constants;
    for (size_t i = first; i < expr.args.size(); ++i) {
      Piece arg = lower(expr.args[i]);
      nodes.push_back(std::move(arg.node));
      constants.push_back(arg.constant);
    }
    if (host.check && options_.checked && complaints_) {
      if (auto complaint = host.check(constants)) {
        say(expr, first, std::move(*complaint));
      }
    }
    return {host_node(std::move(nodes), host)};
  }

  void say(const Expr& call, size_t first, Function::Complaint complaint) {
    const size_t at =
        std::min(first + complaint.argument, call.args.size() - 1);
    const Expr& argument = ast_[call.args[at]];
    complaints_->add({kBadArgument,
                      {argument.begin, argument.end},
                      std::move(complaint.message),
                      "",
                      std::move(complaint.help)});
  }

  Piece lower_loop(ExprId id) {
    const Expr& expr = ast_[id];
    LoopParts parts;
    parts.range = lower(expr.args[0]).node;
    parts.local = notes_[id].index;
    parts.two_variables = expr.names.size() == 2;
    const bool only_transform =
        expr.loop == Loop::map || expr.loop == Loop::transform_map ||
        expr.loop == Loop::transform_entry || expr.loop == Loop::sort_by ||
        expr.loop == Loop::opt_map || expr.loop == Loop::opt_flat_map;
    NodePtr first = lower(expr.args[1]).node;
    (only_transform ? parts.transform : parts.condition) = std::move(first);
    if (expr.args.size() > 2) parts.transform = lower(expr.args[2]).node;
    return {loop_node(expr.loop, std::move(parts))};
  }

  static NodePtr loop_node(Loop loop, LoopParts parts) {
    switch (loop) {
      case Loop::all: return quantifier_node(std::move(parts), true);
      case Loop::exists: return quantifier_node(std::move(parts), false);
      case Loop::exists_one: return exactly_one_node(std::move(parts));
      case Loop::transform_map:
      case Loop::transform_map_filter: return map_loop_node(std::move(parts));
      case Loop::transform_entry:
      case Loop::transform_entry_filter:
        return map_entry_loop_node(std::move(parts));
      case Loop::sort_by: return sort_by_node(std::move(parts));
      case Loop::opt_map: return optional_map_node(std::move(parts), false);
      case Loop::opt_flat_map: return optional_map_node(std::move(parts), true);
      default: return list_loop_node(std::move(parts));
    }
  }

  Piece lower_bind(ExprId id) {
    const Expr& expr = ast_[id];
    NodePtr value = lower(expr.args[0]).node;
    return {bind_node(notes_[id].index, std::move(value),
                      lower(expr.args[1]).node)};
  }

  const Ast& ast_;
  const Notes& notes_;
  const Numbering& numbering_;
  const std::vector<PartNumber>& numbers_;
  const std::vector<uint8_t*>* watched_;
  const CompileOptions& options_;
  Scratch& constants_;
  Complaints* complaints_;
  std::vector<Value> locals_;  // while folding
  ExprId root_;
  std::vector<std::optional<Value>> found_;
};

}  // namespace

Lowered lower(const Lowering& of, const CompileOptions& options,
              Scratch& constants, Complaints* complaints) {
  return Lowerer(of, options, constants, complaints).run();
}

std::vector<uint32_t> slots_of(const Ast& ast, const Notes& notes) {
  std::vector<uint32_t> slots;
  for (ExprId id = 0; id < ast.nodes.size(); ++id) {
    if (notes[id].is == Note::Is::fact) slots.push_back(notes[id].index);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

}  // namespace cel
