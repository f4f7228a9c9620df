// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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
  static constexpr size_t kHead = 32;  // bytes that are compared together
  // Of a word, counted from 1 in the order in which they were added; 0: none.
  using Number = uint16_t;

  struct alignas(64) Entry {
    // Whether it is the word of the set `in` that stands between the quotes of
    // `quoted`, and short enough to be seen at once. REQUIRES: kHead bytes may
    // be read from the first quote on; `quoted` has fewer than 2^31 bytes, and
    // than 2^16 when `in` is not the word's set.
    bool is(uint32_t in, std::string_view quoted) const {
      return (differing(quoted.data()) |
              (quoted.size() ^ set_and_size ^ in << 16)) == 0;
    }
    std::string_view word() const { return {text, size}; }
    uint16_t set() const { return uint16_t(set_and_size >> 16); }

    char head[kHead] = {};  // of the word in its quotes
    uint32_t seen = 0;      // a bit for each byte that it has of it
    // Its set << 16 and its size in `head`, 0 when it is too long; of number 0
    // what neither of any word can be.
    uint32_t set_and_size = uint32_t{1} << 31;
    Meaning meaning = {};
    uint16_t size = 0;
    const char* text = "";

   private:
    uint32_t differing(const char* at) const {
#ifdef __SSE2__
      const auto same = [&](size_t from) {
        const auto* const theirs = reinterpret_cast<const __m128i*>(at + from);
        const auto* const ours = reinterpret_cast<const __m128i*>(head + from);
        return uint32_t(_mm_movemask_epi8(
            _mm_cmpeq_epi8(_mm_loadu_si128(theirs), _mm_load_si128(ours))));
      };
      return ~(same(0) | same(16) << 16) & seen;
#else
      return std::memcmp(at, head, size_t(std::popcount(seen))) != 0 ? 1 : 0;
#endif
    }
  };

  // The first of two meanings stays. REQUIRES: two bytes at least.
  void add(uint16_t set, std::string_view text, Meaning meaning) {
    CHECK(entries_.size() < UINT16_MAX && set <= INT16_MAX &&
              text.size() >= kShortest && text.size() <= UINT16_MAX,
          "the table of fields is small");
    if (entries_.size() >> (63 - shift_) != 0) grow();
    Number& free = seats_[seat(set, text)];
    if (free != 0) return;
    free = static_cast<Number>(entries_.size());
    entries_.push_back(entry(set, text, meaning));
  }
  // The greatest number that a word has.
  Number last() const {
    return static_cast<Number>(entries_.size() - 1);
  }
  Number find(uint16_t set, std::string_view text) const {
    return text.size() < kShortest ? Number{0} : seats_[seat(set, text)];
  }
  // The same, of words of up to kHead bytes with their quotes, without a branch
  // that depends on the word: which of the many of a row comes next no
  // processor can guess. `quoted`: the word and its quotes. REQUIRES: none is
  // inside, and kHead bytes may be read.
  Number find_quoted(uint32_t set, std::string_view quoted) const {
    if (quoted.size() - 4 > kHead - 4) return 0;
    const char* const end = quoted.data() + quoted.size();
    for (size_t at = seat_of(set, four(quoted.data()), four(end - 4));; ++at) {
      const Number found = seats_[at];
      if (found == 0 || entries_[found].is(set, quoted)) return found;
    }
  }
  // Asks `act(word, meaning)` to see to each word of a set.
  template <typename Act>
  void for_each(uint16_t set, Act act) {
    for (Number number = 1; number <= last(); ++number) {
      Entry& one = entries_[number];
      if (one.set() == set) act(one.word(), one.meaning);
    }
  }
  // By number, with one for 0 that is no word and means Meaning().
  const Entry* entries() const {
    return entries_.data();
  }

 private:
  static constexpr size_t kShortest = 2;

  static Entry entry(uint16_t set, std::string_view text, Meaning meaning) {
    Entry made;
    const std::string quoted = '"' + std::string(text) + '"';
    const size_t seen = std::min(quoted.size(), kHead);
    std::memcpy(made.head, quoted.data(), seen);
    made.seen = uint32_t((uint64_t{1} << seen) - 1);
    made.set_and_size = uint32_t{set} << 16;
    if (quoted.size() <= kHead) made.set_and_size |= uint32_t(seen);
    made.meaning = meaning;
    made.size = uint16_t(text.size());
    made.text = text.data();
    return made;
  }
  static uint32_t four(const char* at) {
    uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
  }
  // Where a word is looked for first. `begin`, `end`: the first and the last
  // four bytes of the word in its quotes. Words of one set that are alike in
  // both are few.
  size_t seat_of(uint32_t set, uint32_t begin, uint32_t end) const {
    constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 by the golden ratio
    constexpr uint64_t kOther = 0xC2B2AE3D27D4EB4F;
    // The multiplications carry every bit up to the highest.
    return ((uint64_t{end} << 32 | begin) + set * kOther) * kOdd >> shift_;
  }
  // The seat of the word, or the free one where it would sit. A row cannot add
  // any, so that no row can make the way longer.
  size_t seat(uint16_t set, std::string_view text) const {
    const char ends[8] = {'"',
                          text[0],
                          text[1],
                          text.size() > 2 ? text[2] : '"',
                          text.size() > 2 ? text[text.size() - 3] : '"',
                          text[text.size() - 2],
                          text[text.size() - 1],
                          '"'};
    for (size_t at = seat_of(set, four(ends), four(ends + 4));; ++at) {
      const Entry& one = entries_[seats_[at]];
      if (seats_[at] == 0 || (one.set() == set && one.word() == text)) {
        return at;
      }
    }
  }
  void grow() {
    --shift_;
    seats_.assign(seats_for(shift_), 0);
    for (Number number = 1; number <= last(); ++number) {
      const Entry& old = entries_[number];
      seats_[seat(old.set(), old.word())] = number;
    }
  }
  // Behind the last there is room for all words, for no way leads back to the
  // first, and one is free.
  static size_t seats_for(unsigned shift) {
    return (size_t{1} << (64 - shift)) * 3 / 2 + 1;
  }

  std::vector<Entry> entries_ = std::vector<Entry>(1);  // by number
  unsigned shift_ = 56;  // of what is hashed, so much is left out
  std::vector<Number> seats_ = std::vector<Number>(seats_for(shift_));
};

}  // namespace simwarden
