// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "record/record.h"
#include "record/time.h"

namespace simwarden {

// When what the record tells of happened: created_at of a request, received_at
// of a message; where that is no valid time, the newest time in the record (of
// any field that holds one; calendar dates are none, nor is what lies ahead).
// Nullopt when it has no time at all. Never the clock of this machine.
std::optional<Timestamp> event_time(const Record& record);

// As above, but none where created_at or received_at is given and not valid:
// an older time of the record is no proof that a waiver still holds or that a
// rule has not begun.
std::optional<Timestamp> proven_time(const Record& record);

// A time that lies ahead by its meaning (control.port_bar_until): the end of
// something, when nothing has happened yet.
bool lies_ahead(const Field& row);

}  // namespace simwarden
