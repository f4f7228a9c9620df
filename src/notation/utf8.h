// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace simwarden {

// Bytes (1 to 4) of the well-formed UTF-8 character that begins at `at`; 0
// when none does. Overlong forms and surrogates are not well-formed.
// REQUIRES: at < text.size().
size_t utf8_size_at(std::string_view text, size_t at);

// How much of the text, from its begin, is well-formed.
size_t utf8_prefix(std::string_view text);

}  // namespace simwarden
