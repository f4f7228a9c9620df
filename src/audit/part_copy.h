// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "audit/part_shift.h"
#include "diag/result.h"
#include "store/database.h"

// Copies one database into a merged one, as a part of it.
namespace simwarden {

// Returns the part's id. `next` is how far the keys of the parts before reach,
// and then how far those of this one do; blocks that are there already are
// counted in `doubles`. REQUIRES: `out` is in a transaction.
Result<int64_t> copy_part(const std::string& path, Database& out,
                          PartShift& next, uint64_t& doubles);

}  // namespace simwarden
