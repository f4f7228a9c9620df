// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_outlived.h"

#include <memory>
#include <vector>

#include <fmt/format.h>

#include "audit/counted_check.h"
#include "store/proof.h"
#include "store/retention.h"

namespace simwarden {
namespace {

// Those of one site key are of one time. A log of the future takes nothing from
// whoever counts by a clock.
constexpr const char* kFind =
    "SELECT w.block_id FROM window_events w JOIN block USING (block_id) "
    "JOIN source USING (source_id) JOIN run USING (run_id) "
    "JOIN (SELECT key_id, max(frontier) AS reached FROM window_events "
    "JOIN block USING (block_id) JOIN source USING (source_id) "
    "JOIN run USING (run_id) GROUP BY key_id) USING (key_id) "
    "WHERE events IS NOT NULL AND needed_until <= min(reached, "
    "strftime('%s', 'now') * 1000000) ORDER BY 1";

Result<std::vector<int64_t>> outlived(Database& database,
                                      const std::set<int64_t>* without) {
  std::vector<int64_t> blocks;
  const Status done = database.each_row(kFind, [&](const Statement& row) {
    if (without && without->contains(row.integer(0))) return;
    blocks.push_back(row.integer(0));
  });
  if (!done) return done.error();
  return blocks;
}

class Outlived {
 public:
  Outlived(Database& database, Chain& chain, const OutlivedPurge& purge)
      : database_(database), chain_(chain), purge_(purge) {}

  Status take(const std::vector<int64_t>& blocks) {
    Status done = prepare();
    for (size_t i = 0; done && i < blocks.size(); ++i) {
      done = take(blocks[i]);
      if (done && purge_.parts && purge_.parts->is_full()) done = end_part();
    }
    return done && taken_ > 0 ? log() : done;
  }

 private:
  Status prepare() {
    auto check = CountedCheck::open(database_);
    if (!check) return check.error();
    check_ = std::move(*check);
    auto proofs = ProvenBlocks::open(database_);
    if (!proofs) return proofs.error();
    proofs_ = std::move(*proofs);
    auto take = database_.prepare(
        "UPDATE window_events SET events = NULL, purge = ? WHERE block_id = ?");
    if (!take) return take.error();
    take_ = std::move(*take);
    return begin_part();
  }

  Status begin_part() {
    const auto last =
        database_.integer("SELECT coalesce(max(purge_id), 0) FROM purge");
    if (!last) return last.error();
    id_ = *last + 1;
    taken_ = 0;
    return Done{};
  }

  Status end_part() {
    Status done = log();
    if (done) done = purge_.parts->end_part();
    return done ? begin_part() : done;
  }

  Status take(int64_t id) {
    ProvenBlock block;
    const Result<bool> found = proofs_->find(id, block);
    if (!found) return found.error();
    const auto checked = check_->check(id, block.purges);
    if (!checked) return checked.error();
    if (!*found || !checked->fault.empty()) {
      return Error{
          Trouble::input,
          fmt::format("{}: block {}: {} (see audit verify)", database_.path(),
                      id, *found ? checked->fault : "is not proven")};
    }
    ++taken_;
    list_.field(id);
    take_->bind(1, id_);
    take_->bind(2, id);
    return take_->run();
  }

  // What the part took.
  Status log() {
    const std::string list = hex_of(list_.finish());
    auto add = database_.prepare(
        "INSERT INTO purge (purge_id, at, who, reason, class, before, blocks, "
        "verdicts, errors, block_list) VALUES "
        "(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, '', ?, 0, 0, ?)");
    if (!add) return add.error();
    (*add)->bind(1, id_);
    (*add)->bind(2, purge_.who);
    (*add)->bind(3, purge_.reason);
    (*add)->bind(4, kOutlivedEvents);
    (*add)->bind(5, int64_t(taken_));
    (*add)->bind(6, list);
    Status done = (*add)->run();
    return done ? chain_.add(LinkKind::purge, id_) : done;
  }

  Database& database_;
  Chain& chain_;
  const OutlivedPurge& purge_;
  std::unique_ptr<CountedCheck> check_;
  std::unique_ptr<ProvenBlocks> proofs_;
  std::unique_ptr<Statement> take_;
  int64_t id_ = 0;  // of the purge at hand
  size_t taken_ = 0;
  RowHasher list_;
};

}  // namespace

Result<uint64_t> purge_outlived(Database& database, Chain& chain,
                                const OutlivedPurge& purge) {
  const auto blocks = outlived(database, purge.without);
  if (!blocks) return blocks.error();
  if (!purge.only_count) {
    Status done = Outlived(database, chain, purge).take(*blocks);
    if (!done) return done.error();
  }
  return uint64_t(blocks->size());
}

}  // namespace simwarden
