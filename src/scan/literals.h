// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/lanes.h"
#include "scan/fold.h"

// Where any of many literals stand in a text: one pass.
//
//   LiteralSet set({"otp", "share"});
//   text.fold("share the otp");
//   set.find(text.folded(),
//            [](uint32_t literal, size_t begin, size_t end) { … });
namespace simwarden {

inline constexpr size_t kLiteralBytesMin = 2;

// Three bytes are the unit of looking up; shorter literals have their own way.
inline constexpr size_t kGramBytes = 3;
inline constexpr uint32_t kGramBits = 15;
inline constexpr size_t kGramHashes = size_t{1} << kGramBits;
uint16_t gram_hash(const char* bytes);  // below kGramHashes

// The hashes of the grams at so many places in a row. REQUIRES: kPlacesReach
// bytes are there.
inline constexpr size_t kGramsTogether = sizeof(Sixteen);
void hash_grams(const char* bytes, uint16_t* hashes);

// The gram of a literal's head that texts hold least often. REQUIRES:
// literal.size() >= kGramBytes.
inline constexpr size_t kHeadBytes = sizeof(Sixteen);
size_t rarest_gram(std::string_view literal);

class LiteralSet {
 public:
  // REQUIRES: every literal has kLiteralBytesMin bytes or more; each is there
  // once.
  explicit LiteralSet(std::vector<std::string> literals);
  LiteralSet(const LiteralSet&) = delete;
  LiteralSet& operator=(const LiteralSet&) = delete;
  ~LiteralSet() = default;

  // Places are gathered a block at a time, without a branch for each.
  static constexpr size_t kBlock = 512;
  // What is met on the way; its memory is used again.
  struct Met {
    size_t count;
    std::array<uint16_t, kBlock + 8> places;   // from the block's first byte
    std::array<uint32_t, kBlock + 8> entries;  // the first of their buckets
    std::array<uint16_t, kBlock + 16> hashes;  // of the grams at all places
  };

  // Calls hit(literal, begin, end) for every place of every literal, block by
  // block and nearly from left to right. While it does, the hashes of the block
  // are there. Time: linear in the text and in the calls. REQUIRES: there is
  // room about the text, as about a folded one.
  template <class Hit>
  void find(std::string_view text, Met& met, Hit&& hit) const {
    for (size_t from = 0; from < text.size(); from += kBlock) {
      const size_t left = std::min(kBlock, text.size() - from);
      // One more than places, which are gone through in steps of eight.
      for (size_t at = 0; at < left + 8; at += kGramsTogether) {
        hash_grams(text.data() + from + at, &met.hashes[at]);
      }
      if (!entries_.empty()) {
        find_grams(left, met);
        compare(text, from, met, hit);
      }
      if (of_pair_.empty()) continue;
      find_pairs(text, from, met);
      for (size_t i = 0; i < met.count; ++i) {
        const size_t at = from + met.places[i];
        hit(pair_literal(pair_at(&text[at])), at, at + kLiteralBytesMin);
      }
    }
  }

  size_t size() const { return literals_.size(); }
  const std::string& literal(size_t index) const { return literals_[index]; }

 private:
  // A literal, as far as it can be compared without a look at its bytes.
  struct Entry {
    Sixteen head;  // its first bytes, and zeros behind
    Sixteen mask;  // all ones for each of them
    uint32_t literal;
    uint32_t size;
    uint32_t offset;  // of the gram inside the head
    uint16_t hash;    // of the gram
    uint16_t more;    // behind it, of the same bucket: 0, 1 or more
  };
  static_assert(kRoomBefore >= kHeadBytes && kRoomBehind >= 2 * kHeadBytes);

  void keep(uint32_t literal);
  void sort_entries();
  void keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs);
  void find_grams(size_t left, Met& met) const;
  void find_pairs(std::string_view text, size_t from, Met& met) const;
  static uint32_t pair_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8;
  }
  bool is_pair(uint32_t pair) const {
    return (pairs_[pair >> 6] >> (pair & 63) & 1) != 0;
  }
  uint32_t bucket_of(uint32_t hash) const { return hash >> bucket_shift_; }
  // One of eight, by what stands where the gram behind begins.
  static uint32_t class_of(uint32_t next_hash) {
    return next_hash >> (kGramBits - 3);
  }

  // A literal and where it stands, as far as its head tells.
  struct Standing {
    const Entry* entry;
    const char* begin;
  };
  static constexpr size_t kStanding = 64;

  // Those that stand are gathered without a branch for each, two at once,
  // because most words come with their plural. One of another bucket cannot
  // stand there: its gram does not.
  template <class Hit>
  void compare(std::string_view text, size_t from, const Met& met,
               Hit& hit) const {
    std::array<Standing, kStanding> standing;
    size_t count = 0;
    const auto take = [&](const Entry& entry, const char* gram) {
      const char* const begin = gram - entry.offset;
      standing[count] = {&entry, begin};
      count += !any((load<Sixteen>(begin) ^ entry.head) & entry.mask);
    };
    for (size_t i = 0; i < met.count; ++i) {
      const char* const gram = text.data() + from + met.places[i];
      const Entry* entry = &entries_[met.entries[i]];
      while (true) {
        take(entry[0], gram);
        take(entry[1], gram);
        if (count + 2 > kStanding) {
          tell(text, {standing.data(), count}, hit);
          count = 0;
        }
        if (entry->more <= 1) break;
        entry += 2;
      }
    }
    tell(text, {standing.data(), count}, hit);
  }

  template <class Hit>
  void tell(std::string_view text, std::span<const Standing> standing,
            Hit& hit) const {
    for (const auto& [entry, at] : standing) {
      const auto begin = size_t(at - text.data());
      const size_t size = entry->size;
      // Room is no text.
      if (begin > text.size() || text.size() - begin < size) continue;
      if (size > kHeadBytes &&
          text.substr(begin, size) != literals_[entry->literal]) {
        continue;
      }
      hit(entry->literal, begin, begin + size);
    }
  }

  uint32_t pair_literal(uint32_t pair) const {
    const uint64_t below = (uint64_t{1} << (pair & 63)) - 1;
    const auto rank = std::popcount(pairs_[pair >> 6] & below);
    return of_pair_[pairs_before_[pair >> 6] + uint32_t(rank)];
  }

  std::vector<std::string> literals_;
  std::vector<uint8_t> classes_;        // by hash of a gram: of what is behind
  std::vector<uint64_t> pairs_;         // literals of two bytes, by these
  std::vector<uint32_t> pairs_before_;  // a word of pairs_ -> index below
  std::vector<uint32_t> of_pair_;       // in order of pair -> literal
  std::vector<Entry> entries_;   // sorted by hash; one of none at the end
  uint32_t bucket_shift_;        // of a hash
  std::vector<uint32_t> first_;  // bucket -> its first entry
};

}  // namespace simwarden
