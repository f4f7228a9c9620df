// SPDX-License-Identifier: Apache-2.0
#include "windows/kept_figures.h"

#include <random>

#include <boost/test/unit_test.hpp>

#include "windows/stream.h"

using namespace simwarden;
using namespace simwarden::test;

namespace {

struct Sample {
  std::vector<Window> windows = windows_of_all_kinds();
  std::vector<Answer> answers;
  std::string bytes;

  explicit Sample(uint64_t seed) {
    std::mt19937_64 random(seed);
    auto rows = random_rows(random, 60, kHour, windows);
    rows[7].time.reset();
    for (const size_t r : {3, 7, 20}) rows[r].entries[1].failed = true;
    *rows[20].time += 80 * kDay;
    WindowCounts counts(windows, {.lateness = 10 * kMinute});
    Collector collector(rows.size());
    for (const Row& row : rows) {
      counts.take({row.time, row.entries}, collector);
    }
    counts.flush(collector);
    answers = collector.answers;
    bytes = write_figures(windows, figures());
  }

  std::vector<FigureRow> figures() const {
    std::vector<FigureRow> rows;
    for (const Answer& answer : answers) {
      rows.push_back({answer.timing, answer.values});
    }
    return rows;
  }
};

bool same(const WindowValue& a, const WindowValue& b) {
  return a.state == b.state && a.failed == b.failed && a.number == b.number &&
         a.share == b.share;
}

// The figures of window `w` of `windows` are those of `was` in the sample.
bool same_column(const Sample& sample, const KeptFigures& read, size_t windows,
                 size_t w, size_t was) {
  for (size_t r = 0; r < sample.answers.size(); ++r) {
    const WindowValue& value = read.values[r * windows + w];
    WindowValue expected = sample.answers[r].values[was];
    if (expected.state != WindowValue::State::known) {
      expected = {.state = expected.state, .failed = expected.failed};
    } else if (sample.windows[was].kind == WindowKind::share) {
      expected.number = 0;
    } else {
      expected.share = 0;
    }
    if (!same(value, expected)) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(figures_come_back_as_they_were_given) {
  const Sample sample(1);
  const auto read = read_figures(sample.bytes, sample.windows);
  BOOST_TEST_REQUIRE(read.ok());
  BOOST_TEST_REQUIRE(read->timings.size() == sample.answers.size());
  size_t not_in_time = 0;
  for (size_t r = 0; r < sample.answers.size(); ++r) {
    BOOST_TEST((read->timings[r] == sample.answers[r].timing));
    not_in_time += read->timings[r] != Timing::in_time;
  }
  BOOST_TEST(not_in_time >= 2u);
  for (size_t w = 0; w < sample.windows.size(); ++w) {
    BOOST_TEST(same_column(sample, *read, sample.windows.size(), w, w), w);
  }
}

BOOST_AUTO_TEST_CASE(windows_find_their_figures_and_new_ones_have_none) {
  const Sample sample(2);
  const std::vector<Window> now = {sample.windows[4],
                                   {WindowKind::count, kHour, true, 99},
                                   sample.windows[0],
                                   // The same, but for the record itself.
                                   {WindowKind::count, kDay, true, 12}};
  const auto read = read_figures(sample.bytes, now);
  BOOST_TEST_REQUIRE(read.ok());
  BOOST_TEST(same_column(sample, *read, 4, 0, 4));
  BOOST_TEST(same_column(sample, *read, 4, 2, 0));
  for (size_t r = 0; r < sample.answers.size(); ++r) {
    BOOST_TEST((read->values[r * 4 + 1].state == WindowValue::State::dropped));
    BOOST_TEST((read->values[r * 4 + 3].state == WindowValue::State::dropped));
  }
}

BOOST_AUTO_TEST_CASE(figures_that_end_early_or_go_on_are_refused) {
  const Sample sample(3);
  for (size_t size = 0; size < sample.bytes.size(); ++size) {
    BOOST_REQUIRE(
        !read_figures(sample.bytes.substr(0, size), sample.windows).ok());
  }
  BOOST_TEST(!read_figures(sample.bytes + '\0', sample.windows).ok());
}

BOOST_AUTO_TEST_CASE(damaged_figures_are_refused_or_are_figures) {
  const Sample sample(4);
  std::mt19937_64 random(9);
  for (size_t i = 0; i < 20000; ++i) {
    std::string bytes = sample.bytes;
    for (uint64_t n = 1 + random() % 3; n > 0; --n) {
      bytes[random() % bytes.size()] = char(random());
    }
    const auto read = read_figures(bytes, sample.windows);
    if (!read) {
      BOOST_REQUIRE(read.error().what.find("damaged") != std::string::npos);
    } else {
      BOOST_REQUIRE(read->values.size() ==
                    read->timings.size() * sample.windows.size());
    }
  }
}
