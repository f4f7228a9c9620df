// SPDX-License-Identifier: Apache-2.0
#include "cel/run/program.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cel/check/cost.h"
#include "cel/check/outcomes.h"
#include "cel/run/compiled.h"
#include "cel/syntax/complaints.h"
#include "cel/syntax/parser.h"
#include "cel/value/typing.h"
#include "diag/check.h"

namespace cel {
namespace {

struct ConstantWords {
  std::string_view of_one;
  std::string_view of_several;
  std::string_view help;
};
const ConstantWords& words_of(Constancy found) {
  static constexpr ConstantWords kNever{
      "this never holds", "these never hold together",
      "where either will do, write || or in [ … ]"};
  static constexpr ConstantWords kAlways{
      "this always holds", "one of these always holds",
      "a rule that hits every record, or none, says nothing"};
  static constexpr ConstantWords kRecorded{
      "this holds, or is not recorded",
      "one of these holds, or none is recorded",
      "for two values that are both wrong write &&; has(…) asks whether a fact "
      "is recorded"};
  if (found == Constancy::never_true) return kNever;
  return found == Constancy::always_true ? kAlways : kRecorded;
}

// An expression that says the same of every record is a mistake, when it is
// meant to be a condition.
void check_constant(const Known& known, Complaints& complaints) {
  const Expr& root = known.ast[known.ast.root];
  const auto& constant = known.constants[known.ast.root];
  if (constant) {
    complaints.add(
        {kConstant,
         {root.begin, root.end},
         fmt::format("the condition is always {}", to_text(*constant)),
         "depends on no fact",
         "compare a fact with something"});
    return;
  }
  if (known.notes[known.ast.root].type != bool_type()) return;
  const Constancy found = constancy_of(known, known.ast.root);
  if (found == Constancy::varies) return;
  const std::vector<ExprId> parts = decisive_operands(known);
  const Range at{known.ast[parts.front()].begin, known.ast[parts.back()].end};
  const ConstantWords& words = words_of(found);
  complaints.add(
      {kConstant, at, fmt::format("the condition is {}", name_of(found)),
       std::string(parts.size() > 1 ? words.of_several : words.of_one),
       std::string(words.help)});
}

void check_cost(const Ast& ast, const Estimate& estimate,
                const CompileOptions& options, Complaints& complaints) {
  if (estimate.steps <= kCostMax || !options.result) return;
  const Expr& part = ast[estimate.dominant];
  complaints.add(
      {kTooCostly,
       {part.begin, part.end},
       fmt::format("the condition can take {} steps for one record; {} is the "
                   "most",
                   estimate.steps, kCostMax),
       fmt::format("{} of them here", estimate.dominant_steps),
       "look at a shorter text or at fewer elements, or use a pattern set"});
}

Cost cost_of(const Ast& ast, const Estimate& estimate) {
  return {estimate.steps, std::string(ast.text_of(estimate.dominant)),
          estimate.dominant_steps};
}

}  // namespace

bool Compiled::build(const Environment& environment,
                     const CompileOptions& options, Complaints& complaints) {
  if (!parse(source_, ast_, complaints, options.macros)) return false;
  notes_ = check(ast_, environment, options, complaints);
  if (complaints.count() > 0) return false;
  Numbering numbering;
  numbers_ = numbering.add(ast_, notes_);
  numbering.share();
  lowered_ = lower({ast_, notes_, numbering, numbers_}, options, constants_,
                   &complaints);
  const Known known{ast_, notes_, numbers_, lowered_.constants};
  if (options.result && options.checked && complaints.count() == 0) {
    check_constant(known, complaints);
  }
  const Estimate worst = estimate(ast_, notes_);
  check_cost(ast_, worst, options, complaints);
  cost_ = cost_of(ast_, worst);
  places_ = numbering.places();
  folds_ = options.fold;
  slots_ = slots_of(ast_, notes_);
  type_ = settle(notes_[ast_.root].type);
  compared_ = compared_choices(ast_, notes_);
  if (!options.keeps_choices) notes_.forget_choices();
  return complaints.count() == 0;
}

Outcomes Compiled::without(uint32_t slot) const {
  return outcomes_of({ast_, notes_, numbers_, lowered_.constants}, slot);
}

Outcomes Compiled::outcomes() const {
  return outcomes_of({ast_, notes_, numbers_, lowered_.constants});
}

bool Compiled::can_answer(
    const std::function<bool(std::span<const Value>)>& wanted) const {
  return cel::can_answer({ast_, notes_, numbers_, lowered_.constants}, wanted);
}

bool Compiled::can_differ(
    std::optional<uint32_t> absent,
    const std::function<bool(std::span<const Value>)>& wanted) const {
  return cel::can_differ({ast_, notes_, numbers_, lowered_.constants}, absent,
                         wanted);
}

Value Compiled::evaluate(Activation& facts, Scratch& scratch) const {
  scratch.begin_evaluation();
  constexpr uint32_t kRound = 1;  // a Kept begins with none
  const std::span<Value> locals = scratch.values(notes_.locals);
  const std::span<Kept> places = scratch.make<Kept>(places_);
  Frame frame{facts, scratch, locals.data(), {places.data(), kRound}};
  return lowered_.root->run(frame);
}

const Compiled& compiled_of(const Program& program) {
  const auto* made = dynamic_cast<const Compiled*>(&program);
  CHECK(made, "compile() made the program");
  return *made;
}

bool are_one_part(const Program& a, const Program& b) {
  const Compiled& first = compiled_of(a);
  const Compiled& second = compiled_of(b);
  Numbering numbering;
  const auto one = numbering.add(first.ast(), first.notes());
  const auto other = numbering.add(second.ast(), second.notes());
  return one[first.ast().root] == other[second.ast().root];
}

std::unique_ptr<const Program> compile(std::string_view source,
                                       const Environment& environment,
                                       const Origin& origin,
                                       simwarden::Issues& issues,
                                       const CompileOptions& options) {
  auto made = std::make_unique<Compiled>(source);
  Complaints complaints(made->source(), origin, issues);
  if (!made->build(environment, options, complaints)) return nullptr;
  return made;
}

}  // namespace cel
