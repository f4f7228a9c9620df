// SPDX-License-Identifier: Apache-2.0
#include "windows/window_counts.h"

#include <algorithm>

#include "diag/check.h"

namespace simwarden {

WindowCounts::WindowCounts(std::vector<Window> windows,
                           const WindowSettings& settings)
    : counter_(std::move(windows), settings.events_max),
      order_(settings.lateness, settings.waiting_max),
      values_(counter_.windows().size()) {
  CHECK(settings.lateness >= 0 && settings.lateness <= kLatenessMax,
        "options with another lateness are refused");
}

void WindowCounts::take(const WindowRecord& record, WindowSink& sink) {
  CHECK(record.entries.size() == values_.size(), "one entry a window");
  const EventOrder::Event event{record.time.value_or(0), next_ticket_++,
                                record.entries.data()};
  if (!record.time) {
    answer_nothing(event, Standing::untimed, sink);
    return;
  }
  counter_.fetch(record.entries);
  order_.push(event, [&](const EventOrder::Due& due) { answer(due, sink); });
}

void WindowCounts::flush(WindowSink& sink) {
  order_.flush([&](const EventOrder::Due& due) { answer(due, sink); });
}

void WindowCounts::hurry(size_t left, WindowSink& sink) {
  order_.hurry(left, [&](const EventOrder::Due& due) { answer(due, sink); });
}

void WindowCounts::answer(const EventOrder::Due& due, WindowSink& sink) {
  if (due.standing == Standing::unbelieved) {
    answer_nothing(due.event, due.standing, sink);
    return;
  }
  // Later records in time are no older than the watermark, and those that
  // leapt at an end are believed for themselves only.
  const int64_t reached = std::min(due.event.time, order_.frontier());
  const int64_t over = reached == kNever ? kNever : reached - order_.lateness();
  counter_.step({due.event.time, due.horizon, over},
                {due.event.entries, values_.size()}, values_);
  for (const WindowValue& value : values_) {
    figures_.dropped += value.state == WindowValue::State::dropped;
  }
  note(due.standing);
  sink.answered(due.event.ticket, due.standing, values_);
}

void WindowCounts::answer_nothing(const EventOrder::Event& event,
                                  Standing standing, WindowSink& sink) {
  for (size_t w = 0; w < values_.size(); ++w) {
    values_[w] = {};
    if (event.entries[w].keyed) values_[w].state = WindowValue::State::no_time;
  }
  note(standing);
  sink.answered(event.ticket, standing, values_);
}

void WindowCounts::note(Standing standing) {
  switch (standing) {
    case Standing::in_time: ++figures_.in_time; break;
    case Standing::late: ++figures_.late; break;
    case Standing::untimed: ++figures_.untimed; break;
    case Standing::unbelieved: ++figures_.unbelieved; break;
  }
}

KeptEvents WindowCounts::state() const {
  return {order_.frontier(), order_.watermark(), counter_.dropped(), {}};
}

Status WindowCounts::restore(std::string_view bytes) {
  auto kept = read_events(bytes);
  if (!kept) return kept.error();
  for (const KeptWindow& window : kept->windows) {
    const auto windows = counter_.windows();
    for (size_t w = 0; w < windows.size(); ++w) {
      if (windows[w].identity != window.identity) continue;
      for (const KeptEvent& event : window.events) {
        counter_.restore(w, event.time, event.key, event.value);
      }
    }
  }
  if (kept->dropped != kNever) counter_.restore_dropped(kept->dropped);
  order_.resume(kept->frontier, kept->watermark);
  return Done{};
}

}  // namespace simwarden
