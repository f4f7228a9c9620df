// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Numbers as a person reads them in a sentence.
namespace simwarden {

// "1234567" -> "1,234,567".
std::string with_thousands(uint64_t number);

// "1 rule", "2,048 rules". REQUIRES: `one` takes an s for several.
std::string how_many(uint64_t number, std::string_view one);

}  // namespace simwarden
