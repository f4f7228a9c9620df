// SPDX-License-Identifier: Apache-2.0
#include "cel/study/gate.h"

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "cel/run/compiled.h"
#include "cel/study/look_reader.h"
#include "cel/study/ways.h"
#include "cel/value/compare.h"

// Down the skeleton of && || ! and ?:, always with the answers that are wanted
// of a part: ways to get them from one operand add up, ways that all operands
// are needed for are multiplied. What stands below the skeleton is looked at
// one by one: only what a look at a fact or two decides can be a latch.
namespace cel {
namespace {

// A chain with more operands is asked which of them are missing, not looked at.
constexpr size_t kOperandsMax = 16;

constexpr Answers kAll = kAnswerYes | kAnswerNo | kNothing;

Answers negated(Answers answers) {
  const bool yes = (answers & kAnswerYes) != 0;
  const bool no = (answers & kAnswerNo) != 0;
  return static_cast<Answers>((answers & kNothing) | (yes ? kAnswerNo : 0) |
                              (no ? kAnswerYes : 0));
}

// --- conditions -------------------------------------------------------------

std::optional<Compare> compare_of(std::string_view name) {
  if (name == "<") return Compare::less;
  if (name == "<=") return Compare::less_equal;
  if (name == ">") return Compare::greater;
  if (name == ">=") return Compare::greater_equal;
  if (name == "==") return Compare::equal;
  if (name == "!=") return Compare::not_equal;
  return std::nullopt;
}

std::string_view sign_of(Compare compare) {
  switch (compare) {
    case Compare::less: return "<";
    case Compare::less_equal: return "<=";
    case Compare::greater: return ">";
    case Compare::greater_equal: return ">=";
    case Compare::not_equal: return "!=";
    default: return "==";
  }
}

}  // namespace

class GateFinder::Walk {
 public:
  Walk(const Compiled& program, const StatesOf& states, Sights& sights)
      : program_(program),
        ast_(program.ast()),
        notes_(program.notes()),
        constants_(program.constants()),
        states_(states),
        sights_(sights),
        read_(program, states) {}

  // Each part is worked out once for the same answers. Recursion is bounded by
  // kDepthMax.
  const Ways& find(ExprId id, Answers wanted) {
    const std::pair question{id, wanted};
    const auto known = found_.find(question);
    if (known != found_.end()) return known->second;
    return found_.emplace(question, work_out(id, wanted)).first->second;
  }

  // Down to the parts that are to blame. Recursion is bounded by kDepthMax.
  void blame(ExprId id, Answers wanted, std::vector<ExprId>& parts) {
    if (!find(id, wanted).empty()) return;
    const Expr& expr = ast_[id];
    const bool plain = notes_[id].is == Note::Is::plain;
    if (plain && is_not(expr))
      return blame(expr.args[0], negated(wanted), parts);
    if (!plain || expr.kind != ExprKind::logic) return parts.push_back(id);
    for (const ExprId operand : expr.args) blame(operand, wanted, parts);
  }

 private:
  Ways work_out(ExprId id, Answers wanted) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    if (constants_[id]) return of_constant(*constants_[id], wanted);
    if (read_.is_setting(id)) return of_setting(id, wanted);
    if (note.is == Note::Is::fact) return of_fact(expr, note.index, wanted);
    if (note.is != Note::Is::plain) return {};
    switch (expr.kind) {
      case ExprKind::select:
      case ExprKind::test: return of_member(expr, wanted);
      case ExprKind::logic: return of_chain(expr, wanted);
      case ExprKind::choose: return of_choice(expr, wanted);
      case ExprKind::loop: return of_loop(id, wanted);
      case ExprKind::call: return of_call(id, expr, wanted);
      default: return {};
    }
  }

  static Ways of_constant(const Value& value, Answers wanted) {
    if (!value.is(Tag::boolean)) return {};
    const Answers says = value.as_bool() ? kAnswerYes : kAnswerNo;
    return (says & wanted) != 0 ? Ways{Gate{}} : Ways{};
  }

  // --- the skeleton ---------------------------------------------------------

