// SPDX-License-Identifier: Apache-2.0
#include "desk/live_counts.h"

#include <algorithm>

#include "diag/check.h"
#include "windows/kept_figures.h"

namespace simwarden {
namespace {

bool is_same(const Window& a, const Window& b) {
  return a.identity == b.identity && a.kind == b.kind && a.span == b.span &&
         a.with_this == b.with_this;
}

// Whether some window goes by what the record says.
bool is_looked_at(std::span<const WindowEntry> entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const WindowEntry& entry) { return entry.keyed; });
}

}  // namespace

std::shared_ptr<LiveCounts> LiveCounts::make(const Ruleset& ruleset,
                                             const HashKey& key) {
  if (ruleset.window_names.empty()) return nullptr;
  return std::shared_ptr<LiveCounts>(
      new LiveCounts(counted_windows(ruleset), key));
}

LiveCounts::LiveCounts(std::vector<Window> windows, const HashKey& key)
    : key_(key), windows_(windows), counts_(std::move(windows), {}) {}

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
  if (!is_looked_at(figures.entries)) {
    figures.timing = Timing::in_time;
    figures.values.assign(windows_.size(), {});
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    asking_ = &figures;
    take(figures.time, figures.entries);
    asking_ = nullptr;
    const int64_t frontier = counts_.order().frontier();
    const bool moved = figures.time && *figures.time <= frontier;
    figures.reached = moved ? *figures.time : kNever;
    figures.dropped = counts_.counter().dropped();
    if (!successor_.counts) return;
  }
  count_on(figures);
}

// REQUIRES: the mutex is held.
void LiveCounts::take(const std::optional<int64_t>& time,
                      std::span<const WindowEntry> entries) {
  counts_.trust(clock_now() + kSkew);
  counts_.take({time, entries}, *this);
  counts_.hurry(0, *this);
}

void LiveCounts::answered(uint64_t, Timing timing,
                          std::span<const WindowValue> values) {
  if (asking_ == nullptr) return;
  asking_->timing = timing;
  asking_->values.assign(values.begin(), values.end());
}

// A record of the old rules' is one of the new ones' too.
void LiveCounts::count_on(const LiveFigures& figures) {
  std::vector<WindowEntry> entries = figures.entries;
  Successor next;
  const auto find_next = [&next](const LiveCounts& counts) {
    const std::lock_guard lock(counts.mutex_);
    next = counts.successor_;
  };
  for (find_next(*this); next.counts; find_next(*next.counts)) {
    std::vector<WindowEntry> ours;
    for (const auto& from : next.ours) {
      ours.push_back(from ? entries[*from] : WindowEntry{});
    }
    entries = std::move(ours);
    const std::lock_guard lock(next.counts->mutex_);
    next.counts->take(figures.time, entries);
  }
}

std::optional<LiveEvent> LiveCounts::event_of(
    const LiveFigures& figures) const {
  const bool believed = figures.time && figures.timing != Timing::unbelieved;
  if (!believed || !is_looked_at(figures.entries)) return std::nullopt;
  LiveEvent event{*figures.time, {}, figures.reached, figures.dropped};
  if (is_counted(figures.entries)) event.entries = figures.entries;
  return event;
}

// No figures: nobody reads the bytes of these records again.
std::optional<CountedBlock> LiveCounts::block_of(
    const BlockIdentity& identity, std::span<const LiveEvent> events) const {
  if (events.empty()) return std::nullopt;
  CountedBlock made{.identity = identity};
  KeptEvents state;
  std::vector<CountedRecord> records;
  for (const LiveEvent& event : events) {
    if (!event.entries.empty()) {
      records.push_back({event.time, event.entries});
      made.newest = std::max(made.newest.value_or(kNever), event.time);
    }
    state.frontier = std::max(state.frontier, event.reached);
    state.dropped = std::max(state.dropped, event.dropped);
  }
  state.watermark = state.frontier;  // each was answered when it came
  if (state.frontier != kNever) made.frontier = state.frontier;
  if (made.newest)
    made.needed_until = *made.newest + reach_of(windows_, counts_.order());
  made.events = write_events(windows_, records, state);
  made.figures = write_figures(windows_, {});
  return made;
}

Status LiveCounts::restore(const Alone& alone, CountedBlocks& stored) {
  CHECK(alone.owns_lock() && alone.mutex() == &taking_over_, "of others");
  const std::lock_guard lock(mutex_);
  counts_ = WindowCounts(windows_, {});
  restored_until_ = 0;
  return catch_up(stored);
}

// REQUIRES: the mutex is held.
Status LiveCounts::catch_up(CountedBlocks& stored) {
  const int64_t after = restored_until_;
  const auto put_back = [this](const KeptCount& kept) -> Status {
    restored_until_ = std::max(restored_until_, kept.block_id);
    if (kept.events) return counts_.restore(*kept.events);
    if (kept.newest) counts_.restore_gap(*kept.newest);
    return Done{};
  };
  const int64_t begun = clock_now();
  Status done = stored.restore(reach_of(windows_, counts_.order()), put_back,
                               {.after = after, .reached_max = begun + kSkew});
  // `screen` has no clock and may have gone ahead of this one.
  if (counts_.order().frontier() > begun + kSkew) counts_.trust(begun);
  return done;
}

Status LiveCounts::take_over(LiveCounts& before, CountedBlocks& stored,
                             const std::function<Status()>& store) {
  const Alone nobody = before.alone();
  if (Status done = store(); !done) return done;
  {
    const std::lock_guard lock(mutex_);
    if (Status done = catch_up(stored); !done) return done;
  }
  std::vector<bool> taken(before.windows_.size(), false);
  Successor self{.counts = shared_from_this(), .ours = {}};
  for (const Window& window : windows_) {
    size_t w = 0;
    while (w < taken.size() &&
           (taken[w] || before.windows_[w].identity != window.identity)) {
      ++w;
    }
    const bool found = w < taken.size();
    if (found) taken[w] = true;
    self.ours.push_back(found ? std::optional(w) : std::nullopt);
  }
  const std::lock_guard lock(before.mutex_);
  before.successor_ = std::move(self);
  return Done{};
}

WindowFigures LiveCounts::figures() const {
  const std::lock_guard lock(mutex_);
  return counts_.figures();
}

bool LiveCounts::has_successor() const {
  const std::lock_guard lock(mutex_);
  return successor_.counts != nullptr;
}

}  // namespace simwarden
