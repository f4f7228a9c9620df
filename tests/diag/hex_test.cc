// SPDX-License-Identifier: Apache-2.0
#include "diag/hex.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(hex)

BOOST_AUTO_TEST_CASE(bytes_of_any_kind_come_back) {
  std::string bytes;
  std::string digits;
  std::string escapes;
  for (int value = 0; value < 256; ++value) {
    const auto byte = static_cast<uint8_t>(value);
    bytes += static_cast<char>(byte);
    append_hex(digits, {&byte, 1});
    append_percent_encoded(escapes, static_cast<char>(byte));
  }
  BOOST_TEST((from_hex(digits) == bytes));
  BOOST_TEST(percent_decoded(escapes) == bytes);
}

BOOST_AUTO_TEST_CASE(what_is_no_pair_of_digits_is_no_byte) {
  BOOST_TEST((from_hex("") == ""));
  BOOST_TEST((from_hex("4f7470") == "Otp"));
  BOOST_TEST((from_hex("4F") == "O"));
  for (const std::string_view text : {"4", "4f7", "4g", "g4", " 4f"}) {
    BOOST_TEST(!from_hex(text));
  }
}

BOOST_AUTO_TEST_CASE(only_whole_escapes_are_decoded_and_once) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},
      {"demo%40a%2Eexample", "demo@a.example"},
      {"%", "%"},
      {"%4", "%4"},
      {"%zz%4g%40", "%zz%4g@"},
      {"%%340", "%40"},
      {"%25%34%31", "%41"},
      {"a+b", "a+b"},
  };
  for (const auto& [text, wanted] : table) {
    BOOST_TEST(percent_decoded(text) == wanted);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
