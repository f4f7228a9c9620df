// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/opened_store.h"
#include "report/people.h"
#include "report/rejudged.h"

namespace simwarden {

struct BlockPlace {
  size_t source = 0;
  size_t ruleset = 0;
  bool superseded = false;  // as a whole
  bool twice = false;
  bool purged = false;                     // of its findings
  std::optional<Rejudged::Block> stretch;  // of a block that may stand
  // The name of the source that had these bytes first; none at a door, where
  // the same record that comes again is another.
  const std::string* name = nullptr;
  // What a block of the same bytes under the same ruleset has, too; none where
  // there is one store.
  const std::string* bytes = nullptr;
};

// A database with the places of its rows in the numbers.
struct CountedStore : OpenedStore {
  int64_t number = 0;  // in the order of the report, from 0
  std::unordered_map<int64_t, size_t> run_at;
  std::unordered_map<int64_t, size_t> ruleset_at;
  std::unordered_map<int64_t, size_t> source_at;
  std::unordered_map<int64_t, BlockPlace> blocks;

  BlockPlace place_of(int64_t block) const {
    const auto found = blocks.find(block);
    return found == blocks.end() ? BlockPlace{} : found->second;
  }
};

// Verdicts of several stores have the same ids: each store has a range of its
// own, wider than any store.
inline constexpr int kStoreBits = 48;

// Of a ruleset: when its latest run began, then in the order of runs.
using LastRun = std::pair<std::string, size_t>;

// Which rows count, of records that were judged more than once: those of the
// ruleset of the latest run; where several stores have a block under the same,
// those of the first of them. And what people decided about the others: in two
// stores about one record, the word of the later store counts as the later.
//   read (stands, join)*
class StandingBlocks {
 public:
  // Fills in the blocks of the stores, by the places of their other rows.
  Status read(std::vector<CountedStore>& stores,
              const std::vector<LastRun>& last_runs);

  // Of the record that the columns tell, its place not being `twice`.
  bool stands(const BlockPlace& place, RecordAt record);
  // Its block lies over another, and nothing says whether the other has it too.
  bool may_be_twice(const BlockPlace& place, const RecordAt& record) const {
    return lies_over(place) && !names_itself(record);
  }
  // Takes note that the record counts; how many of those have the id, time and
  // pseudonym of another one: of an export that lies over another, of a source
  // whose lines moved, or sent to a door again.
  void note_counted(RecordAt record);
  uint64_t counted_alike();
  // Adds what was decided about earlier verdicts on the record, in order.
  // REQUIRES: the record stands, and `decisions` are those about its verdict.
  void join(const BlockPlace& place, RecordAt record, int64_t verdict,
            std::vector<DecisionNote>& decisions);
  // What join() made of the decisions about a verdict; null: nothing joined.
  const std::vector<DecisionNote>* joined(int64_t verdict) const;

 private:
  Status read_blocks(CountedStore& store, bool alone);
  Status mark_superseded(CountedStore& store);
  Status read_overlaps(CountedStore& store);
  Status read_carried(CountedStore& store);
  void mark_empty(CountedStore& store);
  std::optional<RecordKey> key_at(const BlockPlace& place, RecordAt record);
  bool lies_over(const BlockPlace& place) const;

  std::vector<LastRun> last_runs_;
  std::unordered_map<std::string, size_t> standing_;       // block -> ruleset
  std::unordered_map<std::string, int64_t> store_of_;      // under a ruleset
  std::unordered_map<std::string, std::string> names_of_;  // block -> source
  Rejudged rejudged_;
  RowHasher hasher_;
  std::vector<uint64_t> counted_;  // by their names, without their places
  std::map<RecordKey, std::vector<DecisionNote>> carried_;
  // Of blocks that stand elsewhere, by bytes and line: other site keys make
  // other pseudonyms.
  std::map<std::pair<const std::string*, int64_t>, std::vector<DecisionNote>>
      carried_lines_;
  std::unordered_map<int64_t, std::vector<DecisionNote>> joined_;
};

}  // namespace simwarden
