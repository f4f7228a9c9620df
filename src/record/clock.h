// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

// The clocks of machines, beside the times of records.
namespace simwarden {

// Clocks of two machines differ so much, not more.
inline constexpr int64_t kClockSkewSeconds = int64_t{5} * 60;

}  // namespace simwarden
