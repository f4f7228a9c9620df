// SPDX-License-Identifier: Apache-2.0
#include "diag/ascii.h"

#include <cctype>

#include <boost/test/unit_test.hpp>

#include "diag/hex.h"

using namespace simwarden;

BOOST_AUTO_TEST_CASE(every_byte_is_what_the_c_locale_says) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    BOOST_TEST_CONTEXT("byte " << byte) {
      BOOST_TEST(is_digit(c) == (std::isdigit(byte) != 0));
      BOOST_TEST(is_small(c) == (std::islower(byte) != 0));
      BOOST_TEST(is_capital(c) == (std::isupper(byte) != 0));
      BOOST_TEST(is_ascii_letter(c) == (std::isalpha(byte) != 0));
      BOOST_TEST(is_ascii_word(c) == (std::isalnum(byte) != 0 || c == '_'));
      BOOST_TEST(is_hex_digit(c) == (std::isxdigit(byte) != 0));
      BOOST_TEST(small_letter(c) == static_cast<char>(std::tolower(byte)));
      BOOST_TEST(capital_letter(c) == static_cast<char>(std::toupper(byte)));
    }
  }
}

BOOST_AUTO_TEST_CASE(letters_beyond_ascii_stay_as_they_are) {
  BOOST_TEST(small_letters("Demo-É_İ 9Z") == "demo-É_İ 9z");
}

BOOST_AUTO_TEST_CASE(words_are_the_same_but_for_the_case_of_ascii_letters) {
  BOOST_TEST(same_letters("Content-Length", "content-lENGTH"));
  BOOST_TEST(same_letters("", ""));
  BOOST_TEST(!same_letters("demo", "demo1"));
  BOOST_TEST(!same_letters("É", "é"));
  BOOST_TEST(!same_letters("[", "{"));
}

BOOST_AUTO_TEST_CASE(blanks_go_from_both_ends_alone) {
  BOOST_TEST(trimmed("  a b ") == "a b");
  BOOST_TEST(trimmed("\ta \r\n", " \t\r\n") == "a");
  BOOST_TEST(trimmed("\ta") == "\ta");
  BOOST_TEST(trimmed("   ") == "");
  BOOST_TEST(trimmed("") == "");
}
