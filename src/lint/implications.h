// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "lint/reading.h"

namespace simwarden {

// What two conditions answer one record: true, false, or null where a fact is
// not recorded or something fails.
using Pair = std::function<bool(const cel::Value& a, const cel::Value& b)>;

// True when no record whatever gives two conditions of the pack `pack` answers
// that `pair` says yes to, as far as the search of outcomes.h can see.
bool never_meet(const Reading& reading, size_t pack, std::string_view a,
                std::string_view b, const Pair& pair);

}  // namespace simwarden
