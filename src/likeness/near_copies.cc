// SPDX-License-Identifier: Apache-2.0
#include "likeness/near_copies.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <unordered_map>

#include "likeness/phrases.h"

namespace simwarden {
namespace {

// With fewer four in five say little: such a text is a copy of one with the
// same phrases only.
constexpr size_t kPhrasesLeast = 24;
// Of texts with four phrases in five in common 99.7 in a hundred share a band.
constexpr size_t kBands = 8;
constexpr size_t kRowsOfBand = 3;
// So many texts of one band are compared: the first ones are copied from.
constexpr size_t kTextsOfBandMax = 8;

using Phrases = std::vector<uint64_t>;  // ascending, each once
using Bands = std::array<uint64_t, kBands>;

Phrases phrases_in(std::string_view plain) {
  Phrases keys;
  for (const PhraseSpan& phrase : phrases_of(plain)) keys.push_back(phrase.key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// splitmix64 of Steele, Lea and Flood, 2014.
uint64_t mixed(uint64_t key) {
  key = (key ^ (key >> 30U)) * 0xBF58476D1CE4E5B9U;
  key = (key ^ (key >> 27U)) * 0x94D049BB133111EBU;
  return key ^ (key >> 31U);
}

Bands bands_of(const Phrases& phrases) {
  Bands bands{};
  for (size_t row = 0; row < kBands * kRowsOfBand; ++row) {
    uint64_t least = std::numeric_limits<uint64_t>::max();
    for (const uint64_t key : phrases) {
      least = std::min(least, mixed(key + (row + 1) * 0x9E3779B97F4A7C15U));
    }
    uint64_t& band = bands[row / kRowsOfBand];
    band = mixed(band ^ (least + row));
  }
  return bands;
}

bool are_near(const Phrases& a, const Phrases& b) {
  if (std::min(a.size(), b.size()) < kPhrasesLeast) return a == b;
  size_t both = 0;
  for (auto i = a.begin(), k = b.begin(); i != a.end() && k != b.end();) {
    both += *i == *k ? 1 : 0;
    const bool first = *i <= *k;
    const bool second = *k <= *i;
    i += first ? 1 : 0;
    k += second ? 1 : 0;
  }
  const size_t all = a.size() + b.size() - both;
  return 5 * both >= 4 * all;
}

}  // namespace

std::vector<size_t> near_copies(std::span<const std::string_view> plain) {
  std::vector<size_t> copied(plain.size());
  std::vector<Phrases> phrases(plain.size());
  std::unordered_map<uint64_t, std::vector<size_t>> texts_of;
  for (size_t i = 0; i < plain.size(); ++i) {
    copied[i] = i;
    phrases[i] = phrases_in(plain[i]);
    if (phrases[i].empty()) continue;
    const Bands bands = bands_of(phrases[i]);
    for (const uint64_t band : bands) {
      const auto known = texts_of.find(band);
      if (copied[i] != i || known == texts_of.end()) continue;
      for (const size_t other : known->second) {
        if (copied[i] == i && are_near(phrases[i], phrases[other])) {
          copied[i] = other;
        }
      }
    }
    if (copied[i] != i) continue;
    for (const uint64_t band : bands) {
      std::vector<size_t>& texts = texts_of[band];
      if (texts.size() < kTextsOfBandMax) texts.push_back(i);
    }
  }
  return copied;
}

}  // namespace simwarden
