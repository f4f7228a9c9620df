// SPDX-License-Identifier: Apache-2.0
#include "privacy/signs.h"

#include <string>

#include <boost/test/unit_test.hpp>
#include <re2/re2.h>

using namespace simwarden;

namespace {

std::string utf8_of(char32_t c) {
  if (c < 0x80) return std::string(1, char(c));
  std::string out;
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr int kLeads[] = {0, 0xc0, 0xe0, 0xf0};
  out += char(kLeads[more] | int(c >> (6 * more)));
  for (int k = more - 1; k >= 0; --k) {
    out += char(0x80 | (int(c >> (6 * k)) & 0x3f));
  }
  return out;
}

}  // namespace

// Both have Unicode's tables; one may be newer.
BOOST_AUTO_TEST_CASE(every_digit_that_is_looked_for_is_known_as_one) {
  const re2::RE2 digit("[\\p{Nd}①-⑨⓪❶-❾零〇一二三四五六七八九幺]");
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    const std::string text = utf8_of(c);
    size_t at = 0;
    BOOST_TEST_REQUIRE((take_code_point(text, at) == c && at == text.size()));
    if (!re2::RE2::FullMatch(text, digit)) continue;
    BOOST_TEST_REQUIRE(is_any_digit(c), text);
    BOOST_TEST_REQUIRE(Signs(text).digits() == 1u, text);
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_hide_no_character_behind_them) {
  for (const char* broken : {"\xff", "\x80", "\xe4", "\xe4\xbd", "\xf0\x9f\x98",
                             "\xc0\x80", "\xed\xa0\x80"}) {
    const Signs signs(std::string(broken) + "５" + broken + "1￥＠");
    BOOST_TEST(signs.digits() == 2u, broken);
    BOOST_TEST(signs.may_be_priced());
    BOOST_TEST(signs.may_be_address());
  }
}
