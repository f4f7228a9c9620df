// SPDX-License-Identifier: Apache-2.0
#include "windows/event_order.h"

#include <algorithm>

namespace simwarden {
namespace {

bool is_after(const EventOrder::Event& a, const EventOrder::Event& b) {
  return a.time != b.time ? a.time > b.time : a.ticket > b.ticket;
}

}  // namespace

// Once somebody has leapt, one who is late among those that leapt counts with
// them.
bool EventOrder::leaps(int64_t time) const {
  if (time <= trusted_) return false;
  if (frontier_ == kNever) return true;
  const int64_t reach = leapt_.empty() ? kLeap : kLeap - lateness_;
  return time > frontier_ + reach;
}

void EventOrder::add(Event event) {
  waiting_.push_back(event);
  std::push_heap(waiting_.begin(), waiting_.end(), is_after);
}

EventOrder::Event EventOrder::take_first() {
  std::pop_heap(waiting_.begin(), waiting_.end(), is_after);
  const Event first = waiting_.back();
  waiting_.pop_back();
  return first;
}

void EventOrder::resume(int64_t frontier, int64_t watermark) {
  frontier_ = std::max(frontier_, frontier);
  hurried_ = std::max(hurried_, watermark);
}

std::vector<int64_t> EventOrder::leapt() const {
  std::vector<int64_t> times;
  for (const Event& event : leapt_) times.push_back(event.time);
  return times;
}

void EventOrder::resume_leapt(std::span<const int64_t> times) {
  for (const int64_t time : times) leapt_.push_back({.time = time});
}

}  // namespace simwarden
