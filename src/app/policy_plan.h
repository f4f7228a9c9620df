// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "house/house.h"

namespace simwarden {

// policy show --plan: what is asked of every record first, what wakes each
// rule, what they share and need. Answers the exit code.
int show_plan(const House& house, std::optional<Kind> kind);

}  // namespace simwarden
