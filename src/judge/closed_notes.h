// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "record/record.h"
#include "record/verdict.h"

namespace simwarden {

// Of a mail that has more the others are counted: nobody reads on.
inline constexpr size_t kClosedNamedMax = 64;

// Notes the files of a message that nobody looked into, their names masked.
void add_closed_files(const Record& record, Verdict& verdict);

}  // namespace simwarden
