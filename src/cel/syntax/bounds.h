// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace cel {

// Bounds of an expression. Beyond them it is program code, not a condition.
inline constexpr size_t kSourceBytesMax = 8192;
inline constexpr uint32_t kDepthMax = 64;       // nesting; also our recursion
inline constexpr size_t kNodesMax = 4096;       // of the syntax tree
inline constexpr uint32_t kLoopNestingMax = 3;  // all() in map() in exists()

}  // namespace cel
