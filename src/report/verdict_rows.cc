// SPDX-License-Identifier: Apache-2.0
#include "report/verdict_rows.h"

#include <utility>

namespace simwarden {

// Of the columns of kDecisions.
DecisionNote note_at(const Statement& row) {
  const auto text = [&row](int at) { return std::string(row.text(at)); };
  DecisionNote note;
  note.verdict_id = row.integer(0);
  note.decision_id = row.integer(1);
  note.decided_at = text(2);
  note.decided_by = text(3);
  note.outcome = text(4);
  note.state = text(5);
  note.owner = text(6);
  note.due = text(7);
  note.note = text(8);
  note.stored_at = text(9);
  return note;
}

Result<std::unique_ptr<VerdictRows>> VerdictRows::open(Database& database) {
  auto made = std::make_unique<VerdictRows>();
  const std::pair<std::unique_ptr<Statement>&, std::string> statements[] = {
      {made->verdict,
       "SELECT verdict_id, block_id, line, record_id, kind, action, score, "
       "profile, subject, event_time, verdict_json, byte FROM verdict_row "
       "ORDER BY verdict_id"},
      {made->kept, KeptBlock::select("WHERE b.block_id = ?")}};
  for (const auto& [into, sql] : statements) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    into = std::move(*statement);
  }
  const std::pair<std::unique_ptr<SideRows>&, std::string> beside[] = {
      {made->shadow,
       "SELECT verdict_id, rule FROM shadow_row ORDER BY verdict_id, rule"},
      {made->waived,
       "SELECT verdict_id, rule, waiver, asked_by, approved_by, why, until "
       "FROM waived_row ORDER BY verdict_id, rule"},
      {made->decided,
       std::string(kDecisions) + "ORDER BY verdict_id, decision_id"}};
  for (const auto& [into, sql] : beside) {
    auto rows = SideRows::open(database, sql);
    if (!rows) return rows.error();
    into = std::move(*rows);
  }
  if (Status moved = made->move_on(); !moved) return moved.error();
  return made;
}

Status VerdictRows::move_on() {
  const Result<bool> row = verdict->step();
  if (!row) return row.error();
  more = *row;
  return Done{};
}

Status VerdictRows::take_facts(int64_t block, KeptBlock& facts) const {
  kept->bind(1, block);
  const Result<bool> row = kept->step();
  if (!row) return row.error();
  if (*row) {
    facts.take(*kept);
  } else {
    facts = KeptBlock();
  }
  kept->reset();
  return Done{};
}

}  // namespace simwarden
