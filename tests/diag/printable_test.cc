// SPDX-License-Identifier: Apache-2.0
#include "diag/printable.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(text_of_others_stays_on_its_line_and_paints_nothing) {
  struct Row {
    std::string_view text;
    std::string_view printable;
    std::string_view escaped;
  };
  const Row rows[] = {
      {"", "", ""},
      {"补卡.csv: not there", "补卡.csv: not there", "补卡.csv: not there"},
      {"a\x1b[2Jb", "a·[2Jb", "a\\x1b[2Jb"},
      {"\x1b\x80", "·\uFFFD", "\\x1b\\x80"},
      {"a: \xB2\xB9", "a: \uFFFD", "a: \\xb2\\xb9"},
      {"\xE8\xA1!\xFF", "\uFFFD!\uFFFD", "\\xe8\\xa1!\\xff"},
      {"a\nb\tc\x7F", "a·b·c·", "a\\x0ab\\x09c\\x7f"},
      {"a\u009Bb", "a·b", "a\\u{9b}b"},
      {"a\u202Evsc.b", "a·vsc.b", "a\\u{202e}vsc.b"},
      {"\u061C\u200F\u2066", "···", "\\u{61c}\\u{200f}\\u{2066}"},
      {"a\u00A0\u00E9😀", "a\u00A0\u00E9😀", "a\u00A0\u00E9😀"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(printable_text(row.text) == row.printable);
    BOOST_TEST(escaped_text(row.text) == row.escaped);
  }
}

BOOST_AUTO_TEST_CASE(prose_keeps_its_line_breaks_and_tabs_only) {
  struct Row {
    std::string_view text;
    std::string_view escaped;
  };
  const Row rows[] = {
      {"", ""},
      {"a\nb\r\n\tc\n", "a\nb\r\n\tc\n"},
      {"a\rb\x1b[2J\nc", "a\\x0db\\x1b[2J\nc"},
      {"\r\r\n\r", "\\x0d\r\n\\x0d"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(escaped_prose(row.text) == row.escaped);
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_escaped_in_names) {
  struct Row {
    std::string_view text;
    std::string_view escaped;
  };
  const Row rows[] = {
      {"\xB2\xB9.csv", "\\xb2\\xb9.csv"}, {"\xC3", "\\xc3"},
      {"\xE8\xA1", "\\xe8\\xa1"},         {"\xC0\x80", "\\xc0\\x80"},
      {"\xFF\xFE", "\\xff\\xfe"},         {"a\x80z", "a\\x80z"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(escaped_text(row.text) == row.escaped);
  }
}

BOOST_AUTO_TEST_CASE(marks_turn_nothing_beside_letters_that_run_leftwards) {
  for (const std::string_view text :
       {"a\u202Eb", "a\u200Fb", "a\u200Eb", "\u061C1", "\u2066a\u2069",
        "\u05D0\u202Eb"}) {
    BOOST_TEST(turns_direction(text), escaped_text(text));
  }
  for (const std::string_view text :
       {"", "a.pdf", "\u05D0\u200F.pdf", "\u0641\u061C1", "\u00A0\u200B"}) {
    BOOST_TEST(!turns_direction(text), escaped_text(text));
  }
}
