// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "cel/library/library.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"

// size, sets.* and what can be done with a whole list. Comparing each with
// each is charged as loop steps.
namespace cel {
namespace {

Value list_size(Arguments a, Scratch&) {
  return Value::of_int(static_cast<int64_t>(a[0].as_list().size()));
}
Value map_size(Arguments a, Scratch&) {
  return Value::of_int(static_cast<int64_t>(a[0].as_map().size));
}

bool has_item(std::span<const Value> items, const Value& wanted) {
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& item) { return equal(item, wanted); });
}

bool has_all(std::span<const Value> items, std::span<const Value> wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const Value& w) { return has_item(items, w); });
}

bool has_any(std::span<const Value> items, std::span<const Value> wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const Value& w) { return has_item(items, w); });
}

bool same_set(std::span<const Value> a, std::span<const Value> b) {
  return has_all(a, b) && has_all(b, a);
}

template <bool (*kHolds)(std::span<const Value>, std::span<const Value>)>
Value on_sets(Arguments a, Scratch& scratch) {
  const std::span<const Value> left = a[0].as_list();
  const std::span<const Value> right = a[1].as_list();
  // Each with each, all the way down.
  if (!scratch.charge(left.size() * right.size()) ||
      !scratch.charge_walk(a[0], right.size()) ||
      !scratch.charge_walk(a[1], left.size())) {
    return fail(kTooManySteps);
  }
  if (kHolds(left, right)) return Value::of_bool(true);
  const Value* unknown = void_inside(a[0]);
  if (!unknown) unknown = void_inside(a[1]);
  return unknown ? *unknown : Value::of_bool(false);
}

Value distinct(Arguments a, Scratch& scratch) {
  std::vector<Value> kept;
  for (const Value& item : a[0].as_list()) {
    if (!scratch.charge(kept.size()) ||
        !scratch.charge_walk(item, kept.size())) {
      return fail(kTooManySteps);
    }
    if (!has_item(kept, item)) kept.push_back(item);
  }
  return scratch.make_list(kept);
}

Value reversed(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  const std::vector<Value> out(items.rbegin(), items.rend());
  return scratch.make_list(out);
}

Value slice(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  const int64_t begin = a[1].as_int();
  const int64_t end = a[2].as_int();
  if (begin < 0 || begin > end || end > static_cast<int64_t>(items.size())) {
    return fail(kIndex);
  }
  return scratch.make_list(items.subspan(static_cast<size_t>(begin),
                                         static_cast<size_t>(end - begin)));
}

// Bounded by the steps of a loop, since it is made to be looped over.
Value range(Arguments a, Scratch& scratch) {
  const int64_t count = a[0].as_int();
  if (count < 0) return fail(kArgument);
  if (!scratch.charge(static_cast<uint64_t>(count))) return fail(kTooManySteps);
  std::vector<Value> out;
  for (int64_t i = 0; i < count; ++i) out.push_back(Value::of_int(i));
  return scratch.make_list(out);
}

// An element that is void stays so: an optional never holds one.
Value element(const Value& item, Scratch& scratch) {
  return is_void(item) ? item : scratch.make_optional(item);
}

Value sorted(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  std::vector<Value> out(items.begin(), items.end());
  for (const Value& item : items) {
    if (is_void(item)) return item;
    if (!sort_together(items[0], item)) return fail(kNoOverload);
  }
  if (!scratch.charge(items.size())) return fail(kTooManySteps);
  std::stable_sort(out.begin(), out.end(), sorts_before);
  return scratch.make_list(out);
}

Value first(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  if (items.empty()) return Value::of_optional(nullptr);
  return element(items.front(), scratch);
}
Value last(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  if (items.empty()) return Value::of_optional(nullptr);
  return element(items.back(), scratch);
}

// --- flatten -----------------------------------------------------------------

// Lists nest as deep as expressions do; only a host could make deeper ones.
constexpr int kNestingMax = 256;

