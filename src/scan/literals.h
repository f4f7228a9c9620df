// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Where any of many literals stand in a text: one pass.
//
//   LiteralSet set({"otp", "share"});
//   set.find("share the otp", [](uint32_t literal, size_t begin) { … });
namespace simwarden {

inline constexpr size_t kLiteralBytesMin = 2;

// Three bytes are the unit of looking up; shorter literals have their own way.
inline constexpr size_t kGramBytes = 3;
uint32_t gram_hash(const char* bytes);  // 16 bits

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

  // Calls hit(literal, begin) for every place of every literal, nearly from
  // left to right: by the place of its rarest gram. Time: linear in the text
  // and in the calls.
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
  struct Entry {
    uint32_t gram;
    uint32_t literal;
    uint32_t offset;  // of the gram inside the literal
    uint32_t size;    // of the literal
    char first;       // its bytes, which tell most others apart
    char last;
    const char* bytes;
  };

  void sort_entries();
  void keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs);
  size_t find_places(std::string_view text, size_t from, Places& places) const;
  size_t find_grams(const char* bytes, size_t from, size_t end,
                    Places& places) const;
  // Where there are literals of two bytes.
  size_t find_both(const char* bytes, size_t from, size_t end,
                   Places& places) const;
  static bool stands_at(std::string_view text, size_t at, uint32_t gram,
                        const Entry& entry);
  static uint32_t gram_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8 |
           uint32_t(uint8_t(bytes[2])) << 16;
  }
  static uint32_t hash_of(uint32_t gram) { return (gram * 0x9e3779b1u) >> 16; }
  friend uint32_t gram_hash(const char* bytes);

  static uint32_t pair_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8;
  }
  static bool has(const std::vector<uint64_t>& bitmap, uint32_t bit) {
    return bitmap[bit >> 6] >> (bit & 63) & 1;
  }

  template <class Hit>
  void look(std::string_view text, size_t at, Hit&& hit) const {
    const uint32_t pair = pair_at(text.data() + at);
    if (!of_pair_.empty() && has(pairs_, pair)) hit(pair_literal(pair), at);
    if (text.size() - at < kGramBytes) return;
    const uint32_t gram = gram_at(text.data() + at);
    const uint32_t bucket = hash_of(gram) >> (16 - kBucketBits);
    for (uint32_t i = bucket_[bucket]; i < bucket_[bucket + 1]; ++i) {
      const Entry& entry = entries_[i];
      if (!stands_at(text, at, gram, entry)) continue;
      hit(entry.literal, at - entry.offset);
    }
  }

  uint32_t pair_literal(uint32_t pair) const {
    const uint64_t below = (uint64_t{1} << (pair & 63)) - 1;
    const auto rank = std::popcount(pairs_[pair >> 6] & below);
    return of_pair_[pairs_before_[pair >> 6] + uint32_t(rank)];
  }

  static constexpr uint32_t kBucketBits = 12;

  std::vector<std::string> literals_;
  std::vector<uint64_t> bitmap_;        // by hash of a gram
  std::vector<uint64_t> pairs_;         // literals of two bytes, by these
  std::vector<uint32_t> pairs_before_;  // a word of pairs_ -> index below
  std::vector<uint32_t> of_pair_;       // in order of pair -> literal
  std::vector<Entry> entries_;          // sorted by bucket
  std::vector<uint32_t> bucket_;  // bucket -> first entry; one more at the end
};

}  // namespace simwarden
