// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "diag/result.h"
#include "store/database.h"

// Which blocks are old enough to be purged (docs/audit.md, "Purging").
namespace simwarden {

// When something was last written to the database, UTC, as the file system has
// it; reading does not move it. Asked before the database is opened to be
// written. Empty when the file is not there.
std::string last_written(const std::string& path);

struct BlockAge {
  std::string before;        // a day, YYYY-MM-DD
  std::string last_written;  // see above
  const char* not_yet = "";  // a condition on block_proof, SQL
};

// Blocks of which every verdict has an event before the day; and blocks that
// were stored before it, whatever they hold. No block says when it was stored,
// which was at the latest when its run ended; where the run was killed, when
// the next one began, since one writes at a time; where none did, when the
// database was last written. Ascending.
Result<std::vector<int64_t>> old_blocks(Database& database,
                                        const BlockAge& age);

// A block with an event before the day that is not old, since it holds a
// younger one too, or one without a time.
struct YoungBlock {
  int64_t id = 0;
  bool without_time = false;
};
Result<std::vector<YoungBlock>> young_blocks(Database& database,
                                             const BlockAge& age);

// Blocks with a verdict whose case is open, as `audit cases` lists them, and
// how many such verdicts each has.
Result<std::map<int64_t, uint64_t>> open_cases_by_block(Database& database);

}  // namespace simwarden
