// SPDX-License-Identifier: Apache-2.0
#include "audit/kept_check.h"

#include "store/kept_facts.h"

namespace simwarden {

Result<std::unique_ptr<KeptCheck>> KeptCheck::open(Database& database) {
  auto statement = database.prepare(
      "SELECT facts, sha256, coalesce(purge, 0) FROM kept_facts "
      "WHERE block_id = ?");
  if (!statement) return statement.error();
  auto made = std::make_unique<KeptCheck>();
  made->kept_ = std::move(*statement);
  return made;
}

Result<std::string_view> KeptCheck::fault_of(int64_t block,
                                             const PurgeMarks& purges) {
  kept_->bind(1, block);
  const Result<bool> row = kept_->step();
  if (!row) return row.error();
  if (!*row) return std::string_view();
  std::string_view fault;
  const int64_t purge = kept_->integer(2);
  if (!kept_->is_null(0)) {
    if (purge != 0) {
      fault = "its kept facts are here, which were purged";
    } else if (!is_sealed(kept_->blob(0), kept_->text(1))) {
      fault = "its kept facts are not as they were written";
    }
  } else if (purge == 0 ||
             (purge != purges.excerpts && purge != purges.personal &&
              purge != purges.verdicts)) {
    fault = "its kept facts are gone, and no purge took them";
  }
  kept_->reset();
  return fault;
}

}  // namespace simwarden
