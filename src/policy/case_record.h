// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "notation/yaml.h"

// Records of cases are YAML trees with parts laid over and taken away.
namespace simwarden {

// Sets `name` ("identity.document.type") to `value`, in place of whatever
// stood there; mappings on the way are made. False when a part of the way is
// a value and not a mapping.
bool lay_over(YamlNode& record, std::string_view name, const YamlNode& value);

// Takes `name` away; false when it is not there.
bool take_away(YamlNode& record, std::string_view name);

}  // namespace simwarden
