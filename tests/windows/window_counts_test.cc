// SPDX-License-Identifier: Apache-2.0
#include "windows/window_counts.h"

#include <algorithm>
#include <random>

#include <boost/test/unit_test.hpp>

#include "windows/kept_events.h"
#include "windows/stream.h"

using namespace simwarden;
using namespace simwarden::test;

namespace {

Row one_row(int64_t time, uint64_t key, uint64_t value = 0) {
  return {
      .time = kStart + time,
      .entries = {{.key = key, .value = value, .keyed = true, .counts = true}}};
}

std::vector<int64_t> numbers(const std::vector<Answer>& answers) {
  std::vector<int64_t> all;
  for (const Answer& answer : answers) all.push_back(answer.values[0].number);
  return all;
}

// How many are not what it says of the rows that had come by then; who is late
// need not have one.
size_t wrong_as_of_then(const std::vector<Row>& rows,
                        const std::vector<Window>& windows,
                        const std::vector<Answer>& answers) {
  size_t wrong = 0;
  std::vector<Row> until;
  for (size_t r = 0; r < rows.size(); ++r) {
    until.push_back(rows[r]);
    for (size_t w = 0; w < windows.size(); ++w) {
      const bool none =
          answers[r].values[w].state == WindowValue::State::dropped;
      if (none && answers[r].timing == Timing::late) continue;
      wrong += is_wrong(until, windows, answers, r, w);
    }
  }
  return wrong;
}

// Blocks of rows with their events, as a store would have them.
struct Stored {
  size_t rows = 0;
  std::vector<std::string> blobs;
};

// Reads rows [from, to) in blocks that end at `borders` and stores those whose
// records are all answered, as screen does; what waits is lost in the crash.
Stored run_until_crash(const std::vector<Row>& rows,
                       const std::vector<Window>& windows,
                       const WindowSettings& settings, Stored stored,
                       const std::vector<size_t>& borders, size_t crash,
                       Collector& collector) {
  WindowCounts counts(windows, settings);
  for (size_t b = stored.blobs.size(); b-- > 0;) {
    BOOST_TEST_REQUIRE(counts.restore(stored.blobs[b]).ok());
  }
  const size_t first = stored.rows;
  collector.first = first;
  std::fill(collector.answers.begin() + std::ptrdiff_t(first),
            collector.answers.end(), Answer{});
  std::vector<KeptEvents> states;  // after each block
  std::vector<size_t> ends;
  for (size_t r = first; r < std::min(crash, rows.size()); ++r) {
    counts.take({rows[r].time, rows[r].entries}, collector);
    if (std::binary_search(borders.begin(), borders.end(), r + 1)) {
      ends.push_back(r + 1);
      states.push_back(counts.state());
    }
  }
  if (crash >= rows.size()) {
    counts.flush(collector);
    if (!states.empty()) states.back().leapt.clear();
  }
  for (size_t b = 0; b < ends.size(); ++b) {
    std::vector<CountedRecord> counted;
    bool whole = true;
    for (size_t r = stored.rows; r < ends[b]; ++r) {
      whole = whole && collector.answers[r].given;
      const Timing timing = collector.answers[r].timing;
      if (timing == Timing::in_time || timing == Timing::late) {
        counted.push_back({*rows[r].time, rows[r].entries});
      }
    }
    if (!whole) break;
    stored.blobs.push_back(write_events(windows, counted, states[b]));
    stored.rows = ends[b];
  }
  return stored;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_window_ends_at_the_record_and_begins_after_its_span) {
  // An hour before is outside, a microsecond less is inside; the record itself
  // is counted, and of records of one instant those that stood before it.
  const std::vector<Row> rows = {one_row(0, 7),     one_row(1, 7),
                                 one_row(kHour, 7), one_row(kHour, 8),
                                 one_row(kHour, 7), one_row(kHour + 1, 7)};
  const std::vector<Window> with = {{WindowKind::count, kHour, true, 1}};
  const std::vector<int64_t> expected = {1, 2, 2, 1, 3, 3};
  BOOST_TEST(numbers(answers_of(rows, with, {})) == expected,
             boost::test_tools::per_element());
  const std::vector<Window> without = {{WindowKind::count, kHour, false, 1}};
  const std::vector<int64_t> before = {0, 1, 1, 0, 2, 2};
  BOOST_TEST(numbers(answers_of(rows, without, {})) == before,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(since_is_the_span_when_there_was_none) {
  const std::vector<Row> rows = {one_row(0, 7), one_row(kMinute, 7),
                                 one_row(kHour, 8), one_row(3 * kHour, 7)};
  const std::vector<Window> windows = {{WindowKind::since, kHour, true, 1}};
  const std::vector<int64_t> expected = {kHour, kMinute, kHour, kHour};
  BOOST_TEST(numbers(answers_of(rows, windows, {})) == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(figures_are_by_the_definition_for_any_order_in_time) {
  const auto windows = windows_of_all_kinds();
  for (uint64_t seed = 0; seed < 120; ++seed) {
    std::mt19937_64 random(seed);
    const int64_t lateness =
        seed % 4 == 0 ? 0 : int64_t(seed % 7) * 10 * kMinute;
    const auto rows = random_rows(random, 400, lateness, windows);
    WindowFigures figures;
    const auto answers =
        answers_of(rows, windows, {.lateness = lateness}, &figures);
    BOOST_TEST(wrong_answers(rows, windows, answers) == 0u, "seed " << seed);
    BOOST_TEST(figures.in_time == rows.size());
  }
}

BOOST_AUTO_TEST_CASE(a_restart_neither_forgets_nor_counts_twice) {
  const auto windows = windows_of_all_kinds();
  size_t crashes = 0;
  for (uint64_t seed = 0; seed < 120; ++seed) {
    std::mt19937_64 random(1000 + seed);
    const int64_t lateness = int64_t(seed % 5) * 10 * kMinute;
    const auto rows = random_rows(random, 300, lateness, windows);
    std::vector<size_t> borders = {rows.size()};
    for (size_t i = 0; i < 12; ++i) borders.push_back(random() % rows.size());
    std::sort(borders.begin(), borders.end());
    Collector collector(rows.size());
    Stored stored;
    while (stored.rows < rows.size()) {
      const bool crash = random() % 4 != 0;
      const size_t end =
          crash ? stored.rows + random() % (rows.size() - stored.rows) + 1
                : rows.size();
      crashes += crash;
      stored = run_until_crash(rows, windows, {.lateness = lateness},
                               std::move(stored), borders, end, collector);
    }
    BOOST_TEST(collector.twice == 0u);
    BOOST_TEST(wrong_answers(rows, windows, collector.answers) == 0u,
               "seed " << seed);
  }
  BOOST_TEST(crashes > 100u);
}

BOOST_AUTO_TEST_CASE(late_records_come_out_alike_with_and_without_a_restart) {
  const auto windows = windows_of_all_kinds();
  size_t late = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(2000 + seed);
    const auto rows = random_rows(random, 300, 3 * kHour, windows);
    const WindowSettings settings{.lateness = 20 * kMinute};
    WindowFigures figures;
    const auto whole = answers_of(rows, windows, settings, &figures);
    late += figures.late;
    std::vector<size_t> borders;
    for (size_t r = 10; r <= rows.size(); r += 10) borders.push_back(r);
    Collector collector(rows.size());
    Stored stored =
        run_until_crash(rows, windows, settings, {}, borders, 150, collector);
    stored = run_until_crash(rows, windows, settings, std::move(stored),
                             borders, rows.size(), collector);
    size_t wrong = 0;
    for (size_t r = 0; r < rows.size(); ++r) {
      wrong += whole[r].timing != collector.answers[r].timing;
      for (size_t w = 0; w < windows.size(); ++w) {
        wrong += !same_figure(windows[w].kind, whole[r].values[w],
                              collector.answers[r].values[w]);
      }
    }
    BOOST_TEST(wrong == 0u, "seed " << seed);
  }
  BOOST_TEST(late > 1000u);
}

// Whose witnesses stood on both sides of a restart.
BOOST_AUTO_TEST_CASE(leaps_are_believed_alike_with_and_without_a_restart) {
  const auto windows = windows_of_all_kinds();
  uint64_t unbelieved = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(7000 + seed);
    auto rows = random_rows(random, 200, 20 * kMinute, windows);
    // Wrong clocks, alone and in rows, and a real gap.
    for (size_t r = 120; r < rows.size(); ++r) *rows[r].time += 9 * kDay;
    for (size_t at = 10; at < rows.size(); at += 17) {
      for (uint64_t n = random() % kLeapWitnesses; n > 0; --n) {
        if (at + n < rows.size()) *rows[at + n].time += 40 * kDay;
      }
    }
    const WindowSettings settings{.lateness = 20 * kMinute};
    WindowFigures figures;
    const auto whole = answers_of(rows, windows, settings, &figures);
    unbelieved += figures.unbelieved;
    std::vector<size_t> borders;
    for (size_t r = 3; r <= rows.size(); r += 1 + random() % 6) {
      borders.push_back(r);
    }
    borders.push_back(rows.size());
    Collector collector(rows.size());
    Stored stored;
    while (stored.rows < rows.size()) {
      const size_t left = rows.size() - stored.rows;
      const size_t end =
          random() % 4 == 0 ? rows.size() : stored.rows + random() % left + 1;
      stored = run_until_crash(rows, windows, settings, std::move(stored),
                               borders, end, collector);
    }
    size_t wrong = 0;
    for (size_t r = 0; r < rows.size(); ++r) {
      wrong += whole[r].timing != collector.answers[r].timing;
      for (size_t w = 0; w < windows.size(); ++w) {
        wrong += !same_figure(windows[w].kind, whole[r].values[w],
                              collector.answers[r].values[w]);
      }
    }
    BOOST_TEST(wrong == 0u, "seed " << seed);
  }
  BOOST_TEST(unbelieved > 100u);
}

BOOST_AUTO_TEST_CASE(a_gap_in_what_is_kept_is_no_figure) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1},
                                       {WindowKind::count, kDay, true, 2}};
  WindowCounts counts(windows, {});
  counts.restore_gap(kStart);
  Collector collector(1);
  const Row next{kStart + 2 * kHour, {{7, 0, true, true}, {7, 0, true, true}}};
  counts.take({next.time, next.entries}, collector);
  counts.flush(collector);
  const auto& values = collector.answers[0].values;
  BOOST_TEST((values[0].state == WindowValue::State::known));
  BOOST_TEST((values[1].state == WindowValue::State::dropped));
}

