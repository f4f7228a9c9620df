// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "report/publish.h"
#include "report/sections_records.h"

// From the channel over the verification to the verdict.
namespace simwarden {
namespace {

// Channels, and kinds of verification, that are drawn by themselves.
constexpr size_t kNodesMax = 4;
constexpr size_t kActions = kActionNames.size();

constexpr std::array<std::string_view, kVerified> kLevels = {
    "verified.document_and_biometric",
    "verified.document",
    "verified.biometric",
    "verified.factors",
    "verified.weak",
    "verified.nothing"};

using Row = std::array<uint64_t, kActions>;

// [channel][verification][action]; names of both, the pooled ones last.
struct FlowCounts {
  std::vector<std::string> channels;
  std::vector<std::string> levels;
  std::vector<std::vector<Row>> counts;

  uint64_t first(size_t channel, size_t level) const {
    uint64_t sum = 0;
    for (const uint64_t count : counts[channel][level]) sum += count;
    return sum;
  }
  uint64_t second(size_t level, size_t action) const {
    uint64_t sum = 0;
    for (const auto& of : counts) sum += of[level][action];
    return sum;
  }
  uint64_t of_channel(size_t channel) const {
    uint64_t sum = 0;
    for (size_t at = 0; at < levels.size(); ++at) sum += first(channel, at);
    return sum;
  }
  uint64_t of_level(size_t level) const {
    uint64_t sum = 0;
    for (size_t at = 0; at < channels.size(); ++at) sum += first(at, level);
    return sum;
  }

  // Pools two and calls them `name`; they go to the end.
  void pool_channels(size_t a, size_t b, const std::string& name) {
    for (size_t level = 0; level < levels.size(); ++level) {
      add(counts[a][level], counts[b][level]);
    }
    channels[a] = name;
    const auto at = std::ptrdiff_t(a);
    std::rotate(channels.begin() + at, channels.begin() + at + 1,
                channels.end());
    std::rotate(counts.begin() + at, counts.begin() + at + 1, counts.end());
    const auto gone = std::ptrdiff_t(b > a ? b - 1 : b);
    channels.erase(channels.begin() + gone);
    counts.erase(counts.begin() + gone);
  }
  void pool_levels(size_t a, size_t b, const std::string& name) {
    const auto at = std::ptrdiff_t(a);
    for (auto& of : counts) {
      add(of[a], of[b]);
      std::rotate(of.begin() + at, of.begin() + at + 1, of.end());
    }
    levels[a] = name;
    std::rotate(levels.begin() + at, levels.begin() + at + 1, levels.end());
    drop_level(b > a ? b - 1 : b);
  }
  void drop_level(size_t level) {
    const auto at = std::ptrdiff_t(level);
    for (auto& of : counts) of.erase(of.begin() + at);
    levels.erase(levels.begin() + at);
  }

 private:
  static void add(Row& sum, const Row& more) {
    for (size_t at = 0; at < kActions; ++at) sum[at] += more[at];
  }
};

// What is put together next: the smallest by `size_of` a place with the pool,
// which is the last; while there is no pool, the two smallest.
template <typename SizeOf>
std::array<size_t, 2> next_to_pool(size_t count, bool has_pool,
                                   SizeOf size_of) {
  std::vector<size_t> places(has_pool ? count - 1 : count);
  for (size_t at = 0; at < places.size(); ++at) places[at] = at;
  std::stable_sort(places.begin(), places.end(),
                   [&](size_t a, size_t b) { return size_of(a) < size_of(b); });
  return {places[0], has_pool ? count - 1 : places[1]};
}

class FlowTable {
 public:
  explicit FlowTable(const Scribe& scribe) : scribe_(scribe) {
    const auto& channels = scribe.numbers().records.channels;
    for (const std::string_view level : kLevels) {
      flow_.levels.push_back(scribe.say(level));
    }
    for (const auto& [name, numbers] : channels) {
      flow_.channels.push_back(name.empty() ? scribe.say("not_recorded")
                                            : name);
      flow_.counts.emplace_back(numbers.verified.begin(),
                                numbers.verified.end());
    }
    drop_empty_levels();
    while (flow_.channels.size() > kNodesMax + 1) pool_channel();
    while (flow_.levels.size() > kNodesMax + 1) pool_level();
    if (scribe.input.options.publish) pool_small();
    sort_channels();
  }

