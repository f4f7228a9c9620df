// SPDX-License-Identifier: Apache-2.0
#include "cel/lowering.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "cel/typing.h"

// Bottom up. Each piece knows what it depends on: bit i is variable i of the
// frame, the highest bit is any fact. A piece that depends on nothing can be
// run at once; when that ends in an error it is left as it is, since && or a
// branch that is never taken may absorb it.
namespace cel {
namespace {

constexpr uint64_t kFactBit = uint64_t{1} << 63;
// Variables beyond this share the bit of facts: never folded, still right.
constexpr uint32_t kLocalBits = 63;
// Costs of single operations, in steps.
constexpr uint64_t kCallCost = 1;
constexpr uint64_t kRegexCost = 10;
// A sum of products may not wrap.
constexpr uint64_t kCostMax = uint64_t{1} << 50;

uint64_t local_bit(uint32_t index) {
  return index < kLocalBits ? uint64_t{1} << index : kFactBit;
}

class NoFacts final : public Activation {
 public:
  Value fact(uint32_t, Scratch&) override { return fail(kUnknownName); }
};

struct Piece {
  NodePtr node;
  uint64_t depends = 0;
  uint64_t cost = kCallCost;
  std::optional<Value> constant;
};

class Lowering {
 public:
  Lowering(const Ast& ast, const Notes& notes, const CompileOptions& options,
           Scratch& constants, Complaints& complaints)
      : ast_(ast),
        notes_(notes),
        options_(options),
        constants_(constants),
        complaints_(complaints),
        locals_(notes.locals) {
    count_facts();
  }

  Lowered run() {
    Lowered out;
    Piece root = lower(ast_.root);
    out.root = std::move(root.node);
    out.constant = root.constant;
    out.cost = root.cost;
    for (const auto& entry : reads_) out.slots.push_back(entry.first);
    out.cached_facts = cached_;
    return out;
  }

 private:
  // A fact that stands in several places, or in a loop, is asked for once.
  void count_facts() {
    for (size_t id = 0; id < ast_.nodes.size(); ++id) {
      const Note& note = notes_.of[id];
      if (note.is == Note::Is::fact) reads_[note.index] += 1;
    }
    const bool loops = ast_[ast_.root].loop_nesting > 0;
    constexpr uint32_t kCachedMax = 64;  // bits of Frame::cached
    for (const auto& [slot, count] : reads_) {
      if ((count > 1 || loops) && cached_ < kCachedMax) {
        places_[slot] = cached_++;
      }
    }
  }

  // Recursion is bounded by kDepthMax.
  Piece lower(ExprId id) {
    const size_t before = complaints_.count();
    Piece piece = lower_node(id);
    piece.cost = std::min(piece.cost, kCostMax);
    if (piece.constant || piece.depends != 0 || !options_.fold) return piece;
    fold(id, piece, complaints_.count() > before);
    return piece;
  }

  void fold(ExprId id, Piece& piece, bool complained) {
    NoFacts facts;
    constants_.begin_evaluation();
    Frame frame{facts, constants_, locals_.data(), nullptr};
    const Value value = piece.node->run(frame);
    if (!value.is(Tag::error)) {
      piece.node = constant_node(value);
      piece.constant = value;
      return;
    }
    if (complained || !options_.result || !options_.checked) return;
    const Expr& expr = ast_[id];
    complaints_.add(
        {kAlwaysFails,
         {expr.begin, expr.end},
         fmt::format("this always fails: {}", value.as_error().what),
         "fails whatever the record holds",
         std::string(how_to_write(expr.name))});
  }

  static std::string_view how_to_write(std::string_view function) {
    if (function == "duration") {
      return "a duration is written '48h', '30m', '90s' or '1h30m'";
    }
    if (function == "timestamp") {
      return "a timestamp is written '2026-11-24T08:30:00Z', with a zone";
    }
    return {};
  }

