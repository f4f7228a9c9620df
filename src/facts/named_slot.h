// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "facts/schema.h"

namespace simwarden {

// The slot of a fact that our own code treats apart ("message.links"): it is
// looked up once, and a fact that was renamed is found out at the first look.
// All schemas have the same slots. REQUIRES: the table has that name.
uint32_t named_slot(const FactSchema& schema, std::string_view name);

}  // namespace simwarden
