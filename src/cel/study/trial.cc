// SPDX-License-Identifier: Apache-2.0
#include "cel/study/trial.h"

#include <algorithm>
#include <map>

#include "cel/library/library.h"
#include "cel/run/compiled.h"
#include "cel/value/faults.h"
#include "cel/value/regex.h"
#include "cel/value/times.h"
#include "cel/value/typing.h"

// From the top down: a part that reads nothing but settled facts is run as a
// whole, since && or || may absorb what fails inside; when it fails, the
// smallest part of it that does is to blame. Of other parts the operands are
// looked at, and arguments that alone make a call fail.
namespace cel {

class Trial::Work {
 public:
  using IsSettled = std::function<bool(uint32_t slot)>;

  Work(const Program& program, const IsSettled& is_settled)
      : of_(compiled_of(program)),
        numbers_(numbering_.add(of_.ast(), of_.notes())),
        settled_(of_.ast().nodes.size(), false),
        locals_(of_.notes().locals) {
    find_settled(of_.ast().root, is_settled);
  }

  Tried with(Activation& facts) {
    facts_ = &facts;
    scratch_.clear();
    tried_ = {};
    tried_.answer = visit(of_.ast().root);
    return std::move(tried_);
  }

 private:
  const Expr& expr(ExprId id) const { return of_.ast()[id]; }
  const Note& note(ExprId id) const { return of_.notes()[id]; }

  // Whether other facts have a say in it. Recursion is bounded by kDepthMax,
  // here and below.
  bool find_settled(ExprId id, const IsSettled& is_settled) {
    const Note& of = note(id);
    bool open = of.is == Note::Is::fact && !is_settled(of.index);
    for (const ExprId part : operands(expr(id), of)) {
      open = find_settled(part, is_settled) || open;
    }
    const bool free_locals =
        (numbering_.depends(numbers_[id]) & ~kOnFacts) != 0;
    settled_[id] = !open && !free_locals;
    return open;
  }

  std::optional<bool> visit(ExprId id) {
    if (settled_[id]) return visit_settled(id);
    switch (expr(id).kind) {
      case ExprKind::logic: return visit_logic(id);
      case ExprKind::choose: return visit_choose(id);
      case ExprKind::call: try_arguments(id); break;
      default: break;
    }
    std::optional<bool> last;
    for (const ExprId part : operands(expr(id), note(id))) last = visit(part);
    const bool negates = is_not(expr(id)) && last.has_value();
    return negates ? std::optional(!*last) : std::nullopt;
  }

  std::optional<bool> visit_settled(ExprId id) {
    if (is_leaf(id) && type_of(id) != bool_type()) return std::nullopt;
    const Value value = run(id);
    if (value.is(Tag::error)) blame(id, value.as_error().what);
    if (value.is_true()) return true;
    return value.is_false() ? std::optional(false) : std::nullopt;
  }

  bool is_leaf(ExprId id) const { return operands(expr(id), note(id)).empty(); }
  const Type* type_of(ExprId id) const { return settle(note(id).type); }

  std::optional<bool> visit_logic(ExprId id) {
    const bool is_and = expr(id).name == "&&";
    const auto& parts = expr(id).args;
    const bool decided =
        std::any_of(parts.begin(), parts.end(), [&](ExprId part) {
          if (!settled_[part]) return false;
          const Value value = run(part);
          return is_and ? value.is_false() : value.is_true();
        });
    if (decided) return !is_and;
    size_t neutral = 0;
    for (const ExprId part : parts) {
      const std::optional<bool> answer = visit(part);
      if (answer == !is_and) return answer;
      if (answer == is_and) ++neutral;
    }
    return neutral == parts.size() ? std::optional(is_and) : std::nullopt;
  }

  std::optional<bool> visit_choose(ExprId id) {
    const auto& parts = expr(id).args;
    const std::optional<bool> chosen = visit(parts[0]);
    if (chosen) return visit(parts[*chosen ? 1 : 2]);
    visit(parts[1]);
    visit(parts[2]);
    return std::nullopt;
  }

  // Of a call that reads other facts, too.
  void try_arguments(ExprId id) {
    const Expr& call = expr(id);
    const Note& of = note(id);
    const size_t first = of.qualified ? 1 : 0;
    const size_t place = first + 1;
    if (of.overloads.empty() || of.pattern || place >= call.args.size()) return;
    const ExprId argument = call.args[place];
    if (!settled_[argument]) return;
    const bool pattern = of.overloads[0]->run_pattern != nullptr;
    if (!pattern && !takes_zone(*of.overloads[0])) return;
    const Value value = run(argument);
    if (!value.is(Tag::string)) return;
    if (pattern) {
      const Regex regex = make_dynamic_regex(value.as_string());
      if (regex.compiled) return;
      add(id, argument, regex.problem, std::string(regex.help));
    } else if (!zone_offset(value.as_string(), 0)) {
      add(id, argument, kTimeZone.what, kZoneHelp);
    }
  }

  void blame(ExprId id, std::string_view what) {
    for (const ExprId part : operands(expr(id), note(id))) {
      if (!settled_[part] || is_leaf(part)) continue;
      const Value value = run(part);
      if (value.is(Tag::error)) return blame(part, value.as_error().what);
    }
    add(id, id, what, std::string(how_to_write(expr(id).name)));
  }

  void add(ExprId part, ExprId reads, std::string_view what, std::string help) {
    CertainFailure failure{std::string(of_.ast().text_of(part)),
                           std::string(what),
                           std::move(help),
                           {}};
    collect_slots(reads, failure.slots);
    tried_.failures.push_back(std::move(failure));
  }

  void collect_slots(ExprId id, std::vector<uint32_t>& slots) const {
    if (note(id).is == Note::Is::fact) slots.push_back(note(id).index);
    for (const ExprId part : operands(expr(id), note(id))) {
      collect_slots(part, slots);
    }
  }

  Value run(ExprId id) {
    scratch_.begin_evaluation();
    Frame frame{*facts_, scratch_, locals_.data(), {}};
    return node(id).run(frame);
  }

  const Node& node(ExprId id) {
    auto& made = nodes_[id];
    if (!made) {
      made = std::move(lower({.ast = of_.ast(),
                              .notes = of_.notes(),
                              .numbering = numbering_,
                              .numbers = numbers_,
                              .root = id},
                             {}, constants_, nullptr)
                           .root);
    }
    return *made;
  }

  const Compiled& of_;
  Numbering numbering_;  // shares nothing: parts are run by themselves
  std::vector<PartNumber> numbers_;
  std::vector<bool> settled_;  // by ExprId
  std::vector<Value> locals_;
  Scratch constants_;
  Scratch scratch_;
  std::map<ExprId, NodePtr> nodes_;
  Activation* facts_ = nullptr;
  Tried tried_;
};

Trial::Trial(const Program& program,
             const std::function<bool(uint32_t slot)>& is_settled)
    : work_(std::make_unique<Work>(program, is_settled)) {}
Trial::~Trial() = default;

Tried Trial::with(Activation& settled) {
  return work_->with(settled);
}

std::span<const ComparedChoices> compared_choices_of(const Program& program) {
  return compiled_of(program).compared();
}

}  // namespace cel
