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

}  // namespace simwarden
