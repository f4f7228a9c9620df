// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "audit/block_check.h"
#include "audit/finding.h"
#include "audit/part_shift.h"
#include "diag/result.h"
#include "store/database.h"
#include "store/proof.h"
#include "store/retention.h"

// Whether purges took what they say, and nothing else is missing by their name:
// rows say which purge took their details, links say how much a purge took.
//   read_owners (add | add_row | add_outlived | link)* finish
namespace simwarden {

class PurgeCheck {
 public:
  // A purge lists rows by the ids that they had where it was done: those of a
  // part stand in a merged database behind the ids of the parts before.
  Status read_owners(Database& database);

  void add(int64_t block_id, const PurgeMarks& marks, int64_t verdicts,
           int64_t errors);
  // A note of a decision or a text of a case. In order of their ids.
  void add_row(int64_t purge, RetentionClass what, int64_t row);
  // A block whose events no window looks at any more. In order of their ids.
  void add_outlived(int64_t purge, int64_t block_id);
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
    // The classes whose rows name it.
    std::bitset<kRetentionClassCount> of;
    bool outlived = false;
  };

  struct Owner {
    int64_t part = 0;
    PartShift shift;
  };
  const PartShift& shift_of(int64_t purge) const;

  std::map<int64_t, Owner> owners_;       // of purges of parts
  std::map<int64_t, std::string> links_;  // body by purge
  std::map<int64_t, Taken> taken_;        // by purge
};

}  // namespace simwarden
