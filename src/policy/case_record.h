// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "notation/yaml.h"

// Records of cases are YAML trees with parts laid over and taken away.
namespace simwarden {

// Whether `name` has more parts than YAML has levels (kYamlDepthMax): what
// walks a record, or ends it, goes down a level a part.
bool is_too_deep(std::string_view name);

// Sets `name` ("identity.document.type") to `value`, in place of whatever
// stood there; mappings on the way are made. False when a part of the way is
// a value and not a mapping, or the way is too deep.
bool lay_over(YamlNode& record, std::string_view name, const YamlNode& value);

// Takes `name` away; false when it is not there.
bool take_away(YamlNode& record, std::string_view name);

}  // namespace simwarden
