// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Links and mail addresses that stand the wrong way round: "moc.omed//:sptth,
// read it backwards".
namespace simwarden {

// In front of the dot at `i` stands an ending of hosts, the wrong way round.
bool may_be_reversed(std::string_view text, size_t i);

// The link around the dot at `i`, from its end, where words near it say that it
// is to be read so. REQUIRES: may_be_reversed(text, i).
bool read_reversed_link(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
