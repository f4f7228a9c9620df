// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "record/record.h"

// When a message arrived that does not say so itself: when a door took it.
//
//   if (lacks_arrival(record)) say_arrival(record,
//   std::chrono::system_clock::now());
namespace simwarden {

// A message without `received_at`. One that says it wrongly has said it; and
// when a request was made its desk knows alone.
bool lacks_arrival(const Record& record);

// Writes `received_at`, in UTC, to the millisecond. REQUIRES: a message.
void say_arrival(Record& record, std::chrono::system_clock::time_point now);

}  // namespace simwarden
