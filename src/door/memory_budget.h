// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

// What all bodies that are in flight may take together, so that many large
// ones at a time are answered "busy" instead of ending the program.
namespace simwarden {

class MemoryBudget {
 public:
  explicit MemoryBudget(uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Thread-safe.
  bool take(uint64_t bytes) {
    if (used_.fetch_add(bytes) + bytes <= bytes_max_) return true;
    used_ -= bytes;
    return false;
  }
  void give_back(uint64_t bytes) { used_ -= bytes; }
  uint64_t used() const { return used_; }
  uint64_t bytes_max() const { return bytes_max_; }

 private:
  const uint64_t bytes_max_;
  std::atomic<uint64_t> used_{0};
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