  // One operand that is false settles an &&, one that is true an ||. With none
  // of these, one that says nothing leaves the whole without an answer.
  Ways of_chain(const Expr& expr, Answers wanted) {
    const bool is_and = expr.name == "&&";
    if (!is_and) wanted = negated(wanted);
    if (wanted == kAll) return {Gate{}};
    const auto ways_of = [&](ExprId operand, Answers answers) -> const Ways& {
      return find(operand, is_and ? answers : negated(answers));
    };
    const bool open = (wanted & kNothing) != 0;
    if ((wanted & kAnswerNo) != 0) {
      Ways ways;
      for (const ExprId operand : expr.args) {
        ways =
            any_of(std::move(ways),
                   ways_of(operand, open ? kAnswerNo | kNothing : kAnswerNo));
      }
      return ways;
    }
    const bool only_nothing = (wanted & kAnswerYes) == 0;
    if (only_nothing) return without_answer(expr, ways_of);
    return of_all(expr, [&](ExprId operand) -> const Ways& {
      return ways_of(operand, open ? kAnswerYes | kNothing : kAnswerYes);
    });
  }

  template <typename WaysOf>
  Ways of_all(const Expr& expr, WaysOf&& ways_of) {
    Ways ways{Gate{}};
    for (const ExprId operand : expr.args) {
      ways = all_of(ways, ways_of(operand));
      if (ways.empty()) break;
    }
    return ways;
  }

  // None decides, and one of them says nothing.
  template <typename WaysOf>
  Ways without_answer(const Expr& expr, WaysOf&& ways_of) {
    if (expr.args.size() > kOperandsMax) return {};
    // Of each operand: that it does not decide.
    std::vector<const Ways*> undecided;
    for (const ExprId operand : expr.args) {
      undecided.push_back(&ways_of(operand, kAnswerYes | kNothing));
    }
    Ways found;
    for (size_t silent = 0; silent < expr.args.size(); ++silent) {
      Ways ways = ways_of(expr.args[silent], kNothing);
      for (size_t other = 0; other < undecided.size(); ++other) {
        if (other == silent || ways.empty()) continue;
        ways = all_of(ways, *undecided[other]);
      }
      found = any_of(std::move(found), ways);
    }
    return found;
  }

  // The branch that is taken must be known, and what it says.
  Ways of_choice(const Expr& expr, Answers wanted) {
    return of_choice(expr, wanted, [&](ExprId branch) -> const Ways& {
      return find(branch, wanted);
    });
  }

  template <typename WaysOf>
  Ways of_choice(const Expr& expr, Answers wanted, WaysOf&& ways_of) {
    Ways ways;
    for (const bool taken : {true, false}) {
      const Ways& question = find(expr.args[0], taken ? kAnswerYes : kAnswerNo);
      const Ways& branch = ways_of(expr.args[taken ? 1 : 2]);
      ways = any_of(std::move(ways), all_of(question, branch));
    }
    if ((wanted & kNothing) == 0) return ways;
    return any_of(std::move(ways), find(expr.args[0], kNothing));
  }

  Ways of_call(ExprId id, const Expr& expr, Answers wanted) {
    if (is_otherwise(expr, notes_[id])) return {};
    if (expr.member)
      return notes_[id].qualified ? Ways{} : of_strict(expr, wanted);
    if (is_not(expr)) return find(expr.args[0], negated(wanted));
    if (expr.name == "in") return of_membership(id, expr, wanted);
    const auto compare = compare_of(expr.name);
    return compare ? of_comparison(id, expr, *compare, wanted)
                   : of_strict(expr, wanted);
  }

  // --- looks at states ------------------------------------------------------

  // A fact that is a condition by itself, or has(fact).
  Ways of_fact(const Expr& expr, uint32_t slot, Answers wanted) {
    const FactStates* states = states_(slot);
    if (expr.optional || !states) return {};
    if (expr.kind == ExprKind::test) {
      return of_states(slot, *states, wanted, [&](size_t state) {
        return state + 1 < states->count() ? kAnswerYes : kAnswerNo;
      });
    }
    if (states->is != FactStates::Is::boolean) return {};
    return of_states(slot, *states, wanted, [&](size_t state) {
      return state + 1 == states->count() ? kAnswerMissing
             : state == 1                 ? kAnswerYes
                                          : kAnswerNo;
    });
  }

  // The same of a member of the element that a loop is at.
  Ways of_member(const Expr& expr, Answers wanted) {
    const auto slot = read_.member(expr);
    return slot ? of_fact(expr, *slot, wanted) : Ways{};
  }

