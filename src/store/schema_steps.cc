// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

// Tables are for the machine: integer keys that only grow, so that every
// insert lands at the right edge of its tree, and no index over random values
// but those of `ruleset` and `block`, which have one row for thousands of
// verdicts. Views are for people: names instead of numbers, joins done.

namespace simwarden {
namespace {

constexpr std::string_view kFirst = R"sql(
CREATE TABLE ruleset (
  ruleset_id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  packs TEXT NOT NULL,
  first_seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE run (
  run_id INTEGER PRIMARY KEY,
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  program_version TEXT NOT NULL,
  profile TEXT NOT NULL,
  kinds TEXT NOT NULL,
  command TEXT NOT NULL,
  key_id TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  status TEXT NOT NULL DEFAULT 'running'
    CHECK (status IN ('running', 'done', 'interrupted', 'failed'))
) STRICT;

CREATE TABLE source (
  source_id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  name TEXT NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 0,
  judged INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE block (
  block_id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source,
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  parent TEXT NOT NULL,
  digest TEXT NOT NULL,
  head TEXT NOT NULL,
  first_line INTEGER NOT NULL,
  begin_byte INTEGER NOT NULL,
  end_byte INTEGER NOT NULL,
  verdicts INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  UNIQUE (ruleset_id, digest)
) STRICT;
CREATE INDEX block_by_head ON block (ruleset_id, head, parent);
CREATE INDEX block_by_source ON block (source_id);

CREATE TABLE verdict_row (
  verdict_id INTEGER PRIMARY KEY,
  block_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  byte INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  action INTEGER NOT NULL,
  score REAL NOT NULL,
  profile TEXT NOT NULL,
  subject TEXT NOT NULL,
  event_time TEXT NOT NULL,
  top_rule TEXT NOT NULL,
  verdict_json TEXT
) STRICT;

CREATE TABLE error_row (
  error_id INTEGER PRIMARY KEY,
  block_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  byte INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;

CREATE TABLE invalid_count (
  block_id INTEGER NOT NULL,
  fact TEXT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (block_id, fact)
) STRICT, WITHOUT ROWID;

CREATE VIEW verdict AS
SELECT v.verdict_id, s.run_id, b.ruleset_id, s.name AS source, v.line, v.byte,
  v.record_id,
  CASE v.kind WHEN 0 THEN 'request' ELSE 'message' END AS kind,
  CASE v.action WHEN 0 THEN 'pass' WHEN 1 THEN 'review' WHEN 2 THEN 'hold'
    ELSE 'refuse' END AS action,
  v.score, v.profile, v.subject, v.event_time, v.top_rule, v.verdict_json
FROM verdict_row v JOIN block b USING (block_id) JOIN source s USING (source_id);

CREATE VIEW finding AS
SELECT v.verdict_id, v.run_id, v.ruleset_id, v.source, v.line, v.record_id,
  v.kind, v.action, v.subject, v.event_time,
  f.value ->> '$.rule' AS rule,
  f.value ->> '$.outcome' AS outcome,
  f.value ->> '$.family' AS family,
  f.value ->> '$.severity' AS severity,
  f.value ->> '$.score' AS score,
  f.value ->> '$.title' AS title,
  f.value ->> '$.reason' AS reason,
  f.value ->> '$.remedy' AS remedy,
  coalesce(f.value ->> '$.shadow', 0) AS shadow,
  f.value -> '$.evidence' AS evidence
FROM verdict v, json_each(v.verdict_json, '$.findings') f;

CREATE VIEW by_day AS
SELECT b.ruleset_id,
  CASE v.event_time WHEN '' THEN 'not recorded'
    ELSE substr(v.event_time, 1, 10) END AS day,
  CASE v.kind WHEN 0 THEN 'request' ELSE 'message' END AS kind,
  count(*) AS records,
  sum(v.action = 0) AS pass,
  sum(v.action = 1) AS review,
  sum(v.action = 2) AS hold,
  sum(v.action = 3) AS refuse
FROM verdict_row v JOIN block b USING (block_id)
GROUP BY 1, 2, 3;

CREATE VIEW completeness AS
SELECT s.run_id, s.source_id, s.name AS source, s.seen, s.judged, s.unreadable,
  s.duplicate,
  CASE WHEN s.ended = 0 THEN 'never ended'
    WHEN s.seen <> s.judged + s.unreadable + s.duplicate
      THEN 'does not add up'
    ELSE 'complete' END AS state,
  s.bytes, s.digest,
  (SELECT coalesce(sum(verdicts), 0) FROM block WHERE source_id = s.source_id)
    AS stored_verdicts,
  (SELECT coalesce(sum(errors), 0) FROM block WHERE source_id = s.source_id)
    AS stored_errors
FROM source s;
)sql";

// Hits that do not count, apart from those that do. What was stored before is
// taken out of the verdicts; a rule on trial is no longer a verdict's top rule.
constexpr std::string_view kHitsThatDoNotCount = R"sql(
CREATE TABLE shadow_row (
  verdict_id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (verdict_id, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE waived_row (
  verdict_id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  score REAL NOT NULL,
  waiver TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  why TEXT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (verdict_id, rule)
) STRICT, WITHOUT ROWID;

INSERT INTO shadow_row
SELECT v.verdict_id, f.value ->> '$.rule', f.value ->> '$.score'
FROM verdict_row v, json_each(v.verdict_json, '$.findings') f
WHERE f.value ->> '$.shadow' = 1 AND f.value ->> '$.outcome' = 'hit'
GROUP BY 1, 2;

UPDATE verdict_row SET top_rule = ''
WHERE verdict_json ->> '$.findings[0].shadow' = 1;

CREATE VIEW shadow_hit AS
SELECT v.verdict_id, v.run_id, v.ruleset_id, v.source, v.line, v.record_id,
  v.kind, v.action, v.subject, v.event_time, h.rule, h.score
FROM shadow_row h JOIN verdict v USING (verdict_id);

CREATE VIEW waived_hit AS
SELECT v.verdict_id, v.run_id, v.ruleset_id, v.source, v.line, v.record_id,
  v.kind, v.action, v.subject, v.event_time, h.rule, h.score, h.waiver,
  h.asked_by, h.approved_by, h.why, h.until
FROM waived_row h JOIN verdict v USING (verdict_id);
)sql";

// The chain of evidence (links.h), rulesets with their text, what was purged.
// What was stored before is taken into the chain when a writer opens the file.
constexpr std::string_view kEvidence = R"sql(
CREATE TABLE policy_file (
  file_id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE ruleset_file (
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  file_id INTEGER NOT NULL REFERENCES policy_file,
  PRIMARY KEY (ruleset_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE chain_link (
  link_id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE block_proof (
  block_id INTEGER PRIMARY KEY REFERENCES block,
  first_verdict INTEGER NOT NULL,
  first_error INTEGER NOT NULL,
  salt TEXT,
  row_digests BLOB NOT NULL,
  personal_digests BLOB,
  personal_purge INTEGER,
  verdict_purge INTEGER
) STRICT;

CREATE TABLE purge (
  purge_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('personal', 'verdicts')),
  before TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  verdicts INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  block_list TEXT NOT NULL
) STRICT;
)sql";

// What people decide about verdicts, and texts that are kept in clear under a
// case number until a day. The purge log takes classes besides blocks.
constexpr std::string_view kPeople = R"sql(
CREATE TABLE decision_row (
  decision_id INTEGER PRIMARY KEY,
  verdict_id INTEGER NOT NULL,
  stored_at TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  outcome TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', '')),
  owner TEXT NOT NULL,
  due TEXT NOT NULL,
  note TEXT NOT NULL,
  salt TEXT,
  note_digest TEXT NOT NULL,
  note_purge INTEGER
) STRICT;
CREATE INDEX decision_by_verdict ON decision_row (verdict_id);

CREATE TABLE case_file (
  case_id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  until TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL
) STRICT;

CREATE TABLE case_text_row (
  text_id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file,
  verdict_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  salt TEXT,
  text_digest TEXT NOT NULL,
  text_purge INTEGER,
  UNIQUE (case_id, verdict_id)
) STRICT;

CREATE TABLE case_opening (
  opening_id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  texts INTEGER NOT NULL
) STRICT;

CREATE TABLE purge_log (
  purge_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL,
  class TEXT NOT NULL,
  before TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  verdicts INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  block_list TEXT NOT NULL
) STRICT;
INSERT INTO purge_log SELECT * FROM purge;
DROP TABLE purge;
ALTER TABLE purge_log RENAME TO purge;

CREATE VIEW decision AS
SELECT d.decision_id, d.verdict_id, v.source, v.line, v.record_id, v.kind,
  v.action, v.score, v.top_rule, v.subject, v.event_time, d.decided_at,
  d.decided_by, d.outcome, d.state, d.owner, d.due, d.note
FROM decision_row d LEFT JOIN verdict v USING (verdict_id);

CREATE VIEW open_case AS
SELECT d.verdict_id, v.source, v.line, v.record_id, v.kind, v.action, v.score,
  v.top_rule, v.event_time, d.outcome, d.decided_at, d.decided_by,
  coalesce((SELECT owner FROM decision_row o WHERE o.verdict_id = d.verdict_id
    AND owner <> '' ORDER BY decision_id DESC LIMIT 1), '') AS owner,
  coalesce((SELECT due FROM decision_row o WHERE o.verdict_id = d.verdict_id
    AND due <> '' ORDER BY decision_id DESC LIMIT 1), '') AS due,
  d.note
FROM decision_row d LEFT JOIN verdict v USING (verdict_id)
WHERE d.state = 'open' AND d.decision_id = (SELECT max(decision_id)
  FROM decision_row o WHERE o.verdict_id = d.verdict_id AND state <> '');

CREATE VIEW case_text AS
SELECT c.number AS case_number, c.until, t.text_id, t.verdict_id, v.source,
  v.line, v.record_id, v.kind, v.action, v.score, v.top_rule, v.event_time,
  t.text
FROM case_text_row t JOIN case_file c USING (case_id)
LEFT JOIN verdict v USING (verdict_id)
WHERE t.text_purge IS NULL;
)sql";

// The facts that were judged, as far as they may be kept (kept_facts.h).
constexpr std::string_view kKeptFacts = R"sql(
CREATE TABLE kept_facts (
  block_id INTEGER PRIMARY KEY REFERENCES block,
  records INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  facts BLOB,
  purge INTEGER
) STRICT;
)sql";

// Databases that were merged into this one, each with its own chain, and the
// classes of retention. What is in `part_double` is in another part already;
// `linked_verdict` is what such a part's link calls a verdict that stands under
// another key here. A case number can come with several parts, each with a day
// of its own.
constexpr std::string_view kParts = R"sql(
CREATE TABLE part (
  part_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  head TEXT NOT NULL,
  links INTEGER NOT NULL,
  run_shift INTEGER NOT NULL,
  source_shift INTEGER NOT NULL,
  block_shift INTEGER NOT NULL,
  verdict_shift INTEGER NOT NULL,
  error_shift INTEGER NOT NULL,
  purge_shift INTEGER NOT NULL,
  decision_shift INTEGER NOT NULL,
  case_shift INTEGER NOT NULL,
  text_shift INTEGER NOT NULL,
  opening_shift INTEGER NOT NULL,
  part_shift INTEGER NOT NULL
) STRICT;

CREATE TABLE part_link (
  part_id INTEGER NOT NULL REFERENCES part,
  link_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (part_id, link_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE part_ruleset (
  part_id INTEGER NOT NULL REFERENCES part,
  ruleset_in_part INTEGER NOT NULL,
  ruleset_id INTEGER NOT NULL REFERENCES ruleset,
  first_seen_at TEXT NOT NULL,
  PRIMARY KEY (part_id, ruleset_in_part)
) STRICT, WITHOUT ROWID;

CREATE TABLE part_double (
  part_id INTEGER NOT NULL REFERENCES part,
  block_id INTEGER NOT NULL,
  stands_for INTEGER NOT NULL REFERENCES block,
  first_verdict INTEGER NOT NULL,
  excerpt_purge INTEGER,
  personal_purge INTEGER,
  verdict_purge INTEGER,
  subject_proof TEXT,
  PRIMARY KEY (part_id, block_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE block_proof ADD COLUMN part_id INTEGER REFERENCES part;
ALTER TABLE block_proof ADD COLUMN excerpt_purge INTEGER;
ALTER TABLE block_proof ADD COLUMN subject_digests BLOB;
ALTER TABLE block_proof ADD COLUMN subject_proof TEXT;

ALTER TABLE purge ADD COLUMN keep TEXT NOT NULL DEFAULT '';
ALTER TABLE purge ADD COLUMN first_day TEXT NOT NULL DEFAULT '';
ALTER TABLE purge ADD COLUMN last_day TEXT NOT NULL DEFAULT '';
ALTER TABLE purge ADD COLUMN part_id INTEGER REFERENCES part;

ALTER TABLE decision_row ADD COLUMN linked_verdict INTEGER;
ALTER TABLE case_text_row ADD COLUMN linked_verdict INTEGER;

DROP VIEW case_text;
CREATE TABLE case_of_part (
  case_id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  until TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  part_id INTEGER REFERENCES part
) STRICT;
INSERT INTO case_of_part SELECT *, NULL FROM case_file;
DROP TABLE case_file;
ALTER TABLE case_of_part RENAME TO case_file;
CREATE UNIQUE INDEX case_by_number ON case_file (number, coalesce(part_id, 0));

CREATE VIEW case_text AS
SELECT c.number AS case_number, c.until, t.text_id, t.verdict_id, v.source,
  v.line, v.record_id, v.kind, v.action, v.score, v.top_rule, v.event_time,
  t.text
FROM case_text_row t JOIN case_file c USING (case_id)
LEFT JOIN verdict v USING (verdict_id)
WHERE t.text_purge IS NULL;
)sql";

// What windows counted of a block's records (counted_blocks.h). Its bytes have
// a chain of digests of their own, whatever ruleset judged them.
constexpr std::string_view kWindowEvents = R"sql(
CREATE TABLE window_events (
  block_id INTEGER PRIMARY KEY REFERENCES block,
  parent TEXT NOT NULL,
  digest TEXT NOT NULL,
  head TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  newest INTEGER,
  frontier INTEGER,
  needed_until INTEGER,
  events_sha256 TEXT NOT NULL,
  figures_sha256 TEXT NOT NULL,
  events BLOB,
  figures BLOB,
  purge INTEGER
) STRICT;
CREATE INDEX window_events_by_head ON window_events (head, parent);
)sql";

// When a decision was stored, which is proven, beside when it is said to have
// been made. What nobody has counted is not 0.
constexpr std::string_view kToldViews = R"sql(
DROP VIEW decision;
CREATE VIEW decision AS
SELECT d.decision_id, d.verdict_id, v.source, v.line, v.record_id, v.kind,
  v.action, v.score, v.top_rule, v.subject, v.event_time, d.stored_at,
  d.decided_at, d.decided_by, d.outcome, d.state, d.owner, d.due, d.note
FROM decision_row d LEFT JOIN verdict v USING (verdict_id);

DROP VIEW completeness;
CREATE VIEW completeness AS
SELECT s.run_id, s.source_id, s.name AS source,
  iif(s.ended = 0 AND s.seen = 0, NULL, s.seen) AS seen,
  iif(s.ended = 0 AND s.seen = 0, NULL, s.judged) AS judged,
  iif(s.ended = 0 AND s.seen = 0, NULL, s.unreadable) AS unreadable,
  iif(s.ended = 0 AND s.seen = 0, NULL, s.duplicate) AS duplicate,
  CASE WHEN s.ended = 0 THEN 'never ended'
    WHEN s.seen <> s.judged + s.unreadable + s.duplicate
      THEN 'does not add up'
    ELSE 'complete' END AS state,
  iif(s.ended = 0 AND s.seen = 0, NULL, s.bytes) AS bytes, s.digest,
  (SELECT coalesce(sum(verdicts), 0) FROM block WHERE source_id = s.source_id)
    AS stored_verdicts,
  (SELECT coalesce(sum(errors), 0) FROM block WHERE source_id = s.source_id)
    AS stored_errors
FROM source s;
)sql";

// The purge that took the events of a block that is in another part already.
constexpr std::string_view kDoublesOutlived = R"sql(
ALTER TABLE part_double ADD COLUMN events_purge INTEGER;
)sql";

constexpr std::string_view kMigrations[] = {
    kFirst, kHitsThatDoNotCount, kEvidence,  kPeople,         kKeptFacts,
    kParts, kWindowEvents,       kToldViews, kDoublesOutlived};

}  // namespace

std::span<const std::string_view> migrations() {
  return kMigrations;
}

}  // namespace simwarden
