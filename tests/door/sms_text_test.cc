// SPDX-License-Identifier: Apache-2.0
#include "door/sms_text.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(texts_of_sms)

struct Row {
  std::string bytes;
  int coding;
  std::string text;
};

BOOST_AUTO_TEST_CASE(the_data_coding_tells_the_charset) {
  const Row table[] = {
      {"Hello", 0, "Hello"},
      {"ask \x00"
       "demo\x11kaka88"s,
       0, "ask @demo_kaka88"},  // GSM 03.38
      {"10 \x1b\x65 \x02 \x1b(x\x1b)"s, 0, "10 € $ {x}"},
      {"\xe9\xaa\x8c\xe8\xaf\x81", 0, "验证"},  // beyond 7 bits: UTF-8,
      {"caf\xe9", 0, "café"},                   // or else Latin-1
      {"demo@mail.example", 1, "demo@mail.example"},
      {"caf\xe9", 3, "café"},
      {"\xbf\xe0\xd8", 6, "При"},
      {"\xf9\xec\xe5\xed", 7, "שלום"},
      {"\x9a\x8c\x8b\xc1\x78\x01"s, 8, "验证码"},
      {"\xd8\x3d\xdc\xaa"s, 8, "💪"},
      {"hi", 0xf0, "hi"},
      {"hi", 0xf1, "hi"},
  };
  for (const Row& row : table) {
    const auto text = sms_text(row.bytes, row.coding, false);
    BOOST_REQUIRE(text);
    BOOST_TEST(*text == row.text, "coding " << row.coding << ": " << *text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_told) {
  for (const int coding : {2, 4, 9, 10, 0xf4, 0xf7, 256, -1}) {
    BOOST_TEST(!sms_text("abc", coding, false));
  }
}

BOOST_AUTO_TEST_CASE(a_gateway_may_have_turned_gsm_into_ascii_already) {
  BOOST_TEST(*sms_text("@demo_a [b]", 0, true) == "@demo_a [b]");
  BOOST_TEST(*sms_text("@demo_a [b]", 0, false) == "¡demo§a ÄbÑ");
}

BOOST_AUTO_TEST_CASE(half_a_character_is_never_lost_in_silence) {
  const auto text = sms_text("\x00\x41\x9a"s, 8, false);
  BOOST_REQUIRE(text);
  BOOST_TEST(*text == "A\xff");  // becomes U+FFFD in the record
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
