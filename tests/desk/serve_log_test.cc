// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_log.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <thread>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <unistd.h>

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

BOOST_AUTO_TEST_CASE(a_stderr_that_does_not_wait_loses_no_line) {
  // More than a pipe takes at once; nobody reads at first.
  constexpr size_t kLines = 1500;
  int ends[2];
  BOOST_TEST_REQUIRE(::pipe(ends) == 0);
  ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
  const int before = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  ::close(ends[1]);
  std::string told;
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::array<char, 4096> piece;
    for (ssize_t got = 0;
         (got = ::read(ends[0], piece.data(), piece.size())) > 0;) {
      told.append(piece.data(), size_t(got));
    }
  });
  {
    ServeLog log({});
    for (size_t i = 0; i < kLines; ++i) {
      log.write({.name = "demo", .fields = {{"what", std::string(100, 'x')}}});
    }
  }
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  reader.join();
  ::close(ends[0]);
  BOOST_TEST(std::count(told.begin(), told.end(), '\n') == int64_t(kLines));
}

BOOST_AUTO_TEST_SUITE_END()
