// SPDX-License-Identifier: Apache-2.0
#include "likeness/phrases.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

std::string all_of(std::string_view text) {
  std::string all;
  for (const PhraseSpan& phrase : phrases_of(text)) {
    all += spelled(text, phrase) + "|";
  }
  return all;
}

BOOST_AUTO_TEST_CASE(words_stand_alone_and_in_pairs) {
  BOOST_TEST(all_of("") == "");
  BOOST_TEST(all_of("verify") == "verify|verif*|");
  BOOST_TEST(all_of("verify, your sim") ==
             "verify|verif*|your|verify your|sim|your sim|");
  BOOST_TEST(all_of("ваш номер") == "ваш|номер|ваш номер|");
}

BOOST_AUTO_TEST_CASE(longer_words_have_a_beginning) {
  BOOST_TEST(all_of("codes") == "codes|");
  BOOST_TEST(all_of("номера") == "номера|номер*|");
  BOOST_TEST(all_of("a1234567 123456") == "a0000000|000000|a0000000 000000|");
  BOOST_TEST(phrases_of("delivery")[1].key == phrases_of("delivered")[1].key);
  BOOST_TEST(phrases_of("delivery")[1].end == 8u);
}

BOOST_AUTO_TEST_CASE(characters_stand_in_twos_and_threes) {
  BOOST_TEST(all_of("补") == "");
  BOOST_TEST(all_of("补卡找我") == "补卡|卡找|补卡找|找我|卡找我|");
  BOOST_TEST(all_of("补-卡") == "补卡|");
}

BOOST_AUTO_TEST_CASE(no_phrase_reaches_over_a_sentence_or_another_script) {
  BOOST_TEST(all_of("stop. now") == "stop|now|");
  BOOST_TEST(all_of("补卡。找我") == "补卡|找我|");
  BOOST_TEST(all_of("加vx补卡") == "vx|补卡|");
}

BOOST_AUTO_TEST_CASE(all_numbers_of_one_length_are_one_word) {
  BOOST_TEST(all_of("code 47114") == "code|00000|code 00000|");
  BOOST_TEST(phrases_of("47114")[0].key == phrases_of("08150")[0].key);
  BOOST_TEST(phrases_of("471145")[0].key != phrases_of("08150")[0].key);
}

BOOST_AUTO_TEST_CASE(a_price_with_a_digit_more_is_the_same_word) {
  BOOST_TEST(all_of("pay 338 eur") == "pay|000|pay 000|eur|000 eur|");
  BOOST_TEST(all_of("pay 3380 eur") == all_of("pay 338 eur"));
  BOOST_TEST(all_of("5 pm") == all_of("11 pm"));
  BOOST_TEST(phrases_of("11")[0].key != phrases_of("338")[0].key);
  BOOST_TEST(phrases_of("338")[0].key != phrases_of("33800")[0].key);
  // Each run of a word by itself; as lists have it, and as older ones had it.
  BOOST_TEST(all_of("a12b3456") == "a0b000|");
  BOOST_TEST(phrase_key("pay 0000") == phrase_key("pay 000"));
}

BOOST_AUTO_TEST_CASE(a_word_that_is_too_long_is_none) {
  const std::string longest(kPhraseWordBytesMax, 'a');
  BOOST_TEST(all_of("b " + longest + "a c") == "b|c|");
  BOOST_TEST(phrases_of("b " + longest + " c").size() == 6u);
}

BOOST_AUTO_TEST_CASE(so_many_phrases_are_looked_at) {
  std::string text;
  for (size_t i = 0; i < kPhrasesMax; ++i) text += "word ";
  // The last word may bring three.
  BOOST_TEST(phrases_of(text).size() <= kPhrasesMax + 2);
  BOOST_TEST(phrases_of(text).size() >= kPhrasesMax);
}

BOOST_AUTO_TEST_CASE(a_phrase_of_a_list_has_the_key_of_the_text) {
  const std::string_view text = "免实名办卡, verify your codes 123456";
  for (const PhraseSpan& phrase : phrases_of(text)) {
    BOOST_TEST(phrase_key(spelled(text, phrase)) == phrase.key);
  }
  for (const std::string_view none : {"*", "deli*", "delive*", "a b c*",
                                      "ab1cd*", "免实名办卡*", "deliv**"}) {
    BOOST_TEST(phrase_key(none) == 0u, none);
  }
  BOOST_TEST(phrase_key("three whole words") == 0u);
  BOOST_TEST(phrase_key("") == 0u);
  BOOST_TEST(phrase_key(" your") == 0u);
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read) {
  for (const std::string text :
       {"\xFF\xFE", "a\xC3", "\xE8\xA1", "\xF0\x9F\x92", "补\x80卡"}) {
    for (const PhraseSpan& phrase : phrases_of(text)) {
      BOOST_TEST(phrase.begin < phrase.end);
      BOOST_TEST(phrase.end <= text.size());
    }
    BOOST_TEST(sentences_of(text) == std::vector<std::string_view>{text},
               boost::test_tools::per_element());
  }
  // Broken ones are parts of no word, and keep none from being one.
  BOOST_TEST(all_of("\xFF verify \xC3") == "verify|verif*|");
}

BOOST_AUTO_TEST_CASE(sentences_end_where_signs_do) {
  using Sentences = std::vector<std::string_view>;
  BOOST_CHECK((sentences_of("a. b? c") == Sentences{"a", " b", " c"}));
  BOOST_CHECK((sentences_of("你好。再见") == Sentences{"你好", "再见"}));
  BOOST_CHECK(sentences_of("...").empty());
}

}  // namespace
}  // namespace simwarden
