// SPDX-License-Identifier: Apache-2.0
#include "cel/value/plain_pattern.h"

#include <random>
#include <string>

#include <boost/test/unit_test.hpp>
#include <re2/re2.h>

using cel::PlainPattern;

namespace {

bool re2_matches(const re2::RE2& pattern, std::string_view text) {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                pattern);
}

std::string one_of(std::mt19937& random,
                   std::initializer_list<const char*> all) {
  return *(all.begin() + random() % all.size());
}

// Runs that often fit each other's characters, and now and then no run at all.
std::string any_pattern(std::mt19937& random) {
  std::string pattern = "^";
  for (size_t runs = random() % 5; runs > 0; --runs) {
    pattern += one_of(random, {"a", "-", R"(\+)", R"(\.)", "[ab]", "[a-c]",
                               "[0-9]", "[-a]", "[b-]", "[ +-]", R"([\]\-])",
                               "[^a]", "[[:digit:]]", R"(\d)", ".", "(b)"});
    pattern += one_of(random, {"", "", "?", "+", "*", "{2}", "{1,3}", "{0,2}",
                               "{2,}", "{0}", "+?", "{1,2}?"});
  }
  return pattern + "$";
}

std::string any_text(std::mt19937& random) {
  static const std::string kBytes("aaabbc-+.09 ]d\n\0\xc3\xa4\xff", 19);
  std::string text;
  for (size_t size = random() % 9; size > 0; --size) {
    text += kBytes[random() % kBytes.size()];
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_pattern_matches_what_re2_matches) {
  std::mt19937 random(20261126);
  size_t plain_ones = 0;
  size_t matched = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string pattern = any_pattern(random);
    const re2::RE2 compiled(pattern, re2::RE2::Quiet);
    if (!compiled.ok()) continue;
    const auto plain = PlainPattern::of(pattern);
    if (!plain) continue;
    ++plain_ones;
    for (int k = 0; k < 100; ++k) {
      const std::string text = any_text(random);
      const bool expected = re2_matches(compiled, text);
      matched += expected;
      BOOST_REQUIRE_MESSAGE(plain->matches(text) == expected,
                            pattern << " on " << text);
    }
  }
  BOOST_TEST(plain_ones > 500);
  BOOST_TEST(matched > 2000);
}

BOOST_AUTO_TEST_CASE(identifiers_are_plain_and_what_needs_a_choice_is_not) {
  for (const char* pattern :
       {R"(^\+[1-9][0-9]{7,14}$)", "^89[0-9]{16,18}$", "^[0-9]{14,15}$",
        "^[A-Z]{2}-[A-Z0-9-]{2,16}$", "^[+]?[0-9][0-9 ()-]{8,18}$", "^$"}) {
    BOOST_TEST(bool(PlainPattern::of(pattern)), pattern);
  }
  for (const char* pattern :
       {"[0-9]", "^[0-9]+", "[0-9]+$", "^a*a$", "^a?b?a$", "^a|b$", "^(a)$",
        "^[^a]$", "^.$", "^a+?$", R"(^\d$)", R"(^a\$)", "^\xc3\xa4$", "^a{,2}$",
        "^[[:alpha:]]$", "(?i)^a$"}) {
    BOOST_TEST(!PlainPattern::of(pattern), pattern);
  }
}
