// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "cel/run/part.h"
#include "cel/value/value.h"

// What a host can tell of facts at a glance, without asking a condition: their
// states, and the places of their values among bounds (gate.h).
namespace cel {

// Numbers and times on one line of whole numbers, so that a look can find its
// place among many bounds at once.
enum class Scale : uint8_t {
  whole,  // int
  real,   // double
  time,   // a timestamp or a duration, in nanoseconds
};
// The place of a number; nothing for what has none there: NaN, a time that
// 64 bits of nanoseconds do not reach.
std::optional<int64_t> place_of(double number);
std::optional<int64_t> place_of_time(int64_t seconds, uint32_t nanos);
// Of what a fact on that scale is compared with: nothing when comparing places
// could say something else than comparing the values.
std::optional<int64_t> place_of(Scale scale, const Value& bound);

// The states of a fact that a gate can tell apart, in this order:
//   boolean  false, true, no value
//   choice   each of its choices, no value
//   list     empty, not empty, no value
//   other    some value, no value
// "No value" is what was not recorded. One state more, behind these, is that
// of a fact that fails.
struct FactStates {
  enum class Is : uint8_t { boolean, choice, list, other };
  Is is = Is::other;
  std::vector<std::string_view> choices = {};
  // How often a record is in which state, about; together 1.
  std::vector<double> shares;
  // What it takes to tell the state, in steps (cost.h).
  double price = 1;
  // The same for all records that are looked at with one table of gates: it
  // has no states, but it can be asked when the table is made.
  bool setting = false;
  // Of a list of objects: where the members of an element are looked at, in
  // the order of their type; kNoSlot for one that cannot be.
  std::vector<uint32_t> members = {};

  size_t count() const { return shares.size(); }
};

// Of a slot; null when nothing can be told.
using StatesOf = std::function<const FactStates*(uint32_t slot)>;

inline constexpr uint32_t kNoSlot = UINT32_MAX;

struct Each;

// What is looked at.
struct Look {
  enum class Is : uint8_t {
    setting,  // nothing of the record
    state,    // of the fact in `slot`
    value,    // of it, on `scale`
    since,    // the time from `other` to it, in `unit` nanoseconds
    hour,     // of the day in UTC
    order,    // of it and `other`: -1, 0 or 1
    text,     // of it
    size,     // of the list
    each,     // all elements of the list, one by one
  };
  Is is = Is::state;
  Scale scale = Scale::whole;
  uint32_t slot = 0;
  uint32_t other = 0;
  int64_t unit = 1;
  std::shared_ptr<const Each> each = nullptr;

  auto operator<=>(const Look&) const = default;
};

inline bool is_of_two(Look::Is is) {
  return is == Look::Is::since || is == Look::Is::order;
}
inline bool is_of_two(const Look& look) {
  return is_of_two(look.is);
}

// What is compared with a look: a constant, or what settings make of it.
struct Bound {
  Value constant;
  std::shared_ptr<const Part> part;  // null: the constant

  Value value(Activation& settings, Scratch& scratch) const {
    return part ? part->evaluate(settings, scratch) : constant;
  }
};

enum class Compare : uint8_t {
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  among,  // the elements of a list; of a state only
};
bool holds(Compare compare, std::strong_ordering order);

}  // namespace cel
