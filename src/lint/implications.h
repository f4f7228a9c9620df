// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lint/reading.h"

namespace simwarden {

// "(a) && (b)" for conditions that may hold comments.
std::string both(const std::string& a, const std::string& b);
std::string not_true(const std::string& condition);

// True when no record whatever makes it true, as far as the compiler can see
// (C119). `condition` is made of conditions of the pack `pack`.
bool never_holds(const Reading& reading, size_t pack,
                 const std::string& condition);

}  // namespace simwarden
