// SPDX-License-Identifier: Apache-2.0
#include "cel/study/atoms.h"

#include <algorithm>

#include "cel/study/decisions.h"
#include "cel/value/compare.h"

namespace cel {
namespace {

void collect_slots(const Compiled& program, ExprId id,
                   std::vector<uint32_t>& slots) {
  const Note& note = program.notes()[id];
  if (note.is == Note::Is::fact) slots.push_back(note.index);
  for (const ExprId part : operands(program.ast()[id], note)) {
    collect_slots(program, part, slots);
  }
}

std::vector<uint32_t> slots_at(const Compiled& program,
                               const Decision& decision) {
  std::vector<uint32_t> slots;
  collect_slots(program, decision.id, slots);
  std::vector<uint32_t> there;
  for (const Decided& decided : decision.before) {
    if (decided.must_answer) collect_slots(program, decided.id, there);
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  std::erase_if(slots, [&](uint32_t slot) {
    return std::find(there.begin(), there.end(), slot) != there.end();
  });
  return slots;
}

std::string before(const Compiled& program, const Decision& decision) {
  std::string text;
  for (const Decided& decided : decision.before) {
    if (!text.empty()) text += " && ";
    if (!decided.holds) text += "!";
    text += bracketed(program.ast().text_of(decided.id));
  }
  return text;
}

class WatchedProgram final : public Watched {
 public:
  explicit WatchedProgram(const Compiled& program)
      : locals_(program.notes().locals) {
    const Decisions decisions = decisions_of(program);
    answers_.resize(decisions.atoms.size());
    std::vector<uint8_t*> watched(program.ast().nodes.size());
    for (size_t i = 0; i < answers_.size(); ++i) {
      watched[decisions.atoms[i].id] = &answers_[i];
    }
    // Nothing is shared: what stands twice answers at both places.
    Numbering numbering;
    const auto numbers = numbering.add(program.ast(), program.notes());
    root_ =
        lower({program.ast(), program.notes(), numbering, numbers, &watched},
              {.fold = program.folds()}, constants_, nullptr)
            .root;
  }

  Value evaluate(Activation& facts, Scratch& scratch) override {
    scratch.begin_evaluation();
    Frame frame{facts, scratch, locals_.data(), {}};
    return root_->run(frame);
  }

  std::span<const uint8_t> answers() const override { return answers_; }
  void forget() override { std::fill(answers_.begin(), answers_.end(), 0); }

 private:
  Scratch constants_;  // outlives the nodes, which refer to it
  std::vector<uint8_t> answers_;
  std::vector<Value> locals_;
  NodePtr root_;
};

std::string joined(const std::string& left, const std::string& right) {
  if (left.empty() || right.empty()) return left + right;
  return left + " && " + right;
}

// The condition alone, whatever it is worth.
std::unique_ptr<const Program> quietly(const std::string& text,
                                       const Environment& environment) {
  simwarden::Issues unheard;
  return compile(text, environment, {}, unheard, {.keeps_choices = true});
}

bool can_be_missing(const Program& whole, const Program& alone,
                    const Atom& atom, std::span<const uint32_t> absent) {
  for (const uint32_t slot : atom.slots) {
    if (!std::binary_search(absent.begin(), absent.end(), slot)) continue;
    if (alone.without(slot).nothing && whole.without(slot).nothing) return true;
  }
  return false;
}

}  // namespace

std::vector<Atom> atoms_of(const Program& program) {
  const Compiled& made = compiled_of(program);
  std::vector<Atom> atoms;
  for (const Decision& decision : decisions_of(made).atoms) {
    const Expr& expr = made.ast()[decision.id];
    Atom atom{expr.begin, expr.end, decision.in_scope, before(made, decision)};
    atom.slots = slots_at(made, decision);
    atoms.push_back(std::move(atom));
  }
  return atoms;
}

uint8_t possible_answers(const Program& program, const Atom& atom,
                         const std::string& guard,
                         const Environment& environment,
                         std::span<const uint32_t> may_be_absent) {
  constexpr uint8_t kBoth = kAnswerYes | kAnswerNo;
  if (atom.in_scope) return kBoth;
  const std::string part =
      bracketed(program.source().substr(atom.begin, atom.end - atom.begin));
  const std::string led =
      joined(guard.empty() ? "" : "(" + guard + "\n)", atom.before);
  const auto alone = quietly(part, environment);
  const auto holds = quietly(joined(led, part), environment);
  const auto fails = quietly(joined(led, "!" + part), environment);
  if (!alone || !holds || !fails) return kBoth;
  uint8_t possible = 0;
  if (holds->outcomes().yes) possible |= kAnswerYes;
  if (fails->outcomes().yes) possible |= kAnswerNo;
  if (can_be_missing(*holds, *alone, atom, may_be_absent)) {
    possible |= kAnswerMissing;
  }
  return possible;
}

std::vector<Value> literals_of(const Program& program) {
  std::vector<Value> found;
  for (const Expr& expr : compiled_of(program).ast().nodes) {
    const bool wanted =
        expr.kind == ExprKind::literal &&
        (expr.value.is(Tag::string) || expr.value.is(Tag::integer) ||
         expr.value.is(Tag::number));
    if (!wanted) continue;
    const bool known = std::any_of(
        found.begin(), found.end(),
        [&](const Value& value) { return equal(value, expr.value); });
    if (!known) found.push_back(expr.value);
  }
  return found;
}

std::unique_ptr<Watched> watch(const Program& program) {
  return std::make_unique<WatchedProgram>(compiled_of(program));
}

}  // namespace cel
