// SPDX-License-Identifier: Apache-2.0
#include "cel/check/outcomes.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "cel/check/neighbours.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"
#include "cel/value/typing.h"

// A search over few unknowns. The skeleton of && || ! and ?: is evaluated while
// some unknowns are still open; as long as they matter, the first of them is
// tried with each of its points. Text that ends up in nobody's way is cut off
// early: "false && anything" needs no second unknown.
namespace cel {
namespace {

enum class Truth : uint8_t { no, yes, nothing, unsettled };

// Which facts are not recorded.
struct Holes {
  std::optional<uint32_t> absent = {};  // this one
  // Any of them; what is worked out may fail too.
  bool anywhere = false;
};

// What stands below the skeleton, and the values that make a difference.
struct Unknown {
  std::vector<Value> points;    // an error stands for "no value"
  std::vector<uint32_t> needs;  // facts without which it has no value
};

struct Comparison {
  ExprId part;
  std::string_view name;        // == != < <= > >= in
  bool constant_first = false;  // 3 < count
  std::span<const Value> constants;
};

class Reader {
 public:
  explicit Reader(const Known& known) : known_(known) {}

  const Expr& expr(ExprId id) const { return known_.ast[id]; }
  const Note& note(ExprId id) const { return known_.notes[id]; }
  const Type* type(ExprId id) const { return known_.notes[id].type; }
  const std::optional<Value>& constant(ExprId id) const {
    return known_.constants[id];
  }
  std::span<const ExprId> parts(ExprId id) const {
    return operands(expr(id), note(id));
  }

  bool is_skeleton(ExprId id) const {
    if (note(id).is != Note::Is::plain) return false;
    if (expr(id).kind == ExprKind::choose) return type(id) == bool_type();
    return expr(id).kind == ExprKind::logic || is_not(expr(id));
  }

  // has(fact): the slot.
  std::optional<uint32_t> presence(ExprId id) const {
    const bool asks = expr(id).kind == ExprKind::test;
    if (!asks || note(id).is != Note::Is::fact) return std::nullopt;
    return note(id).index;
  }

  std::optional<Comparison> comparison(ExprId id) const {
    const Expr& e = expr(id);
    if (e.kind != ExprKind::call || e.member || e.args.size() != 2) {
      return std::nullopt;
    }
    const auto& left = constant(e.args[0]);
    const auto& right = constant(e.args[1]);
    if (left.has_value() == right.has_value()) return std::nullopt;
    if (e.name == "in") return membership(e, right);
    const ExprId part = e.args[left ? 1 : 0];
    const bool discrete =
        type(part) == string_type() || type(part) == bool_type();
    const bool fits = is_equality(e.name)
                          ? discrete || has_neighbours(type(part))
                          : is_ordering(e.name) && has_neighbours(type(part));
    if (!fits) return std::nullopt;
    return Comparison{
        part, e.name, left.has_value(), {left ? &*left : &*right, 1}};
  }

  // Facts without which the part surely has no value.
  void needs(ExprId id, std::vector<uint32_t>& slots) const {
    if (note(id).is == Note::Is::fact) {
      if (!asks(id)) slots.push_back(note(id).index);
      return;
    }
    std::span<const ExprId> all = parts(id);
    if (is_otherwise(expr(id), note(id))) all = all.first(1);
    switch (expr(id).kind) {
      case ExprKind::call:
      case ExprKind::select:
      case ExprKind::list:
      case ExprKind::map:
        for (const ExprId part : all) needs(part, slots);
        return;
      case ExprKind::loop: return needs(all[0], slots);
      default: return;
    }
  }

  // Some part of it can have a value where a fact has none.
  bool is_lenient(ExprId id) const {
    const ExprKind kind = expr(id).kind;
    if (asks(id) || is_otherwise(expr(id), note(id)) ||
        kind == ExprKind::logic || kind == ExprKind::choose ||
        kind == ExprKind::loop || kind == ExprKind::bind) {
      return true;
    }
    const auto all = parts(id);
    return std::any_of(all.begin(), all.end(),
                       [this](ExprId part) { return is_lenient(part); });
  }

 private:
  bool asks(ExprId id) const {
    return expr(id).kind == ExprKind::test || expr(id).optional;
  }

  std::optional<Comparison> membership(const Expr& e,
                                       const std::optional<Value>& home) const {
    if (!home || !home->is(Tag::list)) return std::nullopt;
    const Type* of = type(e.args[0]);
    if (of != string_type() && !has_neighbours(of)) return std::nullopt;
    return Comparison{e.args[0], "in", false, home->as_list()};
  }

