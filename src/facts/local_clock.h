// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "record/record.h"

// What the clock of the channel showed when a request was made.
namespace simwarden {

// Whether created_at says it: in another zone than UTC, or where UTC is the
// time of the country that the record names.
bool created_at_tells_clock(const Record& request);

// On the local day, in minutes.
struct LocalMinutes {
  int64_t first = 0;
  int64_t last = 0;  // the same, or later when only the hour is known
};

// Of created_at; where that does not say it, of local_hour. Without one UTC
// is that clock.
std::optional<LocalMinutes> local_minutes(const Record& request);

// The day of created_at (0 is Monday) where the clock showed `at`: where that
// is not its own clock, the day that lies nearest. Requires created_at.
int local_weekday(const Record& request, const LocalMinutes& at);

}  // namespace simwarden
