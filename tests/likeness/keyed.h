// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "likeness/likeness.h"
#include "likeness/phrases.h"

namespace simwarden {

// As a list of phrases is read from its file.
inline PhraseWeights weights_of(const std::vector<WeightedPhrase>& list) {
  std::vector<WeightedKey> keys;
  for (const WeightedPhrase& one : list) {
    keys.push_back({phrase_key(one.phrase), one.weight});
  }
  return PhraseWeights(keys);
}

}  // namespace simwarden
