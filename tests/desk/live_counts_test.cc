// SPDX-License-Identifier: Apache-2.0
#include "desk/live_counts.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "policy/sample.h"

using namespace simwarden;

namespace {

std::shared_ptr<LiveCounts> demo_counts() {
  FactSchema schema;
  sample::MapFiles shelf;
  shelf.put("p/demo/pack.yaml", R"(pack: demo
version: 1.0.0
asks: message
title: Demo
families: {a: A}
windows:
  sender_1h: {doc: d, count: messages, by: message.sender, over: 1h}
rules:
  - {id: A-1, title: T, family: a, severity: low, score: 1, flag: windows.sender_1h > 5, reason: R., remedy: D.}
)");
  LoadOptions load;
  load.paths = {"p"};
  load.request_facts = &schema.environment(Kind::request);
  load.message_facts = &schema.environment(Kind::message);
  load.schema_slots = schema.slots();
  Issues issues;
  const auto ruleset = load_ruleset(shelf, load, issues);
  BOOST_REQUIRE_MESSAGE(ruleset && *ruleset, render(issues));
  return LiveCounts::make(**ruleset, {});
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
