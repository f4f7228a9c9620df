// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <unordered_map>
#include <utility>

// What a window keeps of one key: its events in order of time. Most keys have
// one or two, which lie in the track itself; a busy key has a vector whose
// front moves on, so that adding and forgetting cost the same for both.
namespace simwarden {

// Starts the way of a line of memory to the processor. A function that does
// nothing but prefetch has no effect in GCC's eyes, which leaves out the calls
// of it: the empty assembly is one.
inline void bring_near(const void* memory) {
  __builtin_prefetch(memory);
  asm volatile("");
}

struct TimeEvent {
  int64_t time;
};
struct ValueEvent {
  int64_t time;
  uint64_t value;
};

// A stretch of events that moves on, and what its values add up to: each event
// enters and leaves once.
class MovingTally {
 public:
  // REQUIRES of the calls: `events` are those of before, as told by entered()
  // and left().
  std::pair<int64_t, uint64_t> tally(const ValueEvent* events, uint32_t a,
                                     uint32_t b) {
    if (a >= to_ || b <= from_) {
      times_.clear();
      sum_ = 0;
      from_ = to_ = a;
    }
    while (from_ > a) add(events[--from_].value);
    while (to_ < b) add(events[to_++].value);
    while (from_ < a) remove(events[from_++].value);
    while (to_ > b) remove(events[--to_].value);
    return {static_cast<int64_t>(times_.size()), sum_};
  }
  // An event stands at `index` now, before what stood there.
  void entered(uint32_t index, uint64_t value) {
    if (index >= to_) return;
    ++to_;
    if (index < from_) {
      ++from_;
    } else {
      add(value);
    }
  }
  // The first `count` are about to go.
  void left(const ValueEvent* events, uint32_t count) {
    while (from_ < std::min(count, to_)) remove(events[from_++].value);
    from_ = from_ > count ? from_ - count : 0;
    to_ = to_ > count ? to_ - count : 0;
  }

 private:
  void add(uint64_t value) {
    sum_ += value;
    ++times_[value];
  }
  void remove(uint64_t value) {
    sum_ -= value;
    const auto found = times_.find(value);
    if (--found->second == 0) times_.erase(found);
  }

  uint32_t from_ = 0;
  uint32_t to_ = 0;
  uint64_t sum_ = 0;
  std::unordered_map<uint64_t, uint32_t> times_;
};

template <typename Event>
class Track {
 public:
  static constexpr bool kValued = sizeof(Event) == sizeof(ValueEvent);

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
  const Event* begin() const {
    return busy() ? held_.busy->events() + first() : held_.own;
  }
  const Event* end() const { return begin() + size_; }

  // Brings the end of a busy track near.
  void fetch() const {
    if (!busy()) return;
    bring_near(held_.busy);
    if (size_ > 4) bring_near(end());
  }

  // Behind all events of its time.
  void insert(Event event) {
    if (first() + size_ == capacity()) grow();
    Event* events = data();
    uint32_t at = size_;
    while (at > 0 && events[at - 1].time > event.time) {
      events[at] = events[at - 1];
      --at;
    }
    events[at] = event;
    ++size_;
    if constexpr (kValued) {
      if (busy() && held_.busy->moving) {
        held_.busy->moving->entered(at, event.value);
      }
    }
  }

  // Forgets events up to and at `bound`; says how many.
  uint32_t forget(int64_t bound) {
    const uint32_t gone = before(bound);
    if (gone == 0) return 0;
    if (!busy()) {
      std::copy(held_.own + gone, held_.own + size_, held_.own);
    } else {
      if constexpr (kValued) {
        if (held_.busy->moving) held_.busy->moving->left(begin(), gone);
      }
      where_ = kBusy | (first() + gone);
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
  // REQUIRES: kValued.
  std::pair<int64_t, uint64_t> tally(uint32_t from, uint32_t to) {
    const Event* events = begin();
    if (to - from > kCountedAnew) {
      auto& moving = held_.busy->moving;
      if (!moving) moving = std::make_unique<MovingTally>();
      return moving->tally(events, from, to);
    }
    int64_t different = 0;
    uint64_t sum = 0;
    for (uint32_t i = from; i < to; ++i) {
      sum += events[i].value;
      uint32_t same = from;
      while (events[same].value != events[i].value) ++same;
      different += same == i;
    }
    return {different, sum};
  }

 private:
  static constexpr uint32_t kOwn = 48 / sizeof(Event);
  static constexpr uint32_t kBusy = 1u << 31;
  static constexpr uint32_t kCountedAnew = 16;  // cheaper than a hash table
  static_assert(kOwn < kCountedAnew, "only busy tracks have a tally");

  // In one piece with its events: one way to memory.
  struct Busy {
    uint32_t capacity = 0;
    std::unique_ptr<MovingTally> moving;

    Event* events() { return reinterpret_cast<Event*>(this + 1); }
    static Busy* make(uint32_t capacity) {
      void* memory = ::operator new(sizeof(Busy) + capacity * sizeof(Event));
      Busy* made = new (memory) Busy;
      made->capacity = capacity;
      return made;
    }
    static void free(Busy* busy) {
      busy->~Busy();
      ::operator delete(busy);
    }
  };

  bool busy() const { return (where_ & kBusy) != 0; }
  uint32_t first() const { return where_ & ~kBusy; }
  Event* data() { return busy() ? held_.busy->events() + first() : held_.own; }
  uint32_t capacity() const { return busy() ? held_.busy->capacity : kOwn; }

  // Room at the end: that of what was forgotten when it is half, else more.
  void grow() {
    if (busy() && first() >= held_.busy->capacity / 2) {
      std::copy(begin(), end(), held_.busy->events());
      where_ = kBusy;
      return;
    }
    Busy* more = Busy::make(std::max(4u, size_ * 2));
    std::copy(begin(), end(), more->events());
    if (busy()) {
      more->moving = std::move(held_.busy->moving);
      Busy::free(held_.busy);
    }
    held_.busy = more;
    where_ = kBusy;
  }

  void drop() {
    if (busy()) Busy::free(held_.busy);
    size_ = where_ = 0;
  }

  void take(Track& other) {
    held_ = other.held_;
    size_ = std::exchange(other.size_, 0);
    where_ = std::exchange(other.where_, 0);
  }

  union Held {
    Event own[kOwn];
    Busy* busy;
  };
  Held held_ = {};
  uint32_t size_ = 0;
  // kBusy and how many of a busy one's lie before the first, forgotten: a word
  // that is always written whole, as it is read back whole soon.
  uint32_t where_ = 0;
};

}  // namespace simwarden
