// SPDX-License-Identifier: Apache-2.0
#include "store/same_record.h"

namespace simwarden {
namespace {

constexpr const char* kPlaces = R"sql(
CREATE TEMP TABLE IF NOT EXISTS place (
  block_id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  begin_byte INTEGER NOT NULL,
  end_byte INTEGER NOT NULL,
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
SELECT block_id, digest, named.name, begin_byte, end_byte, first_verdict,
  verdicts, rank
FROM kept JOIN named USING (digest) JOIN latest USING (ruleset_id)
JOIN block_proof USING (block_id);
CREATE INDEX IF NOT EXISTS temp.place_at ON place (name, begin_byte);
)sql";

}  // namespace

Status place_blocks(Database& database) {
  return database.run(kPlaces);
}

}  // namespace simwarden
