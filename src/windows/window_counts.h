// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "windows/counter.h"
#include "windows/event_order.h"
#include "windows/kept_events.h"
#include "windows/window.h"

// Records in the order of input -> the figures of each, once nothing that
// comes in time can change them.
//
//   WindowCounts counts(windows, {.lateness = 15 * kMinute});
//   counts.take({.time = t, .entries = entries}, sink);  …
//   counts.settle(sink);   whoever can be answered by now is
//   counts.flush(sink);    everybody
//
// The figures depend on the records and their order alone, and where no record
// is late not even on that.
namespace simwarden {

struct WindowSettings {
  int64_t lateness = kLatenessDefault;
  size_t waiting_max = kWaitingMax;
  size_t events_max = kWindowEventsMax;
  // A time that was reached before a restart and lies beyond it is not where
  // this one goes on: nobody is late for it.
  int64_t reached_max = std::numeric_limits<int64_t>::max();
};

// One record. REQUIRES of entries: one a window, which outlive the answer; of
// the time: at most kEventTimeMax away from 1970.
struct WindowRecord {
  std::optional<int64_t> time;
  std::span<const WindowEntry> entries;
};

// Takes the answers, each record's once, in the order of events. `ticket`
// counts the records that were taken, from 0. The values are there for the
// time of the call.
class WindowSink {
 public:
  virtual ~WindowSink() = default;
  virtual void answered(uint64_t ticket, Timing timing,
                        std::span<const WindowValue> values) = 0;
};

// Who came how, of the records that some window looks at.
struct WindowFigures {
  uint64_t in_time = 0;
  uint64_t late = 0;
  uint64_t unanswered = 0;  // of them, those that lack a figure for it
  uint64_t untimed = 0;
  uint64_t unbelieved = 0;
  uint64_t dropped = 0;  // answers that memory could not hold
  // The farthest time that was reached before and is beyond reached_max.
  int64_t beyond = kNever;
};

// Whether some window counts the record that says this.
bool is_counted(std::span<const WindowEntry> entries);

// How far behind the frontier of event time some window looks.
int64_t reach_of(std::span<const Window> windows, const EventOrder& order);

// What this machine's clock shows, as the time of an event.
int64_t clock_now();

class WindowCounts {
 public:
  WindowCounts(std::vector<Window> windows, const WindowSettings& settings);

  std::span<const Window> windows() const { return counter_.windows(); }

  void take(const WindowRecord& record, WindowSink& sink);
  // Answers are worked out some at a time; this gives those that are due.
  void settle(WindowSink& sink);
  // Nothing more comes.
  void flush(WindowSink& sink);
  // At most `left` records go on waiting.
  void hurry(size_t left, WindowSink& sink);

  // No time up to `until` needs a witness, and none beyond it is believed
  // (EventOrder::trust).
  void trust(int64_t until) { order_.trust(until); }

  size_t waiting() const { return order_.waiting() + due_.size(); }
  const WindowFigures& figures() const { return figures_; }
  const WindowCounter& counter() const { return counter_; }
  const EventOrder& order() const { return order_; }

  // What write_events() wants of a block once its last record was taken.
  KeptEvents state() const;
  // Puts back what write_events() wrote, the newest block first, before the
  // first take(). Events of windows that are no more, or are others now, are
  // left out. An Error says what is wrong with the bytes; nothing was put back
  // then.
  Status restore(std::string_view bytes);
  // What comes does not follow upon what was put back. Before the first take().
  void forget_witnesses() { order_.forget_leapt(); }
  // Events up to `newest` are known to be missing: no window answers that
  // reaches back to them.
  void restore_gap(int64_t newest) { counter_.restore_dropped(newest); }

 private:
  // One whose turn it is, with what WindowCounter::Step wants.
  struct Turn {
    EventOrder::Due due;
    int64_t horizon = kNever;
    int64_t over = kNever;
  };
  void line_up(const EventOrder::Due& due);
  void answer(const Turn& turn, WindowSink& sink);
  void answer_nothing(const EventOrder::Event& event, Timing timing,
                      WindowSink& sink);
  void note(const EventOrder::Event& event, Timing timing);

  void go_on_from(const KeptEvents& kept);

  WindowCounter counter_;
  EventOrder order_;
  int64_t reached_max_;
  WindowFigures figures_;
  uint64_t next_ticket_ = 0;
  bool resumed_ = false;
  // Memory is slow and patient: while one record is counted, the keys of the
  // next ones are on their way.
  std::vector<Turn> due_;
  std::vector<WindowValue> values_;
};

}  // namespace simwarden
