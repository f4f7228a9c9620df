// SPDX-License-Identifier: Apache-2.0
// Counting in windows beside what else one would count with, 200,000 keys:
//
//   SQLite   upsert into (key, bucket), sum of the last 12 buckets, in memory
//   map      std::unordered_map of 12 buckets
//   windows  exact, in the order of events
//
// and what disorder, busy keys and each kind of window cost. One update is one
// record for one window.
#include <array>
#include <random>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "windows/window_counts.h"

namespace simwarden {
namespace {

constexpr size_t kKeys = 200'000;
constexpr size_t kRecords = 1'000'000;
// A thousand records a second of event time fill a day in no run: five hours.
constexpr int64_t kStep = 18 * 1000;
constexpr int64_t kBuckets = 12;
constexpr int64_t kBucket = 2 * kHour;

uint64_t spread(uint64_t n) {
  n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9;
  n = (n ^ (n >> 27)) * 0x94d049bb133111eb;
  return n ^ (n >> 31);
}

struct Input {
  std::vector<int64_t> times;
  std::vector<uint64_t> keys;
};

Input make_input(int64_t disorder, size_t keys = kKeys) {
  std::mt19937_64 random(1);
  Input input;
  for (size_t i = 0; i < kRecords; ++i) {
    int64_t time = int64_t(i) * kStep;
    if (disorder > 0) time -= int64_t(random() % uint64_t(disorder));
    input.times.push_back(time);
    input.keys.push_back(spread(random() % keys));
  }
  return input;
}

class Sum : public WindowSink {
 public:
  void answered(uint64_t, Timing,
                std::span<const WindowValue> values) override {
    sum += values[0].number;
  }
  int64_t sum = 0;
};

void count_in_windows(benchmark::State& state, const Input& input,
                      WindowKind kind, int64_t lateness) {
  const std::vector<Window> windows = {{kind, kDay, true, 1}};
  std::vector<WindowEntry> entries;
  for (size_t i = 0; i < kRecords; ++i) {
    entries.push_back({input.keys[i], spread(i % 7), true, true});
  }
  for (auto _ : state) {
    WindowCounts counts(windows, {.lateness = lateness});
    Sum sum;
    for (size_t i = 0; i < kRecords; ++i) {
      counts.take({input.times[i], {&entries[i], 1}}, sum);
    }
    counts.flush(sum);
    benchmark::DoNotOptimize(sum.sum);
    state.counters["events"] = double(counts.counter().events());
  }
  state.SetItemsProcessed(state.iterations() * int64_t(kRecords));
}

void windows_in_order(benchmark::State& state) {
  count_in_windows(state, make_input(0), WindowKind::count, 0);
}
BENCHMARK(windows_in_order)->Unit(benchmark::kMillisecond);

void windows_in_order_waiting(benchmark::State& state) {
  count_in_windows(state, make_input(0), WindowKind::count, 15 * kMinute);
}
BENCHMARK(windows_in_order_waiting)->Unit(benchmark::kMillisecond);

void windows_in_disorder(benchmark::State& state) {
  count_in_windows(state, make_input(10 * kMinute), WindowKind::count,
                   15 * kMinute);
}
BENCHMARK(windows_in_disorder)->Unit(benchmark::kMillisecond);

void windows_distinct(benchmark::State& state) {
  count_in_windows(state, make_input(0), WindowKind::distinct, 0);
}
BENCHMARK(windows_distinct)->Unit(benchmark::kMillisecond);

void windows_one_busy_key(benchmark::State& state) {
  count_in_windows(state, make_input(0, 1), WindowKind::count, 0);
}
BENCHMARK(windows_one_busy_key)->Unit(benchmark::kMillisecond);

void windows_distinct_one_busy_key(benchmark::State& state) {
  count_in_windows(state, make_input(0, 1), WindowKind::distinct, 0);
}
BENCHMARK(windows_distinct_one_busy_key)->Unit(benchmark::kMillisecond);

void map_of_buckets(benchmark::State& state) {
  const Input input = make_input(0);
  struct Buckets {
    std::array<uint16_t, kBuckets> count{};
    std::array<int64_t, kBuckets> of{};
  };
  for (auto _ : state) {
    std::unordered_map<uint64_t, Buckets> map;
    int64_t sum = 0;
    for (size_t i = 0; i < kRecords; ++i) {
      Buckets& buckets = map[input.keys[i]];
      const int64_t now = input.times[i] / kBucket;
      const auto at = size_t(now % kBuckets);
      if (buckets.of[at] != now) buckets.count[at] = 0;
      buckets.of[at] = now;
      ++buckets.count[at];
      for (size_t b = 0; b < size_t(kBuckets); ++b) {
        if (buckets.of[b] > now - kBuckets) sum += buckets.count[b];
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * int64_t(kRecords));
}
BENCHMARK(map_of_buckets)->Unit(benchmark::kMillisecond);

sqlite3_stmt* prepared(sqlite3* db, const char* sql) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &made, nullptr) != SQLITE_OK) abort();
  return made;
}

void sqlite_upsert(benchmark::State& state) {
  const Input input = make_input(0);
  for (auto _ : state) {
    sqlite3* db = nullptr;
    sqlite3_open(":memory:", &db);
    sqlite3_exec(db,
                 "CREATE TABLE c(k INTEGER, b INTEGER, n INTEGER, "
                 "PRIMARY KEY(k, b)) WITHOUT ROWID; BEGIN",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* add = prepared(
        db,
        "INSERT INTO c VALUES(?1, ?2, 1) ON CONFLICT DO UPDATE SET n = n + 1");
    sqlite3_stmt* ask =
        prepared(db, "SELECT sum(n) FROM c WHERE k = ?1 AND b > ?2");
    int64_t sum = 0;
    for (size_t i = 0; i < kRecords; ++i) {
      const int64_t now = input.times[i] / kBucket;
      sqlite3_bind_int64(add, 1, int64_t(input.keys[i]));
      sqlite3_bind_int64(add, 2, now);
      sqlite3_step(add);
      sqlite3_reset(add);
      sqlite3_bind_int64(ask, 1, int64_t(input.keys[i]));
      sqlite3_bind_int64(ask, 2, now - kBuckets);
      sqlite3_step(ask);
      sum += sqlite3_column_int64(ask, 0);
      sqlite3_reset(ask);
    }
    benchmark::DoNotOptimize(sum);
    sqlite3_finalize(add);
    sqlite3_finalize(ask);
    sqlite3_close(db);
  }
  state.SetItemsProcessed(state.iterations() * int64_t(kRecords));
}
BENCHMARK(sqlite_upsert)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace simwarden
