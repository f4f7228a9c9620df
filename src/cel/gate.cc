// SPDX-License-Identifier: Apache-2.0
#include "cel/gate.h"

#include <algorithm>
#include <span>
#include <utility>

#include "cel/compare.h"
#include "cel/compiled.h"
#include "diag/check.h"

// Down the skeleton of && || ! and ?:, always with the answer that is wanted of
// a part. One operand that is false settles an &&, so that the best of its
// gates will do; an && that is to be true needs the gates of all operands. What
// stands below the skeleton is looked at one by one: only what a single fact
// decides can be a latch.
namespace cel {
namespace {

// What is behind a gate costs about so many steps, and so many gates look at
// one fact: enough to prefer a gate that seldom opens over one that is cheap.
constexpr double kBehind = 40;
constexpr double kSharers = 20;

double cost_of(const Gate& gate) {
  return gate.price / kSharers + gate.open * kBehind;
}

const Compiled& compiled(const Program& program) {
  const auto* made = dynamic_cast<const Compiled*>(&program);
  CHECK(made, "compile() made the program");
  return *made;
}

double share_of(const FactStates& states, const std::vector<bool>& of) {
  double share = 0;
  for (size_t i = 0; i < of.size(); ++i) share += of[i] ? states.shares[i] : 0;
  return share;
}

class Finder {
 public:
  Finder(const Compiled& program, const StatesOf& states)
      : ast_(program.ast()),
        notes_(program.notes()),
        constants_(program.constants()),
        states_(states) {}

  // Recursion is bounded by kDepthMax.
  std::optional<Gate> find(ExprId id, bool answer) const {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    if (constants_[id]) return of_constant(*constants_[id], answer);
    if (note.is == Note::Is::fact) return of_fact(expr, note, answer);
    if (note.is != Note::Is::plain) return std::nullopt;
    switch (expr.kind) {
      case ExprKind::logic: return of_chain(expr, answer);
      case ExprKind::choose: return of_choice(expr, answer);
      case ExprKind::loop: return of_loop(expr, answer);
      case ExprKind::call: return of_call(expr, answer);
      default: return std::nullopt;
    }
  }

  // Down to the parts that are to blame. Recursion is bounded by kDepthMax.
  void blame(ExprId id, bool answer, std::vector<ExprId>& parts) const {
    if (find(id, answer)) return;
    const Expr& expr = ast_[id];
    const bool plain = notes_[id].is == Note::Is::plain;
    const bool negates = plain && expr.kind == ExprKind::call && !expr.member &&
                         expr.name == "!";
    if (negates) return blame(expr.args[0], !answer, parts);
    if (!plain || expr.kind != ExprKind::logic) return parts.push_back(id);
    for (const ExprId operand : expr.args) blame(operand, answer, parts);
  }

 private:
  static std::optional<Gate> of_constant(const Value& value, bool answer) {
    const bool settled = answer ? value.is_true() : value.is_false();
    return settled ? std::optional<Gate>(Gate{}) : std::nullopt;
  }

  // A fact that is a condition by itself, or has(fact).
  std::optional<Gate> of_fact(const Expr& expr, const Note& note,
                              bool answer) const {
    if (expr.optional) return std::nullopt;
    const FactStates* states = states_(note.index);
    if (!states) return std::nullopt;
    std::vector<bool> shut(states->count());
    if (expr.kind == ExprKind::test) {
      std::fill(shut.begin(), shut.end(), answer);
      shut.back() = !answer;
    } else if (states->is == FactStates::Is::boolean) {
      shut[answer ? 1 : 0] = true;
    }
    return latch(note.index, *states, std::move(shut));
  }

  std::optional<Gate> of_chain(const Expr& expr, bool answer) const {
    const bool is_and = expr.name == "&&";
    std::vector<Gate> gates;
    for (const ExprId operand : expr.args) {
      auto gate = find(operand, answer);
      if (gate) gates.push_back(std::move(*gate));
    }
    // One operand that is false settles an &&, one that is true an ||.
    if (answer != is_and) return best(std::move(gates));
    if (gates.size() < expr.args.size()) return std::nullopt;
    return together(gates);
  }

  // The branch that is taken must be known, and what it says.
  std::optional<Gate> of_choice(const Expr& expr, bool answer) const {
    std::vector<Gate> ways;
    for (const bool taken : {true, false}) {
      auto question = find(expr.args[0], taken);
      auto branch = find(expr.args[taken ? 1 : 2], answer);
      if (!question || !branch) continue;
      auto way = together({std::move(*question), std::move(*branch)});
      if (way) ways.push_back(std::move(*way));
    }
    return best(std::move(ways));
  }

  // Of no elements, none has it and all have it.
  std::optional<Gate> of_loop(const Expr& expr, bool answer) const {
    const bool settles = expr.loop == Loop::all
                             ? answer
                             : !answer && (expr.loop == Loop::exists ||
                                           expr.loop == Loop::exists_one);
    const auto slot = plain_fact(expr.args[0]);
    if (!settles || !slot) return std::nullopt;
    const FactStates* states = states_(*slot);
    if (!states || states->is != FactStates::Is::list) return std::nullopt;
    return latch(*slot, *states, {true, false, false});
  }

  std::optional<Gate> of_call(const Expr& expr, bool answer) const {
    if (expr.member) return std::nullopt;
    if (expr.name == "!") return find(expr.args[0], !answer);
    if (expr.name == "in") return of_membership(expr, answer);
    if (expr.name == "==") return of_equality(expr, answer);
    if (expr.name == "!=") return of_equality(expr, !answer);
    return std::nullopt;
  }

