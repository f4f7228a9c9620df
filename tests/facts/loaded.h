// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "judge/load_options.h"

namespace simwarden {

// The packs in folder `path` over the program's own facts. Throws what is wrong
// with them: a test fails, a benchmark ends.
inline std::shared_ptr<const Ruleset> load_packs(const PolicyFiles& files,
                                                 const std::string& path,
                                                 const FactSchema& schema) {
  Issues issues;
  auto ruleset = load_ruleset(files, load_options({path}, schema), issues);
  if (!ruleset) throw std::runtime_error(ruleset.error().what);
  if (*ruleset == nullptr) throw std::runtime_error(render(issues));
  return *ruleset;
}

}  // namespace simwarden
