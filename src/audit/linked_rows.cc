// SPDX-License-Identifier: Apache-2.0
#include "audit/linked_rows.h"

#include "audit/flat_json.h"

namespace simwarden {

Result<std::unique_ptr<LinkedRows>> LinkedRows::open(Database& database) {
  auto rows = std::make_unique<LinkedRows>();
  auto bodies = LinkBodies::open(database);
  if (!bodies) return bodies.error();
  rows->bodies_ = std::move(*bodies);
  auto ruleset = database.prepare(
      "SELECT ruleset_id, json_object('digest', digest, 'kind', 'ruleset', "
      "'link', ?3, 'row', sha256_fields(packs, p.first_seen_at), "
      "'ruleset', ruleset_in_part) "
      "FROM part_ruleset p JOIN ruleset USING (ruleset_id) "
      "WHERE part_id = ?1 AND ruleset_in_part = ?2");
  if (!ruleset) return ruleset.error();
  rows->part_ruleset_ = std::move(*ruleset);
  return rows;
}

Result<LinkedRows::Row> LinkedRows::find(const ChainPlace& chain, LinkKind kind,
                                         int64_t id, int64_t link) {
  if (chain.part == 0) return plain(kind, id, link);
  const PartShift& shift = chain.shift;
  switch (kind) {
    case LinkKind::ruleset:
    case LinkKind::ruleset_text: return ruleset(chain, kind, id, link);
    case LinkKind::run:
    case LinkKind::run_end: id += shift.run; break;
    case LinkKind::source:
    case LinkKind::source_end: id += shift.source; break;
    case LinkKind::block: id += shift.block; break;
    case LinkKind::purge: id += shift.purge; break;
    case LinkKind::decision: id += shift.decision; break;
    case LinkKind::case_file: id += shift.case_file; break;
    case LinkKind::text: id += shift.text; break;
    case LinkKind::opening: id += shift.opening; break;
    case LinkKind::part: id += shift.part; break;
    case LinkKind::chain: break;
  }
  Result<Row> row = plain(kind, id, link);
  if (row) row->body = as_in_part(std::move(row->body), shift);
  return row;
}

Result<LinkedRows::Row> LinkedRows::plain(LinkKind kind, int64_t id,
                                          int64_t link) {
  auto body = bodies_->body(kind, id, link);
  if (!body) return body.error();
  return Row{id, *std::move(body)};
}

// Rulesets are joined by their digest: a part has its own numbers for them.
Result<LinkedRows::Row> LinkedRows::ruleset(const ChainPlace& chain,
                                            LinkKind kind, int64_t in_part,
                                            int64_t link) {
  part_ruleset_->bind(1, chain.part);
  part_ruleset_->bind(2, in_part);
  part_ruleset_->bind(3, link);
  const Result<bool> known = part_ruleset_->step();
  if (!known) return known.error();
  if (!*known) return Row{};
  Row row{part_ruleset_->integer(0), std::string(part_ruleset_->text(1))};
  part_ruleset_->reset();
  if (kind == LinkKind::ruleset) return row;
  Result<Row> text = plain(kind, row.id, link);
  if (text) add_to_number(text->body, "ruleset", in_part - row.id);
  return text;
}

}  // namespace simwarden
