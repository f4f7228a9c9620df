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

}  // namespace simwarden