  // Of no elements, none has it and all have it.
  Ways of_loop(ExprId id, Answers wanted) {
    const Expr& expr = ast_[id];
    const bool quantifies = expr.loop == Loop::all ||
                            expr.loop == Loop::exists ||
                            expr.loop == Loop::exists_one;
    const auto slot = read_.plain_fact(expr.args[0]);
    const FactStates* states = slot ? states_(*slot) : nullptr;
    if (!quantifies || !states || states->is != FactStates::Is::list) return {};
    if (auto each = each_of(id, *slot)) {
      return compared({.is = Look::Is::each, .slot = *slot, .each = each},
                      ast_.text_of(id), wanted, {}, [] { return Bound{}; });
    }
    return of_states(*slot, *states, wanted, [&](size_t state) {
      if (state == 1) return Answer{};
      if (state + 1 == states->count()) return kAnswerMissing;
      return expr.loop == Loop::all ? kAnswerYes : kAnswerNo;
    });
  }

  // Null when nothing can be told of its elements. Loops in loops are left
  // alone.
  std::shared_ptr<const Each> each_of(ExprId id, uint32_t list) {
    const Expr& expr = ast_[id];
    const bool plain = expr.loop != Loop::exists_one &&
                       expr.names.size() == 1 && !read_.is_in_loop() &&
                       !states_(list)->members.empty();
    if (!plain) return nullptr;
    auto& each = each_[id];
    if (each) return each;
    constexpr std::array<Answers, Each::kSaid> kSaid = {
        kAnswerNo, kAnswerYes, kAnswerNo | kNothing, kAnswerYes | kNothing,
        kNothing};
    Each made;
    made.is_all = expr.loop == Loop::all;
    read_.enter(list, notes_[id].index);
    bool any = false;
    const auto unasked = made.is_all ? Each::kNotYes : Each::kNotNo;
    for (size_t i = 0; i < kSaid.size(); ++i) {
      if (i == unasked) continue;
      made.ways[i] = find(expr.args[1], kSaid[i]);
      any = any || !made.ways[i].empty();
    }
    read_.leave();
    if (any) each = std::make_shared<Each>(std::move(made));
    return each;
  }

  Ways of_membership(ExprId id, const Expr& expr, Answers wanted) {
    const auto slot = read_.plain_fact(expr.args[0]);
    if (!slot) return of_strict(expr, wanted);
    const auto& home = constants_[expr.args[1]];
    if (home && home->is(Tag::list)) {
      return of_values(*slot, home->as_list(), wanted);
    }
    if (home || !read_.is_setting(expr.args[1])) return of_strict(expr, wanted);
    return of_setting_of(*slot, id, Compare::among, expr.args[1], wanted);
  }

  // A call says nothing when one of its operands does.
  Ways of_strict(const Expr& expr, Answers wanted) {
    if ((wanted & kNothing) == 0) return {};
    Ways ways;
    for (const ExprId operand : expr.args) {
      ways = any_of(std::move(ways), of_missing(operand));
    }
    return ways;
  }

  // The operand is there only when the facts in it are. Recursion is bounded
  // by kDepthMax.
  Ways of_missing(ExprId id) {
    const Expr& expr = ast_[id];
    const Note& note = notes_[id];
    if (constants_[id]) return {};
    if (const auto slot = read_.plain_fact(id)) {
      const FactStates* states = states_(*slot);
      if (!states || states->setting) return {};
      return of_states(*slot, *states, kNothing, [&](size_t state) {
        return state + 1 == states->count() ? kAnswerMissing : Answer{};
      });
    }
    const bool strict = note.is == Note::Is::plain &&
                        expr.kind == ExprKind::call && !note.qualified &&
                        !is_otherwise(expr, note);
    return strict ? of_strict(expr, kNothing) : Ways{};
  }

  // What a fact of a closed set says when it is looked for among `values`.
  Ways of_values(uint32_t slot, std::span<const Value> values, Answers wanted) {
    const FactStates* states = states_(slot);
    if (!states || !is_closed(*states)) return {};
    return of_states(slot, *states, wanted, [&](size_t state) {
      if (state + 1 == states->count()) return kAnswerMissing;
      const Value value = value_of(*states, state);
      const bool among =
          std::any_of(values.begin(), values.end(),
                      [&](const Value& one) { return equal(one, value); });
      return among ? kAnswerYes : kAnswerNo;
    });
  }

