// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "cel/run/node.h"
#include "cel/value/compare.h"
#include "cel/value/plain_pattern.h"

// Strict nodes: arguments first, then the code. A call keeps the overloads
// that fit its static types and picks by the tags at run time, so that dyn
// and a host that breaks its word both end in "no such overload". Nearly all
// calls have one overload and few arguments; these keep everything inside.
namespace cel {
namespace {

bool fit(std::span<const TagMask> masks, Arguments args) {
  for (size_t i = 0; i < args.size(); ++i) {
    if (!takes(masks[std::min(i, masks.size() - 1)], args[i])) return false;
  }
  return true;
}

struct Candidate {
  std::vector<TagMask> masks;
  Run run;

  bool fits(Arguments args) const { return fit(masks, args); }
};

Value dispatch(std::span<const Candidate> candidates, Arguments args,
               Scratch& scratch) {
  for (const Candidate& candidate : candidates) {
    if (candidate.fits(args)) return candidate.run(args, scratch);
  }
  return fail(kNoOverload);
}

// Works out the arguments; false when one is void, and then `out` is it.
bool run_all(std::span<const NodePtr> nodes, std::span<Value> values,
             Frame& frame, Value& out) {
  bool clean = true;
  for (size_t i = 0; i < nodes.size(); ++i) {
    values[i] = nodes[i]->run(frame);
    clean &= !is_void(values[i]);
  }
  if (!clean) out = void_of(values, frame.scratch);
  return clean;
}

// The usual arities keep their arguments on the stack.
template <size_t kCount>
class CallNode final : public Node {
 public:
  CallNode(std::vector<NodePtr> args, std::vector<Candidate> candidates)
      : candidates_(std::move(candidates)) {
    std::move(args.begin(), args.end(), args_.begin());
  }

  Value run(Frame& frame) const override {
    std::array<Value, kCount> values;
    Value out;
    if (!run_all(args_, values, frame, out)) return out;
    return dispatch(candidates_, values, frame.scratch);
  }

 private:
  std::array<NodePtr, kCount> args_;
  std::vector<Candidate> candidates_;
};

template <size_t kCount>
class OneCallNode final : public Node {
 public:
  OneCallNode(std::vector<NodePtr> args, const Candidate& candidate)
      : run_(candidate.run) {
    std::move(args.begin(), args.end(), args_.begin());
    for (size_t i = 0; i < kCount; ++i) {
      masks_[i] = candidate.masks[std::min(i, candidate.masks.size() - 1)];
    }
  }

  Value run(Frame& frame) const override {
    std::array<Value, kCount> values;
    bool fits = true;
    for (size_t i = 0; i < kCount; ++i) {
      values[i] = args_[i]->run(frame);
      fits &= takes(masks_[i], values[i]);
    }
    if (fits) return run_(values, frame.scratch);
    const Value out = void_of(values, frame.scratch);
    return is_void(out) ? out : fail(kNoOverload);
  }

 private:
  std::array<NodePtr, kCount> args_;
  std::array<TagMask, kCount> masks_{};
  Run run_;
};

class LongCallNode final : public Node {
 public:
  LongCallNode(std::vector<NodePtr> args, std::vector<Candidate> candidates)
      : args_(std::move(args)), candidates_(std::move(candidates)) {}

  Value run(Frame& frame) const override {
    const std::span<Value> values = frame.scratch.values(args_.size());
    Value out;
    if (!run_all(args_, values, frame, out)) return out;
    return dispatch(candidates_, values, frame.scratch);
  }

 private:
  std::vector<NodePtr> args_;
  std::vector<Candidate> candidates_;
};

class HostNode final : public Node {
 public:
  HostNode(std::vector<NodePtr> args, const Function& function)
      : args_(std::move(args)), run_(function.run) {
    for (const Type* param : function.params) {
      masks_.push_back(mask_of(param));
    }
  }

  Value run(Frame& frame) const override {
    const std::span<Value> values = frame.scratch.values(args_.size());
    Value out;
    if (!run_all(args_, values, frame, out)) return out;
    if (values.size() != masks_.size()) return fail(kNoOverload);
    for (size_t i = 0; i < values.size(); ++i) {
      if (!takes(masks_[i], values[i])) return fail(kNoOverload);
    }
    return run_(values, frame.scratch);
  }

