// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// A set of words that is filled once and asked often: hosts, numbers, names.
//
//   WordSet hosts = {"demo.test"};
//   hosts.contains("demo.test")    // no allocation
//
// A plain value. Words stand in the order of their first insert, so that
// walking through them does not hang on a hash. 1,000,000 hosts take about
// 100 MB; a question about one takes a fraction of a microsecond
// (tests/bench/registry_bench.cc). Many threads may ask at once.
namespace simwarden {

class WordSet {
 public:
  WordSet() = default;
  WordSet(std::initializer_list<std::string_view> words);

  // Room for so many words. A promise about time only.
  void reserve(size_t words);
  // False when it was there. REQUIRES: less than 2^32 - 1 words.
  bool insert(std::string_view word);
  // Takes all words of `others` away; the rest keeps its order. Linear in both.
  void erase_all(const WordSet& others);

  bool contains(std::string_view word) const;
  size_t count(std::string_view word) const { return contains(word) ? 1 : 0; }
  size_t size() const { return words_.size(); }
  bool empty() const { return words_.empty(); }
  auto begin() const { return words_.begin(); }
  auto end() const { return words_.end(); }

 private:
  // The upper half of the word's hash, and its index plus one; 0 is free.
  using Slot = uint64_t;
  void spread(size_t slots);
  void place(Slot slot, size_t hash);

  std::vector<std::string> words_;
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
};

}  // namespace simwarden
