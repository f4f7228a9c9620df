// SPDX-License-Identifier: Apache-2.0
#include "zone/utc_clocks.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(clocks_of_some_countries_show_utc_in_winter_or_always) {
  constexpr int64_t kAugust = 1785567900;    // 2026-08-01
  constexpr int64_t kNovember = 1795735800;  // 2026-11-26
  BOOST_TEST(!shows_utc("GB", kAugust));
  BOOST_TEST(shows_utc("GB", kNovember));
  BOOST_TEST(shows_utc("GH", kAugust));
  BOOST_TEST(!shows_utc("SG", kNovember));
  BOOST_TEST(!shows_utc("", kNovember));
}
