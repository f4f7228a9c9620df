// SPDX-License-Identifier: Apache-2.0
#include "diag/counted.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(one_is_one_and_many_are_many) {
  BOOST_TEST(how_many(0, "rule") == "0 rules");
  BOOST_TEST(how_many(1, "rule") == "1 rule");
  BOOST_TEST(how_many(2, "rule") == "2 rules");
  BOOST_TEST(how_many(1001, "unreadable record") == "1,001 unreadable records");
}

BOOST_AUTO_TEST_CASE(thousands_are_set_apart) {
  BOOST_TEST(with_thousands(0) == "0");
  BOOST_TEST(with_thousands(999) == "999");
  BOOST_TEST(with_thousands(1000) == "1,000");
  BOOST_TEST(with_thousands(1234567) == "1,234,567");
  BOOST_TEST(with_thousands(UINT64_MAX) == "18,446,744,073,709,551,615");
}