BOOST_AUTO_TEST_CASE(how_long_ago_the_last_was_is_not_known_behind_a_gap) {
  // Another may have been between the one that is there and the gap's end.
  const std::vector<Window> windows = {{WindowKind::since, kDay, true, 1}};
  for (const int64_t gap : {-2 * kHour, -3 * kHour, -4 * kHour}) {
    WindowCounts counts(windows, {});
    const Row kept = one_row(-3 * kHour, 7);
    KeptEvents state;
    state.dropped = kStart + gap;
    BOOST_TEST_REQUIRE(
        counts
            .restore(write_events(
                windows, std::vector<CountedRecord>{{*kept.time, kept.entries}},
                state))
            .ok());
    Collector collector(1);
    const Row next = one_row(0, 7);
    counts.take({next.time, next.entries}, collector);
    counts.flush(collector);
    const WindowValue& value = collector.answers[0].values[0];
    const bool known = value.state == WindowValue::State::known;
    BOOST_TEST(known == (gap <= -3 * kHour));
    if (known) BOOST_TEST(value.number == 3 * kHour);
  }
}

BOOST_AUTO_TEST_CASE(nobody_is_late_for_a_time_beyond_the_bound) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  const Row before = one_row(0, 7);
  const Row wrong = one_row(400 * kDay, 7);
  KeptEvents state;
  state.frontier = state.watermark = *wrong.time;
  const std::string blob =
      write_events(windows,
                   std::vector<CountedRecord>{{*before.time, before.entries},
                                              {*wrong.time, wrong.entries}},
                   state);
  for (const bool bounded : {false, true}) {
    WindowSettings settings;
    if (bounded) settings.reached_max = *wrong.time - 1;
    WindowCounts counts(windows, settings);
    BOOST_TEST_REQUIRE(counts.restore(blob).ok());
    Collector collector(1);
    const Row next = one_row(kMinute, 7);
    counts.take({next.time, next.entries}, collector);
    counts.flush(collector);
    BOOST_TEST((collector.answers[0].timing == Timing::late) == !bounded);
    BOOST_TEST(collector.answers[0].values[0].number == (bounded ? 2 : 0));
    BOOST_TEST(counts.figures().beyond == (bounded ? *wrong.time : kNever));
  }
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_gives_no_figure_that_is_too_low) {
  // What was forgotten while the clock was ahead is not there afterwards.
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  const std::vector<int64_t> clock = {0, 3 * kHour, kMinute, 4 * kHour};
  WindowCounts counts(windows, {});
  Collector collector(clock.size());
  for (const int64_t now : clock) {
    const Row row = one_row(now, 7);
    counts.trust(kStart + now);
    counts.take({row.time, row.entries}, collector);
    counts.hurry(0, collector);
  }
  const WindowValue& back = collector.answers[2].values[0];
  BOOST_TEST((back.state == WindowValue::State::dropped));
  const WindowValue& after = collector.answers[3].values[0];
  BOOST_TEST((after.state == WindowValue::State::known));
  BOOST_TEST(after.number == 1);
}

