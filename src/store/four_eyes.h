// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "store/database.h"
#include "store/decision.h"

namespace simwarden {

// Four eyes: nobody lets a request through that was held or refused unless
// another person vouches for it (store/decision.h), in the store or before in
// the same file. Of each person the newest word that is not silent counts.
// Messages are let through by one.
//
//   auto eyes = FourEyes::open(database);
//   auto missing = eyes->what_is_missing(decision);
//
// An index that hides a word of another person makes it refuse.
class FourEyes {
 public:
  // The database must outlive it.
  static Result<FourEyes> open(Database& database);
  // A sentence; empty: nothing is. Remembers the decision, which is to be
  // stored.
  Result<std::string> what_is_missing(const Decision& decision);

 private:
  // By person (record/person.h).
  using Words = std::map<std::string, Stance, std::less<>>;
  Result<bool> is_vouched_for_by_another(const Decision& decision);

  std::unique_ptr<Statement> stopped_;
  std::unique_ptr<Statement> stored_;
  std::map<int64_t, Words> told_;  // by verdict: what is to be stored
};

}  // namespace simwarden
