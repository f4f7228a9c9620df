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
//   hash_grams("share the otp", hashes);
//   set.find("share the otp", hashes,
//            [](uint32_t literal, size_t begin, size_t end) { … });
namespace simwarden {

inline constexpr size_t kLiteralBytesMin = 2;

// Three bytes are the unit of looking up; shorter literals have their own way.
inline constexpr size_t kGramBytes = 3;
inline constexpr uint32_t kGramBits = 15;
inline constexpr size_t kGramHashes = size_t{1} << kGramBits;
uint16_t gram_hash(const char* bytes);  // below kGramHashes

// The hash of the gram at each place of a text, as if zeros stood behind it;
// and kGramsAhead places more of any hashes, for those who go on in steps.
using GramHashes = std::vector<uint16_t>;
void hash_grams(std::string_view text, GramHashes& hashes);
inline constexpr size_t kGramsAhead = 16;

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

  // Calls hit(literal, begin, end) for every place of every literal, block by
  // block and nearly from left to right. Time: linear in the text and in the
  // calls. REQUIRES: the hashes are those of the text.
  template <class Hit>
  void find(std::string_view text, const GramHashes& hashes, Hit&& hit) const {
    Met met;
    for (size_t from = 0; from < text.size(); from += kBlock) {
      if (!entries_.empty()) {
        const size_t count = find_grams(text.size(), &hashes[from], from, met);
        for (size_t i = 0; i < count; ++i) {
          const size_t at = from + met[i];
          look(text, at, hashes[at], hit);
        }
      }
      if (of_pair_.empty()) continue;
      const size_t count = find_pairs(text, from, met);
      for (size_t i = 0; i < count; ++i) {
        const size_t at = from + met[i];
        hit(pair_literal(pair_at(&text[at])), at, at + kLiteralBytesMin);
      }
    }
  }

  size_t size() const { return literals_.size(); }
  const std::string& literal(size_t index) const { return literals_[index]; }

 private:
  // Places are gathered a block at a time, without a branch for each.
  static constexpr size_t kBlock = 512;
  using Met = std::array<uint16_t, kBlock + 8>;  // from the block's first byte
  // A literal, as far as it can be compared without a look at its bytes.
  static constexpr size_t kEnd = 8;
  struct Entry {
    uint64_t head;  // its first bytes, up to kEnd, and zeros behind
    uint64_t tail;  // its last kEnd bytes, when it has more
    uint32_t literal;
    uint32_t size;
    uint32_t offset;  // of the gram inside
    uint16_t hash;    // of the gram
  };

  void keep(uint32_t literal);
  void sort_entries();
  void keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs);
  size_t find_grams(size_t size, const uint16_t* hashes, size_t from,
                    Met& met) const;
  size_t find_pairs(std::string_view text, size_t from, Met& met) const;
  static uint64_t word_at(const char* bytes) {
    uint64_t loaded;
    std::memcpy(&loaded, bytes, sizeof(loaded));
    return loaded;
  }
  static uint32_t pair_at(const char* bytes) {
    return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8;
  }
  bool is_pair(uint32_t pair) const {
    return (pairs_[pair >> 6] >> (pair & 63) & 1) != 0;
  }
  // One of eight, by what stands where the gram behind begins.
  static uint32_t class_of(uint32_t next_hash) {
    return next_hash >> (kGramBits - 3);
  }

  template <class Hit>
  void look(std::string_view text, size_t at, uint32_t hash, Hit&& hit) const {
    const uint32_t bucket = hash >> (kGramBits - kBucketBits);
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
    if ((word_at(bytes) & mask) != entry.head) return false;
    if (entry.size <= kEnd) return true;
    if (left < entry.size || word_at(bytes + entry.size - kEnd) != entry.tail) {
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

  static constexpr uint32_t kBucketBits = 14;

  std::array<uint64_t, kEnd + 1> head_masks_{};  // of so many bytes
  std::vector<std::string> literals_;
  std::vector<uint8_t> classes_;        // by hash of a gram: of what is behind
  std::vector<uint64_t> pairs_;         // literals of two bytes, by these
  std::vector<uint32_t> pairs_before_;  // a word of pairs_ -> index below
  std::vector<uint32_t> of_pair_;       // in order of pair -> literal
  std::vector<Entry> entries_;          // sorted by hash
  std::vector<uint32_t> bucket_;  // bucket -> first entry; one more at the end
};

}  // namespace simwarden
