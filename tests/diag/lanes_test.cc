// SPDX-License-Identifier: Apache-2.0
#include "diag/lanes.h"

#include <random>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(lanes_that_are_set_are_told_as_bits_and_one_by_one) {
  std::mt19937 random(16);
  for (int round = 0; round < 1'000; ++round) {
    Sixteen bytes;
    uint32_t expected = 0;
    for (size_t i = 0; i < sizeof(bytes); ++i) {
      bytes[i] = uint8_t(random());
      expected |= uint32_t(bytes[i] >> 7) << i;
    }
    BOOST_TEST(bits_of(bytes) == expected);
    uint32_t told = 0;
    each_set(bytes, [&](size_t lane) {
      told |= 1U << lane;
      return true;
    });
    BOOST_TEST(told == expected);
    BOOST_TEST(any(bytes, 0x80) == (expected != 0));
  }
}

}  // namespace
}  // namespace simwarden
