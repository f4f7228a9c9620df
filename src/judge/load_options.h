// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "facts/schema.h"
#include "policy/ruleset.h"

namespace simwarden {

// For policies that a plan judges by: over the program's own facts. The schema
// outlives the ruleset.
inline LoadOptions load_options(std::vector<std::string> paths,
                                const FactSchema& schema) {
  LoadOptions load;
  load.paths = std::move(paths);
  load.request_facts = &schema.environment(Kind::request);
  load.message_facts = &schema.environment(Kind::message);
  load.schema_slots = schema.slots();
  return load;
}

}  // namespace simwarden
