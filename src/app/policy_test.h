// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.h"
#include "house/house.h"

namespace simwarden {

// policy test: cases, coverage, mutants, suggestions. Returns the exit code.
int test_policies(const House& house, const PolicyCommandOptions& options);

}  // namespace simwarden
