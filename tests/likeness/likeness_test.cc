// SPDX-License-Identifier: Apache-2.0
#include "likeness/likeness.h"

#include <cmath>

#include <boost/test/unit_test.hpp>

#include "likeness/keyed.h"

namespace simwarden {
namespace {

const std::vector<WeightedPhrase> kList = {{"免实名", 4.0},
                                           {"verify your", 3.0},
                                           {"your", -0.5},
                                           {"your", 9.0},
                                           {"not one phrase at all", 50.0}};

double by_hand(double sum, double known) {
  return 1 / (1 + std::exp(-(kPhraseBias + sum / std::sqrt(known))));
}

BOOST_AUTO_TEST_CASE(nothing_is_like_nothing) {
  BOOST_TEST(PhraseWeights().likeness("any text").share == 0);
  BOOST_TEST(PhraseWeights().telling("any text", 5).empty());
}

BOOST_AUTO_TEST_CASE(a_text_without_known_phrases_has_a_fifth) {
  BOOST_TEST(std::abs(weights_of(kList).likeness("hello").share - 0.2) < 1e-3);
}

BOOST_AUTO_TEST_CASE(the_share_can_be_worked_out_by_hand) {
  const PhraseWeights weights = weights_of(kList);
  BOOST_TEST(weights.likeness("please verify your sim").share ==
             by_hand(2.5, 8));
  BOOST_TEST(weights.likeness("免实名办卡").share == by_hand(4.0, 8));
  BOOST_TEST(weights.likeness("免实名, verify your").share == by_hand(6.5, 8));
}

BOOST_AUTO_TEST_CASE(a_phrase_counts_once) {
  const PhraseWeights weights = weights_of(kList);
  BOOST_TEST(weights.likeness("免实名免实名免实名").share ==
             weights.likeness("免实名").share);
}

BOOST_AUTO_TEST_CASE(all_phrases_are_counted) {
  const PhraseWeights weights = weights_of(kList);
  // 免实 实名 名免 免实 实名, 免实名 实名免 名免实 免实名
  BOOST_TEST(weights.likeness("免实名免实名").phrases == 9u);
  BOOST_TEST(weights.likeness("please verify. your sim").phrases == 6u);
  BOOST_TEST(weights.likeness("delivery").phrases == 1u);
  BOOST_TEST(PhraseWeights().likeness("any text").phrases == 0u);
}

BOOST_AUTO_TEST_CASE(many_known_phrases_share_what_they_say) {
  std::vector<WeightedPhrase> list;
  std::string text;
  for (char c = 'a'; c <= 'p'; ++c) {
    list.push_back({std::string(1, c), 1.0});
    text += std::string(1, c) + ". ";
  }
  BOOST_TEST(weights_of(list).likeness(text).share == by_hand(16, 16));
}

BOOST_AUTO_TEST_CASE(the_heaviest_phrases_are_told) {
  const PhraseWeights weights = weights_of(kList);
  const std::string_view text = "verify your sim 免实名 now";
  const auto told = [&](size_t count) {
    std::string all;
    for (const PhraseSpan& phrase : weights.telling(text, count)) {
      all += spelled(text, phrase) + "|";
    }
    return all;
  };
  BOOST_TEST(told(5) == "免实名|verify your|");
  BOOST_TEST(told(1) == "免实名|");
  BOOST_TEST(weights.telling("your", 5).empty());
}

BOOST_AUTO_TEST_CASE(no_word_is_cut_where_a_phrase_is_told) {
  const PhraseWeights weights =
      weights_of({{"原卡", 2.0}, {"套一", 1.5}, {"deliv*", 1.0}});
  const auto told = [&](std::string_view text) {
    std::string all;
    for (const PhraseSpan& phrase : weights.telling(text, 5)) {
      all += spelled(text, phrase) + "|";
    }
    return all;
  };
  BOOST_TEST(told("送取卡针, 还原卡套一套, 包邮") == "还原卡套一套|");
  BOOST_TEST(told("your delivery") == "delivery|");
  // Of a long line no more than is read at a glance.
  const std::string_view line = "一二三四五六七八九十甲乙丙丁原卡戊己";
  BOOST_TEST(told(line) == "三四五六七八九十甲乙丙丁原卡戊己|");
}

}  // namespace
}  // namespace simwarden
