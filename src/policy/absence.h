// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cel/run/program.h"

namespace simwarden {

// What a condition is for: what its answers are called depends on it.
enum class Role : uint8_t { guard, duty, sign };

// What comes out when a fact is not recorded, for a person: "a hit (not
// recorded)", "clear or undetermined, by the rest".
std::string absence(const cel::Outcomes& left, Role role);

}  // namespace simwarden
