// SPDX-License-Identifier: Apache-2.0
#include "store/links.h"

#include "diag/check.h"
#include "diag/trouble.h"
#include "store/proof.h"

namespace simwarden {
namespace {

// In the order of LinkKind. ?1 is the row's id, ?2 the number of the link. Keys
// ascend (RFC 8785). Free text and names go in as digests, so that no chain
// and no export of one holds them.
constexpr std::array<const char*, kLinkKinds.size()> kBodies = {
    "SELECT json_object('blocks_before', ?1, 'format', 'simwarden-chain-1', "
    "'kind', 'chain', 'link', ?2, "
    "'time', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    "SELECT json_object('digest', digest, 'kind', 'ruleset', 'link', ?2, "
    "'row', sha256_fields(packs, first_seen_at), 'ruleset', ruleset_id) "
    "FROM ruleset WHERE ruleset_id = ?1",
    "SELECT json_object('digest', digest, 'files', "
    "(SELECT count(*) FROM ruleset_file f WHERE f.ruleset_id = ?1), "
    "'kind', 'ruleset_text', 'link', ?2, 'paths', "
    "(SELECT sha256(group_concat(path || char(10), '')) FROM (SELECT path "
    "FROM ruleset_file WHERE ruleset_id = ?1 ORDER BY position)), "
    "'ruleset', ruleset_id) "
    "FROM ruleset WHERE ruleset_id = ?1",
    "SELECT json_object('kind', 'run', 'link', ?2, 'row', "
    "sha256_fields(program_version, profile, kinds, command, key_id), "
    "'ruleset', digest, 'run', run_id, 'time', started_at) "
    "FROM run JOIN ruleset USING (ruleset_id) WHERE run_id = ?1",
    "SELECT json_object('kind', 'run_end', 'link', ?2, 'run', run_id, "
    "'status', status, 'time', ended_at) FROM run WHERE run_id = ?1",
    "SELECT json_object('kind', 'source', 'link', ?2, "
    "'row', sha256_fields(name), 'run', run_id, 'source', source_id) "
    "FROM source WHERE source_id = ?1",
    "SELECT json_object('bytes', bytes, 'digest', digest, 'duplicate', "
    "duplicate, 'ended', ended, 'judged', judged, 'kind', 'source_end', "
    "'link', ?2, 'seen', seen, 'source', source_id, 'unreadable', unreadable) "
    "FROM source WHERE source_id = ?1",
    // A block that keeps no facts or events, as all did once, says nothing of
    // them: a null is left out by json_patch (RFC 7396).
    "SELECT json_patch('{}', json_object('begin_byte', begin_byte, 'block', "
    "block_id, 'counted', iif(w.digest IS NULL, NULL, "
    "sha256_fields(w.parent, w.digest, w.head, w.bytes, w.newest, w.frontier, "
    "w.needed_until, w.events_sha256, w.figures_sha256)), "
    "'digest', b.digest, 'end_byte', end_byte, 'errors', errors, "
    "'first_error', first_error, 'first_line', first_line, "
    "'first_verdict', first_verdict, 'head', b.head, "
    "'kept', iif(k.records IS NULL, NULL, "
    "sha256_fields(k.records, k.bytes, k.sha256)), "
    "'kind', 'block', 'link', ?2, 'parent', b.parent, "
    "'rows', sha256(row_digests), "
    "'ruleset', r.digest, 'source', source_id, 'verdicts', verdicts)) "
    "FROM block b JOIN block_proof USING (block_id) "
    "LEFT JOIN kept_facts k USING (block_id) "
    "LEFT JOIN window_events w USING (block_id) "
    "JOIN ruleset r USING (ruleset_id) WHERE block_id = ?1",
    "SELECT json_object('before', before, 'blocks', blocks, 'class', class, "
    "'errors', errors, 'kind', 'purge', 'link', ?2, 'list', block_list, "
    "'purge', purge_id, 'row', CASE WHEN keep = '' AND first_day = '' AND "
    "last_day = '' THEN sha256_fields(who, reason) "
    "ELSE sha256_fields(who, reason, keep, first_day, last_day) END, "
    "'time', at, 'verdicts', verdicts) FROM purge WHERE purge_id = ?1",
    // A note that was purged leaves its digest; so does a text.
    "SELECT json_object('decided_at', decided_at, 'decision', decision_id, "
    "'due', due, 'kind', 'decision', 'link', ?2, 'note', CASE WHEN salt IS "
    "NULL THEN note_digest ELSE sha256_fields(salt, note) END, 'outcome', "
    "outcome, 'row', sha256_fields(decided_by, owner), 'state', state, "
    "'time', stored_at, 'verdict', "
    "coalesce(linked_verdict, verdict_id)) "
    "FROM decision_row WHERE decision_id = ?1",
    "SELECT json_object('case', case_id, 'kind', 'case_file', 'link', ?2, "
    "'row', sha256_fields(number, opened_by), 'time', opened_at, "
    "'until', until) FROM case_file WHERE case_id = ?1",
    "SELECT json_object('case', case_id, 'digest', CASE WHEN salt IS NULL "
    "THEN text_digest ELSE sha256_fields(salt, text) END, 'kind', 'text', "
    "'link', ?2, 'text', text_id, 'verdict', "
    "coalesce(linked_verdict, verdict_id)) "
    "FROM case_text_row WHERE text_id = ?1",
    "SELECT json_object('case', case_id, 'kind', 'opening', 'link', ?2, "
    "'opening', opening_id, 'row', sha256_fields(who, why), 'texts', texts, "
    "'time', at) FROM case_opening WHERE opening_id = ?1",
    "SELECT json_object('block_shift', block_shift, 'case_shift', case_shift, "
    "'decision_shift', decision_shift, 'error_shift', error_shift, 'head', "
    "head, 'kind', 'part', 'link', ?2, 'links', links, 'opening_shift', "
    "opening_shift, 'part', part_id, 'part_shift', part_shift, 'purge_shift', "
    "purge_shift, 'row', sha256_fields(name), 'run_shift', run_shift, "
    "'source_shift', source_shift, 'text_shift', text_shift, 'verdict_shift', "
    "verdict_shift) FROM part WHERE part_id = ?1",
};

std::string_view text_of(sqlite3_value* value) {
  const void* data = sqlite3_value_blob(value);
  return {static_cast<const char*>(data), size_t(sqlite3_value_bytes(value))};
}

void reply(sqlite3_context* context, const Digest& digest) {
  const std::string hex = hex_of(digest);
  sqlite3_result_text(context, hex.data(), int(hex.size()), SQLITE_TRANSIENT);
}

void sha256_of_bytes(sqlite3_context* context, int, sqlite3_value** values) {
  reply(context, sha256(text_of(values[0])));
}

void sha256_of_fields(sqlite3_context* context, int count,
                      sqlite3_value** values) {
  RowHasher hash;
  for (int i = 0; i < count; ++i) hash.field(text_of(values[i]));
  reply(context, hash.finish());
}

}  // namespace

std::string_view columns_of(LinkKind kind, std::string_view key) {
  if (key != "row") return key;
  switch (kind) {
    case LinkKind::ruleset: return "packs or first_seen_at";
    case LinkKind::run:
      return "program_version, profile, kinds, command or key_id";
    case LinkKind::source:
    case LinkKind::part: return "name";
    case LinkKind::purge: return "who, reason, keep, first_day or last_day";
    case LinkKind::decision: return "decided_by or owner";
    case LinkKind::case_file: return "number or opened_by";
    case LinkKind::opening: return "who or why";
    default: return key;
  }
}

std::string hash_of_link(std::string_view before, std::string_view body) {
  Sha256 hash;
  hash.add(before);
  hash.add(body);
  return hex_of(hash.finish());
}

Result<std::unique_ptr<LinkBodies>> LinkBodies::open(Database& database) {
  Status known = database.add_function("sha256", 1, sha256_of_bytes);
  if (known) {
    known = database.add_function("sha256_fields", -1, sha256_of_fields);
  }
  if (!known) return known.error();
  auto bodies = std::make_unique<LinkBodies>();
  for (size_t i = 0; i < kBodies.size(); ++i) {
    auto statement = database.prepare(kBodies[i]);
    if (!statement) return statement.error();
    bodies->statements_[i] = std::move(*statement);
  }
  return bodies;
}

Result<std::string> LinkBodies::body(LinkKind kind, int64_t id, int64_t link) {
  Statement& statement = *statements_[size_t(kind)];
  statement.bind(1, id);
  statement.bind(2, link);
  const Result<bool> row = statement.step();
  if (!row) return row.error();
  std::string body;
  if (*row) body = statement.text(0);
  statement.reset();
  return body;
}

Result<std::unique_ptr<Chain>> Chain::open(Database& database) {
  auto chain = std::make_unique<Chain>();
  auto bodies = LinkBodies::open(database);
  if (!bodies) return bodies.error();
  chain->bodies_ = std::move(*bodies);
  auto last = database.prepare(
      "SELECT link_id, hash FROM chain_link ORDER BY link_id DESC LIMIT 1");
  if (!last) return last.error();
  const Result<bool> row = (*last)->step();
  if (!row) return row.error();
  if (*row) {
    chain->links_ = (*last)->integer(0);
    chain->head_ = (*last)->text(1);
  }
  auto insert = database.prepare("INSERT INTO chain_link VALUES (?, ?, ?)");
  if (!insert) return insert.error();
  chain->insert_ = std::move(*insert);
  return chain;
}

Status Chain::add(LinkKind kind, int64_t id) {
  const Result<std::string> body = bodies_->body(kind, id, links_ + 1);
  if (!body) return body.error();
  CHECK(!body->empty(), "a link is added after the row that it proves");
  std::string hash = hash_of_link(head_, *body);
  insert_->bind(1, links_ + 1);
  insert_->bind(2, *body);
  insert_->bind(3, hash);
  Status done = insert_->run();
  if (!done) return done;
  ++links_;
  head_ = std::move(hash);
  return Done{};
}

Error no_chain(const std::string& path) {
  return trouble_with(path, "has no chain; screen --db begins it");
}

}  // namespace simwarden
