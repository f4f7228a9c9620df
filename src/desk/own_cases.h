// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/decision_rows.h"
#include "privacy/tokens.h"

namespace simwarden {

// Under four eyes nobody lets through a request that he took himself and that
// was held or refused (store/four_eyes.h): such rows become faults. Who took it
// is `agent.id`, kept as its pseudonym under the key, which is found by the
// spellings of record/person.h. Where the facts of the record are not kept, or
// by another key, or its `agent.id` was no valid value, nobody can tell: that
// is a fault, too. Opens the block of each such verdict.
Status refuse_own_cases(DecisionRows& rows, const std::string& db,
                        const SiteKey& key);

}  // namespace simwarden
