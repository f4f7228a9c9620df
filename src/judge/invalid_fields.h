// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "facts/schema.h"
#include "record/record.h"
#include "record/verdict.h"

namespace simwarden {

// How `expected` ends where a spreadsheet rounded the value.
inline constexpr std::string_view kRoundedBySpreadsheet =
    "; a spreadsheet rounded it to this: format the column as text there, with "
    "the digits of the source, and export it again";

// Adds the fields of a record, with those of its lists and groups, whose values
// their types do not allow: masked, and with what was expected. In the order of
// the table; equal ones of several elements once. Nearly all records have none.
void add_invalid_fields(const Record& record, const FactSchema& schema,
                        std::vector<InvalidField>& invalid);

}  // namespace simwarden
