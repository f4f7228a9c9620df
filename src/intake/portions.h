// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "intake/intake.h"

// A chunk of short rows in pieces, since what becomes of a row is not shorter
// for that:
//
//   for (size_t i = 0; i < portions_of(chunk); ++i) judge(portion(chunk, i));
//
// As the chunks, they depend on the content alone.
namespace simwarden {

// Judged, a short request that lacks everything takes some 15 kB: its verdict,
// once more for a store. So many are some 30 MB. Rows of 512 bytes and more
// fill their chunk before.
inline constexpr size_t kPortionRows = size_t{1} << 11;

// One at least. They are the chunk, in order.
size_t portions_of(const Chunk& chunk);
// REQUIRES: index < portions_of(chunk).
Chunk portion(const Chunk& chunk, size_t index);

}  // namespace simwarden
