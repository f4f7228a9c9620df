// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.h"

namespace simwarden {

// policy check: every mistake of the policies and their cases, and what the
// lints say; also when a mistake stops the load, for then lints have nothing
// to look at. Answers the exit code.
int run_policy_check(const PolicyCommandOptions& options);

}  // namespace simwarden
