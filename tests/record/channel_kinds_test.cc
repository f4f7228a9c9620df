// SPDX-License-Identifier: Apache-2.0
#include "record/channel_kinds.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(channel_kinds)

BOOST_AUTO_TEST_CASE(a_person_takes_what_comes_to_a_counter_or_by_telephone) {
  for (const std::string_view type : {"store_own", "hotline"}) {
    BOOST_TEST((taker_of(type) == Taker::staff), type);
    BOOST_TEST(is_staffed(type), type);
  }
  for (const std::string_view type :
       {"store_franchise", "authorised_outlet", "dealer", "retail_partner"}) {
    BOOST_TEST((taker_of(type) == Taker::agent), type);
    BOOST_TEST(is_staffed(type), type);
  }
  for (const std::string_view type :
       {"kiosk", "website", "courier", "third_party", "unknown"}) {
    BOOST_TEST((taker_of(type) == Taker::nobody), type);
    BOOST_TEST(!is_staffed(type), type);
  }
}

BOOST_AUTO_TEST_CASE(nobody_takes_what_came_no_known_way) {
  BOOST_TEST(!is_staffed("pigeon"));
  BOOST_TEST(!is_staffed(""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
