// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_log.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(serve_log)

BOOST_AUTO_TEST_CASE(no_key_of_an_event_stands_twice) {
  const auto once =
      [](std::vector<std::pair<std::string_view, std::string>> fields) {
        return has_each_key_once(
            {.name = "listening", .fields = std::move(fields)});
      };
  BOOST_TEST(once({}));
  BOOST_TEST(once({{"door", "http"}, {"address", "unix:a.sock"}}));
  BOOST_TEST(!once({{"door", "http"}, {"at", "unix:a.sock"}}));
  BOOST_TEST(!once({{"why", "a"}, {"door", "http"}, {"why", "b"}}));
  for (const std::string_view key : kLogKeys) {
    BOOST_TEST(!once({{key, "x"}}), key);
  }
}

BOOST_AUTO_TEST_SUITE_END()
