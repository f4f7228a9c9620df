// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <re2/re2.h>

#include "cel/library/library.h"
#include "cel/run/program.h"
#include "cel/value/faults.h"
#include "cel/value/scratch.h"
#include "cel/value/value.h"

// The compiled form: a tree of small objects that each answer run(). Nodes
// are immutable; what changes during an evaluation lives in its Frame. A node
// never fails: what goes wrong is an error value, what is not recorded a
// missing one, and strict nodes hand both on.
namespace cel {

// The value of a part that is needed more than once, and what it took: that is
// spent again each time, so that a budget ends where it would have ended
// without keeping anything.
struct Kept {
  Value value;
  uint32_t round = 0;  // when it was worked out
  Scratch::Spent spent = {};
};

// Kept values of one round: one evaluation, or one record of a Suite.
struct Keep {
  Kept* places = nullptr;
  uint32_t round = 0;
  Scratch::Life life = Scratch::Life::evaluation;
};

struct Frame {
  Activation& facts;
  Scratch& scratch;
  Value* locals;  // variables of loops
  Keep keep;
};

class Node {
 public:
  virtual ~Node() = default;
  virtual Value run(Frame& frame) const = 0;
};
using NodePtr = std::unique_ptr<const Node>;

// Two values of which at least one may be void: missing beats error, two
// missing ones are joined, of two errors the first stays. A value that is not
// void counts as nothing.
Value combine(const Value& first, const Value& second, Scratch& scratch);
// All of `values` combined. REQUIRES: one is void.
Value void_of(std::span<const Value> values, Scratch& scratch);

// nodes_leaf.cc
NodePtr constant_node(const Value& value);
NodePtr local_node(uint32_t index);
NodePtr fact_node(uint32_t slot, const Type* type);
// `place` of Frame::keep.
NodePtr kept_node(NodePtr part, uint32_t place);
// Notes what the part answers, as bits of Answer (answer.h).
NodePtr watched_node(NodePtr part, uint8_t* answers);
NodePtr has_fact_node(NodePtr fact);
// `owner` is the static type, or null when it is not known.
NodePtr select_node(NodePtr operand, std::string_view field, const Type* owner);
// e.?f, and e.f of an optional e: an optional of the field.
NodePtr optional_select_node(NodePtr operand, std::string_view field);
NodePtr optional_fact_node(NodePtr fact);
NodePtr has_field_node(NodePtr operand, std::string_view field);

// nodes_call.cc
NodePtr call_node(std::vector<NodePtr> args,
                  std::span<const Overload* const> overloads);
NodePtr host_node(std::vector<NodePtr> args, const Function& function);
// `facts`: both sides are facts or members of them as they are, so that tokens
// of withheld values can be compared (value.h).
NodePtr equal_node(NodePtr left, NodePtr right, bool negated, bool facts);
// `fact` likewise. REQUIRES: `text` is a string.
NodePtr equal_text_node(NodePtr item, const Value& text, bool negated,
                        bool fact);
// `call` is size() of a fact as it is.
NodePtr size_of_fact_node(NodePtr call);
NodePtr in_node(NodePtr item, NodePtr home);
// Null when the constant is not a list of texts alone.
NodePtr in_texts_node(NodePtr& item, const Value& home);
NodePtr index_node(NodePtr home, NodePtr index, bool optional);
using PatternPtr = std::shared_ptr<const re2::RE2>;
NodePtr matches_node(NodePtr text, PatternPtr pattern);
// A call of functions that take a pattern, which is a constant.
NodePtr pattern_node(std::vector<NodePtr> args,
                     std::span<const Overload* const> overloads,
                     PatternPtr pattern);

// nodes_control.cc
NodePtr logic_node(std::vector<NodePtr> args, bool is_and);
NodePtr choose_node(NodePtr condition, NodePtr then, NodePtr otherwise);
// optional.orValue(otherwise), and with `still_optional` optional.or(…).
NodePtr otherwise_node(NodePtr optional, NodePtr otherwise,
                       bool still_optional);
// `maybe`: places in args whose optional may leave the element out.
NodePtr list_node(std::vector<NodePtr> args, std::span<const size_t> maybe);
NodePtr map_node(std::vector<NodePtr> keys_and_values,
                 std::span<const size_t> maybe);
NodePtr bind_node(uint32_t local, NodePtr value, NodePtr body);

// nodes_loop.cc
struct LoopParts {
  NodePtr range;
  NodePtr condition;  // may be null
  NodePtr transform;  // may be null
  uint32_t local = 0;
  bool two_variables = false;
};
NodePtr quantifier_node(LoopParts parts, bool is_all);
NodePtr exactly_one_node(LoopParts parts);
NodePtr list_loop_node(LoopParts parts);
NodePtr map_loop_node(LoopParts parts);
// The transform answers a map, and all of them become one.
NodePtr map_entry_loop_node(LoopParts parts);
// The transform answers what an element is sorted by.
NodePtr sort_by_node(LoopParts parts);
NodePtr optional_map_node(LoopParts parts, bool flat);

}  // namespace cel
