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
      // The groups of 3GPP TS 23.038: a flash SMS, one to be deleted, one of
      // mail that waits.
      {"hi", 0x10, "hi"},
      {"\x9a\x8c\x8b\xc1"s, 0x18, "验证"},
      {"\x9a\x8c\x8b\xc1"s, 0x19, "验证"},
      {"\x9a\x8c\x8b\xc1"s, 0x48, "验证"},
      {"hi", 0xc0, "hi"},
      {"hi", 0xd8, "hi"},
      {"\x9a\x8c\x8b\xc1"s, 0xe0, "验证"},
  };
  for (const Row& row : table) {
    const auto text = sms_text(row.bytes, {.scheme = row.coding});
    BOOST_REQUIRE(text);
    BOOST_TEST(*text == row.text, "coding " << row.coding << ": " << *text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_told) {
  for (const int coding :
       {2, 4, 9, 10, 0x14, 0x1c, 0x28, 0x38, 0x80, 0xbf, 0xf4, 0xf7, 256, -1}) {
    BOOST_TEST(!sms_text("abc", {.scheme = coding}));
  }
}

struct HeaderRow {
  std::string bytes;
  std::optional<bool> has_header;
  std::optional<std::string> text;
};

BOOST_AUTO_TEST_CASE(a_user_data_header_is_no_text) {
  const std::string text = "\x9a\x8c\x8b\xc1";
  const std::string part = "\x05\x00\x03\x2a\x02\x01"s;
  const std::string wide_part = "\x06\x08\x04\x00\xaa\x01\x01"s;
  const HeaderRow table[] = {
      {part + text, std::nullopt, "验证"},
      {wide_part + text, std::nullopt, "验证"},
      {"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x2a\x02\x01"s + text, std::nullopt,
       "验证"},
      {part + text, true, "验证"},
      {"\x02\x70\x00"s + text, true, "验证"},  // of no element that we know
      {part, std::nullopt, ""},
      {text, false, "验证"},
      {"\x00\x41"s, false, "A"},
      {"", std::nullopt, ""},
      // Said to be there, and longer than all.
      {"\x05\x00\x03"s, true, std::nullopt},
      {"", true, std::nullopt},
      // Unsaid, and no header: the third part of two, an unknown element, a
      // length that does not fit.
      {"\x05\x00\x03\x2a\x02\x03"s, std::nullopt, "\u0500\u032a\u0203"},
      {"\x02\x70\x00\x41"s, std::nullopt, "\u0270A"},
      {"\x05\x00\x02\x2a\x02\x01"s, std::nullopt, "\u0500\u022a\u0201"},
  };
  for (const HeaderRow& row : table) {
    const auto read =
        sms_text(row.bytes, {.scheme = 8, .has_header = row.has_header});
    BOOST_TEST((read == row.text), read.value_or("(unread)"));
  }
}

BOOST_AUTO_TEST_CASE(a_gateway_may_have_turned_gsm_into_ascii_already) {
  BOOST_TEST(*sms_text("@demo_a [b]", {.latin1 = true}) == "@demo_a [b]");
  BOOST_TEST(*sms_text("@demo_a [b]", {}) == "¡demo§a ÄbÑ");
}

BOOST_AUTO_TEST_CASE(half_a_character_is_never_lost_in_silence) {
  const auto text = sms_text("\x00\x41\x9a"s, {.scheme = 8});
  BOOST_REQUIRE(text);
  BOOST_TEST(*text == "A\xff");  // becomes U+FFFD in the record
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
