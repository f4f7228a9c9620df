// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

// What a window keeps of one key: its events in order of time. Most keys have
// one or two, which lie in the track itself; a busy key has a vector whose
// front moves on, so that adding and forgetting cost the same for both.
namespace simwarden {

struct TimeEvent {
  int64_t time;
};
struct ValueEvent {
  int64_t time;
  uint64_t value;
};

// Different values (or the sum of values) of a stretch of events, kept while
// the stretch moves on: each event enters and leaves once.
class Tally {
 public:
  void add(uint64_t value) {
    sum_ += value;
    ++times_[value];
  }
  void remove(uint64_t value) {
    sum_ -= value;
    const auto found = times_.find(value);
    if (--found->second == 0) times_.erase(found);
  }
  void clear() {
    sum_ = 0;
    times_.clear();
  }
  int64_t different() const { return static_cast<int64_t>(times_.size()); }
  uint64_t sum() const { return sum_; }

 private:
  uint64_t sum_ = 0;
  std::unordered_map<uint64_t, uint32_t> times_;
};

template <typename Event>
class Track {
 public:
  Track() = default;
  Track(Track&& other) noexcept { take(other); }
  Track& operator=(Track&& other) noexcept {
    if (this != &other) {
      drop();
      take(other);
    }
    return *this;
  }
  Track(const Track&) = delete;
  Track& operator=(const Track&) = delete;
  ~Track() { drop(); }

  uint32_t size() const { return size_; }
  const Event* begin() const { return data(); }
  const Event* end() const { return data() + size_; }

  // Behind all events of its time.
  void insert(Event event) {
    if (!busy_) {
      if (size_ < kOwn) {
        insert_own(event);
        return;
      }
      grow();
    }
    Busy& busy = *held_.busy;
    auto& events = busy.events;
    if (size_ == 0 || events.back().time <= event.time) {
      events.push_back(event);
    } else {
      const auto at = std::upper_bound(
          events.begin() + busy.first, events.end(), event.time,
          [](int64_t t, const Event& e) { return t < e.time; });
      const auto index = static_cast<uint32_t>(at - events.begin());
      events.insert(at, event);
      busy.entered(index, event);
    }
    ++size_;
  }

  // Forgets events up to and at `bound`; says how many.
  uint32_t forget(int64_t bound) {
    if (size_ == 0 || begin()->time > bound) return 0;
    const uint32_t gone = before(bound);
    if (!busy_) {
      for (uint32_t i = gone; i < size_; ++i) {
        held_.own[i - gone] = held_.own[i];
      }
    } else {
      held_.busy->forget(gone);
    }
    size_ -= gone;
    return gone;
  }

  // Events at or before `bound`.
  uint32_t before(int64_t bound) const {
    // Nearly always one of the ends.
    if (size_ == 0 || begin()->time > bound) return 0;
    if ((end() - 1)->time <= bound) return size_;
    const Event* at =
        std::upper_bound(begin(), end(), bound,
                         [](int64_t t, const Event& e) { return t < e.time; });
    return static_cast<uint32_t>(at - begin());
  }

  // Over the values of the events [from, to): how many differ, their sum.
  // REQUIRES: Event has values.
  std::pair<int64_t, uint64_t> tally(uint32_t from, uint32_t to) {
    if (busy_ && to - from > kCountedAnew) {
      return held_.busy->tally(from, to);
    }
    int64_t different = 0;
    uint64_t sum = 0;
    const Event* events = data();
    for (uint32_t i = from; i < to; ++i) {
      sum += events[i].value;
      uint32_t same = from;
      while (events[same].value != events[i].value) ++same;
      different += same == i;
    }
    return {different, sum};
  }

 private:
  static constexpr uint32_t kOwn = 16 / sizeof(Event);
  static constexpr uint32_t kCountedAnew = 16;  // cheaper than a hash table

  struct Busy {
    std::vector<Event> events;
    uint32_t first = 0;  // what lies before it is forgotten
    // The stretch that `counted` is about, as indices of `events`.
    uint32_t from = 0;
    uint32_t to = 0;
    Tally counted;

    void entered(uint32_t index, const Event& event) {
      if constexpr (sizeof(Event) == sizeof(ValueEvent)) {
        if (index < from) ++from;
        if (index < to) {
          ++to;
          if (index >= from) counted.add(event.value);
        }
      }
    }
    void forget(uint32_t count) {
      const uint32_t now = first + count;
      if constexpr (sizeof(Event) == sizeof(ValueEvent)) {
        while (from < std::min(now, to)) counted.remove(events[from++].value);
        from = std::max(from, now);
        to = std::max(to, from);
      }
      first = now;
      if (first < 16 || first < events.size() / 2) return;
      events.erase(events.begin(), events.begin() + first);
      from -= first;
      to -= first;
      first = 0;
      if (events.capacity() / 4 > events.size()) events.shrink_to_fit();
    }
    std::pair<int64_t, uint64_t> tally(uint32_t a, uint32_t b) {
      a += first;
      b += first;
      if (a >= to || b <= from) {
        counted.clear();
        from = to = a;
      }
      while (from > a) counted.add(events[--from].value);
      while (to < b) counted.add(events[to++].value);
      while (from < a) counted.remove(events[from++].value);
      while (to > b) counted.remove(events[--to].value);
      return {counted.different(), counted.sum()};
    }
  };

  const Event* data() const {
    return busy_ ? held_.busy->events.data() + held_.busy->first : held_.own;
  }

  void insert_own(Event event) {
    uint32_t at = size_;
    while (at > 0 && held_.own[at - 1].time > event.time) {
      held_.own[at] = held_.own[at - 1];
      --at;
    }
    held_.own[at] = event;
    ++size_;
  }

  void grow() {
    auto busy = std::make_unique<Busy>();
    busy->events.reserve(size_t{kOwn} * 4);
    busy->events.assign(held_.own, held_.own + size_);
    held_.busy = busy.release();
    busy_ = true;
  }

  void drop() {
    if (busy_) std::unique_ptr<Busy>(held_.busy).reset();
    busy_ = false;
    size_ = 0;
  }

  void take(Track& other) {
    held_ = other.held_;
    size_ = other.size_;
    busy_ = other.busy_;
    other.busy_ = false;
    other.size_ = 0;
  }

  union Held {
    Event own[kOwn];
    Busy* busy;
  };
  Held held_ = {};
  uint32_t size_ = 0;
  bool busy_ = false;
};

}  // namespace simwarden
