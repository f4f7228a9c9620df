// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>

// What all bodies that are in flight may take together, so that many large
// ones at a time are answered "busy" instead of ending the program.
namespace simwarden {

// Half of it is the doors' own, in even parts, which no other door can take;
// the other half is for whoever comes. So the clients of one door shut out no
// other, and one that is busy alone has more than half.
struct MemoryParts {
  uint64_t own = 0;  // of each door
  uint64_t common = 0;
  uint64_t most() const { return own + common; }  // of one door
};
// REQUIRES: doors > 0
inline MemoryParts parts_of(uint64_t memory, size_t doors) {
  const uint64_t own = memory / 2 / doors;
  return {.own = own, .common = memory - own * doors};
}

class MemoryBudget {
 public:
  // Beyond its own bytes it takes from `common`, which is kept by reference.
  explicit MemoryBudget(uint64_t own, MemoryBudget* common = nullptr)
      : own_(own), common_(common) {}

  // Thread-safe.
  bool take(uint64_t bytes) {
    uint64_t before = used_;
    while (true) {
      const uint64_t borrowed = beyond(before + bytes) - beyond(before);
      if (borrowed > 0 && !(common_ && common_->take(borrowed))) return false;
      if (used_.compare_exchange_weak(before, before + bytes)) return true;
      give_common_back(borrowed);
    }
  }
  void give_back(uint64_t bytes) {
    const uint64_t before = used_.fetch_sub(bytes);
    give_common_back(beyond(before) - beyond(before - bytes));
  }
  uint64_t used() const { return used_; }
  uint64_t bytes_max() const {
    return own_ + (common_ ? common_->bytes_max() : 0);
  }

 private:
  uint64_t beyond(uint64_t bytes) const {
    return bytes > own_ ? bytes - own_ : 0;
  }
  void give_common_back(uint64_t bytes) {
    if (bytes > 0) common_->give_back(bytes);
  }

  const uint64_t own_;
  MemoryBudget* const common_;
  std::atomic<uint64_t> used_{0};
};

// That of all doors.
class DoorBudgets {
 public:
  // REQUIRES: doors > 0
  DoorBudgets(uint64_t memory, size_t doors)
      : common_(parts_of(memory, doors).common) {
    const uint64_t own = parts_of(memory, doors).own;
    for (size_t i = 0; i < doors; ++i) doors_.emplace_back(own, &common_);
  }
  MemoryBudget& of(size_t door) { return doors_[door]; }
  uint64_t used() const {
    uint64_t sum = 0;
    for (const MemoryBudget& door : doors_) sum += door.used();
    return sum;
  }

 private:
  MemoryBudget common_;
  std::deque<MemoryBudget> doors_;  // they are not moved
};

// One body's part of it. One thread at a time.
class HeldMemory {
 public:
  explicit HeldMemory(MemoryBudget& budget) : budget_(budget) {}
  ~HeldMemory() { release(); }
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

  // Whether there is room for so many bytes in all.
  bool grow_to(uint64_t bytes) {
    if (bytes <= held_) return true;
    if (!budget_.take(bytes - held_)) return false;
    held_ = bytes;
    return true;
  }
  // The same for a text that grows by what arrives: twice what it had, as a
  // text takes it, and no more than `most`. What was only announced holds
  // nothing: else a few who announce much and send nothing shut out all others.
  bool grow_with(uint64_t bytes, uint64_t most) {
    if (bytes <= held_) return true;
    return grow_to(std::max(bytes, std::min(2 * held_, most)));
  }
  uint64_t bytes() const { return held_; }
  // Not now and not later.
  bool can_never_grow_to(uint64_t bytes) const {
    return bytes > budget_.bytes_max();
  }
  void release() {
    budget_.give_back(held_);
    held_ = 0;
  }

 private:
  MemoryBudget& budget_;
  uint64_t held_ = 0;
};

}  // namespace simwarden
