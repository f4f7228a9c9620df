// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "windows/window.h"

namespace simwarden {

// Logs are written when things end and windows go by when they began.
inline constexpr int64_t kLatenessDefault = 15 * kMinute;
// What leaps further ahead of all records before may be a broken clock.
inline constexpr int64_t kLeap = kDay;
inline constexpr int64_t kLatenessMax = kLeap;
// Records in a row that believe in a leap. A gap in a log makes as many in no
// time; a broken clock among others makes one.
inline constexpr size_t kLeapWitnesses = 8;
// Records that wait for their turn; more, and the oldest are let go early.
inline constexpr size_t kWaitingMax = size_t{1} << 16;

// Puts records into the order of their events, by (time, order of input).
//
//   order.push(event, out); … order.flush(out);      out(Due): its turn
//
// A record waits until one has come that is `lateness` newer; then nothing
// that comes in time can stand before it. The watermark is the largest time
// seen less the lateness; a record below it is late and has its turn at once.
// What leaps more than kLeap ahead of all before does not move the watermark
// before kLeapWitnesses records in a row have leapt: else one wrong clock
// would make all others late. Whoever leapt before a record that did not is
// unbelieved.
//
// All this depends on the records and their order alone. One thread.
//
// After a restart those that had leapt stand again where they stood, without
// entries: they are witnesses, and their own turn was before.
class EventOrder {
 public:
  // REQUIRES: 0 <= lateness <= kLatenessMax.
  explicit EventOrder(int64_t lateness, size_t waiting_max = kWaitingMax)
      : lateness_(lateness), waiting_max_(waiting_max) {}

  struct Event {
    int64_t time = 0;
    uint64_t ticket = 0;                   // rises with each
    const WindowEntry* entries = nullptr;  // null: a witness from before
  };
  struct Due {
    Event event;
    Timing timing = Timing::in_time;
  };

  template <typename Out>
  void push(Event event, Out&& out) {
    if (trusted_ != kNever && event.time > trusted_) {
      out(Due{event, Timing::unbelieved});
      return;
    }
    if (leaps(event.time)) {
      leapt_.push_back(event);
      if (leapt_.size() >= kLeapWitnesses) believe(out);
      return;
    }
    for (const Event& alone : leapt_) out(Due{alone, Timing::unbelieved});
    leapt_.clear();
    accept(event, out);
  }

  // The records have ended: everybody's turn. Who leapt at the very end is
  // believed and moves no watermark.
  template <typename Out>
  void flush(Out&& out) {
    for (const Event& event : leapt_) add(event);
    leapt_.clear();
    while (const Event* first = oldest()) out(Due{take(first)});
  }

  // Lets the oldest go early: what comes and is older will be late. Who leapt
  // goes last, unbelieved: nobody has agreed yet.
  template <typename Out>
  void hurry(size_t left, Out&& out) {
    while (waiting() > left) {
      const Event* first = oldest();
      if (first == nullptr) break;
      hurried_ = first->time > hurried_ ? first->time : hurried_;
      out(Due{take(first)});
    }
    while (waiting() > left) {
      out(Due{leapt_.front(), Timing::unbelieved});
      leapt_.erase(leapt_.begin());
    }
  }

  // Who counts as things happen has a clock: no time up to `until` leaps, and
  // none beyond it is believed, however many say so and whatever was before.
  void trust(int64_t until);

  // The largest time that is believed; kNever before the first.
  int64_t frontier() const { return frontier_; }
  // What is older is late.
  int64_t watermark() const {
    const int64_t mark = frontier_ == kNever ? kNever : frontier_ - lateness_;
    return mark > hurried_ ? mark : hurried_;
  }
  int64_t lateness() const { return lateness_; }
  size_t waiting() const {
    return in_order_.size() + others_.size() + leapt_.size();
  }

  std::vector<int64_t> leapt() const;

  // Goes on where another left off.
  void resume(int64_t frontier, int64_t watermark);
  // REQUIRES: fewer than kLeapWitnesses, before the first push().
  void resume_leapt(std::span<const int64_t> times);
  // Whoever leapt before a restart says nothing about what comes. REQUIRES:
  // before the first push().
  void forget_leapt() { leapt_.clear(); }

 private:
  bool leaps(int64_t time) const;
  void add(const Event& event);
  // Null when nobody waits.
  const Event* oldest() const {
    if (in_order_.empty()) return others_.empty() ? nullptr : &others_.front();
    if (others_.empty()) return &in_order_.front();
    return older(in_order_.front(), others_.front());
  }
  static const Event* older(const Event& a, const Event& b);
  // REQUIRES: `first` is oldest().
  Event take(const Event* first);

  template <typename Out>
  void accept(Event event, Out&& out) {
    if (event.time < watermark()) {
      out(Due{event, Timing::late});
      return;
    }
    if (event.time > frontier_) frontier_ = event.time;
    if (event.time <= watermark() && oldest() == nullptr) {
      out(Due{event});  // nobody waits for anybody
      return;
    }
    add(event);
    while (const Event* first = oldest()) {
      if (first->time > watermark()) break;
      out(Due{take(first)});
    }
    if (in_order_.size() + others_.size() > waiting_max_) {
      hurry(waiting_max_, out);
    }
  }

  // The oldest of them is where time goes on; whoever leaps over it and all
  // that follow waits for more witnesses. None of them is unbelieved for it:
  // the oldest may be the one whose clock is wrong.
  template <typename Out>
  void believe(Out&& out) {
    frontier_ = std::min_element(leapt_.begin(), leapt_.end(),
                                 [](const Event& a, const Event& b) {
                                   return a.time < b.time;
                                 })
                    ->time;
    size_t before = 0;
    do {
      before = leapt_.size();
      std::vector<Event> leapt;
      leapt.swap(leapt_);
      for (const Event& event : leapt) {
        if (leaps(event.time)) {
          leapt_.push_back(event);
        } else {
          accept(event, out);
        }
      }
    } while (leapt_.size() < before);
  }

  int64_t lateness_;
  size_t waiting_max_;
  int64_t frontier_ = kNever;
  int64_t hurried_ = kNever;
  int64_t trusted_ = kNever;
  // Who waits: most come in order, and the others stand in a heap. Of both the
  // oldest is in front.
  std::deque<Event> in_order_;
  std::vector<Event> others_;
  std::vector<Event> leapt_;  // in the order of input
};

}  // namespace simwarden
