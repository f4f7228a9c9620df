// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/finding.h"
#include "diag/result.h"

// Joins databases into a new one that proves each of them (docs/audit.md).
//
//   merge_databases({"north.db", "south.db"}, "all.db", nullptr)
//
// Each part keeps its own chain, word for word; the new chain has a link a part
// with the head of it. Rows keep their values, and their keys plus a number a
// part and table (part_shift.h), so that `audit verify` makes every link of
// every part from the merged tables again: whoever holds a checkpoint of a part
// holds one of the merged database. A block that two parts have under the same
// ruleset stands once, as in the part named first; runs, sources and purges are
// all kept. A merged database is a database like any other: it can be screened
// into, purged, and merged again.
namespace simwarden {

struct MergeResult {
  uint64_t parts = 0;
  uint64_t blocks = 0;
  uint64_t verdicts = 0;
  uint64_t errors = 0;
  uint64_t doubles = 0;  // blocks left out: another part has them
  std::string head;      // of the new chain
};

// Each part is verified before, and the whole after; anything that is not as it
// was written is an Error (Trouble::input), and nothing is written. An output
// that is there is an Error. It appears under its name when it is whole: what a
// crash leaves is called OUTPUT.merging-XXXXXX.
Result<MergeResult> merge_databases(const std::vector<std::string>& parts,
                                    const std::string& output,
                                    const AuditProgress& progress);

}  // namespace simwarden