// One and the same list may stand in a list many times: each visit costs a
// step, and each element its place.
const Fault* flatten_into(std::span<const Value> items, int64_t depth,
                          int nesting, std::vector<Value>& out,
                          Scratch& scratch) {
  if (!scratch.charge(1)) return &kTooManySteps;
  for (const Value& item : items) {
    if (item.is(Tag::list) && depth > 0 && nesting < kNestingMax) {
      const Fault* fault =
          flatten_into(item.as_list(), depth - 1, nesting + 1, out, scratch);
      if (fault) return fault;
      continue;
    }
    if (!scratch.afford(sizeof(Value))) return &kTooBig;
    out.push_back(item);
  }
  return nullptr;
}

Value flatten_by(Arguments a, int64_t depth, Scratch& scratch) {
  if (depth < 0) return fail(kArgument);
  std::vector<Value> out;
  const Fault* fault = flatten_into(a[0].as_list(), depth, 0, out, scratch);
  return fault ? fail(*fault) : scratch.make_list(out);
}

Value flatten(Arguments a, Scratch& scratch) {
  return flatten_by(a, 1, scratch);
}
Value flatten_deep(Arguments a, Scratch& scratch) {
  return flatten_by(a, a[1].as_int(), scratch);
}

constexpr FunctionRow kRows[] = {
    {"size(list(A)) -> int", list_size},
    {"list(A).size() -> int", list_size},
    {"size(map(A, B)) -> int", map_size},
    {"map(A, B).size() -> int", map_size},
    {"sets.contains(list(A), list(A)) -> bool", on_sets<has_all>},
    {"sets.intersects(list(A), list(A)) -> bool", on_sets<has_any>},
    {"sets.equivalent(list(A), list(A)) -> bool", on_sets<same_set>},
    {"list(A).distinct() -> list(A)", distinct},
    {"list(A).reverse() -> list(A)", reversed},
    {"list(A).slice(int, int) -> list(A)", slice},
    {"list(N).sort() -> list(N)", sorted},
    {"list(O).sort() -> list(O)", sorted},
    {"list(A).first() -> optional(A)", first},
    {"list(A).last() -> optional(A)", last},
    {"list(list(A)).flatten() -> list(A)", flatten},
    {"list(dyn).flatten(int) -> list(dyn)", flatten_deep},
    {"lists.range(int) -> list(int)", range},
};

constexpr FunctionDoc kDocs[] = {
    {"size", "How many elements a list or entries a map has.",
     "size({'a': 1, 'b': 2})", "2"},
    {"first", "The first element, if there is one.", "[1, 2, 3].first()",
     "optional.of(1)"},
    {"last", "The last element, if there is one.", "[].last().orValue(0)", "0"},
    {"slice", "The elements from a position up to another.",
     "[1, 2, 3, 4].slice(1, 3)", "[2, 3]"},
    {"reverse", "The elements in reverse order.", "[1, 2, 3].reverse()",
     "[3, 2, 1]"},
    {"sort", "The elements in order, all of one type; NaN comes first.",
     "['b', 'c', 'a'].sort()", "['a', 'b', 'c']"},
    {"distinct", "Each element once, where it first stands.",
     "[1, 2, 2.0, 3, 1].distinct()", "[1, 2, 3]"},
    {"flatten",
     "Lists in the list become its elements, one level deep or as deep as "
     "asked.",
     "[[1], [2, 3]].flatten()", "[1, 2, 3]"},
    {"lists.range", "The numbers from 0 up to, not including, another.",
     "lists.range(3)", "[0, 1, 2]"},
    {"sets.contains", "Whether the first list has every element of the second.",
     "sets.contains([1, 2, 3], [3, 1.0])", "true"},
    {"sets.intersects", "Whether the two lists have an element in common.",
     "sets.intersects([1, 2], [2, 3])", "true"},
    {"sets.equivalent", "Whether each list has every element of the other.",
     "sets.equivalent([1, 2], [2, 1, 1])", "true"},
};

}  // namespace

Family collection_functions() {
  return {"Lists, maps and sets", kRows, kDocs};
}

}  // namespace cel
