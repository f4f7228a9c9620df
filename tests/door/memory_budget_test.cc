// SPDX-License-Identifier: Apache-2.0
#include "door/memory_budget.h"

#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(memory_budget)

BOOST_AUTO_TEST_CASE(no_door_takes_the_part_of_another) {
  DoorBudgets budgets(1200, 3);  // 200 each, 600 for whoever comes
  BOOST_TEST(budgets.of(0).bytes_max() == 800u);
  BOOST_TEST(!budgets.of(0).take(801));
  BOOST_TEST(budgets.of(0).take(800));
  BOOST_TEST(budgets.of(1).take(200));
  BOOST_TEST(!budgets.of(1).take(1));
  BOOST_TEST(budgets.of(2).take(200));
  BOOST_TEST(budgets.used() == 1200u);
  budgets.of(0).give_back(300);
  BOOST_TEST(budgets.of(1).take(300));
  BOOST_TEST(!budgets.of(2).take(1));
  budgets.of(0).give_back(500);
  BOOST_TEST(budgets.of(2).take(300));  // what was common is common again
  BOOST_TEST(!budgets.of(1).take(1));
  BOOST_TEST(budgets.of(0).take(200));  // and what was its own its own
  BOOST_TEST(budgets.used() == 1200u);
}

BOOST_AUTO_TEST_CASE(a_door_alone_has_all_of_it) {
  DoorBudgets budgets(1001, 1);
  BOOST_TEST(budgets.of(0).take(1001));
  BOOST_TEST(!budgets.of(0).take(1));
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_between_threads) {
  constexpr int kTurns = 20'000;
  DoorBudgets budgets(100, 2);
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&budgets, i] {
      MemoryBudget& door = budgets.of(i % 2);
      for (int turn = 0; turn < kTurns; ++turn) {
        if (door.take(30)) door.give_back(30);
      }
    });
  }
  threads.clear();
  BOOST_TEST(budgets.used() == 0u);
  BOOST_TEST(budgets.of(0).take(75));  // its own and all that is common
  BOOST_TEST(budgets.of(1).take(25));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