// Eight of one clerk in order of time are eight; turned round they are no
// figure, and never the figure of a record alone.
BOOST_AUTO_TEST_CASE(a_log_that_runs_newest_first_has_no_false_figures) {
  const auto windows = windows_of_all_kinds();
  uint64_t unanswered = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(4000 + seed);
    auto rows = random_rows(random, 300, 0, windows);
    std::reverse(rows.begin(), rows.end());
    WindowFigures figures;
    const auto answers = answers_of(rows, windows, {.lateness = 0}, &figures);
    unanswered += figures.unanswered;
    BOOST_TEST(wrong_as_of_then(rows, windows, answers) == 0u, "seed " << seed);
  }
  BOOST_TEST(unanswered > 5000u);
}

// As the daemon counts: each is answered when it comes.
BOOST_AUTO_TEST_CASE(who_comes_within_the_lateness_has_the_figures_of_then) {
  const auto windows = windows_of_all_kinds();
  uint64_t late = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(6000 + seed);
    const auto rows = random_rows(random, 300, 40 * kMinute, windows);
    WindowCounts counts(windows, {.lateness = 40 * kMinute});
    Collector collector(rows.size());
    int64_t newest = kNever;
    for (const Row& row : rows) {
      newest = std::max(newest, *row.time);
      counts.trust(newest);
      counts.take({row.time, row.entries}, collector);
      counts.hurry(0, collector);
    }
    late += counts.figures().late;
    BOOST_TEST(counts.figures().unanswered == 0u);
    const size_t wrong = wrong_as_of_then(rows, windows, collector.answers);
    BOOST_TEST(wrong == 0u, "seed " << seed);
  }
  BOOST_TEST(late > 1000u);
}

