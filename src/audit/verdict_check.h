// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"

namespace simwarden {

// Whether one verdict and what people decided about it are as they were
// written: its row by the digests of its block, these and the decisions by
// their links of the chain. Empty: they are; else a sentence. It is not asked
// whether the links are still those of then, which `audit verify` tells; of a
// part of a merged database no link is asked.
Result<std::string> what_is_wrong_with(const std::string& database,
                                       int64_t verdict_id);

// Rows that a command finds by an index, which somebody can make pass over
// some; and what it calls them.
struct HiddenRows {
  std::string_view what;
  std::vector<std::string_view> tables;
};

// Whether indexes lead to all rows of these tables. Empty: they do; else a
// sentence. Reads the tables.
Result<std::string> what_indexes_hide(const std::string& database,
                                      const HiddenRows& rows);

// How either is told.
Error not_as_written(const std::string& database, const std::string& what);

}  // namespace simwarden
