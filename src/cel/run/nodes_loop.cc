// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>
#include <vector>

#include "cel/run/node.h"
#include "cel/value/compare.h"

// Macros over a list or a map. Each pass costs a step of the Scratch, so that
// nested loops over a long record end in an error value; a short one is gone
// through all the same. Variables live at
// fixed places of the frame.
namespace cel {
namespace {

// Goes through the elements and puts them where the body reads them.
class Walk {
 public:
  Walk(const LoopParts& parts, const Value& range, Frame& frame)
      : parts_(parts), range_(range), frame_(frame) {
    size_ = range.is(Tag::list) ? range.as_list().size() : range.as_map().size;
  }

  size_t size() const { return size_; }
  bool is_list() const { return range_.is(Tag::list); }

  // False at the end, or when no step is left for a long one (then spent() is
  // true).
  bool next() {
    if (at_ == size_) return false;
    spent_ = !frame_.scratch.charge(1) && size_ > kShortLoopMax;
    if (spent_) return false;
    Value* local = frame_.locals + parts_.local;
    local[0] = key();
    if (parts_.two_variables) local[1] = element();
    ++at_;
    return true;
  }

  bool spent() const { return spent_; }
  // Of the pass that next() began.
  Value first() const { return frame_.locals[parts_.local]; }

 private:
  Value key() const {
    if (range_.is(Tag::map)) return range_.as_map().keys[at_];
    if (!parts_.two_variables) return range_.as_list()[at_];
    return Value::of_int(static_cast<int64_t>(at_));
  }
  Value element() const {
    if (range_.is(Tag::map)) return range_.as_map().values[at_];
    return range_.as_list()[at_];
  }

  const LoopParts& parts_;
  const Value& range_;
  Frame& frame_;
  size_t size_ = 0;
  size_t at_ = 0;
  bool spent_ = false;
};

// What a condition says: a bool, or trouble.
Value truth(const Value& value) {
  return value.is(Tag::boolean) || is_void(value) ? value : fail(kNoOverload);
}

class LoopNode : public Node {
 public:
  explicit LoopNode(LoopParts parts) : parts_(std::move(parts)) {}

  Value run(Frame& frame) const final {
    const Value range = parts_.range->run(frame);
    if (is_void(range)) return range;
    if (!range.is(Tag::list) && !range.is(Tag::map)) return fail(kNoOverload);
    Walk walk(parts_, range, frame);
    const Value result = go(walk, frame);
    return walk.spent() ? fail(kTooManySteps) : result;
  }

 protected:
  virtual Value go(Walk& walk, Frame& frame) const = 0;
  const LoopParts& parts() const { return parts_; }

 private:
  LoopParts parts_;
};

class QuantifierNode final : public LoopNode {
 public:
  QuantifierNode(LoopParts parts, bool is_all)
      : LoopNode(std::move(parts)), is_all_(is_all) {}

 private:
  Value go(Walk& walk, Frame& frame) const override {
    Value pending = Value::of_bool(is_all_);
    while (walk.next()) {
      const Value value = truth(parts().condition->run(frame));
      if (is_void(value)) {
        pending = combine(pending, value, frame.scratch);
      } else if (value.as_bool() != is_all_) {
        return value;
      }
    }
    return pending;
  }

  bool is_all_;
};

class ExactlyOneNode final : public LoopNode {
 public:
  using LoopNode::LoopNode;

 private:
  Value go(Walk& walk, Frame& frame) const override {
    Value trouble;
    size_t count = 0;
    while (walk.next()) {
      const Value value = truth(parts().condition->run(frame));
      trouble = combine(trouble, value, frame.scratch);
      if (value.is_true()) ++count;
    }
    return is_void(trouble) ? trouble : Value::of_bool(count == 1);
  }
};

// filter and map, with or without a condition.
class ListLoopNode final : public LoopNode {
 public:
  using LoopNode::LoopNode;

 private:
  Value go(Walk& walk, Frame& frame) const override {
    if (!frame.scratch.afford(walk.size() * sizeof(Value))) {
      return fail(kTooBig);
    }
    const std::span<Value> kept = frame.scratch.values(walk.size());
    size_t count = 0;
    Value trouble;
    while (walk.next()) {
      if (parts().condition) {
        const Value value = truth(parts().condition->run(frame));
        trouble = combine(trouble, value, frame.scratch);
        if (!value.is_true()) continue;
      }
      kept[count] =
          parts().transform ? parts().transform->run(frame) : walk.first();
      trouble = combine(trouble, kept[count], frame.scratch);
      ++count;
    }
    if (is_void(trouble)) return trouble;
    return frame.scratch.make_list(kept.first(count));
  }
};

class MapLoopNode final : public LoopNode {
 public:
  using LoopNode::LoopNode;

