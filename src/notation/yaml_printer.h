// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "notation/yaml_layout.h"

namespace simwarden {

// A list or mapping in brackets is wrapped beyond so many columns.
inline constexpr size_t kYamlColumnsMax = 120;

// The text of a layout in our style (yaml_format.h).
std::string print_yaml(const LaidItem& root);

}  // namespace simwarden
