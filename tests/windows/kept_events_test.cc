// SPDX-License-Identifier: Apache-2.0
#include "windows/kept_events.h"

#include <random>

#include <boost/test/unit_test.hpp>

#include "windows/stream.h"

using namespace simwarden;
using namespace simwarden::test;

namespace {

struct Sample {
  std::vector<Window> windows = windows_of_all_kinds();
  std::vector<Row> rows;
  std::vector<CountedRecord> counted;
  std::string bytes;

  explicit Sample(uint64_t seed) {
    std::mt19937_64 random(seed);
    rows = random_rows(random, 60, kHour, windows);
    for (const Row& row : rows) counted.push_back({*row.time, row.entries});
    bytes = write_events(
        windows, counted,
        {*rows[0].time, *rows[1].time, kNever, {*rows[2].time}, {}});
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const Sample sample(1);
  const auto read = read_events(sample.bytes);
  BOOST_TEST_REQUIRE(read.ok());
  BOOST_TEST(read->frontier == *sample.rows[0].time);
  BOOST_TEST(read->watermark == *sample.rows[1].time);
  BOOST_TEST(read->dropped == kNever);
  BOOST_TEST(read->leapt == std::vector<int64_t>{*sample.rows[2].time},
             boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(read->windows.size() == sample.windows.size());
  for (size_t w = 0; w < sample.windows.size(); ++w) {
    const Window& window = sample.windows[w];
    BOOST_TEST(read->windows[w].identity == window.identity);
    const bool valued =
        window.kind == WindowKind::distinct || window.kind == WindowKind::share;
    std::vector<KeptEvent> expected;
    for (const Row& row : sample.rows) {
      const WindowEntry& e = row.entries[w];
      if (!e.keyed || !e.counts) continue;
      expected.push_back({*row.time, e.key, valued ? e.value : 0});
    }
    BOOST_TEST((read->windows[w].events == expected));
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_end_early_or_go_on_are_refused) {
  const Sample sample(2);
  for (size_t size = 0; size < sample.bytes.size(); ++size) {
    BOOST_REQUIRE(!read_events(sample.bytes.substr(0, size)).ok());
  }
  BOOST_TEST(!read_events(sample.bytes + '\0').ok());
}

BOOST_AUTO_TEST_CASE(damaged_bytes_are_refused_or_are_events) {
  const Sample sample(3);
  std::mt19937_64 random(9);
  for (size_t i = 0; i < 20000; ++i) {
    std::string bytes = sample.bytes;
    for (uint64_t n = 1 + random() % 3; n > 0; --n) {
      bytes[random() % bytes.size()] = char(random());
    }
    const auto read = read_events(bytes);
    if (!read) {
      BOOST_REQUIRE(read.error().what.find("damaged") != std::string::npos);
      continue;
    }
    WindowCounts counts(sample.windows, {});
    BOOST_REQUIRE(counts.restore(bytes).ok());
    Collector collector(1);
    counts.take({sample.rows[0].time, sample.rows[0].entries}, collector);
    counts.flush(collector);
    BOOST_REQUIRE(collector.answers[0].given);
  }
}

BOOST_AUTO_TEST_CASE(a_count_that_the_bytes_cannot_hold_takes_no_memory) {
  std::string bytes = "SWW1";
  bytes += std::string(4, '\0');
  bytes += "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
  const auto read = read_events(bytes);
  BOOST_TEST_REQUIRE(!read.ok());
  BOOST_TEST(
      read.error().what ==
      "kept events of windows are damaged: it counts more than it holds");
}
