// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "record/fields.h"

// The table of fields in parts, one file a family, in the order of the table.
// Kind, group and member are filled in where the parts are put together
// (fields.cc). A new family is a file and a line here and there.
namespace simwarden {

std::span<const Field> envelope_fields();
std::span<const Field> line_fields();
std::span<const Field> request_fields();
std::span<const Field> identity_fields();
std::span<const Field> care_fields();
std::span<const Field> history_fields();
std::span<const Field> outcome_fields();
std::span<const Field> message_fields();

}  // namespace simwarden
