// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "judge/bench.h"
#include "record/fields.h"
#include "record/record.h"

namespace simwarden {

// Of a text in evidence and reasons.
inline constexpr size_t kExcerptCharactersMax = 160;

// A field's value as it may be shown. REQUIRES: the slot is given or invalid.
std::string masked(const Record& record, const Field& row, const Slot& slot);
// The same of the record that is looked at; of a message's texts also without
// what the eye found in them.
std::string masked_in(Bench& bench, const Field& row, const Slot& slot);

}  // namespace simwarden