 private:
  Value go(Walk& walk, Frame& frame) const override {
    if (!frame.scratch.afford(2 * walk.size() * sizeof(Value))) {
      return fail(kTooBig);
    }
    const std::span<Value> keys = frame.scratch.values(walk.size());
    const std::span<Value> values = frame.scratch.values(walk.size());
    size_t count = 0;
    Value trouble;
    while (walk.next()) {
      // The body may hold loops of its own, but never at our places.
      const Value key = walk.first();
      if (parts().condition) {
        const Value value = truth(parts().condition->run(frame));
        trouble = combine(trouble, value, frame.scratch);
        if (!value.is_true()) continue;
      }
      keys[count] = key;
      values[count] = parts().transform->run(frame);
      trouble = combine(trouble, values[count], frame.scratch);
      ++count;
    }
    if (is_void(trouble)) return trouble;
    return frame.scratch.make_map(keys.first(count), values.first(count));
  }
};

// Each new key is compared with those before it, so that a long map costs
// more steps than its passes.
class MapEntryLoopNode final : public LoopNode {
 public:
  using LoopNode::LoopNode;

 private:
  Value go(Walk& walk, Frame& frame) const override {
    std::vector<Value> keys;
    std::vector<Value> values;
    Value trouble;
    while (walk.next()) {
      if (parts().condition) {
        const Value value = truth(parts().condition->run(frame));
        trouble = combine(trouble, value, frame.scratch);
        if (!value.is_true()) continue;
      }
      const Value entry = parts().transform->run(frame);
      trouble = combine(trouble, entry, frame.scratch);
      if (is_void(entry)) continue;
      if (!entry.is(Tag::map)) return fail(kNoOverload);
      const Fault* fault = add(entry.as_map(), keys, values, frame.scratch);
      if (fault) return fail(*fault);
    }
    if (is_void(trouble)) return trouble;
    return frame.scratch.make_map(keys, values);
  }

  static const Fault* add(const Map& entry, std::vector<Value>& keys,
                          std::vector<Value>& values, Scratch& scratch) {
    constexpr size_t kKeysAStep = 64;
    for (uint32_t i = 0; i < entry.size; ++i) {
      if (!scratch.charge(keys.size() / kKeysAStep)) return &kTooManySteps;
      if (!scratch.afford(2 * sizeof(Value))) return &kTooBig;
      const Map before{keys.data(), values.data(),
                       static_cast<uint32_t>(keys.size())};
      if (find_key(before, entry.keys[i])) return &kRepeatedKey;
      keys.push_back(entry.keys[i]);
      values.push_back(entry.values[i]);
    }
    return nullptr;
  }
};

// Elements whose keys count the same stay in their order.
class SortByNode final : public LoopNode {
 public:
  using LoopNode::LoopNode;

 private:
  using Keyed = std::pair<Value, Value>;

  Value go(Walk& walk, Frame& frame) const override {
    if (!walk.is_list()) return fail(kNoOverload);
    std::vector<Keyed> items;
    Value trouble;
    while (walk.next()) {
      const Value item = walk.first();
      items.emplace_back(parts().transform->run(frame), item);
      trouble = combine(trouble, items.back().first, frame.scratch);
    }
    if (is_void(trouble)) return trouble;
    for (const auto& [key, item] : items) {
      if (!sort_together(items[0].first, key)) return fail(kNoOverload);
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const Keyed& a, const Keyed& b) {
                       return sorts_before(a.first, b.first);
                     });
    std::vector<Value> out;
    out.reserve(items.size());
    for (const auto& [key, item] : items) out.push_back(item);
    return frame.scratch.make_list(out);
  }
};

// optMap and optFlatMap: at most one pass.
class OptionalMapNode final : public Node {
 public:
  OptionalMapNode(LoopParts parts, bool flat)
      : parts_(std::move(parts)), flat_(flat) {}

  Value run(Frame& frame) const override {
    const Value range = parts_.range->run(frame);
    if (is_void(range)) return range;
    if (!range.is(Tag::optional)) return fail(kNoOverload);
    if (!range.as_optional()) return range;
    frame.locals[parts_.local] = *range.as_optional();
    const Value value = parts_.transform->run(frame);
    if (is_void(value)) return value;
    if (!flat_) return frame.scratch.make_optional(value);
    return value.is(Tag::optional) ? value : fail(kNoOverload);
  }

 private:
  LoopParts parts_;
  bool flat_;
};

}  // namespace

NodePtr quantifier_node(LoopParts parts, bool is_all) {
  return std::make_unique<QuantifierNode>(std::move(parts), is_all);
}
NodePtr exactly_one_node(LoopParts parts) {
  return std::make_unique<ExactlyOneNode>(std::move(parts));
}
NodePtr list_loop_node(LoopParts parts) {
  return std::make_unique<ListLoopNode>(std::move(parts));
}
NodePtr map_loop_node(LoopParts parts) {
  return std::make_unique<MapLoopNode>(std::move(parts));
}
NodePtr map_entry_loop_node(LoopParts parts) {
  return std::make_unique<MapEntryLoopNode>(std::move(parts));
}
NodePtr sort_by_node(LoopParts parts) {
  return std::make_unique<SortByNode>(std::move(parts));
}
NodePtr optional_map_node(LoopParts parts, bool flat) {
  return std::make_unique<OptionalMapNode>(std::move(parts), flat);
}

}  // namespace cel
