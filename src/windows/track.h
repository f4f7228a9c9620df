// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <unordered_map>
#include <utility>

// What a window keeps of one key: its events in order of time. Most keys have
// one or two, which lie in the track itself; a busy key has a piece of memory
// whose front moves on, and whose room lies where the last event came: the next
// one beside it moves no other. So it costs the same whether events come in
// order of time, newest first or file by file.
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
  template <typename Events>
  std::pair<int64_t, uint64_t> tally(const Events& events, uint32_t a,
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
  template <typename Events>
  void left(const Events& events, uint32_t count) {
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
  // In order of time. REQUIRES: i < size().
  const Event& operator[](uint32_t i) const {
    const Event* events = data();
    if (parted() && i >= held_.busy->head) events += room();
    return events[i];
  }

  // Brings a busy track near, and its end as it lies when that grows.
  void fetch() const {
    if (!busy()) return;
    bring_near(held_.busy);
    if (size_ > 4) bring_near(data() + size_);
  }

  // Behind all events of its time.
  void insert(Event event) {
    Event* events = data();
    const bool is_newest = size_ == 0 || events[size_ - 1].time <= event.time;
    if (parted() || !is_newest || room() == 0) {
      insert_between(event);
    } else {
      events[size_++] = event;
    }
  }

  // Forgets events up to and at `bound`; says how many.
  uint32_t forget(int64_t bound) {
    const uint32_t gone = before(bound);
    if (gone == 0) return 0;
    if (!busy()) {
      std::copy(held_.own + gone, held_.own + size_, held_.own);
      size_ -= gone;
    } else {
      forget_first(gone);
    }
    return gone;
  }

  // Events at or before `bound`.
  uint32_t before(int64_t bound) const {
    if (size_ == 0) return 0;
    // Nearly always one of the ends.
    const Event* events = data();
    if (!parted() && events[0].time > bound) return 0;
    if (!parted() && events[size_ - 1].time <= bound) return size_;
    return between(bound);
  }

  // Over the values of the events [from, to): how many differ, their sum.
  // REQUIRES: kValued.
  std::pair<int64_t, uint64_t> tally(uint32_t from, uint32_t to) {
    const Track& events = *this;
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
  static constexpr uint32_t kParted = 1u << 30;  // by its room
  static constexpr uint32_t kCountedAnew = 16;   // cheaper than a hash table
  static_assert(kOwn < kCountedAnew, "only busy tracks have a tally");

  // In one piece with its events: one way to memory. Behind those that were
  // forgotten lie the first `head` of its events, then the room, then, up to
  // the capacity, the others.
  struct Busy {
    uint32_t capacity = 0;
    uint32_t head = 0;
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
  bool parted() const { return (where_ & kParted) != 0; }
  uint32_t first() const { return where_ & ~(kBusy | kParted); }
  const Event* data() const {
    return busy() ? held_.busy->events() + first() : held_.own;
  }
  Event* data() { return const_cast<Event*>(std::as_const(*this).data()); }
  uint32_t room() const {
    return (busy() ? held_.busy->capacity - first() : kOwn) - size_;
  }
  uint32_t head() const { return parted() ? held_.busy->head : size_; }
  // REQUIRES: busy().
  void lay_out(uint32_t first, uint32_t head) {
    where_ = kBusy | (head < size_ ? kParted : 0) | first;
    held_.busy->head = head;
  }

  // As before(). REQUIRES: size() > 0.
  [[gnu::noinline]] uint32_t between(int64_t bound) const {
    if ((*this)[0].time > bound) return 0;
    const uint32_t parts = head();
    const bool behind = parted() && (*this)[parts].time <= bound;
    const uint32_t from = behind ? parts : 0;
    return from +
           near_front(&(*this)[from], behind ? size_ - from : parts, bound);
  }

  // How many of `count` events are at or before `bound`: mostly few, as they
  // fall out of a window one after the other. REQUIRES: the first is.
  static uint32_t near_front(const Event* events, uint32_t count,
                             int64_t bound) {
    uint32_t reach = 1;
    while (reach < count && events[reach].time <= bound) reach *= 2;
    const Event* at = std::upper_bound(
        events + reach / 2, events + std::min(reach, count), bound,
        [](int64_t t, const Event& e) { return t < e.time; });
    return static_cast<uint32_t>(at - events);
  }

  [[gnu::noinline]] void insert_between(Event event) {
    const uint32_t at = before(event.time);
    bring_room(at);
    data()[at] = event;
    ++size_;
    if (!busy()) return;
    lay_out(first(), at + 1);
    if constexpr (kValued) {
      if (held_.busy->moving) held_.busy->moving->entered(at, event.value);
    }
  }

  // Makes sure that there is room, and that it lies behind the first `at`.
  void bring_room(uint32_t at) {
    if (room() == 0) {
      grow(at);
      return;
    }
    Event* events = data();
    const uint32_t parts = head();
    if (at < parts) {
      const uint32_t by = busy() ? room() : 1;
      std::copy_backward(events + at, events + parts, events + parts + by);
    } else {
      std::copy(events + parts + room(), events + at + room(), events + parts);
    }
  }

  // That of what was forgotten when it is half, else more. REQUIRES: there is
  // no room.
  void grow(uint32_t at) {
    const Event* events = data();
    if (busy() && first() >= held_.busy->capacity / 2) {
      std::copy(events, events + at, held_.busy->events());
    } else {
      Busy* more = Busy::make(std::max(4u, size_ * 2));
      std::copy(events, events + at, more->events());
      std::copy_backward(events + at, events + size_,
                         more->events() + more->capacity);
      if (busy()) {
        more->moving = std::move(held_.busy->moving);
        Busy::free(held_.busy);
      }
      held_.busy = more;
    }
    lay_out(0, at);
  }

  // REQUIRES: busy().
  void forget_first(uint32_t gone) {
    if constexpr (kValued) {
      if (held_.busy->moving) held_.busy->moving->left(*this, gone);
    }
    const uint32_t parts = head();
    size_ -= gone;
    lay_out(first() + gone, parts - std::min(gone, parts));
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
  // kBusy, kParted and how many places of a busy one lie before its first
  // event, forgotten: a word that is always written whole, as it is read back
  // whole soon. All windows together keep too few events to fill it.
  uint32_t where_ = 0;
};

}  // namespace simwarden
