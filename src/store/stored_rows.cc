// SPDX-License-Identifier: Apache-2.0
#include "store/stored_rows.h"

namespace simwarden {

Result<std::unique_ptr<StoredVerdicts>> StoredVerdicts::open(Database& database,
                                                             int64_t first) {
  auto made = std::make_unique<StoredVerdicts>();
  struct Row {
    const char* sql;
    std::unique_ptr<Statement>* statement;
  };
  const Row rows[] = {
      {"SELECT verdict_id, block_id, line, byte, kind, action, score, profile, "
       "event_time, top_rule, record_id, subject, verdict_json "
       "FROM verdict_row WHERE verdict_id >= ? ORDER BY verdict_id",
       &made->verdicts_},
      {"SELECT verdict_id, rule, score FROM shadow_row WHERE verdict_id >= ? "
       "ORDER BY verdict_id, rule",
       &made->shadows_},
      {"SELECT verdict_id, rule, score, waiver, asked_by, approved_by, why, "
       "until FROM waived_row WHERE verdict_id >= ? ORDER BY verdict_id, rule",
       &made->waiveds_},
  };
  for (const Row& row : rows) {
    auto statement = database.prepare(row.sql);
    if (!statement) return statement.error();
    *row.statement = std::move(*statement);
    (*row.statement)->bind(1, first);
  }
  const Result<bool> shadow = made->shadows_->step();
  if (!shadow) return shadow.error();
  made->shadows_left_ = *shadow;
  const Result<bool> waived = made->waiveds_->step();
  if (!waived) return waived.error();
  made->waiveds_left_ = *waived;
  return made;
}

Result<bool> StoredVerdicts::next() {
  const Result<bool> row = verdicts_->step();
  if (!row) return row.error();
  shadow_.clear();
  waived_.clear();
  texts_.clear();
  // Past the last verdict everything that is left belongs to none.
  id_ = *row ? verdicts_->integer(0) : INT64_MAX;
  if (*row) {
    const Statement& at = *verdicts_;
    block_ = at.integer(1);
    fields_ = {at.integer(2), at.integer(3), at.integer(4), at.integer(5),
               at.number(6),  at.text(7),    at.text(8),    at.text(9),
               at.text(10),   at.text(11),   std::nullopt};
    if (!at.is_null(12)) fields_.json = at.text(12);
  }
  Status gathered = gather();
  if (!gathered) return gathered.error();
  return *row;
}

Status StoredVerdicts::gather() {
  Status shadow = gather_shadow();
  return shadow ? gather_waived() : shadow;
}

Status StoredVerdicts::gather_shadow() {
  while (shadows_left_ && shadows_->integer(0) <= id_) {
    if (shadows_->integer(0) < id_ || id_ == INT64_MAX) {
      ++strays_;
    } else {
      texts_.push_back(std::make_unique<std::string>(shadows_->text(1)));
      shadow_.push_back({*texts_.back(), shadows_->number(2)});
    }
    const Result<bool> more = shadows_->step();
    if (!more) return more.error();
    shadows_left_ = *more;
  }
  return Done{};
}

Status StoredVerdicts::gather_waived() {
  while (waiveds_left_ && waiveds_->integer(0) <= id_) {
    if (waiveds_->integer(0) < id_ || id_ == INT64_MAX) {
      ++strays_;
    } else {
      const Statement& at = *waiveds_;
      const auto keep = [&](int column) {
        texts_.push_back(std::make_unique<std::string>(at.text(column)));
        return std::string_view(*texts_.back());
      };
      waived_.push_back(
          {keep(1), at.number(2), keep(3), keep(4), keep(5), keep(6), keep(7)});
    }
    const Result<bool> more = waiveds_->step();
    if (!more) return more.error();
    waiveds_left_ = *more;
  }
  return Done{};
}

Result<std::unique_ptr<StoredErrors>> StoredErrors::open(Database& database,
                                                         int64_t first) {
  auto statement = database.prepare(
      "SELECT error_id, block_id, line, byte, code, message FROM error_row "
      "WHERE error_id >= ? ORDER BY error_id");
  if (!statement) return statement.error();
  auto made = std::make_unique<StoredErrors>();
  made->errors_ = std::move(*statement);
  made->errors_->bind(1, first);
  return made;
}

Result<bool> StoredErrors::next() {
  Result<bool> row = errors_->step();
  if (!row || !*row) return row;
  const Statement& at = *errors_;
  id_ = at.integer(0);
  block_ = at.integer(1);
  fields_ = {at.integer(2), at.integer(3), at.text(4), at.text(5)};
  return true;
}

Result<std::unique_ptr<InvalidCounts>> InvalidCounts::open(Database& database) {
  auto statement = database.prepare(
      "SELECT fact, records FROM invalid_count WHERE block_id = ? "
      "ORDER BY fact");
  if (!statement) return statement.error();
  auto made = std::make_unique<InvalidCounts>();
  made->counts_ = std::move(*statement);
  return made;
}

Result<Digest> InvalidCounts::digest(int64_t block) {
  counts_->bind(1, block);
  const Status done = counts_->each_row([&](const Statement& row) {
    hasher_.field(row.text(0));
    hasher_.field(row.integer(1));
  });
  if (!done) return done.error();
  return hasher_.finish();
}

}  // namespace simwarden
