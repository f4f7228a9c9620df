// SPDX-License-Identifier: Apache-2.0
#include "store/counted_blocks.h"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "diag/trouble.h"
#include "privacy/sha256.h"
#include "store/kept_facts.h"
#include "store/prefixes.h"

namespace simwarden {
namespace {

constexpr const char* kMine =
    "FROM window_events w JOIN block USING (block_id) "
    "JOIN source USING (source_id) JOIN run USING (run_id) WHERE key_id = ?1 ";

void bind_time(Statement& statement, int at, std::optional<int64_t> time) {
  if (time) {
    statement.bind(at, *time);
  } else {
    statement.bind_null(at);
  }
}

}  // namespace

Result<std::unique_ptr<CountedBlocks>> CountedBlocks::open(Database& database,
                                                           std::string key_id) {
  auto made = std::make_unique<CountedBlocks>();
  made->database_ = &database;
  made->key_id_ = std::move(key_id);
  auto find = database.prepare(
      "SELECT bytes, digest FROM window_events "
      "WHERE head = ? AND parent = ? AND bytes <= ? ORDER BY bytes LIMIT ?");
  if (!find) return find.error();
  made->find_ = std::move(*find);
  auto figures = database.prepare(
      "SELECT figures, figures_sha256 FROM window_events WHERE head = ? AND "
      "parent = ? AND digest = ? ORDER BY figures IS NULL, block_id LIMIT 1");
  if (!figures) return figures.error();
  made->figures_ = std::move(*figures);
  return made;
}

Result<KnownCount> CountedBlocks::find(std::string_view parent,
                                       std::string_view chunk) {
  const auto blocks =
      [this, parent,
       chunk](std::string_view head) -> Result<std::vector<StoredPrefix>> {
    find_->bind(1, head);
    find_->bind(2, parent);
    find_->bind(3, int64_t(chunk.size()));
    find_->bind(4, kCandidatesMax);
    return read_prefixes(*find_);
  };
  const auto longest = longest_prefix(parent, chunk, blocks);
  if (!longest) return longest.error();
  if (longest->bytes == 0) return KnownCount{};
  KnownCount known{longest->bytes, longest->digest, {}};
  figures_->bind(1, longest->head);
  figures_->bind(2, parent);
  figures_->bind(3, known.digest);
  const Result<bool> row = figures_->step();
  if (!row) return row.error();
  if (*row && !figures_->is_null(0)) {
    known.figures = std::string(figures_->blob(0));
    if (!is_sealed(*known.figures, figures_->text(1))) {
      figures_->reset();
      return trouble_with(database_->path(),
                          "the figures of records that were counted are not "
                          "as they were written; see audit verify");
    }
  }
  figures_->reset();
  return known;
}

Status CountedBlocks::restore(
    int64_t reach, const std::function<Status(const KeptCount&)>& visit,
    CountedBounds bounds) {
  auto ends = database_->prepare(
      std::string("SELECT max(w.block_id), "
                  "max(CASE WHEN frontier <= ?2 THEN frontier END) ") +
      kMine);
  if (!ends) return ends.error();
  (*ends)->bind(1, key_id_);
  (*ends)->bind(2, bounds.reached_max);
  const Result<bool> any = (*ends)->step();
  if (!any) return any.error();
  if (!*any || (*ends)->is_null(0)) return Done{};
  std::optional<int64_t> farthest;
  if (!(*ends)->is_null(1)) farthest = (*ends)->integer(1);
  auto rows = database_->prepare(
      std::string(
          "SELECT w.digest, newest, events, events_sha256, w.block_id ") +
      kMine +
      "AND (w.block_id = ?2 OR newest > ?3 OR frontier = ?5) "
      "AND w.block_id > ?4 ORDER BY w.block_id DESC");
  if (!rows) return rows.error();
  (*rows)->bind(1, key_id_);
  (*rows)->bind(2, (*ends)->integer(0));
  (*rows)->bind(
      3, farthest ? *farthest - reach : std::numeric_limits<int64_t>::min());
  (*rows)->bind(4, bounds.after);
  bind_time(**rows, 5, farthest);
  std::set<std::string, std::less<>> seen;
  return (*rows)->each_row([&](const Statement& row) -> Status {
    if (!seen.emplace(row.text(0)).second) return Done{};
    KeptCount kept{.block_id = row.integer(4), .digest = row.text(0)};
    if (!row.is_null(1)) kept.newest = row.integer(1);
    if (!row.is_null(2)) kept.events = row.blob(2);
    if (kept.events && !is_sealed(*kept.events, row.text(3))) {
      return trouble_with(database_->path(),
                          fmt::format("the events of block {} are not as they "
                                      "were written; see audit verify",
                                      row.integer(4)));
    }
    return visit(kept);
  });
}

Result<std::unique_ptr<CountedWriter>> CountedWriter::open(Database& database) {
  auto insert = database.prepare(
      "INSERT INTO window_events (block_id, parent, digest, head, bytes, "
      "newest, frontier, needed_until, events_sha256, figures_sha256, events, "
      "figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  auto made = std::make_unique<CountedWriter>();
  made->insert_ = std::move(*insert);
  return made;
}

Status CountedWriter::write(const CountedBlock& counted, int64_t block_id) {
  const std::string events = sha256_hex(counted.events);
  const std::string figures = sha256_hex(counted.figures);
  insert_->bind(1, block_id);
  insert_->bind(2, counted.identity.parent);
  insert_->bind(3, counted.identity.digest);
  insert_->bind(4, counted.identity.head);
  insert_->bind(5, int64_t(counted.identity.bytes));
  bind_time(*insert_, 6, counted.newest);
  bind_time(*insert_, 7, counted.frontier);
  bind_time(*insert_, 8, counted.needed_until);
  insert_->bind(9, events);
  insert_->bind(10, figures);
  insert_->bind_blob(11, counted.events);
  insert_->bind_blob(12, counted.figures);
  return insert_->run();
}

}  // namespace simwarden
