// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "notation/yaml.h"

// Where in the file each byte of a scalar came from.
//
//   raw:    'it''s'          value: it's
//           ^0  ^3           offsets: 1 2 3 5 6
namespace simwarden {

struct LocatedScalar {
  std::string text;     // the value
  YamlOffsets offsets;  // of each byte in the raw text, and of the end
  size_t raw_end = 0;   // after the last character, quotes included
  bool exact = true;    // false: every byte is said to stand at `at`
};

// `raw`: the file. `at`: where the scalar begins (its quote, its | or >).
// `value`: what the parser made of it.
LocatedScalar locate_scalar(std::string_view raw, size_t at,
                            std::string_view value);

}  // namespace simwarden
