// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "windows/window_counts.h"

// Streams of records and what their windows are by the definition: every
// record looked at for every record.
namespace simwarden::test {

struct Row {
  std::optional<int64_t> time;
  std::vector<WindowEntry> entries;
};

struct Answer {
  bool given = false;
  Timing timing = Timing::in_time;
  std::vector<WindowValue> values;
};

class Collector : public WindowSink {
 public:
  explicit Collector(size_t size) : answers(size) {}
  void answered(uint64_t ticket, Timing timing,
                std::span<const WindowValue> values) override {
    Answer& answer = answers.at(first + ticket);
    twice += answer.given;
    answer = {true, timing, {values.begin(), values.end()}};
  }
  std::vector<Answer> answers;
  size_t first = 0;  // which of the rows has ticket 0
  size_t twice = 0;
};

inline WindowValue by_definition(const std::vector<Row>& rows, size_t r,
                                 size_t w, const Window& window) {
  WindowValue value;
  if (!rows[r].entries[w].keyed) return value;
  value.state = WindowValue::State::known;
  const int64_t t = *rows[r].time;
  const bool with_this = window.with_this && window.kind != WindowKind::since;
  std::set<uint64_t> different;
  int64_t count = 0;
  int64_t parts = 0;
  int64_t newest = t - window.span;
  for (size_t q = 0; q < rows.size(); ++q) {
    const WindowEntry& entry = rows[q].entries[w];
    if (!rows[q].time || !entry.keyed || !entry.counts) continue;
    if (entry.key != rows[r].entries[w].key) continue;
    const int64_t u = *rows[q].time;
    if (u > t || u <= t - window.span) continue;
    if (u == t && q > r) continue;
    if (q == r && !with_this) continue;
    ++count;
    parts += entry.value != 0;
    different.insert(entry.value);
    newest = std::max(newest, u);
  }
  switch (window.kind) {
    case WindowKind::count: value.number = count; break;
    case WindowKind::distinct:
      value.number = static_cast<int64_t>(different.size());
      break;
    case WindowKind::share:
      value.share = count == 0 ? 0 : double(parts) / double(count);
      break;
    case WindowKind::since: value.number = t - newest; break;
  }
  return value;
}

inline bool same_figure(WindowKind kind, const WindowValue& a,
                        const WindowValue& b) {
  if (a.state != b.state) return false;
  if (a.state == WindowValue::State::no_key) return true;
  return kind == WindowKind::share ? a.share == b.share : a.number == b.number;
}

inline std::vector<Window> windows_of_all_kinds() {
  return {
      {WindowKind::count, kHour, true, 11},
      {WindowKind::count, kDay, false, 12},
      {WindowKind::distinct, 6 * kHour, true, 13},
      {WindowKind::distinct, kHour, false, 14},
      {WindowKind::share, kDay, true, 15},
      {WindowKind::since, 7 * kHour, true, 16},
  };
}

// Rows in order of time, then each moved by less than `disorder`: so that in
// the order of input no row is older by `disorder` than one before it.
inline std::vector<Row> random_rows(std::mt19937_64& random, size_t count,
                                    int64_t disorder,
                                    const std::vector<Window>& windows) {
  const auto below = [&](int64_t end) {
    return int64_t(random() % uint64_t(end));
  };
  const int64_t step = 1 + below(3) * kMinute + below(kMinute);
  const int64_t keys = 1 + below(12);
  std::vector<std::pair<int64_t, Row>> rows;
  int64_t time = 1'700'000'000 * kSecond;
  for (size_t i = 0; i < count; ++i) {
    // Often the same instant, now and then half a day of nothing.
    time += below(3) == 0 ? 0 : below(60) == 0 ? 12 * kHour : below(2 * step);
    Row row{.time = time, .entries = {}};
    for (const Window& window : windows) {
      const bool share = window.kind == WindowKind::share;
      row.entries.push_back({.key = 1 + uint64_t(below(keys)),
                             .value = uint64_t(below(share ? 2 : 6)),
                             .keyed = below(10) != 0,
                             .counts = below(5) != 0});
    }
    rows.emplace_back(time + (disorder == 0 ? 0 : below(disorder)),
                      std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  std::vector<Row> shuffled;
  for (auto& row : rows) shuffled.push_back(std::move(row.second));
  return shuffled;
}

inline constexpr int64_t kStart = 1'700'000'000 * kSecond;

inline std::vector<Answer> answers_of(const std::vector<Row>& rows,
                                      const std::vector<Window>& windows,
                                      const WindowSettings& settings,
                                      WindowFigures* figures = nullptr) {
  WindowCounts counts(windows, settings);
  Collector collector(rows.size());
  for (const Row& row : rows) counts.take({row.time, row.entries}, collector);
  counts.flush(collector);
  BOOST_TEST(collector.twice == 0u);
  BOOST_TEST(counts.waiting() == 0u);
  if (figures) *figures = counts.figures();
  return std::move(collector.answers);
}

inline bool is_wrong(const std::vector<Row>& rows,
                     const std::vector<Window>& windows,
                     const std::vector<Answer>& answers, size_t r, size_t w) {
  return !same_figure(windows[w].kind, answers[r].values[w],
                      by_definition(rows, r, w, windows[w]));
}

// How many answers are not what the definition says.
inline size_t wrong_answers(const std::vector<Row>& rows,
                            const std::vector<Window>& windows,
                            const std::vector<Answer>& answers,
                            size_t from = 0) {
  size_t wrong = 0;
  for (size_t r = from; r < rows.size(); ++r) {
    if (!answers[r].given) {
      ++wrong;
      continue;
    }
    for (size_t w = 0; w < windows.size(); ++w) {
      wrong += is_wrong(rows, windows, answers, r, w);
    }
  }
  return wrong;
}

}  // namespace simwarden::test
