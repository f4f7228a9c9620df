// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "likeness/likeness.h"

// Finds the weights of phrases from texts that people labelled: logistic
// regression with a fixed intercept, fitted by stochastic gradients in a fixed
// order (AdaGrad: Duchi, Hazan and Singer, JMLR 12, 2011). The same texts in
// the same order give the same weights.
namespace simwarden {

struct LabelledText {
  std::string plain;  // a plain view
  bool scam = false;
  // Copies of it were left out: what it says stands in several messages.
  bool copied = false;
};

struct LearningBounds {
  // What is kept of the list, the heaviest first: some 2 MB.
  size_t phrases_max = 128'000;
  // A phrase of fewer texts says nothing.
  size_t texts_min = 2;
  // A phrase of a larger share of texts is grammar, and tells languages apart.
  double texts_share_max = 0.012;
  size_t rounds = 60;
};

// Heaviest first by their weight's size; weights have two decimals and none is
// 0. The sentences of honest texts are honest texts too, so that a short one
// is not taken for a scam for lack of words. Phrases with a word that
// is_no_evidence() are left out.
std::vector<WeightedPhrase> learn(std::span<const LabelledText> texts,
                                  const LearningBounds& bounds = {});

// Whether a word tells how a text was made, not what it says: of names that are
// reserved for examples ("demo", "example"), of links ("https", "www"), with
// letters and digits ("x0"), or whether a beginning is one of such a word
// ("examp*"). Of a phrase: digits are 0.
bool is_no_evidence(std::string_view word);

}  // namespace simwarden
