// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace simwarden {

// How long a text is for who reads it, in characters: letters and digits, and
// whatever stands between them as one ("a, b" is 3). Invisible characters and
// marks count nothing, nor does a line that is blank or stood before: who fills
// a text with blanks, dashes or the same line makes it no longer to read.
// `text` may be anything; what is no UTF-8 is a sign.
uint32_t read_length(std::string_view text);

}  // namespace simwarden
