// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "record/record.h"
#include "record/time.h"

namespace simwarden {

// When what the record tells of happened: created_at of a request, received_at
// of a message; where that is no valid time, the newest time in the record (of
// any field that holds one; calendar dates are none). Nullopt when it has no
// time at all. Never the clock of this machine.
std::optional<Timestamp> event_time(const Record& record);

}  // namespace simwarden
