// SPDX-License-Identifier: Apache-2.0
#include "door/figures.h"

#include <utility>

namespace simwarden {

FigureKeeper::FigureKeeper(std::string version) {
  figures_.version = std::move(version);
  figures_.began = std::chrono::system_clock::now();
}

void FigureKeeper::count(const Verdict& verdict, std::string_view door,
                         std::chrono::microseconds took) {
  Lately row{.at = std::chrono::system_clock::now(),
             .door = std::string(door),
             .id = verdict.id.substr(0, kLatelyIdBytesMax),
             .action = verdict.action,
             .score = verdict.score,
             .took = took};
  for (const Finding& finding : verdict.findings) {
    if (row.rules.size() == kLatelyRulesMax) break;
    if (finding.acts()) row.rules.push_back(finding.rule);
  }
  const std::lock_guard lock(mutex_);
  ++figures_.judged;
  ++figures_.actions[size_t(verdict.action)];
  figures_.spent += took;
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) ++figures_.hits[finding.rule];
  }
  figures_.newest.push_front(std::move(row));
  if (figures_.newest.size() > kLatelyMax) figures_.newest.pop_back();
}

DoorFigures FigureKeeper::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace simwarden