BOOST_AUTO_TEST_CASE(a_late_record_is_counted_and_marked_and_has_no_figure) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  // Others first, so that the time is believed.
  std::vector<Row> rows(kLeapWitnesses, one_row(0, 8));
  rows.push_back(one_row(0, 7));
  rows.push_back(one_row(10 * kMinute, 7));
  rows.push_back(one_row(50 * kMinute, 7));
  // Ten minutes of lateness: 40 is the watermark.
  rows.push_back(one_row(5 * kMinute, 7));
  rows.push_back(one_row(51 * kMinute, 7));
  WindowFigures figures;
  const auto answers =
      answers_of(rows, windows, {.lateness = 10 * kMinute}, &figures);
  const std::vector<int64_t> expected = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 4, 0, 5};
  BOOST_TEST(numbers(answers) == expected, boost::test_tools::per_element());
  BOOST_TEST((answers[11].timing == Timing::late));
  BOOST_TEST((answers[11].values[0].state == WindowValue::State::dropped));
  BOOST_TEST(figures.unanswered == 1u);
  BOOST_TEST(figures.late == 1u);
  BOOST_TEST(figures.in_time == 12u);
}

BOOST_AUTO_TEST_CASE(one_wrong_clock_makes_no_other_record_late) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  for (size_t at = 0; at < 20; ++at) {
    std::vector<Row> rows;
    for (size_t i = 0; i < 40; ++i) {
      rows.push_back(one_row(int64_t(i) * kMinute, 7));
    }
    rows.insert(rows.begin() + std::ptrdiff_t(at), one_row(76 * 365 * kDay, 7));
    WindowFigures figures;
    const auto answers = answers_of(rows, windows, {}, &figures);
    BOOST_TEST(figures.unbelieved == 1u);
    BOOST_TEST(figures.in_time == 40u);
    BOOST_TEST((answers[at].timing == Timing::unbelieved));
    BOOST_TEST((answers[at].values[0].state == WindowValue::State::no_time));
    BOOST_TEST(answers.back().values[0].number == 40);
  }
}

