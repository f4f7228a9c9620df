// SPDX-License-Identifier: Apache-2.0
#include "likeness/likeness.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <utility>

namespace simwarden {

double likeness_of(double weights, size_t known) {
  const double size = std::max(kKnownPhrasesLeast, static_cast<double>(known));
  return 1.0 / (1.0 + std::exp(-(kPhraseBias + weights / std::sqrt(size))));
}

namespace {

// Where a slot is comes from the low half of a key, so that the high one tells
// those apart that lie there: of other phrases one in two milliards.
uint32_t mark_of(uint64_t key) {
  return static_cast<uint32_t>(key >> 32U) | 1U;
}

}  // namespace

PhraseWeights::PhraseWeights(std::span<const WeightedKey> phrases) {
  slots_.resize(std::bit_ceil(2 * phrases.size() + 1));
  for (const WeightedKey& one : phrases) {
    if (one.key == 0 || find(one.key) != nullptr) continue;
    size_t i = one.key & (slots_.size() - 1);
    while (slots_[i].mark != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = {mark_of(one.key), static_cast<float>(one.weight)};
    ++size_;
  }
}

const PhraseWeights::Slot* PhraseWeights::find(uint64_t key) const {
  if (slots_.empty()) return nullptr;
  const size_t mask = slots_.size() - 1;
  const uint32_t mark = mark_of(key);
  for (size_t i = key & mask; slots_[i].mark != 0; i = (i + 1) & mask) {
    if (slots_[i].mark == mark) return &slots_[i];
  }
  return nullptr;
}

std::vector<PhraseWeights::Known> PhraseWeights::known_of(
    std::span<const PhraseSpan> phrases) const {
  std::vector<Known> known;
  for (const PhraseSpan& phrase : phrases) {
    if (const Slot* slot = find(phrase.key)) known.push_back({slot, phrase});
  }
  std::stable_sort(
      known.begin(), known.end(),
      [](const Known& a, const Known& b) { return a.slot < b.slot; });
  const auto same = [](const Known& a, const Known& b) {
    return a.slot == b.slot;
  };
  known.erase(std::unique(known.begin(), known.end(), same), known.end());
  return known;
}

Likeness PhraseWeights::likeness(std::string_view plain) const {
  if (empty()) return {};
  const std::vector<PhraseSpan> phrases = phrases_of(plain);
  const std::vector<Known> known = known_of(phrases);
  double sum = 0;
  for (const Known& one : known) sum += static_cast<double>(one.slot->weight);
  const auto heard =
      std::count_if(phrases.begin(), phrases.end(),
                    [](const PhraseSpan& phrase) { return !phrase.beginning; });
  return {likeness_of(sum, known.size()), static_cast<uint32_t>(heard)};
}

std::vector<PhraseSpan> PhraseWeights::telling(std::string_view plain,
                                               size_t count) const {
  // Where words stand, and what the phrases among them weigh together.
  std::map<std::pair<size_t, size_t>, double> weights;
  for (const Known& one : known_of(phrases_of(plain))) {
    const PhraseSpan shown = in_sentence(plain, one.phrase);
    weights[{shown.begin, shown.end}] += static_cast<double>(one.slot->weight);
  }
  std::vector<std::pair<double, PhraseSpan>> heavy;
  // "us", "de": said by everybody. One Han character has three bytes.
  constexpr size_t kBytesMin = 4;
  for (const auto& [at, weight] : weights) {
    const bool word = at.second - at.first >= kBytesMin;
    if (word && weight > 0) heavy.push_back({weight, {0, at.first, at.second}});
  }
  std::stable_sort(
      heavy.begin(), heavy.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<PhraseSpan> told;
  for (const auto& [weight, words] : heavy) {
    if (told.size() == count) break;
    const bool inside =
        std::any_of(told.begin(), told.end(), [&](const PhraseSpan& other) {
          return words.begin < other.end && other.begin < words.end;
        });
    if (!inside) told.push_back(words);
  }
  return told;
}

}  // namespace simwarden
