// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/spelled_names.h"

// "тг демо_кай": names of accounts have Latin letters only, and a reader types
// them so.
namespace simwarden {

// The name in Cyrillic letters with an underscore at `begin`, in Latin ones; an
// empty text when none stands there.
SpelledName read_cyrillic_name(std::string_view text, size_t begin);

}  // namespace simwarden
