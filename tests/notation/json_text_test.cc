// SPDX-License-Identifier: Apache-2.0
#include "notation/json_text.h"

#include <charconv>
#include <string>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "notation/json_object.h"

namespace simwarden {
namespace {

// What RFC 8259 asks of one byte of ASCII, and what we ask beside it.
std::string of_byte(unsigned char c) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  return c < 0x20 || c == 0x7F ? fmt::format("\\u{:04x}", c)
                               : std::string(1, char(c));
}

std::string written(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  TextPen pen;
  append_json_string(pen, text);
  BOOST_TEST_REQUIRE(pen.text() == out);
  return out;
}

BOOST_AUTO_TEST_CASE(every_byte_is_escaped_wherever_it_stands) {
  for (size_t size = 0; size <= 24; ++size) {
    const std::string plain(size, 'x');
    BOOST_TEST_REQUIRE(written(plain) == "\"" + plain + "\"");
    for (size_t at = 0; at < size; ++at) {
      for (unsigned c = 0; c < 0x80; ++c) {
        std::string text = plain;
        text[at] = char(c);
        const std::string expected = "\"" + plain.substr(0, at) +
                                     of_byte(uint8_t(c)) +
                                     plain.substr(at + 1) + "\"";
        BOOST_TEST_REQUIRE(written(text) == expected);
      }
      std::string text = plain;
      text.replace(at, 1, "\xE8\xA1\xA5");
      BOOST_TEST_REQUIRE(written(text) == "\"" + text + "\"");
      text.replace(at, 3, "\xC0");
      BOOST_TEST_REQUIRE(written(text) == "\"" + plain.substr(0, at) +
                                              "\xEF\xBF\xBD" +
                                              plain.substr(at + 1) + "\"");
    }
  }
}

BOOST_AUTO_TEST_CASE(
    an_object_has_commas_between_its_keys_whatever_their_length) {
  const std::string name(200, 'n');
  const std::string text(300, 't');
  std::string out = "[";
  JsonObject object(out);
  object.text("a", "");
  object.text("a", text);
  object.whole(name, 3);
  object.texts("b", {"x", text});
  object.close();
  BOOST_TEST(out == "[{\"a\":\"" + text + "\",\"" + name +
                        "\":3,\"b\":[\"x\",\"" + text + "\"]}");
}

}  // namespace
}  // namespace simwarden
