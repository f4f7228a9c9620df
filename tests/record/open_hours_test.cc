// SPDX-License-Identifier: Apache-2.0
#include "record/open_hours.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

bool open(std::string_view text, int day, int hour, int minute = 0) {
  const int64_t at = hour * 60 + minute;
  return is_open_at(text, {day, at, at});
}

}  // namespace

BOOST_AUTO_TEST_CASE(hours_are_for_all_days_or_for_some) {
  for (const char* text :
       {"09:00-18:00", "00:00-24:00", "18:00-02:00", "Mo-Sa 09:00-18:00",
        "Mo-Fr 09:00-13:00,15:00-19:00; Sa 10:00-14:00; Su off",
        "Mo,We,Fr 09:00-12:00", "Fr-Mo 09:00-18:00",
        "Mo-Fr 09:00-18:00;Su closed"}) {
    BOOST_TEST(is_open_hours(text), text);
  }
  for (const char* text :
       {"", "Mo-Sa", "Mo-Sa ", "09:00", "09:00-09:00", "24:00-25:00",
        "Mo-Xx 09:00-18:00", "mo 09:00-18:00", "Mo-Sa 09:00-18:00;", "off Mo",
        "Mo 9:00-18:00", "Mo-Sa 09:00-18:00 \"by arrangement\"",
        "Dec 09:00-18:00", "PH off"}) {
    BOOST_TEST(!is_open_hours(text), text);
  }
}

BOOST_AUTO_TEST_CASE(a_day_that_no_part_names_is_closed) {
  constexpr char kShop[] = "Mo-Sa 09:00-13:00,15:00-19:00; Sa 10:00-14:00";
  BOOST_TEST(open(kShop, 0, 9));
  BOOST_TEST(!open(kShop, 0, 13));
  BOOST_TEST(open(kShop, 4, 18, 59));
  BOOST_TEST(!open(kShop, 5, 9, 59));
  BOOST_TEST(open(kShop, 5, 13, 30));
  BOOST_TEST(!open(kShop, 6, 10));
}

BOOST_AUTO_TEST_CASE(a_night_belongs_to_the_day_that_it_began_on) {
  BOOST_TEST(open("Fr 18:00-02:00", 4, 23));
  BOOST_TEST(open("Fr 18:00-02:00", 5, 1, 59));
  BOOST_TEST(!open("Fr 18:00-02:00", 5, 2));
  BOOST_TEST(!open("Fr 18:00-02:00", 4, 1));
  BOOST_TEST(open("18:00-02:00", 4, 1));
  BOOST_TEST(open("Su 22:00-06:00", 0, 5));
}

BOOST_AUTO_TEST_CASE(hours_that_tell_days_apart_are_known) {
  BOOST_TEST(names_days("Mo-Sa 09:00-18:00"));
  BOOST_TEST(names_days("09:00-18:00; Su off"));
  BOOST_TEST(!names_days("09:00-18:00"));
}
