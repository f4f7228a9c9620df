// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "store/database.h"

// A purge in parts, each a transaction, so that SQLite's log needs little room
// however much goes: who purges may do so because the disk is full.
//
//   begin (takes* is_full end_part)* takes* (COMMIT | ROLLBACK)
namespace simwarden {

class PurgeParts {
 public:
  // Keeps it by reference. `log_bytes_max`: how large a part's log gets, about;
  // without it by the size of the database.
  PurgeParts(Database& database, std::optional<uint64_t> log_bytes_max);
  PurgeParts(const PurgeParts&) = delete;
  PurgeParts& operator=(const PurgeParts&) = delete;

  Status begin();
  bool is_full() const;
  // Commits the part, empties the log into the database and begins the next.
  // REQUIRES: no statement is in the middle of its rows.
  Status end_part();
  uint64_t ended() const { return ended_; }

 private:
  Status empty_the_log();
  uint64_t log_bytes() const;

  Database& database_;
  const uint64_t log_bytes_max_;
  uint64_t log_began_ = 0;  // a reader may keep it from being emptied
  uint64_t ended_ = 0;
};

}  // namespace simwarden
