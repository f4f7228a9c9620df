// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.h"

#include <boost/test/unit_test.hpp>

#include "scan/fold.h"
#include "scan/made_patterns.h"

using namespace simwarden;

BOOST_AUTO_TEST_CASE(grams_are_hashed_together_as_each_alone) {
  Maker maker(11);
  for (size_t i = 0; i < 3000; ++i) {
    const std::string text = maker.text();
    const std::string padded = text + std::string(kPlacesReach, '\0');
    for (size_t at = 0; at < text.size(); at += kGramsTogether) {
      uint16_t hashes[kGramsTogether];
      hash_grams(&padded[at], hashes);
      for (size_t k = 0; k < std::min(kGramsTogether, text.size() - at); ++k) {
        BOOST_TEST_REQUIRE(hashes[k] == gram_hash(&padded[at + k]));
        BOOST_TEST_REQUIRE(hashes[k] < kGramHashes);
      }
    }
  }
}

namespace {

using Place = std::pair<uint32_t, size_t>;

std::vector<Place> places_by_search(const std::vector<std::string>& literals,
                                    const std::string& text) {
  std::vector<Place> places;
  for (size_t id = 0; id < literals.size(); ++id) {
    for (size_t at = text.find(literals[id]); at != std::string::npos;
         at = text.find(literals[id], at + 1)) {
      places.emplace_back(id, at);
    }
  }
  return places;
}

std::vector<Place> places_by_set(const LiteralSet& set,
                                 const std::string& text) {
  FoldedText folded;
  folded.fold(text);
  BOOST_TEST_REQUIRE(folded.same());
  std::vector<Place> places;
  LiteralSet::Met met{};
  const auto take = [&](uint32_t literal, size_t begin, size_t end) {
    BOOST_TEST(end - begin == set.literal(literal).size());
    places.emplace_back(literal, begin);
  };
  set.find(folded.folded(), met, take);
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

BOOST_AUTO_TEST_CASE(literals_are_found_wherever_they_stand) {
  const std::string zeros(20, '\0');
  const std::vector<std::string> literals = {
      "abc",
      "bcd",
      "验证码",
      "卡",
      "message",
      "messages",
      "ssa",
      "aaaa",
      "ab",
      "aa",
      "码",
      // The same sixteen bytes, and what comes behind.
      "verification cod",
      "verification code",
      "verification codes",
      "verification card, and then much more of it",
      // Nothing but what stands about a text.
      zeros.substr(0, 3),
      zeros.substr(0, 17),
      "a" + zeros,
      zeros + "a",
  };
  const LiteralSet set(literals);
  Maker maker(7);
  for (size_t i = 0; i < 5000; ++i) {
    std::string text;
    for (size_t k = maker.below(6) + (i % 50 == 0 ? 400 : 0); k > 0; --k) {
      const std::string& literal = literals[maker.below(literals.size())];
      const size_t cut = maker.below(literal.size());
      text += maker.below(2) == 0 ? literal.substr(cut)
                                  : literal.substr(0, cut + 1);
    }
    BOOST_TEST_REQUIRE(
        (places_by_set(set, text) == places_by_search(literals, text)), text);
  }
}

// Whatever their number, and with all of them at one place.
BOOST_AUTO_TEST_CASE(literals_with_the_same_gram_are_all_found) {
  for (const size_t count : {1, 2, 3, 4, 63, 64, 65, 200, 3000}) {
    std::vector<std::string> literals;
    for (size_t i = 0; i < count; ++i) {
      literals.push_back(std::string("zqx") + std::string(i, 'e'));
    }
    const LiteralSet set(literals);
    for (const size_t size : {size_t{0}, size_t{1}, count / 2, count}) {
      const std::string text = "e zqx" + std::string(size, 'e') + "zqxe zq";
      BOOST_TEST((places_by_set(set, text) == places_by_search(literals, text)),
                 count << " " << size);
    }
  }
}
