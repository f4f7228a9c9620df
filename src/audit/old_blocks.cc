// SPDX-License-Identifier: Apache-2.0
#include "audit/old_blocks.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "record/time.h"
#include "store/database.h"

namespace simwarden {
namespace {

// ?1 is the day, ?2 when the database was last written. Runs of a part that was
// merged had ended when it was. A clock that was set back makes no run end
// before it began.
constexpr char kOld[] =
    "WITH stored AS MATERIALIZED (SELECT run_id, "
    "max(started_at, coalesce(ended_at, (SELECT min(n.started_at) FROM run n "
    "WHERE n.run_id > r.run_id), ?2)) AS own, "
    "max(started_at, coalesce(ended_at, (SELECT body ->> '$.time' "
    "FROM chain_link WHERE link_id = 1), ?2)) AS of_part FROM run r) "
    "SELECT block_id FROM block b JOIN block_proof p USING (block_id) "
    "JOIN source USING (source_id) JOIN stored USING (run_id) "
    "WHERE {} AND (iif(p.part_id IS NULL, own, of_part) < ?1 OR "
    "(verdicts > 0 AND NOT EXISTS (SELECT 1 FROM verdict_row v "
    "WHERE v.verdict_id >= first_verdict "
    "AND v.verdict_id < first_verdict + verdicts "
    "AND (event_time = '' OR substr(event_time, 1, 10) >= ?1)))) "
    "ORDER BY block_id";

constexpr char kYoung[] =
    "SELECT block_id, EXISTS (SELECT 1 FROM verdict_row v WHERE "
    "v.verdict_id >= first_verdict AND v.verdict_id < first_verdict + verdicts "
    "AND event_time = '') FROM block b JOIN block_proof p USING (block_id) "
    "WHERE {} AND EXISTS (SELECT 1 FROM verdict_row v WHERE "
    "v.verdict_id >= first_verdict AND v.verdict_id < first_verdict + verdicts "
    "AND event_time <> '' AND substr(event_time, 1, 10) < ?1) "
    "ORDER BY block_id";

}  // namespace

std::string last_written(const std::string& path) {
  const std::string file = database_file(path);
  int64_t newest = 0;
  for (const char* tail : {"", "-wal"}) {
    struct stat about {};
    // Who reads leaves an empty log.
    if (::stat((file + tail).c_str(), &about) != 0 || about.st_size == 0) {
      continue;
    }
    newest = std::max<int64_t>(newest, about.st_mtime);
  }
  return newest == 0 ? std::string() : to_text(Timestamp{.seconds = newest});
}

Result<std::vector<int64_t>> old_blocks(Database& database,
                                        const BlockAge& age) {
  auto find = database.prepare(fmt::format(kOld, age.not_yet));
  if (!find) return find.error();
  (*find)->bind(1, age.before);
  (*find)->bind(2, age.last_written);
  std::vector<int64_t> old;
  const Status done = (*find)->each_row(
      [&old](const Statement& row) { old.push_back(row.integer(0)); });
  if (!done) return done.error();
  return old;
}

Result<std::vector<YoungBlock>> young_blocks(Database& database,
                                             const BlockAge& age) {
  auto old = old_blocks(database, age);
  if (!old) return old.error();
  auto find = database.prepare(fmt::format(kYoung, age.not_yet));
  if (!find) return find.error();
  (*find)->bind(1, age.before);
  std::vector<YoungBlock> young;
  const Status done = (*find)->each_row([&](const Statement& row) {
    const int64_t id = row.integer(0);
    if (std::binary_search(old->begin(), old->end(), id)) return;
    young.push_back({id, row.integer(1) != 0});
  });
  if (!done) return done.error();
  return young;
}

Result<std::map<int64_t, uint64_t>> open_cases_by_block(Database& database) {
  std::map<int64_t, uint64_t> open;
  const Status done = database.each_row(
      "SELECT block_id, count(*) FROM open_case JOIN verdict_row "
      "USING (verdict_id) GROUP BY block_id",
      [&open](const Statement& row) {
        open[row.integer(0)] = uint64_t(row.integer(1));
      });
  if (!done) return done.error();
  return open;
}

}  // namespace simwarden
