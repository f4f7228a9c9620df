// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.h"

#include <algorithm>
#include <cstring>

#include "diag/characters.h"
#include "diag/check.h"
#include "diag/lanes.h"
#include "scan/commonness.h"

// Every literal is known by one gram of three of its bytes. All grams of a text
// are hashed to 15 bits, eight at a time, and looked up in a table of bytes: a
// literal's hash has a bit there for what may stand behind its gram, and nearly
// all places end at a byte without any. Of the others most end at the one bit
// of what does stand behind. What is left is compared exactly. A literal's gram
// is the rarest one, so that "message" is known by "ssa" and not by "age".
//
// A text of a hundred bytes is done in a few hundred cycles, and a branch that
// goes where it was not expected costs twenty: each step gathers what the next
// one is to look at, whatever it says.

namespace simwarden {
namespace {

// Buckets a literal, about: each has one then, or none.
constexpr size_t kBucketsEach = 4;

constexpr uint32_t kFirst = 0x9e35;
constexpr uint32_t kSecond = 0x6d2b;

uint32_t bucket_bits(size_t literals) {
  return std::min(kGramBits, uint32_t(std::bit_width(kBucketsEach * literals)));
}

uint32_t two_at(const char* bytes) {
  uint16_t loaded;
  std::memcpy(&loaded, bytes, sizeof(loaded));
  return loaded;
}

}  // namespace

uint16_t gram_hash(const char* bytes) {
  const uint32_t sum = two_at(bytes) * kFirst + two_at(bytes + 1) * kSecond;
  return uint16_t(uint16_t(sum) >> 1);
}

void hash_grams(const char* bytes, uint16_t* hashes) {
  const SixteenPlaces places = places_at(bytes);
  const auto here = Eight(places.here);
  const auto next = Eight(places.next);
  const auto behind = Eight(places.behind);
  const Eight even = (here * uint16_t{kFirst} + next * uint16_t{kSecond}) >> 1;
  const Eight odd = (next * uint16_t{kFirst} + behind * uint16_t{kSecond}) >> 1;
  const Eight low =
      __builtin_shufflevector(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  const Eight high =
      __builtin_shufflevector(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  std::memcpy(hashes, &low, sizeof(low));
  std::memcpy(hashes + 8, &high, sizeof(high));
}

size_t rarest_gram(std::string_view literal) {
  size_t best = 0;
  uint32_t least = UINT32_MAX;
  const size_t end = std::min(literal.size(), kHeadBytes);
  for (size_t i = 0; i + kGramBytes <= end; ++i) {
    // Continuation bytes first would find a character by its tail, which
    // many characters share.
    const bool tail = is_continuation(literal[i]);
    const uint32_t common = 2 * commonness_of_gram(&literal[i]) + tail;
    if (common >= least) continue;
    best = i;
    least = common;
  }
  return best;
}

LiteralSet::LiteralSet(std::vector<std::string> literals)
    : literals_(std::move(literals)),
      classes_(kGramHashes),
      pairs_(size_t{1} << (16 - 6)),
      pairs_before_(pairs_.size()),
      bucket_shift_(kGramBits - bucket_bits(literals_.size())),
      first_(kGramHashes >> bucket_shift_) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  entries_.reserve(literals_.size() + 1);
  for (uint32_t i = 0; i < literals_.size(); ++i) {
    const std::string& literal = literals_[i];
    CHECK(literal.size() >= kLiteralBytesMin, "the prefilter's minimum");
    if (literal.size() < kGramBytes) {
      pairs.emplace_back(pair_at(literal.data()), i);
    } else {
      keep(i);
    }
  }
  sort_entries();
  keep_pairs(std::move(pairs));
}

void LiteralSet::keep(uint32_t literal) {
  const std::string& bytes = literals_[literal];
  const size_t offset = rarest_gram(bytes);
  const uint16_t hash = gram_hash(&bytes[offset]);
  const bool ends = offset + kGramBytes == bytes.size();
  const uint32_t behind =
      ends ? 0xff : 1u << class_of(gram_hash(&bytes[offset + 1]));
  classes_[hash] = uint8_t(classes_[hash] | behind);
  Entry entry{{},   {}, literal, uint32_t(bytes.size()), uint32_t(offset),
              hash, 0};
  bytes.copy(reinterpret_cast<char*>(&entry.head), kHeadBytes);
  std::memset(&entry.mask, 0xff, std::min(bytes.size(), kHeadBytes));
  entries_.push_back(entry);
}

void LiteralSet::sort_entries() {
  std::stable_sort(
      entries_.begin(), entries_.end(),
      [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  for (uint32_t i = uint32_t(entries_.size()); i-- > 0;) {
    const uint32_t bucket = bucket_of(entries_[i].hash);
    first_[bucket] = i;
    if (i + 1 == entries_.size()) continue;
    const Entry& behind = entries_[i + 1];
    if (bucket_of(behind.hash) == bucket) {
      entries_[i].more = uint16_t(1 + std::min<uint16_t>(behind.more, 1));
    }
  }
  if (entries_.empty()) return;
  Entry none{};
  none.size = UINT32_MAX;  // longer than any text
  entries_.push_back(none);
}

void LiteralSet::keep_pairs(std::vector<std::pair<uint32_t, uint32_t>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [pair, literal] : pairs) {
    CHECK(!is_pair(pair), "each literal is there once");
    pairs_[pair >> 6] |= uint64_t{1} << (pair & 63);
    of_pair_.push_back(literal);
  }
  uint32_t before = 0;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    pairs_before_[i] = before;
    before += uint32_t(std::popcount(pairs_[i]));
  }
}

void LiteralSet::find_grams(size_t left, Met& met) const {
  const uint8_t* const classes = classes_.data();
  const uint16_t* const hashes = met.hashes.data();
  size_t found = 0;
  for (size_t at = 0; at < left; at += 8) {
    for (size_t i = at; i < at + 8; ++i) {
      met.places[found] = uint16_t(i);
      found += classes[hashes[i]] != 0;
    }
  }
  size_t count = 0;
  for (size_t i = 0; i < found; ++i) {
    const size_t at = met.places[i];
    const uint32_t first = first_[bucket_of(hashes[at])];
    __builtin_prefetch(&entries_[first]);
    met.places[count] = uint16_t(at);
    met.entries[count] = first;
    count += classes[hashes[at]] >> class_of(hashes[at + 1]) & 1;
  }
  met.count = count;
}

void LiteralSet::find_pairs(std::string_view text, size_t from,
                            Met& met) const {
  const size_t left = std::min(kBlock, text.size() - from - 1);
  met.count = 0;
  for (size_t i = 0; i < left; ++i) {
    met.places[met.count] = uint16_t(i);
    met.count += is_pair(pair_at(&text[from + i]));
  }
}

}  // namespace simwarden