  const Known& known_;
};

// --- the search
// ----------------------------------------------------------------

class Search {
 public:
  Search(const Known& known, const Holes& holes, ExprId root)
      : known_(known), read_(known), holes_(holes) {
    collect(root);
    for (auto& [number, part] : compared_)
      finish(part, unknowns_[places_[number]]);
    if (holes.anywhere) add_holes();
    chosen_.assign(unknowns_.size(), nullptr);
  }

  // Whether `roots`, joined by && or ||, can come out so.
  bool can_be(Truth wanted, std::span<const ExprId> roots, bool is_and) {
    if (unknowns_.size() > kUnknownsMax) return true;
    return search(wanted, roots, is_and);
  }

  // Whether `parts` can answer what `wanted` looks for.
  bool can_answer(std::span<const ExprId> parts, const Difference& wanted) {
    if (unknowns_.size() > kUnknownsMax) return true;
    return search_answers(parts, wanted);
  }
  // Likewise; of two that answer alike from the first on, the rest does not
  // matter.
  bool can_differ(std::span<const ExprId> parts, const Difference& wanted) {
    alike_matters_ = false;
    return can_answer(parts, wanted);
  }

 private:
  // Recursion over the tree is bounded by kDepthMax.
  void collect(ExprId id) {
    if (read_.constant(id)) return;
    if (read_.is_skeleton(id)) {
      for (const ExprId part : read_.parts(id)) collect(part);
    } else if (const auto slot = read_.presence(id)) {
      collect_presence(*slot);
    } else if (const auto comparison = read_.comparison(id)) {
      const PartNumber number = known_.numbers[comparison->part];
      Unknown& unknown = unknown_of(comparison->part);
      const Type* type = read_.type(comparison->part);
      compared_.emplace(number, comparison->part);
      for (const Value& constant : comparison->constants) {
        if (has_neighbours(type)) {
          add_neighbours(type, constant, unknown.points);
        } else if (constant.is(Tag::string)) {
          unknown.points.push_back(constant);
        }
      }
    } else {
      unknown_of(id);
    }
  }

  void collect_presence(uint32_t slot) {
    if (!presences_.try_emplace(slot, unknowns_.size()).second) return;
    Unknown made;
    made.points.push_back(Value::of_bool(false));
    if (holes_.absent != slot) made.points.push_back(Value::of_bool(true));
    unknowns_.push_back(std::move(made));
  }

  Unknown& unknown_of(ExprId part) {
    const auto [found, fresh] =
        places_.try_emplace(known_.numbers[part], unknowns_.size());
    if (!fresh) return unknowns_[found->second];
    Unknown made;
    if (read_.type(part) == bool_type() || is_dyn(read_.type(part))) {
      made.points = {Value::of_bool(true), Value::of_bool(false)};
    }
    read_.needs(part, made.needs);
    if (is_fact(part)) facts_.insert(unknowns_.size());
    if (holes_.absent && read_.is_lenient(part)) {
      made.points.push_back(no_overload_);
    }
    unknowns_.push_back(std::move(made));
    return unknowns_.back();
  }

  // A fact that has() asks about has a value where has() says so.
  void add_holes() {
    for (const auto& [number, place] : places_) {
      const Unknown& unknown = unknowns_[place];
      const bool asked =
          facts_.contains(place) && presences_.contains(unknown.needs.at(0));
      if (!asked) unknowns_[place].points.push_back(no_overload_);
    }
  }

  // All its constants are there; now what is none of them.
  void finish(ExprId part, Unknown& unknown) {
    const Type* type = read_.type(part);
    if (type == string_type()) return finish_texts(part, unknown);
    if (!has_neighbours(type)) return;
    if (is_never_negative(part)) {
      std::erase_if(unknown.points, [](const Value& point) {
        return point.is(Tag::integer) && point.as_int() < 0;
      });
    }
    unknown.points.push_back(zero_of(type));
    // Facts are numbers; what is worked out of them (0.0 / 0.0) may be none.
    if (type == double_type() && read_.note(part).is != Note::Is::fact) {
      unknown.points.push_back(
          Value::of_number(std::numeric_limits<double>::quiet_NaN()));
    }
  }

  // A constant that is no choice has been complained about.
  void finish_texts(ExprId part, Unknown& unknown) {
    const std::vector<std::string> choices = read_.note(part).choices.all();
    if (choices.empty()) {
      keep_text(some_other_text(unknown), unknown);
      return;
    }
    std::erase_if(unknown.points,
                  [](const Value& point) { return point.is(Tag::string); });
    for (const std::string& choice : choices) keep_text(choice, unknown);
  }

