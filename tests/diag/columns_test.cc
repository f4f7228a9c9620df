// SPDX-License-Identifier: Apache-2.0
#include "diag/columns.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_line_is_as_wide_as_a_terminal_shows_it) {
  struct Row {
    const char* text;
    uint32_t columns;
  };
  const Row rows[] = {
      {"", 0},
      {"plain", 5},
      {"补卡", 4},
      {"ｆｕｌｌ", 8},
      {"\uFF76\uFF9E", 2},  // half-width kana
      {"e\u0301", 1},       // an accent over it
      {"⚡✅⭐☔⌚", 10},        // emoji beside the big blocks
      {"✈☎", 2},            // drawn as text
      {"📱🤖", 4},
      {"שָׁלוֹם", 4},  // points
      {"مَرْحَبًا", 5},
      {"हिन्दी", 5},  // the virama joins, the signs have room
      {"น้ำ", 2},
      {"\u1112\u1161\u11AB", 2},  // one syllable of three letters
      {"\uAC01", 2},
      {"z\u200Bw\u200Dj\uFEFF", 3},
      {"a\U000E0101", 1},
      {"\xB2\xC3", 2},  // no UTF-8
  };
  for (const Row& row : rows) {
    BOOST_TEST(display_columns(row.text) == row.columns, row.text);
  }
}

BOOST_AUTO_TEST_CASE(a_cut_leaves_what_has_room) {
  BOOST_TEST(cut_to_columns("补卡x", 3) == "补");
  BOOST_TEST(cut_to_columns("e\u0301e", 1) == "e\u0301");
  BOOST_TEST(cut_to_columns("ab", 5) == "ab");
}

BOOST_AUTO_TEST_CASE(a_cell_that_is_cut_says_so) {
  BOOST_TEST(padded("ab", 4) == "ab  ");
  BOOST_TEST(padded("abcd", 4) == "abcd");
  BOOST_TEST(padded("abcde", 4) == "abc…");
  BOOST_TEST(padded("工单一号", 7) == "工单一…");
  BOOST_TEST(padded("工单一号", 6) == "工单… ");
  BOOST_TEST(padded("a", 0) == "");
}

BOOST_AUTO_TEST_CASE(what_nobody_sees_is_told_from_what_joins) {
  for (const char* c : {"\u00AD", "\u200B", "\u202E", "\u2060", "\uFE0F",
                        "\uFEFF", "\U000E0101", "\u3164"}) {
    BOOST_TEST(is_invisible(c), c);
  }
  for (const char* c : {"", "a", "\u0301", "\u0E49", "\u093F", "卡"}) {
    BOOST_TEST(!is_invisible(c), c);
  }
}
