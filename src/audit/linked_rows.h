// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "audit/part_shift.h"
#include "store/database.h"
#include "store/links.h"

namespace simwarden {

// A chain in a database: its own, or that of a part.
struct ChainPlace {
  int64_t part = 0;  // 0: its own
  PartShift shift;   // of the part
};

// The rows that links speak of, as the tables have them now.
class LinkedRows {
 public:
  struct Row {
    int64_t id = 0;    // its key here
    std::string body;  // spelt as in the chain of the link; empty: not there
  };

  // The database must outlive it.
  static Result<std::unique_ptr<LinkedRows>> open(Database& database);
  // `id` as the link names it, `link` its number in its chain.
  Result<Row> find(const ChainPlace& chain, LinkKind kind, int64_t id,
                   int64_t link);

 private:
  Result<Row> plain(LinkKind kind, int64_t id, int64_t link);
  Result<Row> ruleset(const ChainPlace& chain, LinkKind kind, int64_t in_part,
                      int64_t link);

  std::unique_ptr<LinkBodies> bodies_;
  std::unique_ptr<Statement> part_ruleset_;
};

}  // namespace simwarden
