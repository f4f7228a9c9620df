// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "windows/track_table.h"
#include "windows/window.h"

namespace simwarden {

// Events kept at most, over all windows and keys: 8 to 32 bytes each where keys
// have many, up to 128 where each has a key of its own (2 GiB).
inline constexpr size_t kWindowEventsMax = size_t{16} << 20;

// The events of all windows, and the figures over them. One thread.
//
// When there are more than `events_max`, the oldest are dropped, of all
// windows alike; from then on a window that reaches back behind the newest of
// those answers `dropped` and no wrong figure.
class WindowCounter {
 public:
  explicit WindowCounter(std::vector<Window> windows,
                         size_t events_max = kWindowEventsMax);

  std::span<const Window> windows() const { return windows_; }

  // One entry a window: brings near what step() will look at, first the
  // places of the keys, then, when those are there, what lies behind them.
  void fetch(std::span<const WindowEntry> entries) const;
  void fetch_events(std::span<const WindowEntry> entries) const;

  struct Step {
    int64_t time = 0;
    // Of who comes late: earlier steps may have forgotten events at or before
    // `horizon` - span; a window that reaches back to those is `dropped`.
    int64_t horizon = kNever;
    // Later steps do not look at events at or before `over` - span: they are
    // forgotten, and one that does (a clock went back) answers `dropped`.
    int64_t over = kNever;
  };
  // Answers for the record, then counts it. Both spans have one element a
  // window.
  void step(const Step& step, std::span<const WindowEntry> entries,
            std::span<WindowValue> values);

  // Puts an event back that was counted before. `window`: its index.
  void restore(size_t window, int64_t time, uint64_t key, uint64_t value);
  // Likewise what was dropped before.
  void restore_dropped(int64_t newest);

  // The newest event that was dropped for want of memory; kNever: none was.
  int64_t dropped() const { return dropped_; }
  size_t events() const { return events_; }
  size_t keys() const;

 private:
  // Where a window's tracks lie: those with values and those without have
  // tables of their own.
  struct Home {
    bool valued;
    size_t table;
  };
  template <typename Do>
  void for_keyed(std::span<const WindowEntry> entries, Do&& act) const;
  void answer(size_t w, const Step& step, const WindowEntry& entry,
              WindowValue& value);
  template <typename Event>
  void answer_from(size_t w, const Step& step, const WindowEntry& entry,
                   TrackTable<Event>& table, WindowValue& value);
  // Events up to `forgotten` may not be there.
  template <typename Event>
  void figure(const Window& window, int64_t forgotten, int64_t time,
              Track<Event>* track, WindowValue& value) const;
  template <typename Event>
  Track<Event>& track_for(size_t w, TrackTable<Event>& table, uint64_t key);
  template <typename Event>
  void clean(size_t w, TrackTable<Event>& table);
  void clean_all();
  void make_room();
  int64_t quarter_of_events() const;
  template <typename Visit>
  void for_each_event(Visit visit) const;

  std::vector<Window> windows_;
  std::vector<Home> homes_;
  std::vector<TrackTable<TimeEvent>> times_;
  std::vector<TrackTable<ValueEvent>> values_;
  size_t events_max_;
  size_t events_ = 0;
  int64_t over_ = kNever;
  int64_t dropped_ = kNever;
};

}  // namespace simwarden
