// SPDX-License-Identifier: Apache-2.0
#include "audit/counted_check.h"

#include "store/kept_facts.h"

namespace simwarden {
namespace {

std::string_view fault_of(const Statement& row, const PurgeMarks& purges) {
  const int64_t purge = row.integer(4);
  if (!row.is_null(0)) {
    if (purge != 0) return "its events are here, which were purged";
    if (!is_sealed(row.blob(0), row.text(1))) {
      return "its events are not as they were written";
    }
  } else if (purge == 0) {
    return "its events are gone, and no purge took them";
  }
  if (!row.is_null(2)) {
    if (purges.verdicts != 0) return "its figures are here, which were purged";
    if (!is_sealed(row.blob(2), row.text(3))) {
      return "its figures are not as they were written";
    }
  } else if (purges.verdicts == 0) {
    return "its figures are gone, and no purge took them";
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<CountedCheck>> CountedCheck::open(Database& database) {
  auto statement = database.prepare(
      "SELECT events, events_sha256, figures, figures_sha256, "
      "coalesce(purge, 0) FROM window_events WHERE block_id = ?");
  if (!statement) return statement.error();
  auto made = std::make_unique<CountedCheck>();
  made->counted_ = std::move(*statement);
  return made;
}

Result<CountedCheck::Checked> CountedCheck::check(int64_t block,
                                                  const PurgeMarks& purges) {
  counted_->bind(1, block);
  const Result<bool> row = counted_->step();
  if (!row) return row.error();
  if (!*row) return Checked{};
  Checked checked{fault_of(*counted_, purges), 0};
  const int64_t purge = counted_->integer(4);
  if (purge != purges.personal && purge != purges.verdicts) {
    checked.outlived = purge;
  }
  counted_->reset();
  return checked;
}

}  // namespace simwarden
