// SPDX-License-Identifier: Apache-2.0
// The table beside std::map, through growing, forgetting and shrinking. Its
// keys are hashes elsewhere; here they crowd, most of all at the table's end.
#include "windows/track_table.h"

#include <map>
#include <random>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

using Table = TrackTable<TimeEvent>;

std::multiset<int64_t> times_of(const Track<TimeEvent>& track) {
  std::multiset<int64_t> times;
  for (uint32_t i = 0; i < track.size(); ++i) times.insert(track[i].time);
  return times;
}

class Both {
 public:
  void insert(uint64_t key, int64_t time) {
    if (table.is_full()) forget(oldest_);
    table.at(key).insert({time});
    expected[key].insert(time);
  }
  // Events up to `bound` are no more.
  void forget(int64_t bound) {
    oldest_ = bound;
    table.rebuild([&](Track<TimeEvent>& track) { track.forget(bound); });
    for (auto& [key, times] : expected) {
      times.erase(times.begin(), times.upper_bound(bound));
    }
    std::erase_if(expected,
                  [](const auto& kept) { return kept.second.empty(); });
  }
  void compare() {
    size_t wrong = 0;
    for (const auto& [key, times] : expected) {
      const Track<TimeEvent>* track = table.find(key);
      wrong += track == nullptr || times_of(*track) != times;
    }
    size_t tracks = 0;
    table.for_each([&](const auto&) { ++tracks; });
    BOOST_TEST(wrong == 0u);
    BOOST_TEST(tracks == expected.size());
    BOOST_TEST(table.size() == expected.size());
  }

  Table table;
  std::map<uint64_t, std::multiset<int64_t>> expected;

 private:
  int64_t oldest_ = 0;
};

// Crowded keys lie where a table of the smallest size ends, or in its
// beginning, where those are that go over the end; in a larger one half of them
// still do.
constexpr uint64_t kSmallest = 64;

void fill_and_forget(uint32_t seed, uint32_t crowded_percent, size_t keys) {
  std::mt19937_64 random(seed);
  Both both;
  for (size_t i = 1; i <= keys; ++i) {
    uint64_t key = 2 + (random() >> 1);
    if (random() % 100 < crowded_percent) {
      key |= kSmallest - 1;
      key -= random() % 8;
    }
    for (uint64_t n = random() % 9; n-- > 0;) {
      both.insert(key, int64_t(1 + i));
    }
    both.insert(key, int64_t(1 + i));
    if (random() % (keys / 3) == 0) {
      both.forget(int64_t(random() % i));
      both.compare();
    }
  }
  both.forget(0);
  both.compare();
  both.forget(int64_t(keys - keys / 50));
  both.compare();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_table_keeps_each_track_through_each_size) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      fill_and_forget(seed, seed % 4 * 10, 300);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_table_keeps_each_track_in_large_pages) {
  fill_and_forget(1, 0, 60'000);
}

BOOST_AUTO_TEST_CASE(a_table_forgets_and_moves_on) {
  Both both;
  for (int64_t i = 1; i < 20'000; ++i) {
    if (both.table.is_full()) both.forget(i - 20);
    both.insert(uint64_t(i) * 0x9E3779B97F4A7C15, i);
  }
  both.forget(20'000 - 20);
  both.compare();
}
