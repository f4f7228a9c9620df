// SPDX-License-Identifier: Apache-2.0
#include "facts/read_length.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

using namespace std::string_literals;

std::string many(std::string_view unit, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += unit;
  return text;
}

BOOST_AUTO_TEST_CASE(an_ordinary_text_is_as_long_as_it_is) {
  BOOST_TEST(read_length("") == 0u);
  BOOST_TEST(read_length("  \n \t\n") == 0u);
  BOOST_TEST(read_length("ab") == 2u);
  BOOST_TEST(read_length("Hello, you") == 9u);
  BOOST_TEST(read_length("https://demo.example/a") == 20u);
  BOOST_TEST(read_length("wait........") == 5u);
  BOOST_TEST(read_length("补卡，找我。") == 6u);
  BOOST_TEST(read_length("caf\u00E9 e\u0301t\u00E9") == 8u);
  BOOST_TEST(read_length("one\n\n\ntwo\n") == 8u);
  BOOST_TEST(read_length("\xF0\x9D\x93\xA3\xF0\x9D\x93\xB6") == 2u);
  BOOST_TEST(read_length("\xFF"
                         "a") == 2u);
}

// What a reader does not read makes no text longer.
BOOST_AUTO_TEST_CASE(padding_makes_no_text_longer) {
  const std::string text = "SIM swap, no ID";
  const uint32_t plain = read_length(text);
  BOOST_TEST(plain == 14u);
  for (const std::string& padding :
       {many("\n", 2600), many(" ", 2600), many("\u200B", 2600),
        many("\u00A0 ", 1300), many("-", 2600), many("\u2588\u2591", 2000),
        many("\U0001F525", 2600), many("\u0301", 2600)}) {
    BOOST_TEST(read_length(text + padding) <= plain + 1);
    BOOST_TEST(read_length(padding + text) <= plain + 1);
    BOOST_TEST(read_length(text + padding + "\n.") <= plain + 4);
  }
  BOOST_TEST(read_length("SIM  swap,   no\u00A0 \u00A0ID") == plain);
  BOOST_TEST(read_length("SIM - swap - ... no -- ID") == plain);
  const uint32_t quoted = read_length(text + many("\n> hello", 400));
  BOOST_TEST(quoted == plain + 8);
  BOOST_TEST(read_length(text + many("\r\n  " + text, 50)) == plain + 1);
}

}  // namespace
}  // namespace simwarden
