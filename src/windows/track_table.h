// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include <sys/mman.h>

#include "windows/track.h"

namespace simwarden {

// Memory of zeros, in large pages where there is much of it: a table that is
// looked at everywhere at once costs a walk through small ones for each look,
// and one that was just made need not be written before it is used.
// REQUIRES: zeros are a T().
template <typename T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <typename U>
  explicit LargePages(const LargePages<U>&) {}
  static constexpr size_t kPage = size_t{2} << 20;

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    void* memory = nullptr;
    if (bytes < kPage) {
      memory = ::operator new(bytes, std::align_val_t(alignof(T)));
      std::memset(memory, 0, bytes);
    } else {
      memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (memory == MAP_FAILED) throw std::bad_alloc();
      madvise(memory, bytes, MADV_HUGEPAGE);
    }
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t count) {
    if (count * sizeof(T) < kPage) {
      ::operator delete(memory, std::align_val_t(alignof(T)));
    } else {
      munmap(memory, count * sizeof(T));
    }
  }
  void construct(T*) {}
  bool operator==(const LargePages&) const = default;
};

// Keyed hashes -> tracks: open addressing, a cache line each. Keys are
// spread evenly already, so that they are their own hash. Nothing is taken out
// one by one: rebuild() makes the table anew without the tracks
// that are empty.
template <typename Event>
class TrackTable {
 public:
  TrackTable() : slots_(kSlotsMin) {}

  // Brings the key's line near, for a question that comes soon.
  void fetch(uint64_t key) const { bring_near(&slots_[place_of(key)]); }

  // Once its line is near: brings near what lies behind it, or the next line
  // when another key stands there.
  void fetch_events(uint64_t key) const {
    const size_t i = place_of(key);
    if (slots_[i].key == marked(key)) {
      slots_[i].track.fetch();
    } else {
      bring_near(&slots_[(i + 1) & mask()]);
    }
  }

  // Null when there is none.
  Track<Event>* find(uint64_t key) {
    for (size_t i = place_of(key);; i = (i + 1) & mask()) {
      if (slots_[i].key == marked(key)) return &slots_[i].track;
      if (slots_[i].key == kFree) return nullptr;
    }
  }

  // REQUIRES: !is_full().
  Track<Event>& at(uint64_t key) {
    size_t i = place_of(key);
    for (; slots_[i].key != marked(key); i = (i + 1) & mask()) {
      if (slots_[i].key != kFree) continue;
      slots_[i].key = marked(key);
      ++used_;
      break;
    }
    return slots_[i].track;
  }

  bool is_full() const { return used_ * 8 >= slots_.size() * 5; }

  // `visit(track)` for each; those that are empty then lose their place, and
  // the table gets the size that the others need.
  template <typename Visit>
  void rebuild(Visit visit) {
    size_t left = 0;
    for (Slot& slot : slots_) {
      if (slot.key == kFree) continue;
      visit(slot.track);
      left += slot.track.size() > 0;
    }
    size_t size = kSlotsMin;
    while (size < left * 2) size *= 2;
    std::vector<Slot, LargePages<Slot>> old(size);
    old.swap(slots_);
    used_ = 0;
    for (Slot& slot : old) {
      if (slot.track.size() > 0) at(slot.key) = std::move(slot.track);
    }
  }

  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.track.size() > 0) visit(slot.track);
    }
  }

  size_t size() const { return used_; }

 private:
  static constexpr size_t kSlotsMin = 64;
  static constexpr uint64_t kFree = 0;
  static constexpr size_t kLine = 64;
  struct alignas(kLine) Slot {
    uint64_t key = kFree;
    Track<Event> track;
  };
  static_assert(sizeof(Slot) == kLine, "one way to memory for most keys");
  static_assert(kFree == 0, "new slots are zeros");
  // 0 stands for no key.
  static uint64_t marked(uint64_t key) { return key == kFree ? 1 : key; }
  size_t mask() const { return slots_.size() - 1; }
  size_t place_of(uint64_t key) const { return marked(key) & mask(); }

  std::vector<Slot, LargePages<Slot>> slots_;
  size_t used_ = 0;
};

}  // namespace simwarden