  static std::string some_other_text(const Unknown& unknown) {
    size_t longest = 0;
    for (const Value& point : unknown.points) {
      if (!point.is(Tag::string)) continue;
      longest = std::max(longest, point.as_string().size());
    }
    return std::string(longest + 1, '?');
  }

  void keep_text(const std::string& text, Unknown& unknown) {
    unknown.points.push_back(texts_.make_string(text));
  }

  bool is_fact(ExprId part) const {
    return read_.note(part).is == Note::Is::fact && !read_.is_lenient(part);
  }

  bool is_never_negative(ExprId part) const {
    return read_.expr(part).kind == ExprKind::call &&
           read_.expr(part).name == "size";
  }

  // Depth is bounded by kUnknownsMax.
  bool search(Truth wanted, std::span<const ExprId> roots, bool is_and) {
    if (++tries_ > kTriesMax) return true;
    open_ = kNone;
    const Truth truth = joined(roots, is_and);
    if (truth != Truth::unsettled) return truth == wanted;
    const size_t place = open_;
    for (const Value& point : unknowns_[place].points) {
      chosen_[place] = &point;
      if (search(wanted, roots, is_and)) break;
      chosen_[place] = nullptr;
    }
    const bool found = chosen_[place] != nullptr;
    chosen_[place] = nullptr;
    return found;
  }

  bool search_answers(std::span<const ExprId> parts, const Difference& wanted) {
    if (++tries_ > kTriesMax) return true;
    open_ = kNone;
    std::vector<Value> answers;
    for (const ExprId part : parts) {
      const Truth truth = evaluate(part);
      if (truth == Truth::unsettled) break;
      answers.push_back(answer_of(truth));
      const bool alike = answers.size() == 2 && equal(answers[0], answers[1]);
      if (alike && !alike_matters_) return false;
    }
    if (answers.size() == parts.size()) return wanted(answers);
    const size_t place = open_;
    bool found = false;
    for (const Value& point : unknowns_[place].points) {
      chosen_[place] = &point;
      found = search_answers(parts, wanted);
      if (found) break;
    }
    chosen_[place] = nullptr;
    return found;
  }

  static Value answer_of(Truth truth) {
    return truth == Truth::nothing ? Value{}
                                   : Value::of_bool(truth == Truth::yes);
  }

  Truth joined(std::span<const ExprId> parts, bool is_and) {
    const Truth deciding = is_and ? Truth::no : Truth::yes;
    Truth all = is_and ? Truth::yes : Truth::no;
    for (const ExprId part : parts) {
      const Truth one = evaluate(part);
      if (one == deciding) return deciding;
      if (one == Truth::unsettled) all = one;
      if (one == Truth::nothing && all != Truth::unsettled) all = one;
    }
    return all;
  }

  Truth evaluate(ExprId id) {
    if (const auto& constant = read_.constant(id)) return truth_of(*constant);
    if (read_.is_skeleton(id)) return evaluate_skeleton(id);
    if (const auto slot = read_.presence(id)) return ask(presences_.at(*slot));
    if (const auto comparison = read_.comparison(id)) {
      const Value* value = value_of(comparison->part);
      return value ? compare(*comparison, *value) : Truth::unsettled;
    }
    const Value* value = value_of(id);
    return value ? truth_of(*value) : Truth::unsettled;
  }

  Truth evaluate_skeleton(ExprId id) {
    const std::span<const ExprId> parts = read_.parts(id);
    if (is_not(read_.expr(id))) {
      const Truth truth = evaluate(parts[0]);
      if (truth == Truth::yes) return Truth::no;
      return truth == Truth::no ? Truth::yes : truth;
    }
    if (read_.expr(id).kind == ExprKind::logic) {
      return joined(parts, read_.expr(id).name == "&&");
    }
    const Truth condition = evaluate(parts[0]);
    if (condition == Truth::yes) return evaluate(parts[1]);
    return condition == Truth::no ? evaluate(parts[2]) : condition;
  }

  static Truth truth_of(const Value& value) {
    if (!value.is(Tag::boolean)) return Truth::nothing;
    return value.as_bool() ? Truth::yes : Truth::no;
  }

  Truth ask(size_t place) {
    if (chosen_[place]) return truth_of(*chosen_[place]);
    if (open_ == kNone) open_ = place;
    return Truth::unsettled;
  }

