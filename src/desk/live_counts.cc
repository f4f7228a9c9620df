// SPDX-License-Identifier: Apache-2.0
#include "desk/live_counts.h"

#include <algorithm>
#include <chrono>

namespace simwarden {
namespace {

// Clocks of two machines differ so much, not more.
constexpr int64_t kSkew = 5 * kMinute;

int64_t now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch())
      .count();
}

bool is_same(const Window& a, const Window& b) {
  return a.identity == b.identity && a.kind == b.kind && a.span == b.span &&
         a.with_this == b.with_this;
}

}  // namespace

std::shared_ptr<LiveCounts> LiveCounts::make(const Ruleset& ruleset) {
  if (ruleset.window_names.empty()) return nullptr;
  return std::shared_ptr<LiveCounts>(new LiveCounts(counted_windows(ruleset)));
}

LiveCounts::LiveCounts(std::vector<Window> windows)
    : windows_(windows), counts_(std::move(windows), {}) {}

bool LiveCounts::fits(const Ruleset& ruleset) const {
  const std::vector<Window> others = counted_windows(ruleset);
  return std::equal(windows_.begin(), windows_.end(), others.begin(),
                    others.end(), is_same);
}

void LiveCounts::count(const Record& record, WindowQuestions& questions,
                       LiveFigures& figures) {
  figures.time = window_time(record);
  figures.entries.resize(questions.size());
  questions.read(record, figures.entries);
  const std::lock_guard lock(mutex_);
  asking_ = &figures;
  counts_.trust(now() + kSkew);
  counts_.take({figures.time, figures.entries}, *this);
  counts_.hurry(0, *this);
}

void LiveCounts::answered(uint64_t, Timing timing,
                          std::span<const WindowValue> values) {
  asking_->timing = timing;
  asking_->values.assign(values.begin(), values.end());
}

}  // namespace simwarden
