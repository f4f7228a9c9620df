// SPDX-License-Identifier: Apache-2.0
#include "store/four_eyes.h"

#include <algorithm>

#include <fmt/format.h>

#include "record/person.h"
#include "store/same_record.h"

namespace simwarden {
namespace {

constexpr const char* kStoppedRequest =
    "SELECT action FROM verdict WHERE verdict_id IN (?, ?) "
    "AND kind = 'request' AND action IN ('hold', 'refuse') "
    "ORDER BY action DESC LIMIT 1";
constexpr const char* kAtDoor =
    "SELECT command = 'serve' FROM verdict_row JOIN block USING (block_id) "
    "JOIN source USING (source_id) JOIN run USING (run_id) "
    "WHERE verdict_id = ?";
constexpr const char* kStored =
    "SELECT decision_id, decided_by, outcome FROM decision_row "
    "WHERE verdict_id = ?";

void hear(std::map<std::string, Stance, std::less<>>& words,
          std::string_view who, std::string_view outcome) {
  const Stance stance = stance_of(outcome);
  if (stance != Stance::silent) words.insert_or_assign(person_key(who), stance);
}

}  // namespace

Result<std::unique_ptr<DecidedRecords>> DecidedRecords::open(
    Database& database) {
  std::unique_ptr<DecidedRecords> records(new DecidedRecords(database));
  auto stopped = database.prepare(kStoppedRequest);
  if (!stopped) return stopped.error();
  records->stopped_ = *std::move(stopped);
  auto at_door = database.prepare(kAtDoor);
  if (!at_door) return at_door.error();
  records->at_door_ = *std::move(at_door);
  return records;
}

Result<DecidedRecord> DecidedRecords::find(int64_t verdict) {
  DecidedRecord record;
  const auto again = may_be_judged_again(verdict);
  if (!again) return again.error();
  if (*again) {
    if (Status found = find_others(verdict, record); !found) {
      return found.error();
    }
  }
  if (record.verdicts.empty()) record.verdicts.push_back(verdict);
  stopped_->bind(1, verdict);
  stopped_->bind(2, record.verdicts.back());
  const Result<bool> row = stopped_->step();
  if (!row) return row.error();
  if (*row) record.stopped = stopped_->text(0);
  stopped_->reset();
  return record;
}

// Where many blocks came in at doors, to place them all takes long.
Result<bool> DecidedRecords::may_be_judged_again(int64_t verdict) {
  at_door_->bind(1, verdict);
  const Result<bool> row = at_door_->step();
  if (!row) return row.error();
  const bool again = *row && at_door_->integer(0) == 0;
  at_door_->reset();
  return again;
}

Status DecidedRecords::find_others(int64_t verdict, DecidedRecord& record) {
  if (!same_) {
    if (Status placed = place_blocks(database_); !placed) return placed;
    auto same = database_.prepare(fmt::format(
        "SELECT w.verdict_id FROM verdict_row v JOIN {} AND v.verdict_id = ? "
        "ORDER BY o.rank, o.block_id",
        same_verdicts_sql("v")));
    if (!same) return same.error();
    same_ = *std::move(same);
  }
  same_->bind(1, verdict);
  return same_->each_row([&record](const Statement& row) {
    record.verdicts.push_back(row.integer(0));
  });
}

Result<FourEyes> FourEyes::open(Database& database) {
  FourEyes eyes;
  auto records = DecidedRecords::open(database);
  if (!records) return records.error();
  eyes.records_ = *std::move(records);
  auto stored = database.prepare(kStored);
  if (!stored) return stored.error();
  eyes.stored_ = *std::move(stored);
  return eyes;
}

Result<std::string> FourEyes::what_is_missing(const Decision& decision) {
  const Stance stance = stance_of(decision.outcome);
  if (stance == Stance::silent) return std::string();
  const auto record = records_->find(decision.verdict_id);
  if (!record) return record.error();
  hear(told_[record->verdicts.back()], decision.decided_by, decision.outcome);
  if (stance != Stance::lets_through || record->stopped.empty()) {
    return std::string();
  }
  const auto vouched = is_vouched_for_by_another(*record, decision);
  if (!vouched) return vouched.error();
  if (*vouched) return std::string();
  return fmt::format(
      "verdict {}: is “{}”, and nobody but {} vouches for the request; four "
      "eyes: another person says “assigned” first",
      decision.verdict_id, record->stopped, decision.decided_by);
}

// Of all verdicts on the record, in the order in which they were stored.
Result<bool> FourEyes::is_vouched_for_by_another(const DecidedRecord& record,
                                                 const Decision& decision) {
  std::map<int64_t, std::pair<std::string, std::string>> said;
  for (const int64_t verdict : record.verdicts) {
    stored_->bind(1, verdict);
    const Status read = stored_->each_row([&said](const Statement& row) {
      said[row.integer(0)] = {std::string(row.text(1)),
                              std::string(row.text(2))};
    });
    if (!read) return read.error();
  }
  Words words;
  for (const auto& [id, word] : said) hear(words, word.first, word.second);
  for (const auto& [who, stance] : told_[record.verdicts.back()]) {
    words.insert_or_assign(who, stance);
  }
  const std::string self = person_key(decision.decided_by);
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    return word.first != self && word.second >= Stance::proposes;
  });
}

}  // namespace simwarden
