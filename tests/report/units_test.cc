// SPDX-License-Identifier: Apache-2.0
#include "report/units.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "report/statistics.h"

// Control limits of funnels, and the units that they are for.
namespace simwarden {
namespace {

// By adding up all terms.
CountRange by_sums(double share, uint64_t n, double tail) {
  std::vector<double> terms;
  for (uint64_t k = 0; k <= n; ++k) {
    double log =
        double(k) * std::log(share) + double(n - k) * std::log(1 - share);
    for (uint64_t i = 0; i < k; ++i) {
      log += std::log(double(n - i)) - std::log(double(i + 1));
    }
    terms.push_back(std::exp(log));
  }
  CountRange range{0, n};
  for (double sum = terms[0]; sum < tail; sum += terms[++range.low]) {
  }
  for (double sum = terms[n]; sum < tail; sum += terms[--range.high]) {
  }
  return range;
}

BOOST_AUTO_TEST_CASE(control_limits_of_a_funnel_are_exact) {
  // Quantiles of tables of the binomial distribution.
  const CountRange coin = binomial_range(0.5, 10, kTail95);
  BOOST_TEST(coin.low == 2u);
  BOOST_TEST(coin.high == 8u);
  const CountRange tenth = binomial_range(0.1, 100, kTail95);
  BOOST_TEST(tenth.low == 5u);
  BOOST_TEST(tenth.high == 16u);
  for (const double share : {0.003, 0.05, 0.31, 0.5, 0.77, 0.99}) {
    for (uint64_t n = 1; n <= 90; ++n) {
      for (const double tail : {kTail95, kTail998}) {
        const CountRange made = binomial_range(share, n, tail);
        const CountRange expected = by_sums(share, n, tail);
        BOOST_TEST_CONTEXT(share << " of " << n) {
          BOOST_TEST(made.low == expected.low);
          BOOST_TEST(made.high == expected.high);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(control_limits_hold_at_the_ends_and_for_large_volumes) {
  BOOST_TEST(binomial_range(0, 10, kTail95).high == 0u);
  BOOST_TEST(binomial_range(1, 10, kTail95).low == 10u);
  BOOST_TEST(binomial_range(0.5, 0, kTail95).high == 0u);
  // There the normal approximation is close.
  const uint64_t n = 10'000'000;
  const CountRange range = binomial_range(0.02, n, kTail998);
  const Interval about = control_limits(0.02, n, kZ998);
  BOOST_TEST(std::abs(double(range.low) - about.low * double(n)) < 8);
  BOOST_TEST(std::abs(double(range.high) - about.high * double(n)) < 8);
}

BOOST_AUTO_TEST_CASE(units_beyond_the_bound_are_pooled_whatever_their_order) {
  std::vector<std::string> names;
  for (int i = 0; i < 5000; ++i) {
    names.push_back(fmt::format("t1:0000:{:08x}", i % 700));
  }
  const auto count = [&names] {
    UnitTally tally(100);
    for (const std::string& name : names) tally.add(name, name.back() == '7');
    return tally.finish();
  };
  const Units first = count();
  BOOST_TEST(first.known.size() == 100u);
  uint64_t sum = first.others.requests;
  for (const auto& [name, unit] : first.known) {
    // Whole: each of the 700 comes seven or eight times.
    BOOST_TEST((unit.requests == 7u || unit.requests == 8u));
    sum += unit.requests;
  }
  BOOST_TEST(sum == 5000u);
  std::shuffle(names.begin(), names.end(), std::mt19937(5));
  const Units second = count();
  BOOST_TEST(second.others.requests == first.others.requests);
  BOOST_TEST(second.others.stopped == first.others.stopped);
  for (const auto& [name, unit] : first.known) {
    BOOST_TEST_REQUIRE(second.known.contains(name));
    BOOST_TEST(second.known.at(name).requests == unit.requests);
  }
}

}  // namespace
}  // namespace simwarden
