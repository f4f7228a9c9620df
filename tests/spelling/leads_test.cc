// SPDX-License-Identifier: Apache-2.0
#include "spelling/leads.h"

#include <string>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

std::string kinds(std::string_view text, size_t skip = 0) {
  constexpr std::string_view kSigns = "0(*@LSN_";
  std::string all;
  for (const Lead& lead : find_leads(text)) {
    all += kSigns[static_cast<size_t>(lead.kind)];
    all += std::to_string(lead.at - skip) + " ";
  }
  return all;
}

BOOST_AUTO_TEST_CASE(leads_stand_where_something_may_begin) {
  BOOST_TEST(kinds("") == "");
  BOOST_TEST(kinds("an ordinary sentence, nothing more") == "");
  BOOST_TEST(kinds("tg @demo +1 (5) *21") ==
             "L0 @3 (9 010 (12 S12 013 *16 017 ");
  BOOST_TEST(kinds("code1234x9") == "04 09 ");
  BOOST_TEST(kinds("stg 1tg") == "04 ");
  BOOST_TEST(kinds("微商壹 加qq") == "L0 N6 L13 ");
  BOOST_TEST(kinds("seven[.]t/") == "N0 S5 S9 ");
  BOOST_TEST(kinds("demo_x d _ e x_y") == "S4 _4 S9 S14 _14 ");
}

// Blocks of bytes are looked at together: where a text stands in one must
// not matter.
BOOST_AUTO_TEST_CASE(leads_do_not_hang_on_the_place_of_a_text) {
  const std::string text =
      "t g: @demo_x 加微信 seven①2 wa。me/1 (+1) 555**21*0712# x9tg _vx";
  const std::string expected = kinds(text);
  for (size_t pad = 1; pad < 70; ++pad) {
    const std::string moved = std::string(pad, ' ') + text;
    BOOST_TEST(kinds(moved, pad) == expected, pad);
    BOOST_TEST(kinds(moved + std::string(pad, ' '), pad) == expected, pad);
  }
}

}  // namespace
}  // namespace simwarden
