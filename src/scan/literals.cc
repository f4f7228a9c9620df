// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.h"

#include <algorithm>
#include <cstring>

#include "diag/check.h"
#include "scan/commonness.h"

// Every literal is known by one gram of three of its bytes. While the text is
// walked, the three bytes at hand are hashed to 16 bits and looked up in a
// bitmap of 8 kB, which stays in the first cache: nearly all places end there.
// The others are compared exactly. A literal's gram is the rarest one, so that
// "message" is known by "ssa" and not by "age".

namespace simwarden {

uint32_t gram_hash(const char* bytes) {
  return LiteralSet::hash_of(LiteralSet::gram_at(bytes));
}

size_t rarest_gram(std::string_view literal) {
  size_t best = 0;
  uint32_t least = UINT32_MAX;
  for (size_t i = 0; i + kGramBytes <= literal.size(); ++i) {
    // Continuation bytes first would find a character by its tail, which
    // many characters share.
    const bool tail = (uint8_t(literal[i]) & 0xc0) == 0x80;
    const uint32_t common = 2 * commonness_of_gram(&literal[i]) + tail;
    if (common >= least) continue;
    best = i;
    least = common;
  }
  return best;
}

LiteralSet::LiteralSet(std::vector<std::string> literals)
    : literals_(std::move(literals)),
      bitmap_(size_t{1} << (16 - 6)),
      pairs_(size_t{1} << (16 - 6)),
      pairs_before_(pairs_.size()),
      bucket_((size_t{1} << kBucketBits) + 1) {
  for (size_t size = 0; size <= kEnd; ++size) {
    char bytes[kEnd] = {};
    std::fill_n(bytes, size, '\xff');
    head_masks_[size] = load(bytes);
  }
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (size_t i = 0; i < literals_.size(); ++i) {
    const std::string& literal = literals_[i];
    CHECK(literal.size() >= kLiteralBytesMin, "the prefilter's minimum");
    if (literal.size() < kGramBytes) {
      pairs.emplace_back(pair_at(literal.data()), uint32_t(i));
      continue;
    }
    const size_t offset = rarest_gram(literal);
    char head[kEnd] = {};
    literal.copy(head, kEnd);
    const bool has_tail = literal.size() > kEnd;
    entries_.push_back(
        {load(head), has_tail ? load(&literal[literal.size() - kEnd]) : 0,
         uint32_t(i), uint32_t(literal.size()), uint32_t(offset)});
    const uint32_t hash = gram_hash(literal.data() + offset);
    bitmap_[hash >> 6] |= uint64_t{1} << (hash & 63);
  }
  sort_entries();
  keep_pairs(std::move(pairs));
}

uint32_t LiteralSet::bucket_of(const Entry& entry) const {
  return gram_hash(literals_[entry.literal].data() + entry.offset) >>
         (16 - kBucketBits);
}

void LiteralSet::sort_entries() {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [&](const Entry& a, const Entry& b) {
                     return bucket_of(a) < bucket_of(b);
                   });
  for (const Entry& entry : entries_) ++bucket_[bucket_of(entry) + 1];
  for (size_t i = 1; i < bucket_.size(); ++i) bucket_[i] += bucket_[i - 1];
}

void LiteralSet::keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [pair, literal] : pairs) {
    CHECK(!has(pairs_, pair), "each literal is there once");
    pairs_[pair >> 6] |= uint64_t{1} << (pair & 63);
    of_pair_.push_back(literal);
  }
  uint32_t before = 0;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    pairs_before_[i] = before;
    before += uint32_t(std::popcount(pairs_[i]));
  }
}

size_t LiteralSet::find_places(std::string_view text, size_t from,
                               Places& places) const {
  const size_t end =
      std::min(from + kBlock, text.size() - kLiteralBytesMin + 1);
  // Four bytes are read at once, where there are four.
  const size_t fast = text.size() < 4 ? 0 : std::min(end, text.size() - 3);
  size_t count = of_pair_.empty() ? find_grams(text.data(), from, fast, places)
                                  : find_both(text.data(), from, fast, places);
  for (size_t at = std::max(from, fast); at < end; ++at) {
    places.at[count++] = uint32_t(at - from);
  }
  return count;
}

size_t LiteralSet::find_grams(const char* bytes, size_t from, size_t end,
                              Places& places) const {
  const uint64_t* const bitmap = bitmap_.data();
  size_t count = 0;
  for (size_t at = from; at < end; ++at) {
    const uint32_t four = four_at(bytes + at);
    const uint32_t hash = hash_of_four(four);
    places.at[count] = uint32_t(at - from);
    count += bitmap[hash >> 6] >> (hash & 63) & 1;
  }
  return count;
}

size_t LiteralSet::find_both(const char* bytes, size_t from, size_t end,
                             Places& places) const {
  const uint64_t* const bitmap = bitmap_.data();
  const uint64_t* const pairs = pairs_.data();
  size_t count = 0;
  for (size_t at = from; at < end; ++at) {
    const uint32_t four = four_at(bytes + at);
    const uint32_t hash = hash_of_four(four);
    const uint32_t pair = four & 0xffff;
    places.at[count] = uint32_t(at - from);
    count +=
        (bitmap[hash >> 6] >> (hash & 63) | pairs[pair >> 6] >> (pair & 63)) &
        1;
  }
  return count;
}

}  // namespace simwarden
