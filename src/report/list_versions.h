// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "diag/result.h"
#include "report/numbers.h"
#include "store/database.h"

namespace simwarden {

// The lists among the files of a ruleset, by path; their `ruleset` is empty.
Result<std::vector<ListNumbers>> lists_of_ruleset(Database& database,
                                                  int64_t ruleset);

}  // namespace simwarden