  static bool is_closed(const FactStates& states) {
    return states.is == FactStates::Is::boolean ||
           states.is == FactStates::Is::choice;
  }

  static Value value_of(const FactStates& states, size_t state) {
    return states.is == FactStates::Is::boolean
               ? Value::of_bool(state == 1)
               : Value::of_string(states.choices[state]);
  }

  // The same where the values are known with the settings only.
  Ways of_setting_of(uint32_t slot, ExprId id, Compare compare, ExprId bound,
                     Answers wanted) {
    const FactStates* states = states_(slot);
    if (!states || !is_closed(*states)) return {};
    return compared({Look::Is::state, Scale::whole, slot}, ast_.text_of(id),
                    wanted, compare, [&] { return bound_of(bound); });
  }

  template <typename SaysIn>
  Ways of_states(uint32_t slot, const FactStates& states, Answers wanted,
                 SaysIn&& says_in) {
    if (states.count() > kStatesMax) return {};
    States shut = (kNothing & wanted) != 0 ? States{1} << states.count() : 0;
    for (size_t state = 0; state < states.count(); ++state) {
      if ((says_in(state) & wanted) != 0) shut |= States{1} << state;
    }
    if (shut == 0) return {};
    const Look look{.slot = slot};
    return of_latch({.sight = sight_of(look, {}, {}, [] { return Bound{}; }),
                     .shut = shut,
                     .share = share_of(states, shut)});
  }

  // --- looks at values ------------------------------------------------------

  Ways of_comparison(ExprId id, const Expr& expr, Compare compare,
                     Answers wanted) {
    for (const size_t i : {0, 1}) {
      const ExprId fact = expr.args[i];
      const ExprId bound = expr.args[1 - i];
      // 3 < x is x > 3.
      const Compare seen = i == 0 ? compare : *compare_of(turned(expr.name));
      Ways ways = of_one(id, fact, seen, bound, wanted);
      if (!ways.empty()) return ways;
    }
    Ways ways = of_two(id, expr, compare, wanted);
    return ways.empty() ? of_strict(expr, wanted) : ways;
  }

  Ways of_one(ExprId id, ExprId fact, Compare compare, ExprId bound,
              Answers wanted) {
    if (constants_[bound] || read_.is_setting(bound)) {
      return of_bounded(id, fact, compare, bound, wanted);
    }
    const Expr& expr = ast_[bound];
    const bool chooses =
        expr.kind == ExprKind::choose && notes_[bound].is == Note::Is::plain;
    if (!chooses || !read_.look_of(fact)) return {};
    return of_choice(expr, wanted, [&](ExprId branch) {
      return of_one(id, fact, compare, branch, wanted);
    });
  }

  Ways of_bounded(ExprId id, ExprId fact, Compare compare, ExprId bound,
                  Answers wanted) {
    const auto slot = read_.plain_fact(fact);
    const FactStates* states = slot ? states_(*slot) : nullptr;
    const bool equality =
        compare == Compare::equal || compare == Compare::not_equal;
    if (states && is_closed(*states)) {
      if (!equality) return {};
      const auto& constant = constants_[bound];
      if (!constant) return of_setting_of(*slot, id, compare, bound, wanted);
      return of_values(*slot, {&*constant, 1},
                       compare == Compare::equal ? wanted : negated(wanted));
    }
    auto look = read_.look_of(fact);
    const auto& constant = constants_[bound];
    const bool text = states && equality && constant &&
                      constant->is(Tag::string) &&
                      notes_[fact].type == string_type();
    if (text) look = Look{.is = Look::Is::text, .slot = *slot};
    if (!look || (!text && !is_comparable(*look, fact, bound))) return {};
    return compared(*look,
                    fmt::format("{} {} {}", ast_.text_of(fact),
                                sign_of(compare), ast_.text_of(bound)),
                    wanted, compare, [&] { return bound_of(bound); });
  }

  bool is_comparable(const Look& look, ExprId fact, ExprId bound) const {
    const Type* type = notes_[bound].type;
    if (look.scale == Scale::time) return type == notes_[fact].type;
    return type == int_type() || type == uint_type() || type == double_type();
  }

