// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/spelled_names.h"

// Names whose pieces stand apart and are told one by one: "it starts with demo_
// and ends with kai", 前半截 demokai 后半截 88.
namespace simwarden {

// Around the messenger's name at `label`; an empty text when none is told
// there.
SpelledName read_told_pieces(std::string_view text, Range label);

}  // namespace simwarden
