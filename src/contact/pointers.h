// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace simwarden {

// An arrow, a pointing hand, a letter or the like stands before `begin` of the
// text as it was written; one that points down on the line above, too.
bool is_behind_pointer(std::string_view written, size_t begin);

}  // namespace simwarden
