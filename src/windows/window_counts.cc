// SPDX-License-Identifier: Apache-2.0
#include "windows/window_counts.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "diag/check.h"

namespace simwarden {
namespace {

// Some microseconds of work: enough for memory to keep up.
constexpr size_t kTurnsTogether = 64;
constexpr size_t kAhead = 8;

}  // namespace

bool is_counted(std::span<const WindowEntry> entries) {
  return std::any_of(
      entries.begin(), entries.end(),
      [](const WindowEntry& entry) { return entry.keyed && entry.counts; });
}

int64_t reach_of(std::span<const Window> windows, const EventOrder& order) {
  int64_t longest = 0;
  for (const Window& window : windows) {
    longest = std::max(longest, window.span);
  }
  return longest + order.lateness();
}

int64_t clock_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

WindowCounts::WindowCounts(std::vector<Window> windows,
                           const WindowSettings& settings)
    : counter_(std::move(windows), settings.events_max),
      order_(settings.lateness, settings.waiting_max),
      reached_max_(settings.reached_max),
      values_(counter_.windows().size()) {
  CHECK(settings.lateness >= 0 && settings.lateness <= kLatenessMax,
        "options with another lateness are refused");
}

void WindowCounts::take(const WindowRecord& record, WindowSink& sink) {
  CHECK(record.entries.size() == values_.size(), "one entry a window");
  const EventOrder::Event event{record.time.value_or(0), next_ticket_++,
                                record.entries.data()};
  if (!record.time) {
    answer_nothing(event, Timing::untimed, sink);
    return;
  }
  order_.push(event, [&](const EventOrder::Due& due) { line_up(due); });
  if (due_.size() >= kTurnsTogether) settle(sink);
}

void WindowCounts::flush(WindowSink& sink) {
  order_.flush([&](const EventOrder::Due& due) { line_up(due); });
  settle(sink);
}

void WindowCounts::hurry(size_t left, WindowSink& sink) {
  order_.hurry(left, [&](const EventOrder::Due& due) { line_up(due); });
  settle(sink);
}

// Later records in time are no older than the watermark, and those that leapt
// at an end are believed for themselves only.
void WindowCounts::line_up(const EventOrder::Due& due) {
  if (due.event.entries == nullptr) return;
  const auto behind = [this](int64_t time) {
    return time == kNever ? kNever : time - order_.lateness();
  };
  const int64_t frontier = order_.frontier();
  due_.push_back(
      {.due = due,
       .horizon = due.timing == Timing::late ? behind(frontier) : kNever,
       .over = behind(std::min(due.event.time, frontier))});
  counter_.fetch({due.event.entries, values_.size()});
}

// The places of the keys are on their way since they were lined up; what lies
// behind them is sent for when they are there.
void WindowCounts::settle(WindowSink& sink) {
  for (size_t i = 0; i < due_.size(); ++i) {
    if (i + kAhead < due_.size()) {
      counter_.fetch_events(
          {due_[i + kAhead].due.event.entries, values_.size()});
    }
    answer(due_[i], sink);
  }
  due_.clear();
}

void WindowCounts::answer(const Turn& turn, WindowSink& sink) {
  const EventOrder::Due& due = turn.due;
  if (due.timing == Timing::unbelieved) {
    answer_nothing(due.event, due.timing, sink);
    return;
  }
  counter_.step({due.event.time, turn.horizon, turn.over},
                {due.event.entries, values_.size()}, values_);
  const auto dropped = uint64_t(std::count_if(
      values_.begin(), values_.end(), [](const WindowValue& value) {
        return value.state == WindowValue::State::dropped;
      }));
  if (due.timing != Timing::late) {
    figures_.dropped += dropped;
  } else if (dropped > 0) {
    ++figures_.unanswered;
  }
  note(due.event, due.timing);
  sink.answered(due.event.ticket, due.timing, values_);
}

void WindowCounts::answer_nothing(const EventOrder::Event& event, Timing timing,
                                  WindowSink& sink) {
  for (size_t w = 0; w < values_.size(); ++w) {
    values_[w] = {};
    if (event.entries[w].keyed) values_[w].state = WindowValue::State::no_time;
    values_[w].failed = event.entries[w].failed;
  }
  note(event, timing);
  sink.answered(event.ticket, timing, values_);
}

void WindowCounts::note(const EventOrder::Event& event, Timing timing) {
  const auto entries = std::span(event.entries, values_.size());
  if (std::none_of(entries.begin(), entries.end(),
                   [](const WindowEntry& entry) { return entry.keyed; })) {
    return;
  }
  switch (timing) {
    case Timing::in_time: ++figures_.in_time; break;
    case Timing::late: ++figures_.late; break;
    case Timing::untimed: ++figures_.untimed; break;
    case Timing::unbelieved: ++figures_.unbelieved; break;
  }
}

KeptEvents WindowCounts::state() const {
  return {order_.frontier(),
          order_.watermark(),
          counter_.dropped(),
          order_.leapt(),
          {}};
}

Status WindowCounts::restore(std::string_view bytes) {
  auto kept = read_events(bytes);
  if (!kept) return kept.error();
  const auto windows = counter_.windows();
  // Two packs can count the same: each has its own.
  std::vector<bool> taken(windows.size(), false);
  for (const KeptWindow& window : kept->windows) {
    size_t w = 0;
    while (w < windows.size() &&
           (taken[w] || windows[w].identity != window.identity)) {
      ++w;
    }
    if (w == windows.size()) continue;
    taken[w] = true;
    for (const KeptEvent& event : window.events) {
      counter_.restore(w, event.time, event.key, event.value);
    }
  }
  if (kept->dropped != kNever) counter_.restore_dropped(kept->dropped);
  go_on_from(*kept);
  return Done{};
}

void WindowCounts::go_on_from(const KeptEvents& kept) {
  const bool newest = !std::exchange(resumed_, true);
  if (kept.frontier > reached_max_) {
    figures_.beyond = std::max(figures_.beyond, kept.frontier);
    return;
  }
  order_.resume(kept.frontier, kept.watermark);
  if (newest) order_.resume_leapt(kept.leapt);
}

}  // namespace simwarden