  ReportTable made() const {
    ReportTable table =
        scribe_.table("flow", {"step", "from", "to", "requests_known"});
    const auto row = [&table](std::string_view step, const std::string& from,
                              const std::string& to, uint64_t count,
                              size_t group) {
      if (count == 0) return;
      table.groups.push_back(group);
      table.add(
          {text_cell(step), text_cell(from), text_cell(to), count_cell(count)});
    };
    for (size_t from = 0; from < flow_.channels.size(); ++from) {
      for (size_t to = 0; to < flow_.levels.size(); ++to) {
        row("1", flow_.channels[from], flow_.levels[to], flow_.first(from, to),
            0);
      }
    }
    for (size_t from = 0; from < flow_.levels.size(); ++from) {
      for (size_t to = 0; to < kActions; ++to) {
        row("2", flow_.levels[from], scribe_.say(kActionNames[to]),
            flow_.second(from, to), from + 1);  // step 1 tells their sum
      }
    }
    return table;
  }

 private:
  void drop_empty_levels() {
    for (size_t at = flow_.levels.size(); at-- > 0;) {
      if (flow_.levels.size() > 1 && flow_.of_level(at) == 0) {
        flow_.drop_level(at);
      }
    }
  }
  void pool_channel() {
    const auto two =
        next_to_pool(flow_.channels.size(), has_other_channels_,
                     [this](size_t at) { return flow_.of_channel(at); });
    has_other_channels_ = true;
    flow_.pool_channels(two[1], two[0], scribe_.say("other_channels"));
  }
  void pool_level() {
    const auto two =
        next_to_pool(flow_.levels.size(), has_other_levels_,
                     [this](size_t at) { return flow_.of_level(at); });
    has_other_levels_ = true;
    flow_.pool_levels(two[1], two[0], scribe_.say("other_checks"));
  }
  bool has_small_first() const {
    for (size_t from = 0; from < flow_.channels.size(); ++from) {
      for (size_t to = 0; to < flow_.levels.size(); ++to) {
        if (is_small_count(double(flow_.first(from, to)))) return true;
      }
    }
    return false;
  }
  // But for a verdict that is rare altogether: pooling does not help there.
  bool has_small_second() const {
    for (size_t to = 0; to < kActions; ++to) {
      uint64_t all = 0;
      bool small = false;
      for (size_t from = 0; from < flow_.levels.size(); ++from) {
        all += flow_.second(from, to);
        small = small || is_small_count(double(flow_.second(from, to)));
      }
      if (small && !is_small_count(double(all))) return true;
    }
    return false;
  }
  // What is small still, because nothing is left to pool it with, is hidden
  // like any count.
  void pool_small() {
    while (has_small_first() && flow_.channels.size() > 1) pool_channel();
    while ((has_small_first() || has_small_second()) &&
           flow_.levels.size() > 1) {
      pool_level();
    }
  }
  // The largest first; what is pooled stays the last.
  void sort_channels() {
    const size_t own = flow_.channels.size() - (has_other_channels_ ? 1 : 0);
    for (size_t end = own; end > 1; --end) {
      for (size_t at = 0; at + 1 < end; ++at) {
        if (flow_.of_channel(at) >= flow_.of_channel(at + 1)) continue;
        std::swap(flow_.channels[at], flow_.channels[at + 1]);
        std::swap(flow_.counts[at], flow_.counts[at + 1]);
      }
    }
  }

  const Scribe& scribe_;
  FlowCounts flow_;
  bool has_other_channels_ = false;
  bool has_other_levels_ = false;
};

}  // namespace

void add_flow(const Scribe& scribe, ReportSection& section) {
  if (!knows_records(scribe)) return;
  ReportTable table = FlowTable(scribe).made();
  table.note = scribe.say("flow_note");
  section.items.emplace_back(
      scribe.figure(Drawing::flow, "flow", std::move(table)));
}

}  // namespace simwarden