 private:
  std::vector<NodePtr> args_;
  std::vector<TagMask> masks_;
  std::function<Value(std::span<const Value>, Scratch&)> run_;
};

// Whether two withheld values are the same.
std::optional<bool> same_withheld(const Value& left, const Value& right) {
  if (!left.is(Tag::missing) || !right.is(Tag::missing)) return std::nullopt;
  const Withheld* a = left.as_missing().withheld;
  const Withheld* b = right.as_missing().withheld;
  if (!a || !b || a->token.empty() || b->token.empty()) return std::nullopt;
  return a->token == b->token;
}

class EqualNode final : public Node {
 public:
  EqualNode(NodePtr left, NodePtr right, bool negated, bool facts)
      : left_(std::move(left)),
        right_(std::move(right)),
        negated_(negated),
        facts_(facts) {}

  Value run(Frame& frame) const override {
    const Value left = left_->run(frame);
    const Value right = right_->run(frame);
    if (is_void(left) || is_void(right)) {
      const auto same = facts_ ? same_withheld(left, right) : std::nullopt;
      if (same) return Value::of_bool(*same != negated_);
      return combine(left, right, frame.scratch);
    }
    if (!frame.scratch.charge_walk(left)) return fail(kTooManySteps);
    if (equal(left, right)) return Value::of_bool(!negated_);
    const bool whole = left.tag() < Tag::list || left.tag() != right.tag();
    if (whole) return Value::of_bool(negated_);
    return unlike(left, right, frame.scratch);
  }

 private:
  // That values are unlike is not proven where a part was not recorded.
  Value unlike(const Value& left, const Value& right, Scratch& scratch) const {
    if (!scratch.charge_walk(right)) return fail(kTooManySteps);
    const Value* unknown = void_inside(left);
    if (!unknown) unknown = void_inside(right);
    return unknown ? *unknown : Value::of_bool(negated_);
  }

  NodePtr left_;
  NodePtr right_;
  bool negated_;
  bool facts_;  // both sides are facts as they are: tokens speak for them
};

class EqualTextNode final : public Node {
 public:
  EqualTextNode(NodePtr item, std::string_view text, bool negated, bool fact)
      : item_(std::move(item)),
        text_(text),
        negated_(negated),
        asks_for_empty_(fact && text.empty()) {}

  Value run(Frame& frame) const override {
    const Value item = item_->run(frame);
    if (is_void(item)) return asks_for_empty_ ? emptiness(item) : item;
    const bool same = item.is(Tag::string) && item.as_string() == text_;
    return Value::of_bool(same != negated_);
  }

 private:
  // A text that is withheld is none, where that is known.
  Value emptiness(const Value& item) const {
    if (!item.is(Tag::missing)) return item;
    const Withheld* withheld = item.as_missing().withheld;
    const bool known = withheld && !withheld->may_be_empty;
    return known ? Value::of_bool(negated_) : item;
  }

  NodePtr item_;
  std::string_view text_;
  bool negated_;
  bool asks_for_empty_;
};

// size() of a fact as it is: what it answers of a withheld one may be known.
class SizeOfFactNode final : public Node {
 public:
  explicit SizeOfFactNode(NodePtr call) : call_(std::move(call)) {}

  Value run(Frame& frame) const override {
    const Value value = call_->run(frame);
    if (!value.is(Tag::missing)) return value;
    const Withheld* withheld = value.as_missing().withheld;
    const bool known = withheld && withheld->size >= 0;
    return known ? Value::of_int(withheld->size) : value;
  }

 private:
  NodePtr call_;
};

class InNode final : public Node {
 public:
  InNode(NodePtr item, NodePtr home)
      : item_(std::move(item)), home_(std::move(home)) {}

