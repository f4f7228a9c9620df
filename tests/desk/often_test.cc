// SPDX-License-Identifier: Apache-2.0
#include "desk/often.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(often)

BOOST_AUTO_TEST_CASE(who_comes_often_is_first_among_however_many) {
  Often often;
  for (int i = 0; i < 9'000; ++i) {
    often.add(i % 8 == 0 ? "often" : "once " + std::to_string(i));
  }
  BOOST_TEST(often.first().name == "often");
}

BOOST_AUTO_TEST_CASE(few_are_counted) {
  Often often;
  BOOST_TEST(often.first().name == "");
  for (const char* name : {"a", "b", "", "", "", "b", "c"}) often.add(name);
  BOOST_TEST(often.first().name == "b");
  BOOST_TEST(often.first().times == 2u);
  often.clear();
  BOOST_TEST(often.first().name == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
