// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

// The lines of format=flowed (RFC 3676) joined to paragraphs. `delete_space`:
// the blank at the join is taken away (DelSp=Yes). Lines end with LF.
std::string unflowed(std::string_view text, bool delete_space);

}  // namespace simwarden
