// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "notation/yaml_format.h"

namespace simwarden {

// How the keys of policy files are ordered: those of a rule as docs/packs.md
// has them.
const std::vector<YamlKeyOrder>& policy_key_orders();

}  // namespace simwarden
