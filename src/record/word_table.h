// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "diag/check.h"

namespace simwarden {

// Words of small sets -> what they stand for: the keys of an object's branches,
// the choices of a field. Made once from the table of fields and asked for
// every word of every row, which is most of what reading a row costs: nothing
// in the standard library finds a word with one look at one small table. Open
// addressing; words are kept by reference.
template <typename Meaning>
class WordTable {
 public:
  static constexpr size_t kHead = 16;  // bytes that are compared together
  // Of a word, counted from 1 in the order in which they were added; 0: none.
  using Number = uint16_t;

  struct alignas(64) Entry {
    // Whether the word and then a quote stand there: a guess that costs little
    // when it is right. REQUIRES: so many bytes as the word has, and kHead, may
    // be read.
    bool quoted(uint16_t in, const char* at) const {
      uint64_t now[2];
      std::memcpy(now, at, sizeof now);
      const uint64_t differ = ((now[0] ^ head[0]) & mask[0]) |
                              ((now[1] ^ head[1]) & mask[1]) | (in ^ set);
      if (differ != 0) return false;
      return text.size() < kHead ||
             (at[text.size()] == '"' &&
              std::memcmp(at, text.data(), text.size()) == 0);
    }

    uint64_t head[2] = {};  // of the word with its closing quote
    uint64_t mask[2] = {};  // of the bytes that they have of it
    std::string_view text = {};
    Meaning meaning = {};
    uint32_t set = UINT32_MAX;  // of number 0: none
  };

  // The first of two meanings stays.
  void add(uint16_t set, std::string_view text, Meaning meaning) {
    CHECK(entries_.size() < UINT16_MAX, "the table of fields is small");
    if (entries_.size() * 2 > seats_.size()) grow();
    Number& free = seats_[seat(set, text)];
    if (free != 0) return;
    free = static_cast<Number>(entries_.size());
    entries_.push_back(entry(set, text, meaning));
  }
  // The greatest number that a word has.
  Number last() const { return static_cast<Number>(entries_.size() - 1); }
  Number find(uint16_t set, std::string_view text) const {
    return seats_[seat(set, text)];
  }
  // The same without a branch that depends on the word, for which of the many
  // of a row comes next no processor can guess. REQUIRES: a quote follows,
  // none is inside, and kHead bytes may be read.
  Number find_quoted(uint16_t set, std::string_view text) const {
    static constexpr uint8_t kMask[2 * kHead] = {
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    uint64_t mask[2];
    uint64_t head[2];
    const size_t seen = std::min(text.size(), kHead);
    std::memcpy(mask, kMask + kHead - seen, kHead);
    std::memcpy(head, text.data(), kHead);
    const size_t last = seats_.size() - 1;
    size_t at = hash(set, head[0] & mask[0], head[1] & mask[1], text.size());
    for (;; ++at) {
      const Number found = seats_[at & last];
      if (found == 0 || entries_[found].quoted(set, text.data())) return found;
    }
  }
  // By number, with one for 0 that stands for no word and means Meaning().
  const Entry* entries() const { return entries_.data(); }

 private:
  static Entry entry(uint16_t set, std::string_view text, Meaning meaning) {
    Entry made;
    const std::string quoted = std::string(text) + '"';
    const size_t seen = std::min(quoted.size(), kHead);
    std::memcpy(made.head, quoted.data(), seen);
    std::memset(made.mask, 0xff, seen);
    made.text = text;
    made.meaning = meaning;
    made.set = set;
    return made;
  }
  // `head`: the word's first bytes, zeros behind a shorter one.
  static size_t hash(uint16_t set, uint64_t head, uint64_t then, size_t size) {
    constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 by the golden ratio
    constexpr uint64_t kOther = 0xC2B2AE3D27D4EB4F;
    // The multiplications carry every bit up to the highest sixteen.
    return ((head ^ uint64_t{set} << 48) * kOdd ^ (then + size) * kOther) >> 48;
  }
  // The seat of the word, or the free one where it would sit. A row cannot add
  // any, so that no row can make the way longer.
  size_t seat(uint16_t set, std::string_view text) const {
    uint64_t head[2] = {};
    if (!text.empty()) {
      std::memcpy(head, text.data(), std::min(text.size(), kHead));
    }
    const size_t last = seats_.size() - 1;
    size_t at = hash(set, head[0], head[1], text.size()) & last;
    for (;; at = (at + 1) & last) {
      const Entry& one = entries_[seats_[at]];
      if (seats_[at] == 0 || (one.set == set && one.text == text)) return at;
    }
  }
  void grow() {
    seats_ = std::vector<Number>(seats_.size() * 2);
    for (Number number = 1; number <= last(); ++number) {
      const Entry& old = entries_[number];
      seats_[seat(static_cast<uint16_t>(old.set), old.text)] = number;
    }
  }

  std::vector<Entry> entries_ = std::vector<Entry>(1);    // by number
  std::vector<Number> seats_ = std::vector<Number>(256);  // a power of two
};

}  // namespace simwarden
