// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cel/value/environment.h"
#include "notation/yaml.h"
#include "policy/condition.h"

namespace simwarden {

// The shorthand `fact: value`, `fact: [a, b]`, `fact|contains: value` as CEL.
// Null with issues (P121, P122, P127) when it is none.
std::optional<ConditionText> render_matcher(YamlReader& reader,
                                            const YamlNode::Entry& entry,
                                            const cel::Environment& facts);

}  // namespace simwarden
