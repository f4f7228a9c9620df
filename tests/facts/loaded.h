// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <boost/test/unit_test.hpp>

#include "facts/schema.h"
#include "policy/ruleset.h"

namespace simwarden {

// The packs in folder `path` over the program's own facts; a test that hands
// over packs with mistakes fails, and says which.
inline std::shared_ptr<const Ruleset> load_packs(const PolicyFiles& files,
                                                 const std::string& path,
                                                 const FactSchema& schema) {
  LoadOptions load;
  load.paths = {path};
  load.request_facts = &schema.environment(Kind::request);
  load.message_facts = &schema.environment(Kind::message);
  load.schema_slots = schema.slots();
  Issues issues;
  auto ruleset = load_ruleset(files, load, issues);
  BOOST_REQUIRE_MESSAGE(ruleset.ok(), (ruleset ? "" : ruleset.error().what));
  BOOST_REQUIRE_MESSAGE(*ruleset != nullptr, render(issues));
  return *ruleset;
}

}  // namespace simwarden