  Value run(Frame& frame) const override {
    const Value item = item_->run(frame);
    const Value home = home_->run(frame);
    if (is_void(item) || is_void(home)) {
      return combine(item, home, frame.scratch);
    }
    if (home.is(Tag::map)) {
      return Value::of_bool(find_key(home.as_map(), item) != nullptr);
    }
    if (!home.is(Tag::list)) return fail(kNoOverload);
    if (!frame.scratch.charge_walk(home)) return fail(kTooManySteps);
    return among(item, home.as_list(), frame.scratch);
  }

 private:
  // An element that is void decides nothing, but the answer "no" needs it.
  static Value among(const Value& item, std::span<const Value> list,
                     Scratch& scratch) {
    Value pending = Value::of_bool(false);
    for (const Value& element : list) {
      if (is_void(element)) {
        pending = combine(pending, element, scratch);
      } else if (equal(element, item)) {
        return Value::of_bool(true);
      }
    }
    return pending;
  }

  NodePtr item_;
  NodePtr home_;
};

class InTextsNode final : public Node {
 public:
  InTextsNode(NodePtr item, std::vector<std::string_view> texts)
      : item_(std::move(item)), texts_(std::move(texts)) {}

  Value run(Frame& frame) const override {
    const Value item = item_->run(frame);
    if (is_void(item)) return item;
    if (!item.is(Tag::string)) return Value::of_bool(false);
    return Value::of_bool(
        std::binary_search(texts_.begin(), texts_.end(), item.as_string()));
  }

 private:
  NodePtr item_;
  std::vector<std::string_view> texts_;  // sorted
};

class IndexNode final : public Node {
 public:
  IndexNode(NodePtr home, NodePtr index, bool optional)
      : home_(std::move(home)), index_(std::move(index)), optional_(optional) {}

  Value run(Frame& frame) const override {
    const Value home = home_->run(frame);
    const Value index = index_->run(frame);
    if (is_void(home) || is_void(index)) {
      return combine(home, index, frame.scratch);
    }
    if (home.is(Tag::optional)) {
      if (!home.as_optional()) return home;
      return wrapped(look_up(*home.as_optional(), index), frame.scratch);
    }
    const Value found = look_up(home, index);
    return optional_ ? wrapped(found, frame.scratch) : found;
  }

 private:
  // An absent element is none; what has no elements at all is an error.
  static Value wrapped(const Value& found, Scratch& scratch) {
    if (found.is_absent()) return Value::of_optional(nullptr);
    if (found.is(Tag::missing)) return found;
    if (!found.is(Tag::error)) return scratch.make_optional(found);
    const bool absent =
        &found.as_error() == &kNoKey || &found.as_error() == &kIndex;
    return absent ? Value::of_optional(nullptr) : found;
  }

  static Value look_up(const Value& home, const Value& index) {
    if (home.is(Tag::map)) {
      const Value* found = find_key(home.as_map(), index);
      return found ? *found : fail(kNoKey);
    }
    if (!home.is(Tag::list)) return fail(kNoOverload);
    if (!is_number(index)) return fail(kNoOverload);
    return at(home.as_list(), index);
  }

  // By worth: 2.0 and 2u are positions, 2.5 is none.
  static Value at(std::span<const Value> list, const Value& index) {
    const auto size = static_cast<int64_t>(list.size());
    int64_t position = -1;
    if (index.is(Tag::integer)) {
      position = index.as_int();
    } else if (index.is(Tag::uinteger)) {
      if (index.as_uint() < list.size()) {
        position = static_cast<int64_t>(index.as_uint());
      }
    } else {
      const double d = index.as_number();
      if (d >= 0 && d < static_cast<double>(size) && d == std::floor(d)) {
        position = static_cast<int64_t>(d);
      }
    }
    if (position < 0 || position >= size) return fail(kIndex);
    return list[static_cast<size_t>(position)];
  }

  NodePtr home_;
  NodePtr index_;
  bool optional_;
};

class MatchesNode final : public Node {
 public:
  MatchesNode(NodePtr text, PatternPtr pattern)
      : text_(std::move(text)),
        pattern_(std::move(pattern)),
        plain_(PlainPattern::of(pattern_->pattern())) {}