  Piece lower_node(ExprId id) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    switch (note.is) {
      case Note::Is::fact: return lower_fact(expr, note);
      case Note::Is::local: return made(local_node(note.index), note.index);
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

  static Piece made(NodePtr node, uint32_t local) {
    Piece piece{std::move(node)};
    piece.depends = local_bit(local);
    return piece;
  }

  static Piece constant(const Value& value) {
    Piece piece{constant_node(value)};
    piece.constant = value;
    piece.cost = 0;
    return piece;
  }

  // Texts of literals live in the Ast, which does not outlive compiling.
  Value keep(const Value& value) {
    if (value.is(Tag::string)) return constants_.make_string(value.as_string());
    if (value.is(Tag::bytes)) return constants_.make_bytes(value.as_bytes());
    return value;
  }

  Piece lower_fact(const Expr& expr, const Note& note) {
    const auto place = places_.find(note.index);
    Piece piece{fact_node(note.index, note.declared,
                          place == places_.end() ? kNotCached : place->second)};
    if (expr.kind == ExprKind::test) {
      piece.node = has_fact_node(std::move(piece.node));
    } else if (expr.optional) {
      piece.node = optional_fact_node(std::move(piece.node));
    }
    piece.depends = kFactBit;
    return piece;
  }

  // Children in order, their dependencies and costs gathered in `whole`.
  std::vector<NodePtr> children(const Expr& expr, size_t first, Piece& whole) {
    std::vector<NodePtr> nodes;
    for (size_t i = first; i < expr.args.size(); ++i) {
      nodes.push_back(child(expr.args[i], whole).node);
    }
    return nodes;
  }

  Piece child(ExprId id, Piece& whole) {
    Piece piece = lower(id);
    whole.depends |= piece.depends;
    whole.cost += piece.cost;
    return piece;
  }

  using Maker = NodePtr (*)(std::vector<NodePtr>, std::span<const size_t>);
  Piece lower_many(const Expr& expr, Maker make) {
    Piece piece;
    piece.node = make(children(expr, 0, piece), expr.maybe);
    return piece;
  }

  Piece lower_select(const Expr& expr) {
    Piece piece;
    NodePtr operand = child(expr.args[0], piece).node;
    piece.node = expr.optional
                     ? optional_select_node(std::move(operand), expr.name)
                     : select_node(std::move(operand), expr.name,
                                   notes_[expr.args[0]].type);
    return piece;
  }

  Piece lower_test(const Expr& expr) {
    Piece piece;
    NodePtr operand = child(expr.args[0], piece).node;
    piece.node = has_field_node(std::move(operand), expr.name);
    return piece;
  }

  Piece lower_logic(const Expr& expr) {
    Piece piece;
    piece.node = logic_node(children(expr, 0, piece), expr.name == "&&");
    return piece;
  }

  Piece lower_choose(const Expr& expr) {
    Piece piece;
    std::vector<NodePtr> parts = children(expr, 0, piece);
    piece.node = choose_node(std::move(parts[0]), std::move(parts[1]),
                             std::move(parts[2]));
    return piece;
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
    Piece piece;
    if (note.pattern) {
      piece.node = lower_pattern(expr, note, first, piece);
    } else if (is_or(note)) {
      std::vector<NodePtr> args = children(expr, first, piece);
      piece.node = or_else_node(std::move(args[0]), std::move(args[1]),
                                expr.name == "orValue");
    } else {
      piece.node = call_node(children(expr, first, piece), note.overloads);
    }
    return piece;
  }

  Piece lower_equality(const Expr& expr) {
    Piece piece;
    std::vector<NodePtr> args = children(expr, 0, piece);
    piece.node =
        equal_node(std::move(args[0]), std::move(args[1]), expr.name == "!=");
    return piece;
  }

  Piece lower_in(const Expr& expr) {
    Piece piece;
    NodePtr item = child(expr.args[0], piece).node;
    Piece home = child(expr.args[1], piece);
    if (home.constant) piece.node = in_texts_node(item, *home.constant);
    if (!piece.node) {
      piece.node = in_node(std::move(item), std::move(home.node));
    }
    return piece;
  }

  Piece lower_index(const Expr& expr) {
    Piece piece;
    std::vector<NodePtr> args = children(expr, 0, piece);
    piece.node =
        index_node(std::move(args[0]), std::move(args[1]), expr.name == "[?]");
    return piece;
  }

  // The right side of or() and orValue() counts only when the left is none.
  static bool is_or(const Note& note) {
    return !note.overloads.empty() && !note.overloads[0]->run;
  }

  NodePtr lower_pattern(const Expr& expr, const Note& note, size_t first,
                        Piece& piece) {
    piece.cost += kRegexCost;
    if (note.overloads[0]->signature.name == "matches") {
      return matches_node(child(expr.args[first], piece).node, note.pattern);
    }
    return pattern_node(children(expr, first, piece), note.overloads,
                        note.pattern);
  }

  Piece lower_host(ExprId id, size_t first) {
    const Expr& expr = ast_[id];
    const Function& host = *notes_[id].host;
    Piece piece;
    std::vector<NodePtr> nodes;
    std::vector<std::optional<Value>> constants;
    for (size_t i = first; i < expr.args.size(); ++i) {
      Piece arg = child(expr.args[i], piece);
      nodes.push_back(std::move(arg.node));
      constants.push_back(arg.constant);
    }
    if (host.check && options_.checked) {
      if (auto complaint = host.check(constants)) {
        const size_t at =
            std::min(first + complaint->argument, expr.args.size() - 1);
        const Expr& argument = ast_[expr.args[at]];
        complaints_.add({kBadArgument,
                         {argument.begin, argument.end},
                         std::move(complaint->message),
                         "",
                         std::move(complaint->help)});
      }
    }
    piece.node = host_node(std::move(nodes), host);
    return piece;
  }

  Piece lower_loop(ExprId id) {
    const Expr& expr = ast_[id];
    Piece piece;
    LoopParts parts;
    parts.range = child(expr.args[0], piece).node;
    parts.local = notes_[id].index;
    parts.two_variables = expr.names.size() == 2;
    Piece body;
    const bool only_transform =
        expr.loop == Loop::map || expr.loop == Loop::transform_map ||
        expr.loop == Loop::transform_entry || expr.loop == Loop::sort_by ||
        expr.loop == Loop::opt_map || expr.loop == Loop::opt_flat_map;
    NodePtr first = child(expr.args[1], body).node;
    (only_transform ? parts.transform : parts.condition) = std::move(first);
    if (expr.args.size() > 2) {
      parts.transform = child(expr.args[2], body).node;
    }
    for (uint32_t i = 0; i < expr.names.size(); ++i) {
      body.depends = without(body.depends, parts.local + i);
    }
    piece.depends |= body.depends;
    piece.cost += std::min(body.cost, kCostMax / kListAssumed) * kListAssumed;
    piece.node = loop_node(expr.loop, std::move(parts));
    return piece;
  }

  static uint64_t without(uint64_t depends, uint32_t local) {
    return local < kLocalBits ? depends & ~local_bit(local) : depends;
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
    const uint32_t local = notes_[id].index;
    Piece piece;
    NodePtr value = child(expr.args[0], piece).node;
    Piece body = lower(expr.args[1]);
    piece.depends |= without(body.depends, local);
    piece.cost += body.cost;
    piece.node = bind_node(local, std::move(value), std::move(body.node));
    return piece;
  }

  const Ast& ast_;
  const Notes& notes_;
  const CompileOptions& options_;
  Scratch& constants_;
  Complaints& complaints_;
  std::vector<Value> locals_;            // while folding
  std::map<uint32_t, uint32_t> reads_;   // slot -> places it stands at
  std::map<uint32_t, uint32_t> places_;  // slot -> place in the cache
  uint32_t cached_ = 0;
};

}  // namespace

Lowered lower(const Ast& ast, const Notes& notes, const CompileOptions& options,
              Scratch& constants, Complaints& complaints) {
  return Lowering(ast, notes, options, constants, complaints).run();
}

}  // namespace cel
