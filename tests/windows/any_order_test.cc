// SPDX-License-Identifier: Apache-2.0
// The same records in other orders: who is in time has the same figures, and
// who is late is counted all the same.
#include <algorithm>
#include <random>

#include <boost/test/unit_test.hpp>

#include "windows/kept_events.h"
#include "windows/stream.h"
#include "windows/window_counts.h"

using namespace simwarden;
using namespace simwarden::test;

namespace {

// Of few keys, so that each has many, and no two at one time.
std::vector<Row> rows_of_a_day(std::mt19937_64& random,
                               const std::vector<Window>& windows) {
  constexpr int64_t kRows = 600;
  std::vector<Row> rows;
  for (int64_t i = 0; i < kRows; ++i) {
    const int64_t gap = kDay / kRows;
    Row row{.time = kStart + i * gap + int64_t(random() % uint64_t(gap)),
            .entries = {}};
    for (const Window& window : windows) {
      const bool share = window.kind == WindowKind::share;
      row.entries.push_back({.key = 1 + random() % 2,
                             .value = random() % (share ? 2 : 3),
                             .keyed = random() % 10 != 0,
                             .counts = random() % 5 != 0});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Rising, falling, file by file with the newest first, and in no order.
std::vector<std::vector<Row>> in_each_order(std::mt19937_64& random,
                                            const std::vector<Row>& rows) {
  std::vector<std::vector<Row>> orders = {rows};
  orders.emplace_back(rows.rbegin(), rows.rend());
  std::vector<Row>& by_file = orders.emplace_back();
  for (size_t part = 6; part-- > 0;) {
    const auto size = std::ptrdiff_t(rows.size()) / 6;
    const auto first = rows.begin() + std::ptrdiff_t(part) * size;
    by_file.insert(by_file.end(), first, first + size);
  }
  std::vector<Row>& mixed = orders.emplace_back(rows);
  std::shuffle(mixed.begin(), mixed.end(), random);
  return orders;
}

// One that is newer than all of them, behind them.
std::vector<Row> with_last(std::vector<Row> rows,
                           const std::vector<Window>& windows) {
  rows.push_back(
      {.time = kStart + kDay, .entries = {windows.size(), {1, 1, true, true}}});
  return rows;
}

// Answers the last; the others were counted before a restart.
std::vector<Answer> answers_after_restart(const std::vector<Row>& rows,
                                          const std::vector<Window>& windows) {
  constexpr size_t kBlock = 50;
  WindowCounts counts(windows, {});
  for (size_t first = 0; first + 1 < rows.size(); first += kBlock) {
    std::vector<CountedRecord> block;
    for (size_t r = first; r < std::min(first + kBlock, rows.size() - 1); ++r) {
      block.push_back({*rows[r].time, rows[r].entries});
    }
    BOOST_TEST_REQUIRE(counts.restore(write_events(windows, block, {})).ok());
  }
  Collector collector(rows.size());
  collector.first = rows.size() - 1;
  counts.take({rows.back().time, rows.back().entries}, collector);
  counts.flush(collector);
  return std::move(collector.answers);
}

}  // namespace

BOOST_AUTO_TEST_CASE(who_is_in_time_has_the_same_figures_in_each_order) {
  const auto windows = windows_of_all_kinds();
  for (uint64_t seed = 0; seed < 8; ++seed) {
    std::mt19937_64 random(8000 + seed);
    const auto rows = rows_of_a_day(random, windows);
    for (const auto& order : in_each_order(random, rows)) {
      WindowFigures figures;
      const auto answers =
          answers_of(order, windows, {.lateness = kDay}, &figures);
      BOOST_TEST(figures.in_time == rows.size(), "seed " << seed);
      BOOST_TEST(wrong_answers(order, windows, answers) == 0u, "seed " << seed);
    }
  }
}

BOOST_AUTO_TEST_CASE(who_comes_last_has_the_same_figures_behind_each_order) {
  const auto windows = windows_of_all_kinds();
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(9000 + seed);
    const auto rows = rows_of_a_day(random, windows);
    for (const auto& order : in_each_order(random, rows)) {
      const auto all = with_last(order, windows);
      const size_t last = all.size() - 1;
      const auto answers = answers_of(all, windows, {.lateness = 0});
      BOOST_TEST(wrong_answers(all, windows, answers, last) == 0u,
                 "seed " << seed);
      const auto resumed = answers_after_restart(all, windows);
      BOOST_TEST(wrong_answers(all, windows, resumed, last) == 0u,
                 "seed " << seed);
    }
  }
}
