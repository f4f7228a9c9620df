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

BOOST_AUTO_TEST_CASE(what_counts_is_a_number_and_a_time_has_milliseconds) {
  const std::string line =
      as_json({.name = "verdict",
               .fields = {{"door", "12"}, {"score", "61.5"}, {"times", "3"}}});
  BOOST_TEST(line.find(R"("door":"12","score":61.5,"times":3})") !=
             std::string::npos);
  constexpr size_t kTimeBytes = sizeof("{\"at\":\"2026-11-26T09:00:55") - 1;
  BOOST_TEST(line.at(kTimeBytes) == '.');
  BOOST_TEST(line.substr(kTimeBytes + 4, 2) == "Z\"");
}

BOOST_AUTO_TEST_SUITE_END()
