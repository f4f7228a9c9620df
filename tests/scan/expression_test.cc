// SPDX-License-Identifier: Apache-2.0
#include "scan/expression.h"

#include <iterator>
#include <random>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

constexpr const char* kPatterns[] = {
    "\\bab\\b",
    "a.{0,6}b",
    "a.{0,6}?b",
    "(?:a|ab)(?:c|bcd)(?:d*)",
    "\\b(?:sim|esim|card)\\b.{0,20}\\b(?:ab|abc)\\b",
    "^a[^b]*b$",
    "(?i)card ?[0-9]{2,6}",
    "é.{1,3}号",
    "[^a]{3}b",
    "(?:)",
    "b*",
    "\\pL{2}\\b",
    "(?:\\pL\\pN|\\p{Han}{2,8}|[а-я]{3,9}.{0,40}){1,3}b",  // a long program
};

std::string some_text(std::mt19937& random) {
  constexpr const char* kPieces[] = {
      "a",  "b",  "ab", "abc ", "c",    "d",  " ",    "sim ", "é",
      "号", "12", "7 ", "\n",   "card", "не", "esim", "\xff", "CARD "};
  std::string text;
  for (size_t count = random() % 24; count > 0; --count) {
    text += kPieces[random() % std::size(kPieces)];
  }
  if (random() % 16 == 0) text.insert(random() % (text.size() + 1), 2000, 'x');
  return text;
}

// Short texts and long ones, parts and wholes, with memory and without.
BOOST_AUTO_TEST_CASE(what_is_found_once_is_what_is_found) {
  std::mt19937 random(2026);
  size_t found = 0;
  for (const int64_t most : {kScanMemoryMax, int64_t{0}}) {
    ScanMemory memory(most);
    for (const char* const pattern : kPatterns) {
      const Expression expression(pattern, memory);
      for (int round = 0; round < 2'000; ++round) {
        const std::string text = some_text(random);
        size_t from = random() % (text.size() + 1);
        size_t to = random() % (text.size() + 1);
        if (from > to) std::swap(from, to);
        if (random() % 2 == 0) from = 0;
        if (random() % 2 == 0) to = text.size();
        Expression::Match one{};
        Expression::Match other{};
        const bool is_found = expression.find(text, from, to, one);
        BOOST_REQUIRE_EQUAL(expression.find_once(text, from, to, other),
                            is_found);
        BOOST_REQUIRE_EQUAL(expression.matches(text, from, to), is_found);
        BOOST_REQUIRE_EQUAL(other.begin, one.begin);
        BOOST_REQUIRE_EQUAL(other.end, one.end);
        found += is_found ? 1 : 0;
      }
    }
  }
  BOOST_TEST(found > 10'000U);
}

}  // namespace
}  // namespace simwarden
