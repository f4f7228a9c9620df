// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "cel/run/answer.h"
#include "cel/run/node.h"
#include "cel/value/compare.h"

namespace cel {

Value combine(const Value& first, const Value& second, Scratch& scratch) {
  const bool first_missing = first.is(Tag::missing);
  const bool second_missing = second.is(Tag::missing);
  if (first_missing && second_missing) {
    return scratch.join_missing(first, second);
  }
  if (first_missing || (!second_missing && is_void(first))) return first;
  return is_void(second) ? second : first;
}

Value void_of(std::span<const Value> values, Scratch& scratch) {
  Value out;
  for (const Value& value : values) out = combine(out, value, scratch);
  return out;
}

namespace {

class ConstantNode final : public Node {
 public:
  explicit ConstantNode(const Value& value) : value_(value) {}
  Value run(Frame&) const override { return value_; }

 private:
  Value value_;
};

class LocalNode final : public Node {
 public:
  explicit LocalNode(uint32_t index) : index_(index) {}
  Value run(Frame& frame) const override { return frame.locals[index_]; }

 private:
  uint32_t index_;
};

class FactNode final : public Node {
 public:
  FactNode(uint32_t slot, TagMask mask) : slot_(slot), mask_(mask) {}

  // The functions behind trust the types that the checker saw.
  Value run(Frame& frame) const override {
    const Value value = frame.facts.fact(slot_, frame.scratch);
    if (takes(mask_, value) || is_void(value)) return value;
    return fail(kFactType);
  }

 private:
  uint32_t slot_;
  TagMask mask_;
};

class KeptNode final : public Node {
 public:
  KeptNode(NodePtr part, uint32_t place)
      : part_(std::move(part)), place_(place) {}

  Value run(Frame& frame) const override {
    Kept& kept = frame.keep.places[place_];
    const bool fresh = kept.round == frame.keep.round;
    if (fresh &&
        (kept.spent.is_nothing() || frame.scratch.spend_whole(kept.spent))) {
      return kept.value;
    }
    if (frame.keep.life == Scratch::Life::evaluation) {
      return work_out(kept, frame);
    }
    if (!frame.scratch.can_keep()) return part_->run(frame);
    const Scratch::Making lasting(frame.scratch, Scratch::Life::record,
                                  frame.scratch.growth());
    return work_out(kept, frame);
  }

 private:
  // What came of a spent budget says nothing about the next expression, which
  // has a budget of its own.
  Value work_out(Kept& kept, Frame& frame) const {
    const Scratch::Spent before = frame.scratch.spent();
    const Value value = part_->run(frame);
    if (frame.scratch.is_spent()) return value;
    const Scratch::Spent after = frame.scratch.spent();
    kept = {value,
            frame.keep.round,
            {after.steps - before.steps, after.bytes - before.bytes}};
    return value;
  }

  NodePtr part_;
  uint32_t place_;
};

class WatchedNode final : public Node {
 public:
  WatchedNode(NodePtr part, uint8_t* answers)
      : part_(std::move(part)), answers_(answers) {}

  Value run(Frame& frame) const override {
    const Value value = part_->run(frame);
    *answers_ = static_cast<uint8_t>(*answers_ | answer(value));
    return value;
  }

 private:
  static Answer answer(const Value& value) {
    if (value.is_true()) return kAnswerYes;
    if (value.is_false()) return kAnswerNo;
    return value.is(Tag::missing) ? kAnswerMissing : kAnswerError;
  }

  NodePtr part_;
  uint8_t* answers_;
};

class HasFactNode final : public Node {
 public:
  explicit HasFactNode(NodePtr fact) : fact_(std::move(fact)) {}
  Value run(Frame& frame) const override {
    const Value value = fact_->run(frame);
    if (value.is(Tag::error)) return value;
    return Value::of_bool(!value.is_absent());
  }

 private:
  NodePtr fact_;
};

// The value of a field or key; null when there is none.
const Value* find_field(const Value& owner, std::string_view field) {
  if (owner.is(Tag::map)) {
    return find_key(owner.as_map(), Value::of_string(field));
  }
  const Object& object = owner.as_object();
  const std::vector<TypeField>& fields = object.type->fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return &object.fields[i];
  }
  return nullptr;
}

bool has_fields(const Value& value) {
  return value.is(Tag::map) || value.is(Tag::object);
}

// e.f of an optional e, or e.?f of any: none when there is no such field, or
// it is missing.
Value optional_field(const Value& owner, std::string_view field,
                     Scratch& scratch) {
  const Value* held = owner.is(Tag::optional) ? owner.as_optional() : &owner;
  if (!held) return Value::of_optional(nullptr);
  if (!has_fields(*held)) return fail(kNoKey);
  const Value* found = find_field(*held, field);
  if (!found || found->is_absent()) return Value::of_optional(nullptr);
  return is_void(*found) ? *found : scratch.make_optional(*found);
}

class OptionalSelectNode final : public Node {
 public:
  OptionalSelectNode(NodePtr operand, std::string_view field)
      : operand_(std::move(operand)), field_(field) {}

