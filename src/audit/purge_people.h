// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "store/database.h"
#include "store/links.h"

// The part of a purge that takes what people wrote: notes of decisions, and
// texts of cases.
namespace simwarden {

struct PeoplePurge {
  std::string before;  // notes of decisions before this day; "": no notes
  std::string today;   // texts of cases whose last day is before it
  std::string who;
  std::string reason;
  bool only_count = false;
};

struct PeoplePurged {
  uint64_t notes = 0;
  uint64_t texts = 0;
};

// Inside the purge's transaction. A row that is not as it was written is an
// Error of trouble `input`.
Result<PeoplePurged> purge_people(Database& database, Chain& chain,
                                  const PeoplePurge& purge);

}  // namespace simwarden
