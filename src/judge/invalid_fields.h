// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/schema.h"
#include "record/record.h"
#include "record/verdict.h"

namespace simwarden {

// Adds the fields of a record, with those of its lists and groups, whose values
// their types do not allow: masked, and with what was expected. In the order of
// the table. Nearly all records have none.
void add_invalid_fields(const Record& record, const FactSchema& schema,
                        std::vector<InvalidField>& invalid);

}  // namespace simwarden
