// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "store/database.h"
#include "store/links.h"
#include "store/retention.h"

// The part of a purge that takes what people wrote: notes of decisions, and
// texts of cases.
namespace simwarden {

struct PeoplePurge {
  RetentionClass what = RetentionClass::notes;
  // Notes of decisions before this day; texts of cases whose last day is before
  // it.
  std::string before;
  std::string keep;  // how long was ordered; may be empty
  std::string who;
  std::string reason;
  bool only_count = false;
};

// Inside the purge's transaction; returns how many it took. A row that is not
// as it was written is an Error of trouble `input`. REQUIRES: notes or cases.
Result<uint64_t> purge_people(Database& database, Chain& chain,
                              const PeoplePurge& purge);

}  // namespace simwarden