  // Null while it is open.
  const Value* value_of(ExprId part) {
    const size_t place = places_.at(known_.numbers[part]);
    for (const uint32_t slot : unknowns_[place].needs) {
      if (holes_.absent == slot) return &no_overload_;
      const auto asked = presences_.find(slot);
      if (asked == presences_.end()) continue;
      const Truth there = ask(asked->second);
      if (there == Truth::unsettled) return nullptr;
      if (there == Truth::no) return &no_overload_;
    }
    if (!chosen_[place] && open_ == kNone) open_ = place;
    return chosen_[place];
  }

  static Truth compare(const Comparison& comparison, const Value& value) {
    if (is_void(value)) return Truth::nothing;
    const std::string_view name = comparison.name;
    const auto yes = [](bool holds) { return holds ? Truth::yes : Truth::no; };
    if (is_ordering(name)) {
      const Value& constant = comparison.constants[0];
      const auto found = comparison.constant_first ? order(constant, value)
                                                   : order(value, constant);
      if (!found) return Truth::nothing;
      if (name == "<") return yes(std::is_lt(*found));
      if (name == "<=") return yes(std::is_lteq(*found));
      return yes(name == ">" ? std::is_gt(*found) : std::is_gteq(*found));
    }
    const auto& all = comparison.constants;
    const bool same =
        std::any_of(all.begin(), all.end(),
                    [&](const Value& one) { return equal(one, value); });
    return yes(same != (name == "!="));
  }

  static constexpr size_t kNone = SIZE_MAX;
  inline static const Value no_overload_ = fail(kNoOverload);

  const Known& known_;
  Reader read_;
  Holes holes_;
  bool alike_matters_ = true;
  Scratch texts_;
  std::vector<Unknown> unknowns_;
  std::map<PartNumber, size_t> places_;    // in unknowns_
  std::set<size_t> facts_;                 // places of facts as they are
  std::map<PartNumber, ExprId> compared_;  // with constants
  std::map<uint32_t, size_t> presences_;   // slot -> place
  std::vector<const Value*> chosen_;       // by place; null: open
  size_t open_ = kNone;
  uint32_t tries_ = 0;
};

// The operands of the whole, if it is a chain.
std::vector<ExprId> chain_of(const Known& known, bool& is_and) {
  const Expr& root = known.ast[known.ast.root];
  is_and = root.kind != ExprKind::logic || root.name == "&&";
  if (root.kind != ExprKind::logic) return {known.ast.root};
  return root.args;
}

}  // namespace

Outcomes outcomes_of(const Known& known, std::optional<uint32_t> absent) {
  const auto can_be = [&](Truth wanted) {
    return Search(known, {absent}, known.ast.root)
        .can_be(wanted, {&known.ast.root, 1}, true);
  };
  return {can_be(Truth::yes), can_be(Truth::no),
          !absent || can_be(Truth::nothing)};
}

bool can_differ(const Known& known, std::optional<uint32_t> absent,
                const Difference& wanted) {
  const Expr& root = known.ast[known.ast.root];
  return Search(known, {absent}, known.ast.root).can_differ(root.args, wanted);
}

bool can_answer(const Known& known, const Difference& wanted) {
  const Expr& root = known.ast[known.ast.root];
  return Search(known, {.anywhere = true}, known.ast.root)
      .can_answer(root.args, wanted);
}

std::string_view name_of(Constancy found) {
  switch (found) {
    case Constancy::never_true: return "never true";
    case Constancy::always_true: return "always true";
    case Constancy::never_false: return "never false";
    default: return "not constant";
  }
}

Constancy constancy_of(const Known& known, ExprId part) {
  const auto can_be = [&](Truth wanted, bool anywhere) {
    return Search(known, {.anywhere = anywhere}, part)
        .can_be(wanted, {&part, 1}, true);
  };
  // Nothing becomes true or false for want of a fact that has() asks not about.
  if (!can_be(Truth::yes, false)) return Constancy::never_true;
  if (can_be(Truth::no, false)) return Constancy::varies;
  if (!can_be(Truth::nothing, true)) return Constancy::always_true;
  return can_be(Truth::nothing, false) ? Constancy::varies
                                       : Constancy::never_false;
}

std::vector<ExprId> decisive_operands(const Known& known) {
  bool is_and = true;
  std::vector<ExprId> kept = chain_of(known, is_and);
  const Truth never = is_and ? Truth::yes : Truth::no;
  for (size_t i = kept.size(); i-- > 0 && kept.size() > 1;) {
    std::vector<ExprId> others = kept;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    if (!Search(known, {}, known.ast.root).can_be(never, others, is_and))
      kept.swap(others);
  }
  return kept;
}

}  // namespace cel
