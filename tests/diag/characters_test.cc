// SPDX-License-Identifier: Apache-2.0
#include "diag/characters.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_text_is_cut_between_characters) {
  const std::string_view text = "aé换😀z";
  const std::string_view beginnings[] = {
      "",     "a",    "a",    "aé",    "aé",     "aé",    "aé换",
      "aé换", "aé换", "aé换", "aé换😀", "aé换😀z", "aé换😀z"};
  for (size_t most = 0; most < std::size(beginnings); ++most) {
    BOOST_TEST_CONTEXT("at most " << most) {
      BOOST_TEST(cut(text, most) == beginnings[most]);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_text_has_the_characters_that_one_goes_through) {
  for (const std::string_view text : {"", "a", "aé换😀z", "\xff\xfe", "é"}) {
    size_t count = 0;
    for (size_t at = 0; at < text.size(); ++count) {
      at += code_point_size(text, at);
    }
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(count_characters(text) == count);
    }
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_characters_can_be_cut_too) {
  BOOST_TEST(cut("\x80\x80\x80", 2).empty());
  BOOST_TEST(cut("a\xff\xff", 2) == "a\xff");
}

BOOST_AUTO_TEST_CASE(blanks_at_the_ends_go_and_those_inside_stay) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {" \t\r\n", ""},
      {"U1\t", "U1"},
      {"\u3000身份证\u3000 ", "身份证"},
      {"\u00a0+44 7700\u202f", "+44 7700"},
      {"\ufeffid", "id"},
      {"。a。", "。a。"},  // shares bytes with the wide blank
      {"\xa0", "\xa0"},    // no character
      {"é\xc2", "é\xc2"},
  };
  for (const auto& [text, without] : cases) {
    BOOST_TEST(without_blank_ends(text) == without, text);
  }
}
