// SPDX-License-Identifier: Apache-2.0
#include "judge/filled_reason.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_duration_is_told_in_hours_and_below_a_second_too) {
  constexpr int64_t kMilli = 1'000'000;
  struct Row {
    int64_t millis;
    const char* text;
  };
  const Row rows[] = {
      {0, "0s"},         {400, "0.4s"},
      {-500, "-0.5s"},   {999, "0.999s"},
      {1000, "1s"},      {-1500, "-1s"},
      {60'000, "1m"},    {-120'005'000, "-33h20m5s"},
      {7'200'000, "2h"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(shown(cel::Value::of_duration(row.millis * kMilli)) == row.text);
  }
}
