// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cel/value/environment.h"
#include "notation/yaml.h"
#include "policy/pack.h"

namespace simwarden {

// What a reason may show: facts, whose slots are below `slots_end`, and
// windows.
struct ShownFacts {
  const cel::Environment* environment;
  uint32_t slots_end;
};

// "The fee was {request.fee.amount}, {{not}} more" cut at its placeholders.
// Issues (P130, P131) for unknown facts and stray braces.
Template read_template(YamlReader& reader, const YamlNode& node,
                       const ShownFacts& facts);

// The text that is read as this template: braces of its own doubled.
std::string written(const Template& parts);

}  // namespace simwarden
