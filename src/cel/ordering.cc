// SPDX-License-Identifier: Apache-2.0
#include "cel/compare.h"
#include "cel/library.h"

// < <= > >=: the same code for all kinds that have an order; the rows are for
// the checker. NaN is neither less nor greater.
namespace cel {
namespace {

using Order = std::partial_ordering;

template <bool (*kHolds)(Order)>
Value ordered(Arguments a, Scratch&) {
  return Value::of_bool(kHolds(order(a[0], a[1]).value_or(Order::unordered)));
}

bool less(Order order) {
  return order < 0;
}
bool at_most(Order order) {
  return order <= 0;
}
bool greater(Order order) {
  return order > 0;
}
bool at_least(Order order) {
  return order >= 0;
}

#define ORDER_ROWS(op, holds)                                \
  {op "(int, int) -> bool", ordered<holds>},                 \
      {op "(uint, uint) -> bool", ordered<holds>},           \
      {op "(double, double) -> bool", ordered<holds>},       \
      {op "(string, string) -> bool", ordered<holds>},       \
      {op "(timestamp, timestamp) -> bool", ordered<holds>}, \
      {op "(duration, duration) -> bool", ordered<holds>},   \
      {op "(bool, bool) -> bool", ordered<holds>},           \
      {op "(bytes, bytes) -> bool", ordered<holds>},         \
      {op "(int, uint) -> bool", ordered<holds>},            \
      {op "(int, double) -> bool", ordered<holds>},          \
      {op "(uint, int) -> bool", ordered<holds>},            \
      {op "(uint, double) -> bool", ordered<holds>},         \
      {op "(double, int) -> bool", ordered<holds>}, {        \
    op "(double, uint) -> bool", ordered<holds>              \
  }

constexpr FunctionRow kRows[] = {
    ORDER_ROWS("_<_", less), ORDER_ROWS("_<=_", at_most),
    ORDER_ROWS("_>_", greater), ORDER_ROWS("_>=_", at_least)};
#undef ORDER_ROWS

}  // namespace

std::span<const FunctionRow> ordering_functions() {
  return kRows;
}

}  // namespace cel
