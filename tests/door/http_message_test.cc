// SPDX-License-Identifier: Apache-2.0
#include "door/http_message.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

std::string chunk_of(std::string_view text, std::string_view behind = {}) {
  std::string room(kChunkHeadRoom, ' ');
  room += text;
  return std::string(as_chunk(room, behind));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_chunk_has_its_size_in_front_and_nothing_makes_none) {
  BOOST_TEST(chunk_of("a\n") == "2\r\na\n\r\n");
  BOOST_TEST(chunk_of(std::string(0x1f, 'x')) ==
             "1f\r\n" + std::string(0x1f, 'x') + "\r\n");
  BOOST_TEST(chunk_of("a\n", kLastChunk) == "2\r\na\n\r\n0\r\n\r\n");
  BOOST_TEST(chunk_of("") == "");
  BOOST_TEST(chunk_of("", kLastChunk) == "0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(who_would_not_know_is_told_how_the_connection_goes_on) {
  const auto told = [](bool is_1_0, bool keep_alive) {
    const std::string bytes =
        to_bytes({}, {.keep_alive = keep_alive, .is_1_0 = is_1_0});
    const size_t at = bytes.find("Connection: ");
    return at == bytes.npos ? ""
                            : bytes.substr(at, bytes.find("\r\n", at) - at);
  };
  BOOST_TEST(told(false, true) == "");
  BOOST_TEST(told(false, false) == "Connection: close");
  BOOST_TEST(told(true, true) == "Connection: keep-alive");
  BOOST_TEST(told(true, false) == "Connection: close");
}
