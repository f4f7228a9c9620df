// SPDX-License-Identifier: Apache-2.0
#include "desk/live_counts.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "desk/demo_pack.h"

using namespace simwarden;

namespace {

std::shared_ptr<LiveCounts> demo_counts() {
  const FactSchema schema;
  return LiveCounts::make(*load_pack(kDemoPack, schema), {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(live_counts)

// Each holds on until another one does, so that never nobody does, as in a
// flood on many threads.
BOOST_AUTO_TEST_CASE(
    who_wants_to_be_alone_need_not_wait_for_the_end_of_a_flood) {
  constexpr int kHolds = 4000;
  const auto counts = demo_counts();
  std::atomic<int> held = 0;
  std::atomic<bool> ends = false;
  const auto flood = [&] {
    while (!ends && held < kHolds) {
      const LiveCounts::Hold hold = counts->hold();
      ++held;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(flood);
  while (held < 20) std::this_thread::yield();
  {
    const LiveCounts::Alone alone = counts->alone();
    const int before = held;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    BOOST_TEST(held == before);  // nobody counts
  }
  BOOST_TEST(held < kHolds / 10);
  ends = true;
}

BOOST_AUTO_TEST_SUITE_END()
