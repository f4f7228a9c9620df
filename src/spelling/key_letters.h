// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Telephone numbers whose last figures are told by the letters on their keys:
// "1-800-SIM-SWAP", "call 202-555-SIMS".
namespace simwarden {

// The number whose first figures stand at `i`, in figures. One that costs the
// caller nothing counts by itself and has its country's code; any other stands
// in capitals behind a word such as "call". `raw` is what `plain` is a view of.
bool read_key_letters(const View& plain, std::string_view raw, size_t i,
                      Respelling& out);

}  // namespace simwarden
