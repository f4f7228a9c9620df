// SPDX-License-Identifier: Apache-2.0
#include "lists/word_set.h"

#include <functional>
#include <vector>

#include "diag/check.h"

// Open addressing with linear probing over eight-byte slots: a miss reads one
// cache line as a rule, a hit reads the word as well.
namespace simwarden {
namespace {

constexpr size_t kSlotsMin = 16;
constexpr uint64_t kIndexMask = 0xFFFFFFFF;

size_t hash_of(std::string_view word) {
  return std::hash<std::string_view>()(word);
}

uint64_t tag_of(size_t hash) {
  return static_cast<uint64_t>(hash) & ~kIndexMask;
}

size_t slots_for(size_t words) {
  size_t slots = kSlotsMin;
  while (slots < words * 2) slots *= 2;
  return slots;
}

}  // namespace

WordSet::WordSet(std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) insert(word);
}

void WordSet::reserve(size_t words) {
  words_.reserve(words);
  if (slots_for(words) > slots_.size()) spread(slots_for(words));
}

bool WordSet::insert(std::string_view word) {
  if (contains(word)) return false;
  CHECK(words_.size() < kIndexMask, "an index has 32 bits");
  if (slots_for(words_.size() + 1) > slots_.size()) {
    spread(slots_for(words_.size() + 1));
  }
  words_.emplace_back(word);
  const size_t hash = hash_of(word);
  place(tag_of(hash) | words_.size(), hash);
  return true;
}

void WordSet::erase_all(const WordSet& others) {
  std::erase_if(words_,
                [&](const std::string& w) { return others.contains(w); });
  spread(slots_for(words_.size()));
}

bool WordSet::contains(std::string_view word) const {
  if (words_.empty()) return false;
  const size_t hash = hash_of(word);
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash & mask; slots_[i] != 0; i = (i + 1) & mask) {
    if ((slots_[i] & ~kIndexMask) != tag_of(hash)) continue;
    if (words_[(slots_[i] & kIndexMask) - 1] == word) return true;
  }
  return false;
}

void WordSet::spread(size_t slots) {
  slots_.assign(slots, 0);
  for (size_t i = 0; i < words_.size(); ++i) {
    const size_t hash = hash_of(words_[i]);
    place(tag_of(hash) | (i + 1), hash);
  }
}

void WordSet::place(Slot slot, size_t hash) {
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i] != 0) i = (i + 1) & mask;
  slots_[i] = slot;
}

}  // namespace simwarden
