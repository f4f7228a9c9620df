// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cel {

// Answers of a condition or a part of one, one bit each.
enum Answer : uint8_t {
  kAnswerYes = 1,
  kAnswerNo = 2,
  kAnswerMissing = 4,
  kAnswerError = 8,
};

}  // namespace cel
