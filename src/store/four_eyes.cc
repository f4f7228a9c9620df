// SPDX-License-Identifier: Apache-2.0
#include "store/four_eyes.h"

#include <algorithm>

#include <fmt/format.h>

#include "record/person.h"

namespace simwarden {
namespace {

constexpr const char* kStoppedRequest =
    "SELECT action FROM verdict WHERE verdict_id = ? AND kind = 'request' "
    "AND action IN ('hold', 'refuse')";
constexpr const char* kStored =
    "SELECT decided_by, outcome FROM decision_row WHERE verdict_id = ? "
    "ORDER BY decision_id";

void hear(std::map<std::string, Stance, std::less<>>& words,
          std::string_view who, std::string_view outcome) {
  const Stance stance = stance_of(outcome);
  if (stance != Stance::silent) words.insert_or_assign(person_key(who), stance);
}

}  // namespace

Result<FourEyes> FourEyes::open(Database& database) {
  FourEyes eyes;
  auto stopped = database.prepare(kStoppedRequest);
  if (!stopped) return stopped.error();
  eyes.stopped_ = *std::move(stopped);
  auto stored = database.prepare(kStored);
  if (!stored) return stored.error();
  eyes.stored_ = *std::move(stored);
  return eyes;
}

Result<std::string> FourEyes::what_is_missing(const Decision& decision) {
  hear(told_[decision.verdict_id], decision.decided_by, decision.outcome);
  if (stance_of(decision.outcome) != Stance::lets_through) return std::string();
  stopped_->bind(1, decision.verdict_id);
  const Result<bool> stopped = stopped_->step();
  if (!stopped) return stopped.error();
  const std::string action(*stopped ? stopped_->text(0) : "");
  stopped_->reset();
  if (action.empty()) return action;
  const auto vouched = is_vouched_for_by_another(decision);
  if (!vouched) return vouched.error();
  if (*vouched) return std::string();
  return fmt::format(
      "verdict {}: is “{}”, and nobody but {} vouches for the request; four "
      "eyes: another person says “assigned” first",
      decision.verdict_id, action, decision.decided_by);
}

Result<bool> FourEyes::is_vouched_for_by_another(const Decision& decision) {
  Words words;
  stored_->bind(1, decision.verdict_id);
  const Status read = stored_->each_row([&words](const Statement& row) {
    hear(words, row.text(0), row.text(1));
  });
  if (!read) return read.error();
  for (const auto& [who, stance] : told_[decision.verdict_id]) {
    words.insert_or_assign(who, stance);
  }
  const std::string self = person_key(decision.decided_by);
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    return word.first != self && word.second >= Stance::proposes;
  });
}

}  // namespace simwarden