  Value run(Frame& frame) const override {
    const Value owner = operand_->run(frame);
    if (is_void(owner)) return owner;
    return optional_field(owner, field_, frame.scratch);
  }

 private:
  NodePtr operand_;
  std::string field_;
};

class OptionalFactNode final : public Node {
 public:
  explicit OptionalFactNode(NodePtr fact) : fact_(std::move(fact)) {}
  Value run(Frame& frame) const override {
    const Value value = fact_->run(frame);
    if (value.is_absent()) return Value::of_optional(nullptr);
    return is_void(value) ? value : frame.scratch.make_optional(value);
  }

 private:
  NodePtr fact_;
};

class SelectNode final : public Node {
 public:
  SelectNode(NodePtr operand, std::string_view field, const Type* owner)
      : operand_(std::move(operand)), field_(field), owner_(owner) {
    if (!owner_ || owner_->kind != TypeKind::object) return;
    while (index_ < owner_->fields.size() &&
           owner_->fields[index_].name != field_) {
      ++index_;
    }
  }

  Value run(Frame& frame) const override {
    const Value owner = operand_->run(frame);
    if (owner.is(Tag::object) && owner.as_object().type == owner_) {
      return owner.as_object().fields[index_];
    }
    if (is_void(owner)) return owner;
    if (owner.is(Tag::optional)) {
      return optional_field(owner, field_, frame.scratch);
    }
    if (!has_fields(owner)) return fail(kNoOverload);
    const Value* found = find_field(owner, field_);
    if (found) return *found;
    return fail(owner.is(Tag::map) ? kNoKey : kNoField);
  }

 private:
  NodePtr operand_;
  std::string field_;
  const Type* owner_;  // the checker has seen that it has the field
  size_t index_ = 0;
};

// has(e.f) of something that has no fields is an error, not false: a guard
// !has(x.y) must not open because x is of another kind.
class HasFieldNode final : public Node {
 public:
  HasFieldNode(NodePtr operand, std::string_view field)
      : operand_(std::move(operand)), field_(field) {}

  Value run(Frame& frame) const override {
    const Value owner = operand_->run(frame);
    if (is_void(owner)) return owner;
    if (owner.is(Tag::optional)) {
      const Value held = optional_field(owner, field_, frame.scratch);
      if (is_void(held)) return held;
      return Value::of_bool(held.as_optional() != nullptr);
    }
    if (!has_fields(owner)) return fail(kNoOverload);
    const Value* found = find_field(owner, field_);
    if (!found && owner.is(Tag::object)) return fail(kNoField);
    return Value::of_bool(found && !found->is_absent());
  }

 private:
  NodePtr operand_;
  std::string field_;
};

}  // namespace

NodePtr constant_node(const Value& value) {
  return std::make_unique<ConstantNode>(value);
}
NodePtr local_node(uint32_t index) {
  return std::make_unique<LocalNode>(index);
}
NodePtr fact_node(uint32_t slot, const Type* type) {
  return std::make_unique<FactNode>(slot, mask_of(type));
}
NodePtr kept_node(NodePtr part, uint32_t place) {
  return std::make_unique<KeptNode>(std::move(part), place);
}
NodePtr watched_node(NodePtr part, uint8_t* answers) {
  return std::make_unique<WatchedNode>(std::move(part), answers);
}
NodePtr has_fact_node(NodePtr fact) {
  return std::make_unique<HasFactNode>(std::move(fact));
}
NodePtr select_node(NodePtr operand, std::string_view field,
                    const Type* owner) {
  return std::make_unique<SelectNode>(std::move(operand), field, owner);
}
NodePtr optional_select_node(NodePtr operand, std::string_view field) {
  return std::make_unique<OptionalSelectNode>(std::move(operand), field);
}
NodePtr optional_fact_node(NodePtr fact) {
  return std::make_unique<OptionalFactNode>(std::move(fact));
}
NodePtr has_field_node(NodePtr operand, std::string_view field) {
  return std::make_unique<HasFieldNode>(std::move(operand), field);
}

}  // namespace cel
