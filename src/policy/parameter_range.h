// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "notation/yaml.h"
#include "policy/pack.h"

// What a parameter may be set to beside its type:
//
//   choices: ['no', remote, always]     of a text, or of each text of a list
//   least: 0   most: 1                  of a number
namespace simwarden {

// Those of a declaration; complains (P206) about what its type cannot have.
ParameterRange read_range(YamlReader& reader, const YamlNode& declared,
                          std::string_view type);

// Complains (P159) where `value`, which stands at `node`, is outside. False
// then.
bool check_range(YamlReader& reader, const YamlNode& node,
                 const Parameter& parameter, const ParameterValue& value);

// "one of no, remote, always", "from 0 to 1", "0 or more"; "" for an open one.
std::string range_text(const ParameterRange& range);

}  // namespace simwarden
