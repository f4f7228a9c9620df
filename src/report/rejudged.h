// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/same_record.h"

// Which of several verdicts about one record stands (store/same_record.h),
// where blocks lie over each other and their digests do not tell: a log that
// grew before it was judged again, or one that was edited.
namespace simwarden {

//   (add_block)* find_overlaps (add_row)* settle (stands, has_rows)*
// 24 bytes a row of blocks that lie over each other.
class Rejudged {
 public:
  using Block = size_t;
  // Of two verdicts about one record that of the higher rank stands.
  using Rank = std::tuple<std::pair<std::string, size_t>, int64_t, int64_t>;

  // `begin` and `end` in lines.
  Block add_block(std::string source, int64_t begin, int64_t end, Rank rank);
  void find_overlaps();
  // Another block has the same lines of a source of that name.
  bool overlaps(Block block) const { return stretches_[block].overlaps; }
  bool any_overlaps() const { return any_overlaps_; }

  // REQUIRES: overlaps(block).
  void add_row(Block block, const std::optional<RecordKey>& key);
  void settle();
  bool stands(Block block, const std::optional<RecordKey>& key) const;
  // Some row of the block stands.
  bool has_rows(Block block) const { return stretches_[block].has_rows; }

 private:
  struct Stretch {
    std::string source;
    int64_t begin = 0;
    int64_t end = 0;
    Rank rank;
    bool overlaps = false;
    bool has_rows = false;
    uint32_t place = 0;  // among all ranks
  };
  struct Row {
    RecordKey key;
    uint32_t place;
  };

  std::vector<Stretch> stretches_;
  std::vector<Block> by_place_;
  std::vector<Row> rows_;  // once settled: by key, then by place
  bool any_overlaps_ = false;
};

}  // namespace simwarden
