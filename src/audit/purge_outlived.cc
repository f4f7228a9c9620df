// SPDX-License-Identifier: Apache-2.0
#include "audit/purge_outlived.h"

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

Status take(Database& database, const std::vector<int64_t>& blocks,
            int64_t purge, RowHasher& list) {
  auto check = CountedCheck::open(database);
  if (!check) return check.error();
  auto proofs = ProvenBlocks::open(database);
  if (!proofs) return proofs.error();
  auto take = database.prepare(
      "UPDATE window_events SET events = NULL, purge = ? WHERE block_id = ?");
  if (!take) return take.error();
  for (const int64_t id : blocks) {
    ProvenBlock block;
    const Result<bool> found = (*proofs)->find(id, block);
    if (!found) return found.error();
    const auto checked = (*check)->check(id, block.purges);
    if (!checked) return checked.error();
    if (!*found || !checked->fault.empty()) {
      return Error{Trouble::input,
                   fmt::format("{}: block {}: {}; nothing was purged (see "
                               "audit verify)",
                               database.path(), id,
                               *found ? checked->fault : "is not proven")};
    }
    list.field(id);
    (*take)->bind(1, purge);
    (*take)->bind(2, id);
    Status taken = (*take)->run();
    if (!taken) return taken;
  }
  return Done{};
}

// What was taken, for the log of purges.
struct Taken {
  int64_t id;
  size_t blocks;
  std::string list;
};

Status log(Database& database, Chain& chain, const OutlivedPurge& purge,
           const Taken& taken) {
  auto add = database.prepare(
      "INSERT INTO purge (purge_id, at, who, reason, class, before, blocks, "
      "verdicts, errors, block_list) VALUES "
      "(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, '', ?, 0, 0, ?)");
  if (!add) return add.error();
  (*add)->bind(1, taken.id);
  (*add)->bind(2, purge.who);
  (*add)->bind(3, purge.reason);
  (*add)->bind(4, kOutlivedEvents);
  (*add)->bind(5, int64_t(taken.blocks));
  (*add)->bind(6, taken.list);
  Status done = (*add)->run();
  return done ? chain.add(LinkKind::purge, taken.id) : done;
}

}  // namespace

Result<uint64_t> purge_outlived(Database& database, Chain& chain,
                                const OutlivedPurge& purge) {
  const auto blocks = outlived(database, purge.without);
  if (!blocks) return blocks.error();
  if (blocks->empty() || purge.only_count) return uint64_t(blocks->size());
  const auto last =
      database.integer("SELECT coalesce(max(purge_id), 0) FROM purge");
  if (!last) return last.error();
  RowHasher list;
  Status done = take(database, *blocks, *last + 1, list);
  if (done) {
    done = log(database, chain, purge,
               {*last + 1, blocks->size(), hex_of(list.finish())});
  }
  if (!done) return done.error();
  return uint64_t(blocks->size());
}

}  // namespace simwarden
