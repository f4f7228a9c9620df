// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "audit/purge_parts.h"
#include "diag/result.h"
#include "store/database.h"
#include "store/links.h"

namespace simwarden {

struct OutlivedPurge {
  std::string who;
  std::string reason;
  bool only_count = false;
  // Blocks whose events another class takes, and would take.
  const std::set<int64_t>* without = nullptr;
  PurgeParts* parts = nullptr;  // null: in one
};

// Takes the events of blocks that no window looks at any more: the frontier of
// event time, and this machine's clock, have gone farther than their longest
// window and the lateness.
// Inside a transaction, that of `parts` for one. Returns how many blocks; one
// whose events are not as they were written is an Error.
Result<uint64_t> purge_outlived(Database& database, Chain& chain,
                                const OutlivedPurge& purge);

}  // namespace simwarden
