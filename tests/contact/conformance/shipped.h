// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

#include "contact/contact.h"
#include "facts/schema.h"
#include "judge/plan.h"
#include "policy/ruleset.h"

namespace simwarden::conformance {

// The lists in policies/, as the program reads them.
inline Registry shipped_registry() {
  const FactSchema schema;
  LoadOptions load;
  load.paths = {SIMWARDEN_SOURCE_DIR "/policies"};
  load.request_facts = &schema.environment(Kind::request);
  load.message_facts = &schema.environment(Kind::message);
  load.schema_slots = schema.slots();
  Issues issues;
  const auto ruleset = load_ruleset(*disk_files(), load, issues);
  if (!ruleset || !*ruleset) std::abort();
  return make_registry(**ruleset);
}

}  // namespace simwarden::conformance
