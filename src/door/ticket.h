// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace simwarden {

// What verdicts wait for before they may be told (settling.h): all rows from
// `first` to `number`.
struct Ticket {
  uint64_t number = 0;  // 0: nothing is kept
  uint64_t first = 0;
};

// One answer that tells both: it waits for the later one, and if either is not
// kept, neither is told.
inline Ticket both(Ticket a, Ticket b) {
  if (a.number == 0) return b;
  if (b.number == 0) return a;
  return {std::max(a.number, b.number), std::min(a.first, b.first)};
}

}  // namespace simwarden
