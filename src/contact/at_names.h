// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "contact/found_accounts.h"

namespace simwarden {

// "@name" with the messenger's name elsewhere in the clause, or where somebody
// asks to be written to. `labels` are the readable ones, in order.
void find_at_names(const Scene& scene, const std::vector<LabelHit>& labels,
                   FoundAccounts& accounts);

}  // namespace simwarden
