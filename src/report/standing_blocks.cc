// SPDX-License-Identifier: Apache-2.0
#include "report/standing_blocks.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "report/verdict_rows.h"

// Blocks of the same bytes are known by their digest. Of a log that grew or was
// edited before it was judged again, digests differ: there rows are compared.
namespace simwarden {
namespace {

constexpr const char* kBlocks =
    "SELECT block_id, source_id, b.ruleset_id, b.digest, "
    "coalesce(excerpt_purge, personal_purge) IS NOT NULL, s.name, "
    "r.command = 'serve' FROM block b JOIN source s USING (source_id) "
    "JOIN run r USING (run_id) LEFT JOIN block_proof USING (block_id)";
// Of a block from before the chain, which may have any lines.
constexpr int64_t kNobodyKnows = INT64_MAX;
constexpr const char* kErrorsAt =
    "SELECT block_id, line, 2, '', code, '' FROM error_row";

// The same decision, or the same word once more in a copy of the store.
bool is_same(const DecisionNote& a, const DecisionNote& b) {
  const auto words = [](const DecisionNote& of) {
    return std::tie(of.stored_at, of.decided_at, of.decided_by, of.outcome,
                    of.state, of.owner, of.due, of.note);
  };
  if (a.decision_id >> kStoreBits == b.decision_id >> kStoreBits) {
    return a.decision_id == b.decision_id;
  }
  return words(a) == words(b);
}

std::string verdicts_at_sql() {
  return fmt::format("SELECT block_id, {} FROM verdict_row", kSameRow);
}

std::string decided_sql() {
  return fmt::format(
      "SELECT d.verdict_id, decision_id, decided_at, decided_by, outcome, "
      "state, owner, due, note, stored_at, block_id, {}, action "
      "FROM decision_row d JOIN verdict_row USING (verdict_id)",
      kSameRow);
}

}  // namespace

Status StandingBlocks::read(std::vector<CountedStore>& stores,
                            const std::vector<LastRun>& last_runs) {
  last_runs_ = last_runs;
  const auto of_each = [&stores](auto step) {
    Status done = Done{};
    for (CountedStore& store : stores) {
      if (done) done = step(store);
    }
    return done;
  };
  Status done = of_each([&](CountedStore& store) {
    return read_blocks(store, stores.size() == 1);
  });
  if (done) {
    done = of_each([this](CountedStore& at) { return mark_superseded(at); });
  }
  rejudged_.find_overlaps();
  if (done && rejudged_.any_overlaps()) {
    done = of_each([this](CountedStore& at) { return read_overlaps(at); });
  }
  rejudged_.settle();
  for (CountedStore& store : stores) mark_empty(store);
  if (!done) return done;
  return of_each([this](CountedStore& at) { return read_carried(at); });
}

Status StandingBlocks::read_blocks(CountedStore& store, bool alone) {
  return store.database->each_row(kBlocks, [&](const Statement& row) {
    const size_t ruleset = store.ruleset_at[row.integer(2)];
    if (ruleset >= last_runs_.size()) return;
    BlockPlace& place = store.blocks[row.integer(0)];
    place.source = store.source_at[row.integer(1)];
    place.ruleset = ruleset;
    place.purged = row.integer(4) != 0;
    const std::string digest(row.text(3));
    if (!alone) {
      const auto key = digest + std::to_string(ruleset);
      const auto first = store_of_.try_emplace(key, store.number).first;
      place.twice = first->second != store.number;
      place.bytes = &first->first;
    }
    if (row.integer(6) == 0) {
      place.name = &names_of_.try_emplace(digest, row.text(5)).first->second;
    }
    size_t& stands = standing_.try_emplace(digest, ruleset).first->second;
    if (last_runs_[ruleset] > last_runs_[stands]) stands = ruleset;
  });
}

Status StandingBlocks::mark_superseded(CountedStore& store) {
  return store.database->each_row(
      fmt::format("SELECT block_id, digest, first_line, "
                  "coalesce({}, {}) FROM block "
                  "LEFT JOIN block_proof USING (block_id)",
                  kEndLine, kNobodyKnows),
      [&](const Statement& row) {
        const auto found = store.blocks.find(row.integer(0));
        if (found == store.blocks.end()) return;
        BlockPlace& place = found->second;
        place.superseded = standing_[std::string(row.text(1))] != place.ruleset;
        if (place.superseded || place.twice || !place.name) return;
        place.stretch = rejudged_.add_block(
            *place.name, row.integer(2), row.integer(3),
            {last_runs_[place.ruleset], -store.number, row.integer(0)});
      });
}

Status StandingBlocks::read_overlaps(CountedStore& store) {
  const auto add = [&](const Statement& row) {
    const BlockPlace place = store.place_of(row.integer(0));
    if (!lies_over(place)) return;
    rejudged_.add_row(*place.stretch, key_at(place, record_at(row, 1)));
  };
  Status done = store.database->each_row(verdicts_at_sql(), add);
  return done ? store.database->each_row(kErrorsAt, add) : done;
}

// Blocks none of whose rows stands.
void StandingBlocks::mark_empty(CountedStore& store) {
  for (auto& [id, place] : store.blocks) {
    if (lies_over(place) && !rejudged_.has_rows(*place.stretch)) {
      place.superseded = true;
    }
  }
}

Status StandingBlocks::read_carried(CountedStore& store) {
  return store.database->each_row(decided_sql(), [&](const Statement& row) {
    const BlockPlace place = store.place_of(row.integer(10));
    const RecordAt record = record_at(row, 11);
    if (!place.twice && (!place.name || stands(place, record))) return;
    DecisionNote note = note_at(row);
    note.decision_id += store.number << kStoreBits;
    note.record_id = row.text(14);
    note.kind = Kind(std::clamp<int64_t>(row.integer(12), 0, 1));
    note.action = Action(std::clamp<int64_t>(row.integer(16), 0, 3));
    if (place.twice) carried_lines_[{place.bytes, record.line}].push_back(note);
    const auto key =
        place.name ? key_at(place, record) : std::optional<RecordKey>();
    if (key) carried_[*key].push_back(std::move(note));
  });
}

std::optional<RecordKey> StandingBlocks::key_at(const BlockPlace& place,
                                                RecordAt record) {
  record.source = *place.name;
  return key_of(hasher_, record);
}

bool StandingBlocks::lies_over(const BlockPlace& place) const {
  return place.stretch && rejudged_.overlaps(*place.stretch);
}

bool StandingBlocks::stands(const BlockPlace& place, RecordAt record) {
  if (place.superseded) return false;
  return !lies_over(place) ||
         rejudged_.stands(*place.stretch, key_at(place, record));
}

// With an id or a time alone many are alike that are not one: numbered from 1
// in each file, or of one second.
void StandingBlocks::note_counted(RecordAt record) {
  if (record.record_id.empty() || record.event_time.empty()) return;
  record.line = 0;
  if (const auto key = key_of(hasher_, record)) counted_.push_back((*key)[0]);
}

uint64_t StandingBlocks::counted_alike() {
  std::sort(counted_.begin(), counted_.end());
  const auto end = std::unique(counted_.begin(), counted_.end());
  return uint64_t(counted_.end() - end);
}

void StandingBlocks::join(const BlockPlace& place, RecordAt record,
                          int64_t verdict,
                          std::vector<DecisionNote>& decisions) {
  const size_t own = decisions.size();
  const auto add = [&](const std::vector<DecisionNote>& carried) {
    for (const DecisionNote& note : carried) {
      const auto same = [&note](const auto& at) { return is_same(at, note); };
      if (std::any_of(decisions.begin(), decisions.end(), same)) continue;
      decisions.push_back(note);
      decisions.back().verdict_id = verdict;
    }
  };
  const auto lines = carried_lines_.find({place.bytes, record.line});
  if (lines != carried_lines_.end()) add(lines->second);
  if (!carried_.empty() && place.name != nullptr) {
    const auto key = key_at(place, record);
    const auto found = key ? carried_.find(*key) : carried_.end();
    if (found != carried_.end()) add(found->second);
  }
  if (decisions.size() == own) return;
  std::sort(decisions.begin(), decisions.end(),
            [](const DecisionNote& a, const DecisionNote& b) {
              return a.decision_id < b.decision_id;
            });
  joined_[verdict] = decisions;
}

const std::vector<DecisionNote>* StandingBlocks::joined(int64_t verdict) const {
  const auto found = joined_.find(verdict);
  return found == joined_.end() ? nullptr : &found->second;
}

}  // namespace simwarden