BOOST_AUTO_TEST_CASE(one_wrong_clock_at_the_beginning_takes_no_figure) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  for (const int64_t wrong : {-3 * kDay, -400 * kDay}) {
    for (size_t at = 0; at < 20; ++at) {
      std::vector<Row> rows;
      for (size_t i = 0; i < 40; ++i) {
        rows.push_back(one_row(int64_t(i) * kMinute, 7));
      }
      rows.insert(rows.begin() + std::ptrdiff_t(at), one_row(wrong, 7));
      WindowFigures figures;
      const auto answers = answers_of(rows, windows, {}, &figures);
      BOOST_TEST(figures.unbelieved == 0u);
      BOOST_TEST(figures.late == (at < kLeapWitnesses ? 0u : 1u));
      BOOST_TEST(answers.back().values[0].number == 40);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_gap_in_a_log_changes_nothing) {
  const auto windows = windows_of_all_kinds();
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(3000 + seed);
    auto rows = random_rows(random, 300, 20 * kMinute, windows);
    // A holiday of nine days in the middle, and one before the last three.
    for (size_t r = 150; r < rows.size(); ++r) *rows[r].time += 9 * kDay;
    for (size_t r = 297; r < rows.size(); ++r) *rows[r].time += 9 * kDay;
    WindowFigures figures;
    const auto answers =
        answers_of(rows, windows, {.lateness = 40 * kMinute}, &figures);
    BOOST_TEST(figures.unbelieved == 0u, "seed " << seed);
    BOOST_TEST(wrong_answers(rows, windows, answers) == 0u, "seed " << seed);
  }
}

BOOST_AUTO_TEST_CASE(
    a_record_without_a_time_has_no_figures_and_is_not_counted) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  std::vector<Row> rows = {one_row(0, 7), one_row(0, 7), one_row(1, 7)};
  rows[1].time.reset();
  const auto answers = answers_of(rows, windows, {});
  BOOST_TEST((answers[1].timing == Timing::untimed));
  BOOST_TEST((answers[1].values[0].state == WindowValue::State::no_time));
  BOOST_TEST(answers[2].values[0].number == 2);
}

BOOST_AUTO_TEST_CASE(waiting_is_bounded_and_what_then_comes_late_is_said) {
  const auto windows = windows_of_all_kinds();
  std::mt19937_64 random(5);
  const auto rows = random_rows(random, 2000, kHour, windows);
  WindowCounts counts(windows, {.lateness = kDay, .waiting_max = 8});
  Collector collector(rows.size());
  size_t most = 0;
  for (const Row& row : rows) {
    counts.take({row.time, row.entries}, collector);
    most = std::max(most, counts.waiting());
  }
  counts.flush(collector);
  BOOST_TEST(most <= 8u + kLeapWitnesses + 64u);
  BOOST_TEST(counts.figures().late > 0u);
  BOOST_TEST(counts.figures().in_time + counts.figures().late == rows.size());
}

BOOST_AUTO_TEST_CASE(
    who_leapt_and_is_let_go_is_not_believed_and_makes_nobody_late) {
  const std::vector<Window> windows = {{WindowKind::count, kHour, true, 1}};
  std::vector<Row> rows(kLeapWitnesses, one_row(0, 7));
  rows.push_back(one_row(40 * kDay, 7));
  rows.push_back(one_row(50 * kDay, 7));
  WindowCounts counts(windows, {});
  Collector collector(rows.size() + 1);
  for (const Row& row : rows) counts.take({row.time, row.entries}, collector);
  for (size_t left = counts.waiting(); left-- > 0;) {
    counts.hurry(left, collector);
    BOOST_TEST(counts.waiting() == left);
  }
  const Row next = one_row(kMinute, 7);
  counts.take({next.time, next.entries}, collector);
  counts.flush(collector);
  BOOST_TEST(counts.figures().late == 0u);
  BOOST_TEST(counts.figures().unbelieved == 2u);
  BOOST_TEST((collector.answers[kLeapWitnesses].values[0].state ==
              WindowValue::State::no_time));
  BOOST_TEST(collector.answers.back().values[0].number ==
             int64_t(kLeapWitnesses) + 1);
}

BOOST_AUTO_TEST_CASE(windows_that_changed_start_anew_and_others_go_on) {
  const std::vector<Row> rows = {one_row(0, 7)};
  const std::vector<CountedRecord> counted = {{*rows[0].time, rows[0].entries}};
  const std::vector<Window> before = {{WindowKind::count, kHour, true, 1}};
  const std::string blob = write_events(before, counted, {});
  for (const uint64_t identity : {1, 2}) {
    const std::vector<Window> now = {
        {WindowKind::count, kHour, true, identity}};
    WindowCounts counts(now, {});
    BOOST_TEST_REQUIRE(counts.restore(blob).ok());
    Collector collector(1);
    const Row next = one_row(1, 7);
    counts.take({next.time, next.entries}, collector);
    counts.flush(collector);
    BOOST_TEST(collector.answers[0].values[0].number ==
               (identity == 1 ? 2 : 1));
  }
}
