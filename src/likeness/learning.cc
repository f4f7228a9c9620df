// SPDX-License-Identifier: Apache-2.0
#include "likeness/learning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

// Two rounds of fitting: over all phrases, then over those that carried most,
// since a text's length counts only what is in the list.
namespace simwarden {
namespace {

// What the errors of all texts cost beside half the sum of squared weights (C
// of LIBLINEAR): chosen with the largest share of texts below by how many scams
// and honest texts of sheets that were not learnt from come to review.
constexpr double kErrorCost = 30;
constexpr double kStep = 1.0;
// A sentence of fewer bytes is no text.
constexpr size_t kSentenceBytesMin = 12;

// So many texts may have any phrase, however few there are.
constexpr double kTextsOften = 60;

struct Row {
  std::vector<uint32_t> phrases;  // each once, ascending
  bool scam = false;
};

struct Vocabulary {
  std::unordered_map<uint64_t, uint32_t> numbers;
  std::vector<std::string> names;
  std::vector<uint32_t> texts;  // that have it
};

bool is_of_examples(std::string_view phrase) {
  for (size_t begin = 0; begin <= phrase.size();) {
    const size_t end = std::min(phrase.find(' ', begin), phrase.size());
    if (is_no_evidence(phrase.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// `texts`: so many say this.
Row row_of(std::string_view text, bool scam, uint32_t texts,
           Vocabulary& words) {
  Row row{{}, scam};
  for (const PhraseSpan& phrase : phrases_of(text)) {
    const auto next = static_cast<uint32_t>(words.names.size());
    const auto [place, fresh] = words.numbers.emplace(phrase.key, next);
    if (fresh) {
      words.names.push_back(spelled(text, phrase));
      words.texts.push_back(0);
    }
    row.phrases.push_back(place->second);
  }
  std::sort(row.phrases.begin(), row.phrases.end());
  const auto end = std::unique(row.phrases.begin(), row.phrases.end());
  row.phrases.erase(end, row.phrases.end());
  for (const uint32_t phrase : row.phrases) words.texts[phrase] += texts;
  return row;
}

std::vector<Row> rows_of_texts(std::span<const LabelledText> texts,
                               Vocabulary& words) {
  std::vector<Row> rows;
  for (const LabelledText& text : texts) {
    rows.push_back(row_of(text.plain, text.scam, text.copied ? 2 : 1, words));
  }
  for (const LabelledText& text : texts) {
    if (text.scam) continue;
    for (const std::string_view sentence : sentences_of(text.plain)) {
      const bool whole = sentence.size() + 1 >= text.plain.size();
      if (whole || sentence.size() < kSentenceBytesMin) continue;
      rows.push_back(row_of(sentence, false, 1, words));
    }
  }
  return rows;
}

void keep_only(std::vector<Row>& rows, const std::vector<bool>& kept) {
  for (Row& row : rows) {
    std::erase_if(row.phrases, [&](uint32_t phrase) { return !kept[phrase]; });
  }
}

// In an order of their own, so that no label stands in a row: every row once,
// by steps that share no factor with their number.
std::vector<size_t> mixed_order(size_t count) {
  std::vector<size_t> order(count);
  uint64_t state = 1;
  for (size_t i = 0; i < count; ++i) {
    order[i] = i;
    // Lehmer's generator of Steele and Vigna, 2021.
    state = state * 0xDA942042E4DD58B5U + 1;
    std::swap(order[i], order[(state >> 33U) % (i + 1)]);
  }
  return order;
}

// In how many rows each phrase is.
std::vector<double> counts_of(const std::vector<Row>& rows, size_t phrases) {
  std::vector<double> counts(phrases, 0.0);
  for (const Row& row : rows) {
    for (const uint32_t phrase : row.phrases) counts[phrase] += 1;
  }
  return counts;
}

// A weight pays its part of the penalty in each row that has the phrase.
std::vector<double> fit(const std::vector<Row>& rows, size_t phrases,
                        size_t rounds) {
  std::vector<double> weights(phrases, 0.0);
  std::vector<double> slopes(phrases, 1e-3);
  const std::vector<double> counts = counts_of(rows, phrases);
  const std::vector<size_t> order = mixed_order(rows.size());
  for (size_t round = 0; round < rounds; ++round) {
    for (const size_t index : order) {
      const Row& row = rows[index];
      double sum = 0;
      for (const uint32_t phrase : row.phrases) sum += weights[phrase];
      const double error =
          likeness_of(sum, row.phrases.size()) - (row.scam ? 1.0 : 0.0);
      const double size = std::sqrt(std::max(
          kKnownPhrasesLeast, static_cast<double>(row.phrases.size())));
      for (const uint32_t phrase : row.phrases) {
        const double slope =
            error / size + weights[phrase] / (kErrorCost * counts[phrase]);
        slopes[phrase] += slope * slope;
        weights[phrase] -= kStep * slope / std::sqrt(slopes[phrase]);
      }
    }
  }
  return weights;
}

// The `count` that moved most texts.
std::vector<bool> heaviest(const std::vector<double>& weights,
                           const Vocabulary& words,
                           const std::vector<bool>& known, size_t count) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < weights.size(); ++i) {
    if (known[i]) order.push_back(i);
  }
  const auto pull = [&](uint32_t i) {
    return std::abs(weights[i]) *
           std::sqrt(static_cast<double>(words.texts[i]));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return pull(a) > pull(b); });
  std::vector<bool> kept(weights.size(), false);
  for (size_t i = 0; i < order.size() && i < count; ++i) kept[order[i]] = true;
  return kept;
}

}  // namespace

bool is_no_evidence(std::string_view word) {
  constexpr std::array<std::string_view, 13> kWords = {
      "demo", "example", "examples", "test", "invalid", "http", "https",
      "www",  "mailto",  "com",      "net",  "org",     "tel"};
  const bool digits = word.find('0') != std::string_view::npos;
  const bool mixed =
      digits && word.find_first_not_of('0') != std::string_view::npos;
  if (mixed) return true;
  const bool beginning = word.ends_with('*');
  if (beginning) word.remove_suffix(1);
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view known) {
    return word == known ||
           (beginning && (known.starts_with(word) || word.starts_with(known)));
  });
}

std::vector<WeightedPhrase> learn(std::span<const LabelledText> texts,
                                  const LearningBounds& bounds) {
  Vocabulary words;
  std::vector<Row> rows = rows_of_texts(texts, words);
  const double texts_max = std::max(
      kTextsOften, bounds.texts_share_max * static_cast<double>(rows.size()));
  std::vector<bool> known(words.names.size());
  for (size_t i = 0; i < known.size(); ++i) {
    const uint32_t count = words.texts[i];
    known[i] = count >= bounds.texts_min && count <= texts_max &&
               !is_of_examples(words.names[i]);
  }
  keep_only(rows, known);
  known = heaviest(fit(rows, known.size(), bounds.rounds), words, known,
                   bounds.phrases_max);
  keep_only(rows, known);
  const std::vector<double> weights = fit(rows, known.size(), bounds.rounds);
  std::vector<WeightedPhrase> list;
  for (size_t i = 0; i < known.size(); ++i) {
    const double rounded = std::round(weights[i] * 100) / 100;
    if (known[i] && rounded != 0) list.push_back({words.names[i], rounded});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const WeightedPhrase& a, const WeightedPhrase& b) {
                     return std::abs(a.weight) > std::abs(b.weight);
                   });
  return list;
}

}  // namespace simwarden
