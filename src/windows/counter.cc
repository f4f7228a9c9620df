// SPDX-License-Identifier: Apache-2.0
#include "windows/counter.h"

#include <algorithm>
#include <array>

#include "diag/check.h"

// A question is two searches in a short sorted track. Tracks forget when they
// are touched, tables when they are full, and everything when there are too
// many events: so the work stays with the events, not with the keys.
namespace simwarden {
namespace {

template <typename Event>
Event event_of(int64_t time, uint64_t value);
template <>
TimeEvent event_of(int64_t time, uint64_t) {
  return {time};
}
template <>
ValueEvent event_of(int64_t time, uint64_t value) {
  return {time, value};
}

// Subtraction that stops at the ends: times come out of hostile records.
int64_t before(int64_t time, int64_t span) {
  return time < kNever + span ? kNever : time - span;
}

bool is_valued(WindowKind kind) {
  return kind == WindowKind::distinct || kind == WindowKind::share;
}

}  // namespace

WindowCounter::WindowCounter(std::vector<Window> windows, size_t events_max)
    : windows_(std::move(windows)), events_max_(events_max) {
  for (const Window& window : windows_) {
    CHECK(window.span > 0 && window.span <= kWindowSpanMax,
          "a declaration with another span is refused");
    const bool valued = is_valued(window.kind);
    homes_.push_back({valued, valued ? values_.size() : times_.size()});
    if (valued) {
      values_.emplace_back();
    } else {
      times_.emplace_back();
    }
  }
}

size_t WindowCounter::keys() const {
  size_t keys = 0;
  for (const auto& table : times_) keys += table.size();
  for (const auto& table : values_) keys += table.size();
  return keys;
}

template <typename Do>
void WindowCounter::for_keyed(std::span<const WindowEntry> entries,
                              Do&& act) const {
  for (size_t w = 0; w < entries.size(); ++w) {
    if (!entries[w].keyed) continue;
    if (homes_[w].valued) {
      act(values_[homes_[w].table], entries[w].key);
    } else {
      act(times_[homes_[w].table], entries[w].key);
    }
  }
}

void WindowCounter::fetch(std::span<const WindowEntry> entries) const {
  for_keyed(entries, [](const auto& table, uint64_t key) { table.fetch(key); });
}

void WindowCounter::fetch_events(std::span<const WindowEntry> entries) const {
  for_keyed(entries,
            [](const auto& table, uint64_t key) { table.fetch_events(key); });
}

void WindowCounter::step(const Step& step, std::span<const WindowEntry> entries,
                         std::span<WindowValue> values) {
  over_ = std::max(over_, step.over);
  for (size_t w = 0; w < entries.size(); ++w) {
    values[w] = {};
    if (entries[w].keyed) answer(w, step, entries[w], values[w]);
    values[w].failed = entries[w].failed;
  }
  if (events_ > events_max_) make_room();
}

void WindowCounter::answer(size_t w, const Step& step, const WindowEntry& entry,
                           WindowValue& value) {
  if (homes_[w].valued) {
    answer_from(w, step, entry, values_[homes_[w].table], value);
  } else {
    answer_from(w, step, entry, times_[homes_[w].table], value);
  }
}

template <typename Event>
void WindowCounter::answer_from(size_t w, const Step& step,
                                const WindowEntry& entry,
                                TrackTable<Event>& table, WindowValue& value) {
  const Window& window = windows_[w];
  // What was forgotten as too old is asked for again by who comes late, and
  // when the clock that is trusted goes back.
  const int64_t forgotten = before(std::max(step.horizon, over_), window.span);
  if (forgotten >= step.time) {
    value.state = WindowValue::State::dropped;
    return;  // nobody will look so far back for it
  }
  Track<Event>* track =
      entry.counts ? &track_for(w, table, entry.key) : table.find(entry.key);
  if (track != nullptr) {
    events_ -= track->forget(before(over_, window.span));
  }
  const bool first = window.with_this && window.kind != WindowKind::since;
  const auto count_it = [&] {
    track->insert(event_of<Event>(step.time, entry.value));
    ++events_;
  };
  if (entry.counts && first) count_it();
  figure(window, forgotten, step.time, track, value);
  if (entry.counts && !first) count_it();
}

template <typename Event>
void WindowCounter::figure(const Window& window, int64_t forgotten,
                           int64_t time, Track<Event>* track,
                           WindowValue& value) const {
  const int64_t from = before(time, window.span);
  const bool is_whole = from >= std::max(forgotten, dropped_);
  const uint32_t end = track == nullptr ? 0 : track->before(time);
  const uint32_t begin =
      track == nullptr
          ? 0
          : std::min(track->before(std::max(from, forgotten)), end);
  value.state = WindowValue::State::dropped;
  if (window.kind == WindowKind::since) {
    // The last one is known even where those before it are not.
    const int64_t last = begin == end ? from : (*track)[end - 1].time;
    if (!is_whole && (begin == end || last < dropped_)) return;
    value = {.state = WindowValue::State::known, .number = time - last};
    return;
  }
  if (!is_whole) return;
  value.state = WindowValue::State::known;
  if (window.kind == WindowKind::count) {
    value.number = end - begin;
    return;
  }
  if constexpr (sizeof(Event) == sizeof(ValueEvent)) {
    if (begin == end) return;
    const auto [different, sum] = track->tally(begin, end);
    value.number = different;
    value.share = static_cast<double>(sum) / static_cast<double>(end - begin);
  }
}

template <typename Event>
Track<Event>& WindowCounter::track_for(size_t w, TrackTable<Event>& table,
                                       uint64_t key) {
  if (table.is_full()) clean(w, table);
  return table.at(key);
}

template <typename Event>
void WindowCounter::clean(size_t w, TrackTable<Event>& table) {
  const int64_t bound = std::max(before(over_, windows_[w].span), dropped_);
  table.rebuild([&](Track<Event>& track) { events_ -= track.forget(bound); });
}

void WindowCounter::clean_all() {
  for (size_t w = 0; w < windows_.size(); ++w) {
    if (homes_[w].valued) {
      clean(w, values_[homes_[w].table]);
    } else {
      clean(w, times_[homes_[w].table]);
    }
  }
}

// First what nobody asks for any more; when that is not a quarter, the oldest
// quarter of what is asked for. So it is done seldom.
void WindowCounter::make_room() {
  clean_all();
  if (events_ <= events_max_ / 4 * 3) return;
  dropped_ = std::max(dropped_, quarter_of_events());
  clean_all();
}

template <typename Visit>
void WindowCounter::for_each_event(Visit visit) const {
  const auto look_at = [&](const auto& track) {
    for (uint32_t i = 0; i < track.size(); ++i) visit(track[i].time);
  };
  for (const auto& table : times_) table.for_each(look_at);
  for (const auto& table : values_) table.for_each(look_at);
}

// The time up to which at least a quarter of the events lie, to a part in
// 4096 of the time that they cover.
int64_t WindowCounter::quarter_of_events() const {
  constexpr size_t kBuckets = 4096;
  int64_t oldest = std::numeric_limits<int64_t>::max();
  int64_t newest = kNever;
  for_each_event([&](int64_t time) {
    oldest = std::min(oldest, time);
    newest = std::max(newest, time);
  });
  const uint64_t range = uint64_t(newest) - uint64_t(oldest);
  const uint64_t width = range / kBuckets + 1;
  std::array<size_t, kBuckets> buckets{};
  for_each_event([&](int64_t time) {
    ++buckets[(uint64_t(time) - uint64_t(oldest)) / width];
  });
  size_t sum = 0;
  size_t bucket = 0;
  while (sum + buckets[bucket] < events_ / 4) sum += buckets[bucket++];
  const uint64_t end = uint64_t(oldest) + (bucket + 1) * width - 1;
  return std::min(newest, static_cast<int64_t>(end));
}

void WindowCounter::restore(size_t window, int64_t time, uint64_t key,
                            uint64_t value) {
  const Home& home = homes_[window];
  if (home.valued) {
    track_for(window, values_[home.table], key).insert({time, value});
  } else {
    track_for(window, times_[home.table], key).insert({time});
  }
  ++events_;
  if (events_ > events_max_) make_room();
}

void WindowCounter::restore_dropped(int64_t newest) {
  dropped_ = std::max(dropped_, newest);
}

}  // namespace simwarden