  Value run(Frame& frame) const override {
    const Value value = text_->run(frame);
    if (is_void(value)) return value;
    if (!value.is(Tag::string)) return fail(kNoOverload);
    const std::string_view text = value.as_string();
    if (plain_) return Value::of_bool(plain_->matches(text));
    return Value::of_bool(re2::RE2::PartialMatch(
        re2::StringPiece(text.data(), text.size()), *pattern_));
  }

 private:
  NodePtr text_;
  PatternPtr pattern_;
  std::optional<PlainPattern> plain_;  // the same
};

class PatternNode final : public Node {
 public:
  PatternNode(std::vector<NodePtr> args,
              std::span<const Overload* const> overloads, PatternPtr pattern)
      : args_(std::move(args)),
        overloads_(overloads.begin(), overloads.end()),
        pattern_(std::move(pattern)) {}

  Value run(Frame& frame) const override {
    const std::span<Value> values = frame.scratch.values(args_.size());
    Value out;
    if (!run_all(args_, values, frame, out)) return out;
    for (const Overload* overload : overloads_) {
      if (fit(overload->masks, values)) {
        return overload->run_pattern(*pattern_, values, frame.scratch);
      }
    }
    return fail(kNoOverload);
  }

 private:
  std::vector<NodePtr> args_;
  std::vector<const Overload*> overloads_;
  PatternPtr pattern_;
};

}  // namespace

namespace {

template <size_t kCount>
NodePtr short_call(std::vector<NodePtr> args,
                   std::vector<Candidate> candidates) {
  if (candidates.size() == 1) {
    return std::make_unique<OneCallNode<kCount>>(std::move(args),
                                                 candidates[0]);
  }
  return std::make_unique<CallNode<kCount>>(std::move(args),
                                            std::move(candidates));
}

}  // namespace

NodePtr call_node(std::vector<NodePtr> args,
                  std::span<const Overload* const> overloads) {
  std::vector<Candidate> candidates;
  for (const Overload* overload : overloads) {
    candidates.push_back({overload->masks, overload->run});
  }
  switch (args.size()) {
    case 1: return short_call<1>(std::move(args), std::move(candidates));
    case 2: return short_call<2>(std::move(args), std::move(candidates));
    case 3: return short_call<3>(std::move(args), std::move(candidates));
    default:
      return std::make_unique<LongCallNode>(std::move(args),
                                            std::move(candidates));
  }
}

NodePtr host_node(std::vector<NodePtr> args, const Function& function) {
  return std::make_unique<HostNode>(std::move(args), function);
}

NodePtr equal_node(NodePtr left, NodePtr right, bool negated, bool facts) {
  return std::make_unique<EqualNode>(std::move(left), std::move(right), negated,
                                     facts);
}

NodePtr equal_text_node(NodePtr item, const Value& text, bool negated,
                        bool fact) {
  return std::make_unique<EqualTextNode>(std::move(item), text.as_string(),
                                         negated, fact);
}

NodePtr size_of_fact_node(NodePtr call) {
  return std::make_unique<SizeOfFactNode>(std::move(call));
}

NodePtr in_node(NodePtr item, NodePtr home) {
  return std::make_unique<InNode>(std::move(item), std::move(home));
}

NodePtr in_texts_node(NodePtr& item, const Value& home) {
  if (!home.is(Tag::list)) return nullptr;
  std::vector<std::string_view> texts;
  for (const Value& text : home.as_list()) {
    if (!text.is(Tag::string)) return nullptr;
    texts.push_back(text.as_string());
  }
  std::sort(texts.begin(), texts.end());
  return std::make_unique<InTextsNode>(std::move(item), std::move(texts));
}

NodePtr index_node(NodePtr home, NodePtr index, bool optional) {
  return std::make_unique<IndexNode>(std::move(home), std::move(index),
                                     optional);
}

NodePtr matches_node(NodePtr text, PatternPtr pattern) {
  return std::make_unique<MatchesNode>(std::move(text), std::move(pattern));
}

NodePtr pattern_node(std::vector<NodePtr> args,
                     std::span<const Overload* const> overloads,
                     PatternPtr pattern) {
  return std::make_unique<PatternNode>(std::move(args), overloads,
                                       std::move(pattern));
}

}  // namespace cel
