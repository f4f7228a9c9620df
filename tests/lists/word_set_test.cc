// SPDX-License-Identifier: Apache-2.0
#include "lists/word_set.h"

#include <string>
#include <unordered_set>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(an_empty_set_holds_nothing) {
  const WordSet set;
  BOOST_TEST(!set.contains(""));
  BOOST_TEST(!set.contains("demo.test"));
  BOOST_TEST(set.empty());
}

BOOST_AUTO_TEST_CASE(words_keep_the_order_of_their_first_insert) {
  WordSet set = {"b", "a", "b"};
  BOOST_TEST(!set.insert("a"));
  BOOST_TEST(set.insert("c"));
  std::string all;
  for (const std::string& word : set) all += word;
  BOOST_TEST(all == "bac");
}

BOOST_AUTO_TEST_CASE(erased_words_are_gone_and_the_others_stay) {
  WordSet set = {"a", "b", "c"};
  set.erase_all({"b", "d"});
  BOOST_TEST((set.contains("a") && !set.contains("b") && set.contains("c")));
  BOOST_TEST(set.insert("b"));
  BOOST_TEST(set.size() == 3U);
}

// The standard set is the judge: many words, many that are not there, words
// that begin alike.
BOOST_AUTO_TEST_CASE(it_answers_as_the_standard_set_does) {
  WordSet set;
  std::unordered_set<std::string> known;
  uint64_t state = 7;
  const auto next = [&] {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return "host" + std::to_string((state >> 33) % 40000) + ".test";
  };
  for (size_t i = 0; i < 30000; ++i) {
    const std::string word = next();
    BOOST_REQUIRE(set.insert(word) == known.insert(word).second);
  }
  BOOST_TEST(set.size() == known.size());
  for (size_t i = 0; i < 30000; ++i) {
    const std::string word = next();
    BOOST_REQUIRE(set.count(word) == known.count(word));
  }
}

}  // namespace
}  // namespace simwarden
