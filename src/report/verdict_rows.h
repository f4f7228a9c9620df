// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "diag/result.h"
#include "report/people.h"
#include "store/database.h"
#include "store/kept_block.h"

namespace simwarden {

// Rows that run beside the verdicts, in their order.
class SideRows {
 public:
  static Result<std::unique_ptr<SideRows>> open(Database& database,
                                                const std::string& sql) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    auto made = std::unique_ptr<SideRows>(new SideRows(std::move(*statement)));
    Status moved = made->move_on();
    if (!moved) return moved.error();
    return made;
  }

  // Hands the rows of the verdict to `take`; skips those of verdicts before.
  template <typename Take>
  Status rows_of(int64_t verdict_id, bool wanted, Take take) {
    while (more_ && row_->integer(0) <= verdict_id) {
      if (wanted && row_->integer(0) == verdict_id) take(*row_);
      Status moved = move_on();
      if (!moved) return moved;
    }
    return Done{};
  }

 private:
  explicit SideRows(std::unique_ptr<Statement> row) : row_(std::move(row)) {}

  Status move_on() {
    const Result<bool> more = row_->step();
    if (!more) return more.error();
    more_ = *more;
    return Done{};
  }

  std::unique_ptr<Statement> row_;
  bool more_ = false;
};

// Rows of decisions; and one of them as a value.
inline constexpr const char* kDecisions =
    "SELECT verdict_id, decision_id, decided_at, decided_by, outcome, state, "
    "owner, due, note, stored_at FROM decision_row ";

DecisionNote note_at(const Statement& row);

// The verdicts of a store in the order of storing, with what runs beside them.
struct VerdictRows {
  // verdict_id, block_id, line, record_id, kind, action, score, profile,
  // subject, event_time, verdict_json, byte
  std::unique_ptr<Statement> verdict;
  std::unique_ptr<Statement> kept;
  std::unique_ptr<SideRows> shadow;
  std::unique_ptr<SideRows> waived;
  std::unique_ptr<SideRows> decided;
  bool more = false;  // `verdict` stands at a row

  static Result<std::unique_ptr<VerdictRows>> open(Database& database);
  Status move_on();
  // The kept facts of a block; none when it has none.
  Status take_facts(int64_t block, KeptBlock& facts) const;
};

}  // namespace simwarden