  std::optional<Gate> of_equality(const Expr& expr, bool answer) const {
    for (const size_t i : {0, 1}) {
      const auto slot = plain_fact(expr.args[i]);
      const auto& constant = constants_[expr.args[1 - i]];
      if (slot && constant) return latch_in(*slot, {&*constant, 1}, answer);
    }
    return std::nullopt;
  }

  std::optional<Gate> of_membership(const Expr& expr, bool answer) const {
    const auto slot = plain_fact(expr.args[0]);
    const auto& home = constants_[expr.args[1]];
    if (!slot || !home || !home->is(Tag::list)) return std::nullopt;
    return latch_in(*slot, home->as_list(), answer);
  }

  // Shut where the fact has a value that is (not) among `values`.
  std::optional<Gate> latch_in(uint32_t slot, std::span<const Value> values,
                               bool answer) const {
    const FactStates* states = states_(slot);
    if (!states) return std::nullopt;
    const bool is_bool = states->is == FactStates::Is::boolean;
    if (!is_bool && states->is != FactStates::Is::choice) return std::nullopt;
    std::vector<bool> shut(states->count());
    for (size_t i = 0; i + 1 < shut.size(); ++i) {
      const Value value = is_bool ? Value::of_bool(i == 1)
                                  : Value::of_string(states->choices[i]);
      const bool among =
          std::any_of(values.begin(), values.end(),
                      [&](const Value& one) { return equal(one, value); });
      shut[i] = among == answer;
    }
    return latch(slot, *states, std::move(shut));
  }

  std::optional<uint32_t> plain_fact(ExprId id) const {
    const Expr& expr = ast_[id];
    const bool plain = notes_[id].is == Note::Is::fact &&
                       expr.kind != ExprKind::test && !expr.optional;
    return plain ? std::optional<uint32_t>(notes_[id].index) : std::nullopt;
  }

  static std::optional<Gate> latch(uint32_t slot, const FactStates& states,
                                   std::vector<bool> shut) {
    if (std::find(shut.begin(), shut.end(), true) == shut.end()) {
      return std::nullopt;
    }
    Gate gate;
    gate.open = std::max(0.0, 1 - share_of(states, shut));
    gate.price = states.price;
    gate.latches.push_back({slot, std::move(shut)});
    return gate;
  }

  // Each settles it by itself: has(x) && x == 'a' is false where either is.
  std::optional<Gate> best(std::vector<Gate> gates) const {
    std::optional<Gate> found;
    for (size_t i = 0; i < gates.size(); ++i) {
      for (size_t k = i + 1; k < gates.size(); ++k) widen(gates[i], gates[k]);
      found = better(std::move(found), std::move(gates[i]));
    }
    return found;
  }

  // Two that look at one fact only become one that is shut where either is.
  void widen(Gate& gate, const Gate& other) const {
    if (gate.latches.size() != 1 || other.latches.size() != 1) return;
    Latch& latch = gate.latches[0];
    if (latch.slot != other.latches[0].slot) return;
    for (size_t i = 0; i < latch.shut.size(); ++i) {
      latch.shut[i] = latch.shut[i] || other.latches[0].shut[i];
    }
    gate.open = std::max(0.0, 1 - share_of(*states_(latch.slot), latch.shut));
  }

  // All are needed: a fact that several look at must please all of them.
  std::optional<Gate> together(const std::vector<Gate>& gates) const {
    Gate all;
    for (const Gate& gate : gates) {
      for (const Latch& latch : gate.latches) add(all, latch);
    }
    double shut = 1;
    for (const Latch& latch : all.latches) {
      const FactStates& states = *states_(latch.slot);
      const double share = share_of(states, latch.shut);
      const bool never = std::find(latch.shut.begin(), latch.shut.end(),
                                   true) == latch.shut.end();
      if (never) return std::nullopt;
      shut *= share;
      all.price += states.price;
    }
    all.open = std::max(0.0, 1 - shut);
    return all;
  }

  static void add(Gate& all, const Latch& latch) {
    for (Latch& known : all.latches) {
      if (known.slot != latch.slot) continue;
      for (size_t i = 0; i < known.shut.size(); ++i) {
        known.shut[i] = known.shut[i] && latch.shut[i];
      }
      return;
    }
    all.latches.push_back(latch);
  }

  const Ast& ast_;
  const Notes& notes_;
  const std::vector<std::optional<Value>>& constants_;
  const StatesOf& states_;
};

}  // namespace

std::optional<Gate> gate_of(const Program& program, bool answer,
                            const StatesOf& states) {
  const Compiled& made = compiled(program);
  return Finder(made, states).find(made.ast().root, answer);
}

std::vector<std::string> parts_without_gate(const Program& program, bool answer,
                                            const StatesOf& states) {
  const Compiled& made = compiled(program);
  std::vector<ExprId> parts;
  Finder(made, states).blame(made.ast().root, answer, parts);
  std::vector<std::string> texts;
  for (const ExprId id : parts) {
    const Expr& expr = made.ast()[id];
    texts.emplace_back(
        program.source().substr(expr.begin, expr.end - expr.begin));
  }
  return texts;
}

std::optional<Gate> better(std::optional<Gate> a, std::optional<Gate> b) {
  if (!a) return b;
  if (!b) return a;
  return cost_of(*b) < cost_of(*a) ? std::move(b) : std::move(a);
}

}  // namespace cel
