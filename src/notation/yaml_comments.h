// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "notation/yaml_layout.h"

namespace simwarden {

// Finds the comments and blank lines of `text` and hangs each at the item that
// a reader takes it for: on the same line, below it, or, by its indentation, at
// the end of the collection above.
void place_comments(std::string_view text, LaidItem& root);

}  // namespace simwarden
