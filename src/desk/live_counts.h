// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <vector>

#include "house/house.h"
#include "judge/window_questions.h"
#include "record/clock.h"
#include "store/counted_blocks.h"
#include "windows/window_counts.h"

// The windows of packs, counted as records come: each is answered at once, by
// those that came before it. In the order of events the figures are those of
// `screen`; a record that comes after a younger one is late, and is counted
// with what is there (docs/windows.md). This machine's clock is believed: what
// is more than kSkew ahead of it is counted in none, however many say so.
//
//   const auto hold = counts->hold();       so that both or neither are seen
//   counts->count(record, questions, figures);
//   ledger.enter(…, counts->event_of(figures));
//
// With a store what was counted is stored with the verdicts, and who counts
// begins with what the store has: LiveCounts after a restart are those before.
namespace simwarden {

inline constexpr int64_t kSkew = kClockSkewSeconds * kSecond;

// What a record said and was answered.
struct LiveFigures {
  std::optional<int64_t> time;
  std::vector<WindowEntry> entries;
  Timing timing = Timing::in_time;
  std::vector<WindowValue> values;
  // Where event time stood then, of what this record moved; kNever: nothing.
  int64_t reached = kNever;
  int64_t dropped = kNever;

  WindowAnswers answers() const { return {timing, values}; }
};

// What a record added to the windows, until it is stored. One that none counts
// moves event time all the same: who comes later is late.
struct LiveEvent {
  int64_t time = 0;
  std::vector<WindowEntry> entries;  // none: no window counts it
  int64_t reached = kNever;
  int64_t dropped = kNever;
};

class LiveCounts final : public std::enable_shared_from_this<LiveCounts>,
                         private WindowSink {
 public:
  // Null when no pack declares a window. `key`: of the hashes by which records
  // are told apart, the same as in the store.
  static std::shared_ptr<LiveCounts> make(const Ruleset& ruleset,
                                          const HashKey& key);

  // Whether the windows of this ruleset are the same, so that an exchange of
  // rules goes on counting.
  bool fits(const Ruleset& ruleset) const;
  const HashKey& key() const { return key_; }

  // While it is held nobody takes over from these.
  using Hold = std::shared_lock<std::shared_mutex>;
  Hold hold() const {
    const std::lock_guard queue(queue_);
    return Hold(taking_over_);
  }
  // While it is held nobody counts. Waits for who does, not for who comes
  // later.
  using Alone = std::unique_lock<std::shared_mutex>;
  Alone alone() const {
    const std::lock_guard queue(queue_);
    return Alone(taking_over_);
  }

  // Thread-safe; `questions` are the caller's own. A record that no window
  // looks at has no part in event time, and nothing is stored of it: mails do
  // not make requests late.
  void count(const Record& record, WindowQuestions& questions,
             LiveFigures& figures);
  // Nothing when no window looked at the record, or its time is not believed.
  std::optional<LiveEvent> event_of(const LiveFigures& figures) const;

  // What a store keeps of a block, in its order; nothing of nothing.
  // Thread-safe.
  std::optional<CountedBlock> block_of(const BlockIdentity& identity,
                                       std::span<const LiveEvent> events) const;

  // Forgets what is counted and begins with what is stored. Whoever lets
  // others count by it goes on holding `alone` until the store takes rows.
  Status restore(const Alone& alone, CountedBlocks& stored);
  // These, which have restored, take over: `store` runs while nobody holds
  // `before`, and brings all that was counted so far into the store; what came
  // in there since is counted here. So is what `before` counts later, for
  // requests that were in flight.
  Status take_over(LiveCounts& before, CountedBlocks& stored,
                   const std::function<Status()>& store);
  bool has_successor() const;
  // Who came how, since they began or were restored.
  WindowFigures figures() const;

 private:
  LiveCounts(std::vector<Window> windows, const HashKey& key);
  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override;
  Status catch_up(CountedBlocks& stored);
  void take(const std::optional<int64_t>& time,
            std::span<const WindowEntry> entries);
  void count_on(const LiveFigures& figures);

  // Whoever counts on from these, and which of its windows are ours.
  struct Successor {
    std::shared_ptr<LiveCounts> counts;
    std::vector<std::optional<size_t>> ours;  // one a window of `counts`
  };

  HashKey key_;
  std::vector<Window> windows_;
  // Where one waits for `taking_over_`, which by itself lets those who share it
  // go before who wants it alone: under a flood, for ever.
  mutable std::mutex queue_;
  mutable std::shared_mutex taking_over_;
  mutable std::mutex mutex_;
  WindowCounts counts_;
  int64_t restored_until_ = 0;     // a block
  LiveFigures* asking_ = nullptr;  // under the mutex
  Successor successor_;            // under the mutex
};

}  // namespace simwarden
