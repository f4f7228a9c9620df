// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Text that stands upside down, "ɐʞ‾oɯǝp": letter by letter turned, and read
// from its end (data/turned.tsv).
namespace simwarden {

// A turned letter stands at `i`, by a quick look.
bool may_be_turned(std::string_view text, size_t i);

// The run of turned characters around the one at `i`, from `floor` on; three of
// them at least look like no other letter.
bool read_turned(std::string_view text, size_t i, size_t floor,
                 Respelling& out);

}  // namespace simwarden
