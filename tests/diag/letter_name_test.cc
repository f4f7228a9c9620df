// SPDX-License-Identifier: Apache-2.0
#include "diag/letter_name.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(a_character_is_named_so_that_it_is_told_apart) {
  BOOST_TEST(letter_name("\u043E") == "\u043E (U+043E, Cyrillic)");
  BOOST_TEST(letter_name("\u2011") == "\u2011 (U+2011)");
  BOOST_TEST(letter_name("\u200B") == "U+200B");
  BOOST_TEST(letter_name("\u3000") == "U+3000");
  BOOST_TEST(letter_name("\U0001F434") == "\U0001F434 (U+1F434)");
  BOOST_TEST(letter_name("\xFF") == "\uFFFD (U+FFFD)");
}

}  // namespace
}  // namespace simwarden
