// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"
#include "text/views.h"

// Base64 that a reader is to decode: a word of its own that holds a link or a
// mail address and nothing else (RFC 4648). All other base64 is left alone.
namespace simwarden {

// The word around the figure at `i` of the plain view, when that is its first
// figure.
bool read_base64(const View& plain, std::string_view raw, size_t i,
                 Respelling& out);

}  // namespace simwarden
