// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "diag/result.h"

namespace simwarden {

// Whether one verdict and what people decided about it are as they were
// written: its row by the digests of its block, these and the decisions by
// their links of the chain. Empty: they are; else a sentence. It is not asked
// whether the links are still those of then, which `audit verify` tells; of a
// part of a merged database no link is asked.
Result<std::string> what_is_wrong_with(const std::string& database,
                                       int64_t verdict_id);

// Whether the decisions of a verdict are found: by an index, which somebody can
// make pass over some. Empty: all are; else a sentence. Reads all decisions.
Result<std::string> what_hides_decisions(const std::string& database);

// How either is told.
Error not_as_written(const std::string& database, const std::string& what);

}  // namespace simwarden
