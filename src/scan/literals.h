// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Where any of many literals stand in a text: one pass.
//
//   LiteralSet set({"otp", "share"});
//   set.find("share the otp",
//            [](uint32_t literal, size_t begin, size_t end) { … });
namespace simwarden {

inline constexpr size_t kLiteralBytesMin = 2;

// Three bytes are the unit of looking up; shorter literals have their own way.
inline constexpr size_t kGramBytes = 3;
uint32_t gram_hash(const char* bytes);  // 16 bits
inline constexpr size_t kGramHashes = 65536;

// The gram of a literal that texts hold least often. REQUIRES: literal.size()
// >= kGramBytes.
size_t rarest_gram(std::string_view literal);

class LiteralSet {
 public:
  // REQUIRES: every literal has kLiteralBytesMin bytes or more; each is there
  // once.
  explicit LiteralSet(std::vector<std::string> literals);
  LiteralSet(const LiteralSet&) = delete;
  LiteralSet& operator=(const LiteralSet&) = delete;

  // Calls hit(literal, begin, end) for every place of every literal, nearly
  // from left to right: by the place of its rarest gram. Time: linear in the
  // text and in the calls.
  template <class Hit>
  void find(std::string_view text, Hit&& hit) const {
    if (literals_.empty()) return;
    Places places;
    for (size_t from = 0; from + kLiteralBytesMin <= text.size();
         from += kBlock) {
      const size_t count = find_places(text, from, places);
      for (size_t i = 0; i < count; ++i) look(text, from + places.at[i], hit);
    }
  }

  size_t size() const { return literals_.size(); }
  const std::string& literal(size_t index) const { return literals_[index]; }

 private:
  // Places are gathered a block at a time, without a branch for each.
  static constexpr size_t kBlock = 512;
  struct Places {
    uint32_t at[kBlock + 1];  // from the block's first byte
  };
  // A literal, as far as it can be compared without a look at its bytes.
  static constexpr size_t kEnd = 8;
  struct Entry {
    uint64_t head;  // its first bytes, up to kEnd, and zeros behind
    uint64_t tail;  // its last kEnd bytes, when it has more
    uint32_t literal;
    uint32_t size;
    uint32_t offset;  // of the gram inside
  };

  void sort_entries();
  uint32_t bucket_of(const Entry& entry) const;
  void keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs);
  size_t find_places(std::string_view text, size_t from, Places& places) const;
  size_t find_grams(const char* bytes, size_t from, size_t end,
                    Places& places) const;
  // Where there are literals of two bytes.
  size_t find_both(const char* bytes, size_t from, size_t end,
                   Places& places) const;
  static uint64_t load(const char* bytes) {
    uint64_t loaded;
    std::memcpy(&loaded, bytes, sizeof(loaded));
    return loaded;
  }
  static uint32_t gram_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8 |
           uint32_t(uint8_t(bytes[2])) << 16;
  }
  static uint32_t hash_of(uint32_t gram) { return (gram * 0x9e3779b1u) >> 16; }
  friend uint32_t gram_hash(const char* bytes);
  // The same by one load. REQUIRES: a fourth byte can be read.
  static uint32_t four_at(const char* bytes) {
    return gram_at(bytes) | uint32_t(uint8_t(bytes[3])) << 24;
  }
  static uint32_t hash_of_four(uint32_t four) {
    return hash_of(four & 0xffffff);
  }
  template <class Take>
  friend void each_gram_hash(std::string_view text, Take&& take);

  static uint32_t pair_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8;
  }
  static bool has(const std::vector<uint64_t>& bitmap, uint32_t bit) {
    return bitmap[bit >> 6] >> (bit & 63) & 1;
  }

  template <class Hit>
  void look(std::string_view text, size_t at, Hit&& hit) const {
    const uint32_t pair = pair_at(text.data() + at);
    if (!of_pair_.empty() && has(pairs_, pair)) {
      hit(pair_literal(pair), at, at + kLiteralBytesMin);
    }
    if (text.size() - at < kGramBytes) return;
    const uint32_t gram = gram_at(text.data() + at);
    const uint32_t bucket = hash_of(gram) >> (16 - kBucketBits);
    for (uint32_t i = bucket_[bucket]; i < bucket_[bucket + 1]; ++i) {
      const Entry& entry = entries_[i];
      if (at < entry.offset) continue;
      const size_t begin = at - entry.offset;
      if (!stands_at(text, begin, entry)) continue;
      hit(entry.literal, begin, begin + entry.size);
    }
  }

  bool stands_at(std::string_view text, size_t begin,
                 const Entry& entry) const {
    const size_t left = text.size() - begin;
    const char* const bytes = text.data() + begin;
    if (left < kEnd) return text.substr(begin, entry.size) == literal_of(entry);
    const uint64_t mask = head_masks_[std::min<size_t>(entry.size, kEnd)];
    if ((load(bytes) & mask) != entry.head) return false;
    if (entry.size <= kEnd) return true;
    if (left < entry.size || load(bytes + entry.size - kEnd) != entry.tail) {
      return false;
    }
    return entry.size <= 2 * kEnd ||
           text.substr(begin, entry.size) == literal_of(entry);
  }

  std::string_view literal_of(const Entry& entry) const {
    return literals_[entry.literal];
  }

  uint32_t pair_literal(uint32_t pair) const {
    const uint64_t below = (uint64_t{1} << (pair & 63)) - 1;
    const auto rank = std::popcount(pairs_[pair >> 6] & below);
    return of_pair_[pairs_before_[pair >> 6] + uint32_t(rank)];
  }

  static constexpr uint32_t kBucketBits = 12;

  std::array<uint64_t, kEnd + 1> head_masks_{};  // of so many bytes
  std::vector<std::string> literals_;
  std::vector<uint64_t> bitmap_;        // by hash of a gram
  std::vector<uint64_t> pairs_;         // literals of two bytes, by these
  std::vector<uint32_t> pairs_before_;  // a word of pairs_ -> index below
  std::vector<uint32_t> of_pair_;       // in order of pair -> literal
  std::vector<Entry> entries_;          // sorted by bucket
  std::vector<uint32_t> bucket_;  // bucket -> first entry; one more at the end
};

// Calls take(hash) for each gram of a text.
template <class Take>
void each_gram_hash(std::string_view text, Take&& take) {
  if (text.size() < kGramBytes) return;
  const char* at = text.data();
  const char* const last = at + text.size() - kGramBytes;
  for (; at < last; ++at)
    take(LiteralSet::hash_of_four(LiteralSet::four_at(at)));
  take(gram_hash(last));
}

}  // namespace simwarden
