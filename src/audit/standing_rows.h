// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "audit/finding.h"
#include "diag/result.h"
#include "store/database.h"

namespace simwarden {

// Whether each decision and each text of a case stands with the verdict that
// its link names: with that one itself, or, where its block is a double of a
// merged database, with the same row of the block that stands for it. A link
// is over the verdict that it names only; where the row stands follows from
// the blocks, so nothing else may be believed.
Status check_standing_rows(Database& database,
                           const std::function<void(AuditFinding)>& say);

}  // namespace simwarden
