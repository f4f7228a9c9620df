// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "audit/block_check.h"
#include "audit/finding.h"
#include "diag/result.h"
#include "store/database.h"
#include "store/proof.h"

// Whether each purge of a chain took the blocks that say so, and no other.
//   read_owners (add | link)* finish
namespace simwarden {

class PurgeCheck {
 public:
  // A purge lists blocks by the ids that they had where it was done: those of
  // a part stand in a merged database behind the ids of the parts before.
  Status read_owners(Database& database);

  void add(int64_t block_id, const PurgeMarks& marks, int64_t verdicts,
           int64_t errors);
  // A link of the kind purge; `purge` is its id in this database.
  void link(int64_t purge, std::string_view body) { links_[purge] = body; }
  void finish(const std::function<void(AuditFinding)>& say);

  // The part that the table names; 0: none.
  int64_t part_of(int64_t purge) const;
  size_t purges() const { return links_.size(); }

 private:
  struct Taken {
    RowHasher list;
    int64_t blocks = 0;
    int64_t verdicts = 0;
    int64_t errors = 0;
    bool excerpts = false;  // the columns that name it
    bool personal = false;
    bool rows = false;
  };

  Taken& taken_by(int64_t purge, int64_t block_id);

  struct Owner {
    int64_t part = 0;
    int64_t block_shift = 0;
  };
  std::map<int64_t, Owner> owners_;       // of purges of parts
  std::map<int64_t, std::string> links_;  // body by purge
  std::map<int64_t, Taken> taken_;        // by purge
};

}  // namespace simwarden
