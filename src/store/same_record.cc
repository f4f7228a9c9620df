// SPDX-License-Identifier: Apache-2.0
#include "store/same_record.h"

#include <cstring>

#include <fmt/format.h>

namespace simwarden {
namespace {

std::string places_sql() {
  return fmt::format(
      R"sql(
CREATE TEMP TABLE IF NOT EXISTS place (
  block_id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  begin_line INTEGER NOT NULL,
  end_line INTEGER NOT NULL,
  first_verdict INTEGER NOT NULL,
  verdicts INTEGER NOT NULL,
  rank INTEGER NOT NULL
);
DELETE FROM temp.place;
WITH began AS (
    SELECT ruleset_id,
      row_number() OVER (ORDER BY started_at, run_id) AS number FROM run),
  latest AS (
    SELECT ruleset_id, max(number) AS rank FROM began GROUP BY ruleset_id),
  kept AS (
    SELECT b.*, s.name FROM block b JOIN source s USING (source_id)
    JOIN run r USING (run_id) WHERE r.command <> 'serve'),
  named AS (SELECT digest, name, min(block_id) FROM kept GROUP BY digest)
INSERT INTO temp.place
SELECT block_id, digest, named.name, first_line, {}, first_verdict, verdicts,
  rank
FROM kept JOIN named USING (digest) JOIN latest USING (ruleset_id)
JOIN block_proof USING (block_id);
CREATE INDEX IF NOT EXISTS temp.place_at ON place (name, begin_line);
)sql",
      kEndLine);
}

}  // namespace

std::string same_row_of(std::string_view of) {
  std::string columns = std::string(of) + "." + std::string(kSameRow);
  const std::string next = ", " + std::string(of) + ".";
  for (size_t at = columns.find(", "); at != columns.npos;
       at = columns.find(", ", at + next.size())) {
    columns.replace(at, 2, next);
  }
  return columns;
}

std::string names_itself_sql(std::string_view of) {
  return fmt::format("({0}.record_id <> '' OR {0}.event_time <> '')", of);
}

std::string same_verdicts_sql(std::string_view of) {
  return fmt::format(
      "place a JOIN place o ON {0} JOIN verdict_row w ON {1} "
      "WHERE a.block_id = {2}.block_id AND ({3}) = ({4}) "
      "AND (a.digest = o.digest OR {5})",
      kLiesOver, kRowsOfPlace, of, same_row_of("w"), same_row_of(of),
      names_itself_sql("w"));
}

RecordAt record_at(const Statement& row, int from) {
  return {.line = row.integer(from),
          .kind = row.integer(from + 1),
          .event_time = row.text(from + 2),
          .record_id = row.text(from + 3),
          .subject = row.text(from + 4)};
}

std::optional<RecordKey> key_of(RowHasher& hasher, const RecordAt& record) {
  if (!names_itself(record)) return std::nullopt;
  hasher.field(record.source);
  hasher.field(record.line);
  hasher.field(record.kind);
  hasher.field(record.event_time);
  hasher.field(record.record_id);
  hasher.field(record.subject);
  const Digest digest = hasher.finish();
  RecordKey key;
  std::memcpy(key.data(), digest.data(), sizeof key);
  return key;
}

Status place_blocks(Database& database) {
  return database.run(places_sql());
}

}  // namespace simwarden
