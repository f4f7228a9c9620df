// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "diag/result.h"

namespace simwarden {

// The number of the verdict that stands on the record with this id. An Error of
// trouble `usage` when no record has it, or several do: it names these.
Result<int64_t> verdict_of_record(const std::string& db, const std::string& id);

}  // namespace simwarden
