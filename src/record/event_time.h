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

// The calendar day of a time in the zone that it was written in, as days since
// 1970-01-01.
int64_t local_day(const Timestamp& time);

}  // namespace simwarden
