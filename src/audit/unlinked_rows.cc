// SPDX-License-Identifier: Apache-2.0
#include "audit/unlinked_rows.h"

#include <fmt/format.h>

namespace simwarden {

Status check_unlinked_rows(Database& database, const LinkedCounts& linked,
                           const std::function<void(AuditFinding)>& say) {
  struct Row {
    const char* sql;
    const char* what;
    uint64_t linked;
  };
  const auto links = [&linked](LinkKind kind) {
    return linked.rows[size_t(kind)];
  };
  const Row rows[] = {
      {"SELECT count(*) FROM ruleset", "rulesets", linked.rulesets},
      {"SELECT count(DISTINCT ruleset_id) FROM ruleset_file",
       "rulesets with text", linked.ruleset_texts},
      {"SELECT count(*) FROM policy_file WHERE file_id NOT IN "
       "(SELECT file_id FROM ruleset_file)",
       "texts of no ruleset", 0},
      {"SELECT count(*) FROM run", "runs", links(LinkKind::run)},
      {"SELECT count(*) FROM run WHERE status IN ('done', 'interrupted')",
       "runs that ended", linked.ended_runs},
      {"SELECT count(*) FROM source", "sources", links(LinkKind::source)},
      {"SELECT count(*) FROM source WHERE ended <> 0",
       "sources that were read to their end", linked.whole_sources},
      {"SELECT count(*) FROM block", "blocks", links(LinkKind::block)},
      {"SELECT count(*) FROM block_proof", "proofs of blocks",
       links(LinkKind::block)},
      {"SELECT count(DISTINCT block_id) FROM invalid_count WHERE block_id "
       "NOT IN (SELECT block_id FROM block)",
       "counts of invalid fields without a block", 0},
      {"SELECT count(*) FROM kept_facts WHERE block_id "
       "NOT IN (SELECT block_id FROM block)",
       "kept facts without a block", 0},
      {"SELECT count(*) FROM window_events WHERE block_id "
       "NOT IN (SELECT block_id FROM block)",
       "events of windows without a block", 0},
      {"SELECT count(*) FROM purge", "purges", links(LinkKind::purge)},
      {"SELECT count(*) FROM decision_row", "decisions",
       links(LinkKind::decision)},
      {"SELECT count(*) FROM case_file", "cases", links(LinkKind::case_file)},
      {"SELECT count(*) FROM case_text_row", "texts of cases",
       links(LinkKind::text)},
      {"SELECT count(*) FROM case_opening", "openings of cases",
       links(LinkKind::opening)},
      {"SELECT count(*) FROM part", "merged databases", links(LinkKind::part)},
      {"SELECT count(*) FROM part_link", "links of merged databases",
       linked.part_links},
      {"SELECT count(*) FROM part_double", "blocks that are there twice",
       linked.doubles},
      {"SELECT count(*) FROM ruleset r WHERE first_seen_at <> (SELECT "
       "min(p.first_seen_at) FROM part_ruleset p "
       "WHERE p.ruleset_id = r.ruleset_id)",
       "rulesets of parts with another first day", 0},
  };
  for (const Row& row : rows) {
    const auto stored = database.integer(row.sql);
    if (!stored) return stored.error();
    if (uint64_t(*stored) == row.linked) continue;
    say({.what = fmt::format("{}: {} in the tables, {} in the chain", row.what,
                             *stored, row.linked)});
  }
  return Done{};
}

}  // namespace simwarden
