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

void EventOrder::add(const Event& event) {
  if (in_order_.empty() || is_after(event, in_order_.back())) {
    in_order_.push_back(event);
    return;
  }
  others_.push_back(event);
  std::push_heap(others_.begin(), others_.end(), is_after);
}

const EventOrder::Event* EventOrder::older(const Event& a, const Event& b) {
  return is_after(a, b) ? &b : &a;
}

EventOrder::Event EventOrder::take(const Event* first) {
  const Event taken = *first;
  if (!others_.empty() && first == &others_.front()) {
    std::pop_heap(others_.begin(), others_.end(), is_after);
    others_.pop_back();
  } else {
    in_order_.pop_front();
  }
  return taken;
}

// Somebody without a clock may have been led ahead of it.
void EventOrder::trust(int64_t until) {
  trusted_ = until;
  frontier_ = std::min(frontier_, until);
  hurried_ = std::min(hurried_, until);
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
