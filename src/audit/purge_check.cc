// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_check.h"

#include <fmt/format.h>

#include "audit/flat_json.h"
#include "diag/counted.h"

namespace simwarden {
namespace {

std::string amount(int64_t blocks, int64_t rows) {
  return blocks > 0 ? how_many(uint64_t(blocks), "block")
                    : how_many(uint64_t(rows), "row");
}

}  // namespace

Status PurgeCheck::read_owners(Database& database) {
  constexpr auto kOwners =
      "SELECT purge_id, part_id, coalesce(block_shift, 0), "
      "coalesce(decision_shift, 0), coalesce(text_shift, 0) FROM purge "
      "LEFT JOIN part USING (part_id) WHERE part_id IS NOT NULL";
  return database.each_row(kOwners, [&](const Statement& at) {
    Owner& owner = owners_[at.integer(0)];
    owner.part = at.integer(1);
    owner.shift.block = at.integer(2);
    owner.shift.decision = at.integer(3);
    owner.shift.text = at.integer(4);
  });
}

int64_t PurgeCheck::part_of(int64_t purge) const {
  const auto owner = owners_.find(purge);
  return owner == owners_.end() ? 0 : owner->second.part;
}

const PartShift& PurgeCheck::shift_of(int64_t purge) const {
  static const PartShift none;
  const auto owner = owners_.find(purge);
  return owner == owners_.end() ? none : owner->second.shift;
}

void PurgeCheck::add(int64_t block_id, const PurgeMarks& marks,
                     int64_t verdicts, int64_t errors) {
  const auto count = [&](int64_t purge, RetentionClass what) {
    if (purge == 0) return;
    Taken& taken = taken_[purge];
    taken.list.field(block_id - shift_of(purge).block);
    if (what == RetentionClass::excerpts) {
      taken.list.field(marks.subject_proof);
    }
    taken.blocks += 1;
    taken.verdicts += verdicts;
    taken.errors += errors;
    taken.of.set(size_t(what));
  };
  count(marks.excerpts, RetentionClass::excerpts);
  count(marks.personal, RetentionClass::subjects);
  count(marks.verdicts, RetentionClass::verdicts);
}

void PurgeCheck::add_row(int64_t purge, RetentionClass what, int64_t row) {
  Taken& taken = taken_[purge];
  const PartShift& shift = shift_of(purge);
  taken.list.field(
      row - (what == RetentionClass::notes ? shift.decision : shift.text));
  taken.verdicts += 1;
  taken.of.set(size_t(what));
}

void PurgeCheck::add_outlived(int64_t purge, int64_t block_id) {
  Taken& taken = taken_[purge];
  taken.list.field(block_id - shift_of(purge).block);
  taken.blocks += 1;
  taken.outlived = true;
}

void PurgeCheck::finish(const std::function<void(AuditFinding)>& say) {
  for (const auto& [id, body] : links_) {
    Taken& taken = taken_[id];
    std::bitset<kRetentionClassCount> of;
    const auto what = retention_class_of(flat_value(body, "class"));
    if (what) of.set(size_t(*what));
    const bool same =
        flat_value(body, "list") == hex_of(taken.list.finish()) &&
        flat_number(body, "blocks") == taken.blocks &&
        flat_number(body, "verdicts") == taken.verdicts &&
        flat_number(body, "errors") == taken.errors && of == taken.of &&
        taken.outlived == (flat_value(body, "class") == kOutlivedEvents);
    if (same) continue;
    say({.what = fmt::format(
             "purge {} took {}, but {} others say that it was them", id,
             amount(flat_number(body, "blocks"), flat_number(body, "verdicts")),
             taken.blocks > 0 ? taken.blocks : taken.verdicts)});
  }
  for (const auto& [id, taken] : taken_) {
    if (links_.contains(id)) continue;
    say({.what = fmt::format("{} purged by purge {}, which is not in the "
                             "chain",
                             amount(taken.blocks, taken.verdicts), id)});
  }
}

}  // namespace simwarden
