// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.h"
#include "house/house.h"

namespace simwarden {

// Of --rule: nothing is called so.
Error no_such_rule(const std::string& id,
                   const std::vector<std::string>& known);

// policy test: cases, coverage, mutants, suggestions. Returns the exit code.
int test_policies(const House& house, const PolicyCommandOptions& options);

}  // namespace simwarden
