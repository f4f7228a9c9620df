// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "windows/slot_memory.h"
#include "windows/track.h"

namespace simwarden {

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
    used_ = 0;
    if (size < slots_.size()) {
      move_to(size);
    } else {
      spread_to(size);
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
  size_t free_from(size_t i) const {
    while (slots_[i].key != kFree) i = (i + 1) & mask();
    return i;
  }

  void move_to(size_t size) {
    SlotMemory<Slot> old(size);
    old.swap(slots_);
    for (Slot& slot : old) {
      if (slot.track.size() > 0) at(slot.key) = std::move(slot.track);
    }
  }

  // Where it lies. In the order of places, beginning behind one that is free,
  // each moves to the first free place from its own. Those that could stand in
  // its way are some of those that did, so that it finds one no further off
  // than it stood, and nobody goes past a place that is given up later.
  void spread_to(size_t size) {
    const size_t before = slots_.size();
    const size_t free = free_from(0);
    if (size > before) slots_.grow(size);
    for (size_t n = 1; n < before; ++n) {
      Slot& slot = slots_[(free + n) & (before - 1)];
      if (slot.key == kFree) continue;
      const uint64_t key = std::exchange(slot.key, kFree);
      if (slot.track.size() == 0) {
        slot.track = {};
        continue;
      }
      Slot& place = slots_[free_from(place_of(key))];
      place.key = key;
      if (&place != &slot) place.track = std::move(slot.track);
      ++used_;
    }
  }

  SlotMemory<Slot> slots_;
  size_t used_ = 0;
};

}  // namespace simwarden
