// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "diag/result.h"
#include "store/database.h"

namespace simwarden {

// The masked piece of its text that the store keeps of a message; "" when it
// keeps none, or what it keeps is not as it was written.
Result<std::string> masked_text_of(Database& database, int64_t verdict);

}  // namespace simwarden
