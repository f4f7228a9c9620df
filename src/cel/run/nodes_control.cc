// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cel/run/node.h"
#include "cel/value/compare.h"

// What decides or builds. && and || look at all operands before they give up:
// one that decides wins over errors and missing facts on either side of it.
namespace cel {
namespace {

class LogicNode final : public Node {
 public:
  LogicNode(std::vector<NodePtr> args, bool is_and)
      : args_(std::move(args)), is_and_(is_and) {}

  Value run(Frame& frame) const override {
    Value pending = Value::of_bool(is_and_);
    for (const NodePtr& arg : args_) {
      const Value value = arg->run(frame);
      if (value.is(Tag::boolean)) {
        if (value.as_bool() != is_and_) return value;
      } else {
        const Value trouble = is_void(value) ? value : fail(kNoOverload);
        pending = combine(pending, trouble, frame.scratch);
      }
    }
    return pending;
  }

 private:
  std::vector<NodePtr> args_;
  bool is_and_;
};

class ChooseNode final : public Node {
 public:
  ChooseNode(NodePtr condition, NodePtr then, NodePtr otherwise)
      : condition_(std::move(condition)),
        then_(std::move(then)),
        otherwise_(std::move(otherwise)) {}

  Value run(Frame& frame) const override {
    const Value condition = condition_->run(frame);
    if (is_void(condition)) return condition;
    if (!condition.is(Tag::boolean)) return fail(kNoOverload);
    return (condition.as_bool() ? then_ : otherwise_)->run(frame);
  }

 private:
  NodePtr condition_;
  NodePtr then_;
  NodePtr otherwise_;
};

// The other value is asked only when the optional is none: its errors and
// missing facts do not matter otherwise.
class OtherwiseNode final : public Node {
 public:
  OtherwiseNode(NodePtr optional, NodePtr otherwise, bool still_optional)
      : optional_(std::move(optional)),
        otherwise_(std::move(otherwise)),
        still_optional_(still_optional) {}

  Value run(Frame& frame) const override {
    const Value value = optional_->run(frame);
    if (is_void(value)) return value;
    if (!value.is(Tag::optional)) return fail(kNoOverload);
    if (value.as_optional()) {
      return still_optional_ ? value : *value.as_optional();
    }
    const Value other = otherwise_->run(frame);
    if (is_void(other) || !still_optional_ || other.is(Tag::optional)) {
      return other;
    }
    return fail(kNoOverload);
  }

 private:
  NodePtr optional_;
  NodePtr otherwise_;
  bool still_optional_;
};

// Elements written with ? hold an optional: false when it is none and the
// element is to be left out; else the element itself is in `value`.
bool unwrap(Value& value) {
  if (is_void(value)) return true;
  if (!value.is(Tag::optional)) {
    value = fail(kNoOverload);
    return true;
  }
  if (!value.as_optional()) return false;
  value = *value.as_optional();
  return true;
}

class ListNode final : public Node {
 public:
  ListNode(std::vector<NodePtr> args, std::span<const size_t> maybe)
      : args_(std::move(args)), maybe_(args_.size()) {
    for (const size_t place : maybe) maybe_[place] = true;
  }

  Value run(Frame& frame) const override {
    if (!frame.scratch.afford(args_.size() * sizeof(Value))) {
      return fail(kTooBig);
    }
    const std::span<Value> values = frame.scratch.values(args_.size());
    bool clean = true;
    size_t count = 0;
    for (size_t i = 0; i < args_.size(); ++i) {
      values[count] = args_[i]->run(frame);
      if (maybe_[i] && !unwrap(values[count])) continue;
      clean &= !is_void(values[count++]);
    }
    if (!clean) return void_of(values.first(count), frame.scratch);
    return frame.scratch.make_list(values.first(count));
  }

 private:
  std::vector<NodePtr> args_;
  std::vector<bool> maybe_;
};

bool is_key(const Value& value) {
  return value.is(Tag::boolean) || value.is(Tag::integer) ||
         value.is(Tag::uinteger) || value.is(Tag::string);
}

class MapNode final : public Node {
 public:
  MapNode(std::vector<NodePtr> args, std::span<const size_t> maybe)
      : args_(std::move(args)), maybe_(args_.size()) {
    for (const size_t place : maybe) maybe_[place] = true;
  }

  Value run(Frame& frame) const override {
    const size_t written = args_.size() / 2;
    if (!frame.scratch.afford(args_.size() * sizeof(Value))) {
      return fail(kTooBig);
    }
    const std::span<Value> keys = frame.scratch.values(written);
    const std::span<Value> values = frame.scratch.values(written);
    size_t count = 0;
    Value trouble;
    for (size_t i = 0; i < written; ++i) {
      keys[count] = args_[2 * i]->run(frame);
      values[count] = args_[2 * i + 1]->run(frame);
      trouble = combine(trouble, keys[count], frame.scratch);
      if (maybe_[2 * i + 1] && !unwrap(values[count])) continue;
      trouble = combine(trouble, values[count++], frame.scratch);
    }
    if (is_void(trouble)) return trouble;
    return checked(keys.first(count), values.first(count), frame.scratch);
  }

 private:
  static Value checked(std::span<const Value> keys,
                       std::span<const Value> values, Scratch& scratch) {
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!is_key(keys[i])) return fail(kKeyType);
      const Map before{keys.data(), values.data(), static_cast<uint32_t>(i)};
      if (find_key(before, keys[i])) return fail(kRepeatedKey);
    }
    return scratch.make_map(keys, values);
  }

  std::vector<NodePtr> args_;
  std::vector<bool> maybe_;
};

// The value may be void: that matters only where the variable is used.
class BindNode final : public Node {
 public:
  BindNode(uint32_t local, NodePtr value, NodePtr body)
      : local_(local), value_(std::move(value)), body_(std::move(body)) {}

  Value run(Frame& frame) const override {
    frame.locals[local_] = value_->run(frame);
    return body_->run(frame);
  }

 private:
  uint32_t local_;
  NodePtr value_;
  NodePtr body_;
};

}  // namespace

NodePtr logic_node(std::vector<NodePtr> args, bool is_and) {
  return std::make_unique<LogicNode>(std::move(args), is_and);
}
NodePtr choose_node(NodePtr condition, NodePtr then, NodePtr otherwise) {
  return std::make_unique<ChooseNode>(std::move(condition), std::move(then),
                                      std::move(otherwise));
}

NodePtr otherwise_node(NodePtr optional, NodePtr otherwise,
                       bool still_optional) {
  return std::make_unique<OtherwiseNode>(std::move(optional),
                                         std::move(otherwise), still_optional);
}
NodePtr list_node(std::vector<NodePtr> args, std::span<const size_t> maybe) {
  return std::make_unique<ListNode>(std::move(args), maybe);
}
NodePtr map_node(std::vector<NodePtr> keys_and_values,
                 std::span<const size_t> maybe) {
  return std::make_unique<MapNode>(std::move(keys_and_values), maybe);
}
NodePtr bind_node(uint32_t local, NodePtr value, NodePtr body) {
  return std::make_unique<BindNode>(local, std::move(value), std::move(body));
}

}  // namespace cel
