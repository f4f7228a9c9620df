// SPDX-License-Identifier: Apache-2.0
#include "intake/place_clock.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(place_clock)

BOOST_AUTO_TEST_CASE(a_local_time_has_the_zone_of_its_season) {
  struct Case {
    const char* place;
    const char* local;
    const char* zone;  // "": nobody knows
  };
  const Case cases[] = {
      {"+08:00", "2026-07-01T09:05:00", "+08:00"},
      {"Z", "2026-07-01T09:05:00", "Z"},
      {"Europe/Berlin", "2026-01-15T09:05:00", "+01:00"},
      {"Europe/Berlin", "2026-07-01T09:05:00", "+02:00"},
      // On the 29th of March 2:00 is followed by 3:00.
      {"Europe/Berlin", "2026-03-29T01:59:59", "+01:00"},
      {"Europe/Berlin", "2026-03-29T02:00:00", ""},
      {"Europe/Berlin", "2026-03-29T02:59:59", ""},
      {"Europe/Berlin", "2026-03-29T03:00:00", "+02:00"},
      // On the 25th of October 2:00 to 3:00 comes twice.
      {"Europe/Berlin", "2026-10-25T01:59:59", "+02:00"},
      {"Europe/Berlin", "2026-10-25T02:00:00", ""},
      {"Europe/Berlin", "2026-10-25T02:59:59", ""},
      {"Europe/Berlin", "2026-10-25T03:00:00", "+01:00"},
      {"America/New_York", "2026-07-01T09:05:00", "-04:00"},
      {"America/New_York", "2026-11-01T01:30:00", ""},
      // Half an hour of summer.
      {"Australia/Lord_Howe", "2026-01-15T09:05:00", "+11:00"},
      {"Australia/Lord_Howe", "2026-07-15T09:05:00", "+10:30"},
      {"Asia/Shanghai", "2026-07-01T09:05:00", "+08:00"},
      {"Asia/Kolkata", "2026-07-01T09:05:00", "+05:30"},
      {"Europe/Berlin", "2026-02-30T09:05:00", ""},
      {"Europe/Berlin", "soon", ""},
      {"Europe/Berlin", "1880-01-01T00:00:00", ""},
  };
  for (const Case& tried : cases) {
    const auto clock = PlaceClock::of(tried.place);
    BOOST_TEST_REQUIRE(clock.has_value(), tried.place);
    BOOST_TEST(clock->zone_of(tried.local).value_or("") == tried.zone,
               tried.place << " " << tried.local);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_clock_or_many_is_none) {
  for (const char* name : {"", "CST", "EST", "Berlin", "Europe/Atlantis",
                           "+0800", ".5+08:00", "GMT+2", "/", "Etc/Unknown"}) {
    BOOST_TEST(!PlaceClock::of(name), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
