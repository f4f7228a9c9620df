// SPDX-License-Identifier: Apache-2.0
#include "cel/library/library.h"
#include "cel/value/compare.h"
#include "cel/value/faults.h"

// < <= > >=: the same code for all kinds that have an order; the rows are for
// the checker. NaN is neither less nor greater.
namespace cel {
namespace {

using Order = std::partial_ordering;

template <bool (*kHolds)(Order)>
Value ordered(Arguments a, Scratch&) {
  const auto found = order(a[0], a[1]);
  return found ? Value::of_bool(kHolds(*found)) : fail(kNoOverload);
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

constexpr FunctionRow kRows[] = {
    {"_<_(O, O) -> bool", ordered<less>},
    {"_<_(N, N) -> bool", ordered<less>},
    {"_<=_(O, O) -> bool", ordered<at_most>},
    {"_<=_(N, N) -> bool", ordered<at_most>},
    {"_>_(O, O) -> bool", ordered<greater>},
    {"_>_(N, N) -> bool", ordered<greater>},
    {"_>=_(O, O) -> bool", ordered<at_least>},
    {"_>=_(N, N) -> bool", ordered<at_least>},
};

constexpr FunctionDoc kDocs[] = {
    {"_<_",
     "Less; numbers of unlike types by their worth, texts by code points.",
     "1 < 1.5", "true"},
    {"_<=_", "Less or equal.", "'a' <= 'b'", "true"},
    {"_>_", "Greater.", "duration('90m') > duration('1h')", "true"},
    {"_>=_", "Greater or equal; nothing compares with NaN.",
     "double('NaN') >= 0.0", "false"},
};

}  // namespace

Family ordering_functions() {
  return {"Ordering", kRows, kDocs};
}

}  // namespace cel
