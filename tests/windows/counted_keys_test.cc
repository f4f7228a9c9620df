// SPDX-License-Identifier: Apache-2.0
// Busy keys, many keys, and more than memory holds.
#include <random>

#include <boost/test/unit_test.hpp>

#include "windows/stream.h"
#include "windows/window_counts.h"

using namespace simwarden;
using namespace simwarden::test;

BOOST_AUTO_TEST_CASE(when_memory_ends_a_figure_is_right_or_not_given) {
  const auto windows = windows_of_all_kinds();
  size_t given = 0;
  size_t not_given = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(4000 + seed);
    const auto rows = random_rows(random, 600, 20 * kMinute, windows);
    WindowCounts counts(windows, {.lateness = 20 * kMinute, .events_max = 300});
    Collector collector(rows.size());
    for (const Row& row : rows) {
      counts.take({row.time, row.entries}, collector);
      BOOST_REQUIRE(counts.counter().events() <= 300u);
    }
    counts.flush(collector);
    uint64_t dropped = 0;
    for (size_t r = 0; r < rows.size(); ++r) {
      for (size_t w = 0; w < windows.size(); ++w) {
        const WindowValue& value = collector.answers[r].values[w];
        if (value.state == WindowValue::State::dropped) {
          ++dropped;
          continue;
        }
        ++given;
        BOOST_REQUIRE(same_figure(windows[w].kind, value,
                                  by_definition(rows, r, w, windows[w])));
      }
    }
    BOOST_TEST(counts.figures().dropped == dropped);
    not_given += dropped;
  }
  BOOST_TEST(given > 1000u);
  BOOST_TEST(not_given > 1000u);
}

BOOST_AUTO_TEST_CASE(a_busy_key_is_counted_like_any_other) {
  const std::vector<Window> windows = {{WindowKind::distinct, kHour, true, 1},
                                       {WindowKind::share, kHour, true, 2},
                                       {WindowKind::count, kHour, true, 3}};
  std::mt19937_64 random(6);
  std::vector<Row> rows;
  for (size_t i = 0; i < 4000; ++i) {
    rows.push_back(
        {kStart + int64_t(i) * kSecond + int64_t(random() % 600) * kSecond,
         {{1, random() % 50, true, true},
          {1, random() % 2, true, true},
          {1, 0, true, true}}});
  }
  const auto answers = answers_of(rows, windows, {.lateness = 10 * kMinute});
  BOOST_TEST(wrong_answers(rows, windows, answers) == 0u);
}

// So many that their table is made anew more than once from large pages.
BOOST_AUTO_TEST_CASE(many_keys_are_counted_each_for_itself) {
  constexpr uint64_t kKeys = 100'000;
  const std::vector<Window> windows = {{WindowKind::distinct, kDay, true, 1},
                                       {WindowKind::count, kDay, true, 2}};
  std::vector<Row> rows;
  for (uint64_t i = 0; i < 3 * kKeys; ++i) {
    const uint64_t key = (i % kKeys + 1) * 0x9e3779b97f4a7c15;
    rows.push_back({kStart + int64_t(i) * kMicrosecond,
                    {{key, i / kKeys % 2, true, true}, {key, 0, true, true}}});
  }
  const auto answers = answers_of(rows, windows, {.lateness = 0});
  size_t wrong = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto round = int64_t(i / kKeys);
    wrong += answers[i].values[0].number != std::min<int64_t>(round + 1, 2);
    wrong += answers[i].values[1].number != round + 1;
  }
  BOOST_TEST(wrong == 0u);
}
