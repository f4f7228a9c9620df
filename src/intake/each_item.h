// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "intake/intake.h"

namespace simwarden {

using ItemTaker = std::function<void(Item&)>;
// What parse_chunk() appends, handed over one after the other. The next row of
// JSON or of a table is read into the same Item: what is judged at once is
// still in the processor's cache, and takes no memory of its own. Thread-safe.
void for_each_item(const Chunk& chunk, Format format,
                   const IntakeOptions& options, const ItemTaker& take);

}  // namespace simwarden
