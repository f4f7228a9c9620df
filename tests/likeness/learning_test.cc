// SPDX-License-Identifier: Apache-2.0
#include "likeness/learning.h"

#include <algorithm>
#include <random>

#include <boost/test/unit_test.hpp>

#include "likeness/keyed.h"

namespace simwarden {
namespace {

// Random texts over 40 words of which some come in scams only.
std::vector<LabelledText> texts_of(uint32_t seed, size_t count) {
  std::mt19937 random(seed);
  std::vector<LabelledText> texts;
  for (size_t i = 0; i < count; ++i) {
    LabelledText text;
    text.scam = i % 2 == 0;
    for (size_t n = 0; n < 12; ++n) {
      const auto word = random() % 40;
      const bool telling = word < 4;
      text.plain += telling && !text.scam ? std::string("calm")
                                          : "word" + std::string(1 + word, 'x');
      text.plain += ' ';
    }
    texts.push_back(text);
  }
  return texts;
}

BOOST_AUTO_TEST_CASE(what_only_scams_say_speaks_for_a_scam) {
  const auto list = learn(texts_of(1, 100));
  const auto weight = [&](std::string_view phrase) {
    const auto found = std::find_if(
        list.begin(), list.end(),
        [&](const WeightedPhrase& one) { return one.phrase == phrase; });
    return found == list.end() ? 0.0 : found->weight;
  };
  BOOST_TEST(weight("wordx") > 0.5);
  BOOST_TEST(weight("calm") < -0.5);
  BOOST_TEST(std::abs(weight("wordxxxxxxxxxx")) < weight("wordx"));
}

BOOST_AUTO_TEST_CASE(texts_that_were_not_learnt_from_are_told_apart) {
  const PhraseWeights weights = weights_of(learn(texts_of(1, 100)));
  size_t right = 0;
  const auto unseen = texts_of(2, 400);
  for (const LabelledText& text : unseen) {
    right += (weights.likeness(text.plain).share > 0.5) == text.scam ? 1 : 0;
  }
  BOOST_TEST(right > 300);
}

BOOST_AUTO_TEST_CASE(what_most_texts_have_is_no_phrase) {
  const auto list = learn(texts_of(1, 180));
  const auto is_calm = [](const WeightedPhrase& one) {
    return one.phrase == "calm";
  };
  BOOST_TEST(std::none_of(list.begin(), list.end(), is_calm));
}

BOOST_AUTO_TEST_CASE(the_same_texts_give_the_same_weights) {
  const auto same = [](const WeightedPhrase& a, const WeightedPhrase& b) {
    return a.phrase == b.phrase && a.weight == b.weight;
  };
  const auto one = learn(texts_of(3, 200));
  const auto two = learn(texts_of(3, 200));
  BOOST_TEST(std::equal(one.begin(), one.end(), two.begin(), two.end(), same));
}

BOOST_AUTO_TEST_CASE(bounds_hold) {
  const auto list = learn(texts_of(4, 200), {.phrases_max = 10});
  BOOST_TEST(list.size() <= 10u);
  const auto none = learn(texts_of(4, 200), {.texts_min = 1000});
  BOOST_TEST(none.empty());
  BOOST_TEST(learn({}).empty());
}

BOOST_AUTO_TEST_CASE(names_of_examples_are_no_phrases) {
  const std::vector<LabelledText> texts = {{"write demo now", true},
                                           {"write demo now", true},
                                           {"lunch at noon", false},
                                           {"lunch at noon", false}};
  for (const WeightedPhrase& one : learn(texts)) {
    BOOST_TEST(one.phrase.find("demo") == std::string::npos);
  }
}

}  // namespace
}  // namespace simwarden
