// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "likeness/phrases.h"

// How much a text reads like scams that were seen before: a sum of weights of
// its phrases, as a share between 0 and 1.
//
//   PhraseWeights weights(list);
//   weights.likeness("免实名办卡,加我")   // .share is 0.74, of 11 .phrases
//   weights.telling("免实名办卡,加我", 3) // where 免实名, 加我, … stand
//
// The share is 1 / (1 + e^-s), s = kPhraseBias + the sum of the weights of the
// text's known phrases, each once, / sqrt(how many there are, at least
// kKnownPhrasesLeast): a logistic regression over unit vectors, as text
// classifiers have it (Manning, Raghavan and Schütze, Introduction to
// Information Retrieval, 2008, 13 to 15). What moved it are phrases that
// anybody can look up in the list.
//
// A value; many threads may ask at once.
namespace simwarden {

struct WeightedPhrase {
  std::string phrase;   // as spelled() writes it
  double weight = 0.0;  // above 0: speaks for a scam
};

// The same by phrase_key().
struct WeightedKey {
  uint64_t key = 0;
  double weight = 0.0;

  bool operator==(const WeightedKey&) const = default;
};

// What a text without known phrases has: a share of 0.2.
inline constexpr double kPhraseBias = -1.386;
// A text with one known word says less than one with many.
inline constexpr double kKnownPhrasesLeast = 8;

double likeness_of(double weights, size_t known);

struct Likeness {
  double share = 0.0;
  // Of the text, known or not, without words' beginnings: how much the share
  // heard.
  uint32_t phrases = 0;
};

// So little is like what clubs, landlords, offices and neighbours write
// (measured: docs/likeness.md).
inline constexpr double kHonestShareMax = 0.15;
// Of fewer phrases, some eight words, a share says too little for that.
inline constexpr uint32_t kHonestPhrasesMin = 16;

inline bool reads_honest(const Likeness& likeness) {
  return likeness.phrases >= kHonestPhrasesMin &&
         likeness.share < kHonestShareMax;
}

class PhraseWeights {
 public:
  PhraseWeights() = default;
  // Keys of 0, which are of no phrase, are left out; of two weights of one
  // phrase the first counts.
  explicit PhraseWeights(std::span<const WeightedKey> phrases);

  bool empty() const { return size_ == 0; }
  // Of a plain view. 0 and 0 without any phrases in the list.
  Likeness likeness(std::string_view plain) const;
  // The words of the text that speak most for a scam, the heaviest first, at
  // most `count`: whole ones, and parts of sentences where a script parts no
  // words (in_sentence); none of a short word, and none lies over another one.
  std::vector<PhraseSpan> telling(std::string_view plain, size_t count) const;

 private:
  struct Slot {
    uint32_t mark = 0;  // of the phrase's key; 0: free
    float weight = 0;
  };
  const Slot* find(uint64_t key) const;
  // What is known of a text, each once, by key.
  struct Known {
    const Slot* slot;
    PhraseSpan phrase;
  };
  std::vector<Known> known_of(std::span<const PhraseSpan> phrases) const;

  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  size_t size_ = 0;
};

}  // namespace simwarden
