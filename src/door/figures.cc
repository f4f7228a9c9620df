// SPDX-License-Identifier: Apache-2.0
#include "door/figures.h"

#include <algorithm>
#include <utility>

namespace simwarden {

void SittingTally::add(const Verdict& verdict, std::chrono::nanoseconds took) {
  if (count_ == rows_.size()) rows_.emplace_back();
  Lately& row = rows_[count_++];
  row.id.assign(verdict.id, 0, kLatelyIdBytesMax);
  row.action = verdict.action;
  row.score = verdict.score;
  row.took = took;
  row.rules.clear();
  for (const Finding& finding : verdict.findings) {
    if (!finding.acts()) continue;
    if (row.rules.size() < kLatelyRulesMax) row.rules.push_back(finding.rule);
    hits_.push_back(finding.rule);
  }
}

void SittingTally::clear() {
  count_ = 0;
  hits_.clear();
  self_tests_ = 0;
  repeats_ = 0;
}

FigureKeeper::FigureKeeper(std::string version) : newest_(kLatelyMax) {
  figures_.version = std::move(version);
  figures_.began = std::chrono::system_clock::now();
}

void FigureKeeper::count(const SittingTally& tally, std::string_view door) {
  const auto now = std::chrono::system_clock::now();
  const std::lock_guard lock(mutex_);
  for (const std::string& rule : tally.hits()) ++figures_.hits[rule];
  for (const Lately& row : tally.rows()) {
    ++figures_.actions[size_t(row.action)];
    figures_.spent += row.took;
    Lately& kept = newest_[figures_.judged++ % kLatelyMax];
    kept = row;
    kept.at = now;
    kept.door = door;
  }
}

void FigureKeeper::count_learned() {
  const std::lock_guard lock(mutex_);
  ++figures_.learned;
}

DoorFigures FigureKeeper::figures() const {
  const std::lock_guard lock(mutex_);
  DoorFigures figures = figures_;
  const uint64_t count = std::min<uint64_t>(figures.judged, kLatelyMax);
  for (uint64_t i = 1; i <= count; ++i) {
    figures.newest.push_back(newest_[(figures.judged - i) % kLatelyMax]);
  }
  return figures;
}

}  // namespace simwarden
