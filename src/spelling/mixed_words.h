// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Cyrillic words with a Latin letter or two that look like theirs: "телегрaм",
// "Tелеграм". The plain view leaves them alone.
namespace simwarden {

// A Latin letter touches a Cyrillic one at `i`.
bool may_be_mixed(std::string_view text, size_t i);

// The word around `i` in Cyrillic letters alone.
bool read_mixed_word(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
