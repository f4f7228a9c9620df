// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "diag/result.h"
#include "report/numbers.h"
#include "report/standing_blocks.h"

namespace simwarden {

// What is in both of such two counts once, but whoever reads a report of both
// has to know it. A part of a merged store is one, too; a copy of which the
// other is the continuation is none.
// At most one of each two, in their order.
Result<std::vector<StoreFork>> find_forks(std::span<const CountedStore> stores);

}  // namespace simwarden
