// SPDX-License-Identifier: Apache-2.0
#include "zone/place.h"

#include <string>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(place)

BOOST_AUTO_TEST_CASE(clocks_of_places_go_by_todays_rules) {
  struct Case {
    const char* place;
    int64_t utc_seconds;
    int64_t hours;
  };
  constexpr int64_t kJuly = 1'784'170'800;     // 2026-07-16T03:00:00Z
  constexpr int64_t kJanuary = 1'768'532'400;  // 2026-01-16T03:00:00Z
  const Case cases[] = {
      {"UTC", kJuly, 0},
      {"Europe/Berlin", kJuly, 2},
      {"Europe/Berlin", kJanuary, 1},
      // No summer time since October 2022, in what ICU 72 has it still has.
      {"America/Mexico_City", kJuly, -6},
      {"America/Mexico_City", kJanuary, -6},
      {"America/Ciudad_Juarez", kJuly, -6},
      {"America/Ciudad_Juarez", kJanuary, -7},
      // Summer time again since 2023.
      {"Africa/Cairo", kJuly, 3},
      {"Africa/Cairo", kJanuary, 2},
      {"America/Argentina/Buenos_Aires", kJuly, -3},
      {"Etc/GMT+3", kJuly, -3},
  };
  for (const Case& tried : cases) {
    const auto offset = place_offset(tried.place, tried.utc_seconds);
    BOOST_TEST_REQUIRE(offset.has_value(), tried.place);
    BOOST_TEST(*offset == tried.hours * 3600, tried.place);
  }
}

// A name may come from a record: no file is one, whatever it is called.
BOOST_AUTO_TEST_CASE(what_is_no_place_has_no_clock) {
  const std::string long_name = "Europe/" + std::string(100, 'a');
  for (const std::string name :
       {"", "CST", "ART", "BST", "EST5EDT", "Europe", "Europe/Atlantis",
        "europe/berlin", "localtime", "/etc/localtime", "file:/etc/localtime",
        "Europe/../../../etc/localtime", "posix/Europe/Berlin",
        "right/Europe/Berlin", "Fixed/UTC+01:00:00", "Europe//Berlin",
        "Europe/////Berlin", "Europe/Berlin/", long_name.c_str()}) {
    BOOST_TEST(!place_offset(name, 0), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
