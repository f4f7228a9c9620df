// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

#include <sys/mman.h>

namespace simwarden {

// Slots in one piece of memory of zeros, in large pages where there is much of
// it: a table that is looked at everywhere at once costs a walk through small
// ones for each look, and one that was just made need not be written before it
// is used. It grows by moving its pages, not what is in them.
// REQUIRES: zeros are a Slot(), and its bytes may be moved.
template <typename Slot>
class SlotMemory {
 public:
  explicit SlotMemory(size_t size) : slots_(reserve(size)), size_(size) {}
  SlotMemory(SlotMemory&& other) noexcept { swap(other); }
  SlotMemory& operator=(SlotMemory&&) = delete;
  ~SlotMemory() {
    if (slots_ == nullptr) return;
    for (Slot& slot : *this) slot.~Slot();
    munmap(slots_, bytes(size_));
  }

  size_t size() const { return size_; }
  Slot& operator[](size_t i) { return slots_[i]; }
  const Slot& operator[](size_t i) const { return slots_[i]; }
  Slot* begin() { return slots_; }
  Slot* end() { return slots_ + size_; }
  const Slot* begin() const { return slots_; }
  const Slot* end() const { return slots_ + size_; }

  // What is there stays where it was, as counted from the beginning. REQUIRES:
  // size > size().
  void grow(size_t size) {
    Slot* more = reserve(size);
    if (mremap(slots_, bytes(size_), bytes(size_),
               MREMAP_MAYMOVE | MREMAP_FIXED, more) == MAP_FAILED) {
      munmap(more, bytes(size));
      throw std::bad_alloc();
    }
    slots_ = more;
    size_ = size;
    use_large_pages(slots_, bytes(size));
  }

  void swap(SlotMemory& other) {
    std::swap(slots_, other.slots_);
    std::swap(size_, other.size_);
  }

 private:
  static constexpr size_t kPage = size_t{2} << 20;
  static size_t bytes(size_t size) { return size * sizeof(Slot); }
  static void use_large_pages(void* memory, size_t bytes) {
    if (bytes >= kPage) madvise(memory, bytes, MADV_HUGEPAGE);
  }

  // Much of it begins where a large page does.
  static Slot* reserve(size_t size) {
    const size_t wanted = bytes(size);
    const size_t spare = wanted < kPage ? 0 : kPage;
    void* mapped = mmap(nullptr, wanted + spare, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    char* first = static_cast<char*>(mapped);
    const size_t before =
        spare == 0 ? 0 : -reinterpret_cast<uintptr_t>(first) % kPage;
    if (before > 0) munmap(first, before);
    if (spare > before) munmap(first + before + wanted, spare - before);
    use_large_pages(first + before, wanted);
    return reinterpret_cast<Slot*>(first + before);
  }

  Slot* slots_ = nullptr;
  size_t size_ = 0;
};

}  // namespace simwarden
