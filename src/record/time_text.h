// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "record/time.h"

// A time written where it is to stand: to_text() without a string of its own.
namespace simwarden {

// 10000-01-01T00:00:00.123456789+08:00 takes 36.
inline constexpr size_t kTimeTextMax = 40;

// Returns where it ends. REQUIRES: kTimeTextMax bytes of room.
char* write_time(char* to, const Timestamp& time);

}  // namespace simwarden
