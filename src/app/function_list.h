// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.h"

namespace simwarden {

// facts --functions: the operators, macros and functions of conditions, out of
// the tables that the language itself is made from. Answers the exit code.
int print_functions(const FactsOptions& options);

}  // namespace simwarden