  // Of two facts, which comes first.
  Ways of_two(ExprId id, const Expr& expr, Compare compare, Answers wanted) {
    const auto left = read_.plain_fact(expr.args[0]);
    const auto right = read_.plain_fact(expr.args[1]);
    const Type* type = notes_[expr.args[0]].type;
    const bool equality =
        compare == Compare::equal || compare == Compare::not_equal;
    const auto scale = type == string_type() && equality
                           ? std::optional(Scale::whole)
                           : scale_of(type);
    const bool alike = scale && type == notes_[expr.args[1]].type;
    if (!left || !right || !alike) return {};
    if (!states_(*left) || !states_(*right)) return {};
    const bool moments = type == timestamp_type();
    return compared(
        {moments ? Look::Is::since : Look::Is::order,
         moments ? Scale::time : *scale, *left, *right},
        ast_.text_of(id), wanted, compare, [&] {
          return Bound{moments ? Value::of_duration(0) : Value::of_int(0)};
        });
  }

  // --- settings -------------------------------------------------------------

  Ways of_setting(ExprId id, Answers wanted) {
    if (notes_[id].type != bool_type()) return {};
    return compared({Look::Is::setting}, ast_.text_of(id), wanted,
                    Compare::equal, [&] { return bound_of(id); });
  }

  Bound bound_of(ExprId id) const {
    if (constants_[id]) return {*constants_[id], nullptr};
    return {{}, std::make_shared<Part>(program_, id)};
  }

  // --- latches --------------------------------------------------------------

  template <typename MakeBound>
  Ways compared(const Look& look, std::string_view text, Answers wanted,
                Compare compare, MakeBound&& make_bound) {
    Latch latch{.sight = sight_of(look, text, compare, make_bound),
                .answers = wanted};
    const double there = recorded(look);
    if ((wanted & kAnswerYes) != 0) latch.share += there / 2;
    if ((wanted & kAnswerNo) != 0) latch.share += there / 2;
    if ((wanted & kNothing) != 0) latch.share += 1 - there;
    return of_latch(latch);
  }

  // Several parts see the same; a bound may be a program, and is made once.
  template <typename MakeBound>
  const Sight* sight_of(const Look& look, std::string_view text,
                        Compare compare, MakeBound&& make_bound) {
    if (const Sight* known = sights_.find(look, text)) return known;
    return sights_.add({look, compare, make_bound(), std::string(text),
                        states_(look.slot), price_of(look)});
  }

  double price_of(const Look& look) const {
    constexpr double kPriceOfEach = 5;
    if (look.is == Look::Is::setting) return 0;
    if (look.is == Look::Is::each) return kPriceOfEach;
    return states_(look.slot)->price +
           (is_of_two(look) ? states_(look.other)->price : 0);
  }

  double recorded(const Look& look) const {
    if (look.is == Look::Is::setting) return 1;
    return (1 - states_(look.slot)->shares.back()) *
           (is_of_two(look) ? 1 - states_(look.other)->shares.back() : 1);
  }

  static Ways of_latch(const Latch& latch) {
    Ways ways{Gate{.latches = {latch}}};
    weigh(ways[0]);
    return ways;
  }

  const Compiled& program_;
  const Ast& ast_;
  const Notes& notes_;
  const std::vector<std::optional<Value>>& constants_;
  const StatesOf& states_;
  Sights& sights_;
  LookReader read_;
  std::map<ExprId, std::shared_ptr<const Each>> each_;
  std::map<std::pair<ExprId, Answers>, Ways> found_;
};

const Sight* Sights::find(const Look& look, std::string_view text) const {
  const auto found = std::find_if(
      kept_.begin(), kept_.end(),
      [&](const Sight& one) { return one.look == look && one.text == text; });
  return found == kept_.end() ? nullptr : &*found;
}

GateFinder::GateFinder(const Program& program, const StatesOf& states,
                       Sights& sights)
    : program_(compiled_of(program)),
      walk_(std::make_unique<Walk>(program_, states, sights)) {}

GateFinder::~GateFinder() = default;

const Ways& GateFinder::gates_of(Answers answers) {
  return walk_->find(program_.ast().root, answers);
}

std::vector<std::string> GateFinder::parts_without_gate(Answers answers) {
  std::vector<ExprId> parts;
  walk_->blame(program_.ast().root, answers, parts);
  std::vector<std::string> texts;
  for (const ExprId id : parts) texts.emplace_back(program_.ast().text_of(id));
  return texts;
}

}  // namespace cel
