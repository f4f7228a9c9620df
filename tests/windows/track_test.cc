// SPDX-License-Identifier: Apache-2.0
#include "windows/track.h"

#include <map>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

// A track beside a map that has equal times in the order of insertion.
template <typename Event>
class Beside {
 public:
  explicit Beside(uint32_t seed) : random_(seed) {}

  void go_on(size_t steps) {
    for (size_t i = 0; i < steps; ++i) {
      const uint64_t what = random_() % 100;
      if (what < 90) insert();
      if (what == 90) time_ = oldest() - 3 + below(newest() - oldest() + 6);
      if (what == 91) stride_ = below(5) - 2;
      if (what == 92)
        forget(oldest() - 1 + below(random_() % 8 == 0 ? 400 : 4));
      if (what > 92) look();
    }
    compare();
  }
  size_t size() const { return model_.size(); }

 private:
  int64_t below(int64_t end) { return int64_t(random_() % uint64_t(end)); }
  int64_t oldest() const {
    return model_.empty() ? time_ : model_.begin()->first;
  }
  int64_t newest() const {
    return model_.empty() ? time_ : model_.rbegin()->first;
  }

  // Next to the one before, on this side or that, now and then elsewhere.
  void insert() {
    time_ += stride_;
    const int64_t time = below(20) == 0 ? time_ + below(50) - 25 : time_;
    const uint64_t value = random_() % 12;
    if constexpr (std::is_same_v<Event, ValueEvent>) {
      track_.insert({time, value});
    } else {
      track_.insert({time});
    }
    model_.emplace(time, value);
  }
  void forget(int64_t bound) {
    const auto gone = std::distance(model_.begin(), model_.upper_bound(bound));
    model_.erase(model_.begin(), model_.upper_bound(bound));
    BOOST_TEST(track_.forget(bound) == gone);
  }

  void look() {
    const int64_t bound = oldest() - 2 + below(newest() - oldest() + 4);
    const auto end = model_.upper_bound(bound);
    const auto before = uint32_t(std::distance(model_.begin(), end));
    BOOST_TEST(track_.before(bound) == before);
    if constexpr (std::is_same_v<Event, ValueEvent>) {
      tally(uint32_t(below(int64_t{before} + 1)), before);
    }
  }
  void tally(uint32_t from, uint32_t to) {
    std::set<uint64_t> different;
    uint64_t sum = 0;
    auto at = std::next(model_.begin(), from);
    for (uint32_t i = from; i < to; ++i, ++at) {
      different.insert(at->second);
      sum += at->second;
    }
    const auto tallied = track_.tally(from, to);
    BOOST_TEST(tallied.first == int64_t(different.size()));
    BOOST_TEST(tallied.second == sum);
  }

  void compare() {
    Track<Event> moved(std::move(track_));
    BOOST_TEST(track_.size() == 0u);
    track_ = std::move(moved);
    BOOST_TEST_REQUIRE(track_.size() == model_.size());
    size_t wrong = 0;
    uint32_t i = 0;
    for (const auto& [time, value] : model_) {
      wrong += track_[i].time != time;
      if constexpr (std::is_same_v<Event, ValueEvent>) {
        wrong += track_[i].value != value;
      }
      ++i;
    }
    BOOST_TEST(wrong == 0u);
  }

  std::mt19937_64 random_;
  Track<Event> track_;
  std::multimap<int64_t, uint64_t> model_;
  int64_t time_ = 1000;
  int64_t stride_ = 1;
};

template <typename Event>
size_t most_of_many(uint32_t seeds) {
  size_t most = 0;
  for (uint32_t seed = 0; seed < seeds; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Beside<Event> beside(seed);
      for (size_t part = 0; part < 20; ++part) {
        beside.go_on(100);
        most = std::max(most, beside.size());
      }
    }
  }
  return most;
}

// Counts how often one is put somewhere.
struct Porter {
  int64_t time = 0;
  static inline size_t moves = 0;

  Porter() = default;
  explicit Porter(int64_t t) : time(t) {}
  Porter(const Porter&) = default;
  Porter& operator=(const Porter& other) {
    time = other.time;
    ++moves;
    return *this;
  }
};

size_t moves_of(const std::vector<int64_t>& times) {
  Porter::moves = 0;
  Track<Porter> track;
  for (const int64_t time : times) track.insert(Porter(time));
  BOOST_TEST(track.size() == times.size());
  return Porter::moves;
}

constexpr int64_t kMany = 24'000;

// Each file in order of time.
std::vector<int64_t> files(const std::vector<int64_t>& order) {
  const int64_t each = kMany / int64_t(order.size());
  std::vector<int64_t> times;
  for (const int64_t file : order) {
    for (int64_t i = 0; i < each; ++i) times.push_back(file * each + i);
  }
  return times;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_track_has_its_events_in_order_however_they_come) {
  BOOST_TEST(most_of_many<TimeEvent>(200) > 500u);
  BOOST_TEST(most_of_many<ValueEvent>(200) > 500u);
}

// Growing moves each twice or so.
BOOST_AUTO_TEST_CASE(no_event_moves_for_one_that_comes_beside_the_last) {
  constexpr size_t kMovesMax = 4 * kMany;
  std::vector<int64_t> rising = files({0});
  BOOST_TEST(moves_of(rising) < kMovesMax);
  const std::vector<int64_t> falling(rising.rbegin(), rising.rend());
  BOOST_TEST(moves_of(falling) < kMovesMax);
  BOOST_TEST(moves_of(files({5, 4, 3, 2, 1, 0})) < kMovesMax);
  BOOST_TEST(moves_of(files({3, 0, 4, 1, 5, 2})) < kMovesMax);
}
