// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace simwarden {

// What a verdict waits for before it may be told (settling.h).
struct Ticket {
  uint64_t number = 0;  // 0: nothing is kept of it
};

}  // namespace simwarden
