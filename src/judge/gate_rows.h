// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

// How the rows and bits of a table of gates are counted: what its making and
// its use agree on.
namespace simwarden {

inline constexpr size_t kGateBits = 64;
// Behind the states of a look that have a value.
inline constexpr size_t kFails = 1;
inline constexpr size_t kUntold = 2;
// States of a boolean, and of what is asked of elements.
inline constexpr size_t kNo = 0;
inline constexpr size_t kYes = 1;
inline constexpr size_t kSaysNothing = 2;

inline uint64_t gate_bit(size_t at) {
  return uint64_t{1} << (at % kGateBits);
}

}  // namespace simwarden
