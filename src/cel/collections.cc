// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "cel/compare.h"
#include "cel/faults.h"
#include "cel/library.h"

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
  if (!scratch.charge(left.size() * right.size())) return fail(kTooManySteps);
  return Value::of_bool(kHolds(left, right));
}

Value distinct(Arguments a, Scratch& scratch) {
  std::vector<Value> kept;
  for (const Value& item : a[0].as_list()) {
    if (!scratch.charge(kept.size())) return fail(kTooManySteps);
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
  const int64_t count = std::max<int64_t>(a[0].as_int(), 0);
  if (!scratch.charge(static_cast<uint64_t>(count))) return fail(kTooManySteps);
  std::vector<Value> out;
  for (int64_t i = 0; i < count; ++i) out.push_back(Value::of_int(i));
  return scratch.make_list(out);
}

Value sorted(Arguments a, Scratch& scratch) {
  const std::span<const Value> items = a[0].as_list();
  std::vector<Value> out(items.begin(), items.end());
  for (const Value& item : items) {
    if (is_void(item)) return item;
    if (item.tag() != items[0].tag() || !order(item, item)) {
      return fail(kNoOverload);
    }
  }
  if (!scratch.charge(items.size())) return fail(kTooManySteps);
  // NaN has no place in an order; it counts as the smallest.
  std::stable_sort(out.begin(), out.end(), [](const Value& x, const Value& y) {
    if (!x.is(Tag::number)) return *order(x, y) < 0;
    const bool x_nan = x.as_number() != x.as_number();
    const bool y_nan = y.as_number() != y.as_number();
    return x_nan || y_nan ? x_nan && !y_nan : x.as_number() < y.as_number();
  });
  return scratch.make_list(out);
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
    {"list(A).sort() -> list(A)", sorted},
    {"lists.range(int) -> list(int)", range},
};

}  // namespace

std::span<const FunctionRow> collection_functions() {
  return kRows;
}

}  // namespace cel
