// SPDX-License-Identifier: Apache-2.0
#include "report/rejudged.h"

#include <algorithm>
#include <numeric>

namespace simwarden {

Rejudged::Block Rejudged::add_block(std::string source, int64_t begin,
                                    int64_t end, Rank rank) {
  Stretch& made = stretches_.emplace_back();
  made.source = std::move(source);
  made.begin = begin;
  made.end = end;
  made.rank = std::move(rank);
  return stretches_.size() - 1;
}

// In the order of their beginnings it is enough to look at the one before that
// ends last: any other that reaches as far lies over that one too.
void Rejudged::find_overlaps() {
  std::vector<Stretch*> order;
  for (Stretch& each : stretches_) order.push_back(&each);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::tie(a->source, a->begin, a->end) <
           std::tie(b->source, b->begin, b->end);
  });
  Stretch* last = nullptr;
  for (Stretch* each : order) {
    const bool same = last != nullptr && last->source == each->source;
    if (same && each->begin < last->end && each->begin < each->end) {
      last->overlaps = each->overlaps = any_overlaps_ = true;
    }
    if (!same || each->end > last->end) last = each;
  }
  by_place_.resize(stretches_.size());
  std::iota(by_place_.begin(), by_place_.end(), Block{0});
  std::sort(by_place_.begin(), by_place_.end(), [this](Block a, Block b) {
    return stretches_[a].rank < stretches_[b].rank;
  });
  for (size_t i = 0; i < by_place_.size(); ++i) {
    stretches_[by_place_[i]].place = uint32_t(i);
  }
}

void Rejudged::add_row(Block block, const std::optional<RecordKey>& key) {
  if (key) {
    rows_.push_back({*key, stretches_[block].place});
  } else {
    stretches_[block].has_rows = true;
  }
}

void Rejudged::settle() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return std::tie(a.key, a.place) < std::tie(b.key, b.place);
  });
  for (size_t i = 0; i < rows_.size(); ++i) {
    const bool stands =
        i + 1 == rows_.size() || rows_[i].key != rows_[i + 1].key;
    if (stands) stretches_[by_place_[rows_[i].place]].has_rows = true;
  }
}

bool Rejudged::stands(Block block, const std::optional<RecordKey>& key) const {
  if (!key) return true;
  const auto after = std::upper_bound(
      rows_.begin(), rows_.end(), *key,
      [](const RecordKey& k, const Row& row) { return k < row.key; });
  if (after == rows_.begin()) return true;
  const Row& newest = *std::prev(after);
  return newest.key != *key || newest.place == stretches_[block].place;
}

}  // namespace simwarden
