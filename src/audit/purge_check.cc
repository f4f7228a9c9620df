// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_check.h"

#include <fmt/format.h>

#include "audit/flat_json.h"

namespace simwarden {

Status PurgeCheck::read_owners(Database& database) {
  auto rows = database.prepare(
      "SELECT purge_id, part_id, coalesce(block_shift, 0) FROM purge "
      "LEFT JOIN part USING (part_id) WHERE part_id IS NOT NULL");
  if (!rows) return rows.error();
  while (true) {
    const Result<bool> row = (*rows)->step();
    if (!row) return row.error();
    if (!*row) return Done{};
    owners_[(*rows)->integer(0)] = {(*rows)->integer(1), (*rows)->integer(2)};
  }
}

int64_t PurgeCheck::part_of(int64_t purge) const {
  const auto owner = owners_.find(purge);
  return owner == owners_.end() ? 0 : owner->second.part;
}

PurgeCheck::Taken& PurgeCheck::taken_by(int64_t purge, int64_t block_id) {
  Taken& taken = taken_[purge];
  const auto owner = owners_.find(purge);
  taken.list.field(block_id -
                   (owner == owners_.end() ? 0 : owner->second.block_shift));
  return taken;
}

void PurgeCheck::add(int64_t block_id, const PurgeMarks& marks,
                     int64_t verdicts, int64_t errors) {
  const auto count = [&](int64_t purge, bool Taken::*column) -> Taken* {
    if (purge == 0) return nullptr;
    Taken& taken = taken_by(purge, block_id);
    taken.blocks += 1;
    taken.verdicts += verdicts;
    taken.errors += errors;
    taken.*column = true;
    return &taken;
  };
  if (Taken* taken = count(marks.excerpts, &Taken::excerpts)) {
    taken->list.field(marks.subject_proof);
  }
  count(marks.personal, &Taken::personal);
  count(marks.verdicts, &Taken::rows);
}

void PurgeCheck::finish(const std::function<void(AuditFinding)>& say) {
  for (const auto& [id, body] : links_) {
    Taken& taken = taken_[id];
    const std::string_view what = flat_value(body, "class");
    const bool same = flat_value(body, "list") == hex_of(taken.list.finish()) &&
                      flat_number(body, "blocks") == taken.blocks &&
                      flat_number(body, "verdicts") == taken.verdicts &&
                      flat_number(body, "errors") == taken.errors &&
                      (what == "excerpts") == taken.excerpts &&
                      (what == "verdicts") == taken.rows;
    if (same) continue;
    say({.what = fmt::format("purge {} took {} blocks, but {} others say "
                             "that it was them",
                             id, flat_number(body, "blocks"), taken.blocks)});
  }
  for (const auto& [id, taken] : taken_) {
    if (links_.contains(id)) continue;
    say({.what = fmt::format("{} blocks were purged by purge {}, which is "
                             "not in the chain",
                             taken.blocks, id)});
  }
}

}  // namespace simwarden
