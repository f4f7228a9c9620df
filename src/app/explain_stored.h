// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.h"

namespace simwarden {

// explain --db: draws a stored verdict as it was told then, with the rules'
// words of then, and what people decided about it. Nothing is judged; of
// the policy of then only the names of families are read. Returns the exit
// code.
int explain_stored(const ExplainOptions& options);

}  // namespace simwarden
