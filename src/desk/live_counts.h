// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "house/house.h"
#include "judge/window_questions.h"
#include "windows/window_counts.h"

// The windows of packs, counted as records come: each is answered at once, by
// those that came before it. In the order of events the figures are those of
// `screen`; a record that comes after a younger one is late, and is counted
// with what is there (docs/windows.md).
namespace simwarden {

// What a record said and was answered.
struct LiveFigures {
  std::optional<int64_t> time;
  std::vector<WindowEntry> entries;
  Timing timing = Timing::in_time;
  std::vector<WindowValue> values;

  WindowAnswers answers() const { return {timing, values}; }
};

class LiveCounts final : private WindowSink {
 public:
  // Null when no pack declares a window.
  static std::shared_ptr<LiveCounts> make(const Ruleset& ruleset);

  // Whether the windows of this ruleset are the same, so that an exchange of
  // rules goes on counting.
  bool fits(const Ruleset& ruleset) const;
  const HashKey& key() const { return key_; }

  // Thread-safe; `questions` are the caller's own.
  void count(const Record& record, WindowQuestions& questions,
             LiveFigures& figures);

 private:
  explicit LiveCounts(std::vector<Window> windows);
  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override;

  HashKey key_ = random_hash_key();
  std::vector<Window> windows_;
  std::mutex mutex_;
  WindowCounts counts_;
  LiveFigures* asking_ = nullptr;  // under the mutex
};

}  // namespace simwarden
