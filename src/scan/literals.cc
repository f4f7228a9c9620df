// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.h"

#include <algorithm>
#include <cstring>

#include "diag/check.h"

// Every literal is known by one gram of three of its bytes. While the text is
// walked, the three bytes at hand are hashed to 16 bits and looked up in a
// bitmap of 8 kB, which stays in the first cache: nearly all places end there.
// The others are compared exactly. A literal's gram is the one with the rarest
// letters, so that "message" is known by "ssa" and not by "age".
//
// Cost: linear in the text; a place costs at most one comparison a literal
// that has not been found yet.

namespace simwarden {
namespace {

constexpr uint32_t kBucketBits = 12;

uint32_t gram_at(const char* bytes) {
  return uint32_t(uint8_t(bytes[0])) | uint32_t(uint8_t(bytes[1])) << 8 |
         uint32_t(uint8_t(bytes[2])) << 16;
}

uint32_t hash_of(uint32_t gram) {
  return (gram * 0x9e3779b1u) >> 16;
}

uint32_t bucket_of(uint32_t gram) {
  return hash_of(gram) >> (16 - kBucketBits);
}

// How common a byte is in messages, roughly: letters by English frequency,
// then digits and marks; bytes of other scripts count as rare.
uint32_t commonness(char byte) {
  constexpr std::string_view kCommon = " etaoinsrhldcumfpgwybvk.0123456789/:x";
  const size_t at = kCommon.find(byte);
  return at == std::string_view::npos ? 0 : uint32_t(kCommon.size() - at);
}

uint32_t rarest_gram(std::string_view literal) {
  uint32_t best = 0;
  uint32_t best_weight = UINT32_MAX;
  for (size_t i = 0; i + kLiteralBytesMin <= literal.size(); ++i) {
    // Continuation bytes first would find a character by its tail, which
    // many characters share.
    const bool tail = (uint8_t(literal[i]) & 0xc0) == 0x80;
    const uint32_t weight = commonness(literal[i]) +
                            commonness(literal[i + 1]) +
                            commonness(literal[i + 2]) + (tail ? 1000 : 0);
    if (weight >= best_weight) continue;
    best = uint32_t(i);
    best_weight = weight;
  }
  return best;
}

}  // namespace

LiteralSet::LiteralSet(const std::vector<std::string>& literals)
    : literals_(literals),
      bitmap_(size_t{1} << (16 - 6)),
      bucket_((size_t{1} << kBucketBits) + 1) {
  for (size_t i = 0; i < literals_.size(); ++i) {
    CHECK(literals_[i].size() >= kLiteralBytesMin, "the prefilter's minimum");
    const uint32_t offset = rarest_gram(literals_[i]);
    const uint32_t gram = gram_at(literals_[i].data() + offset);
    entries_.push_back({gram, uint32_t(i), offset});
    bitmap_[hash_of(gram) >> 6] |= uint64_t{1} << (hash_of(gram) & 63);
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) {
                     return bucket_of(a.gram) < bucket_of(b.gram);
                   });
  for (const Entry& entry : entries_) ++bucket_[bucket_of(entry.gram) + 1];
  for (size_t i = 1; i < bucket_.size(); ++i) bucket_[i] += bucket_[i - 1];
}

void LiteralSet::look(std::string_view text, size_t at, uint32_t gram,
                      Found& found) const {
  const uint32_t bucket = bucket_of(gram);
  for (uint32_t i = bucket_[bucket]; i < bucket_[bucket + 1]; ++i) {
    const Entry& entry = entries_[i];
    if (entry.gram != gram || found.stamp[entry.literal] == found.search) {
      continue;
    }
    const std::string& literal = literals_[entry.literal];
    if (at < entry.offset) continue;
    const size_t begin = at - entry.offset;
    if (text.size() - begin < literal.size()) continue;
    if (std::memcmp(text.data() + begin, literal.data(), literal.size()) != 0) {
      continue;
    }
    found.stamp[entry.literal] = found.search;
    found.ids.push_back(int(entry.literal));
  }
}

void LiteralSet::find(std::string_view text, Found& found) const {
  found.ids.clear();
  if (found.stamp.size() != literals_.size() || found.search == UINT32_MAX) {
    found.stamp.assign(literals_.size(), 0);
    found.search = 0;
  }
  ++found.search;
  if (entries_.empty()) return;
  for (size_t i = 0; i + kLiteralBytesMin <= text.size(); ++i) {
    const uint32_t gram = gram_at(text.data() + i);
    const uint32_t hash = hash_of(gram);
    if ((bitmap_[hash >> 6] >> (hash & 63) & 1) == 0) continue;
    look(text, i, gram, found);
  }
}

}  // namespace simwarden
