// SPDX-License-Identifier: Apache-2.0
#include "audit/export.h"

#include <fmt/format.h>

#include "audit/evidence_folder.h"
#include "store/database.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

Status export_facts(Database& database, EvidenceFolder& folder) {
  if (Status made = folder.make("facts"); !made) return made;
  constexpr auto kFacts =
      "SELECT block_id, facts FROM kept_facts WHERE facts IS NOT NULL "
      "ORDER BY block_id";
  return database.each_row(kFacts, [&](const Statement& row) {
    return folder.add_summed(fmt::format("facts/{}.jsonl.zst", row.integer(0)),
                             row.blob(1));
  });
}

Status export_rulesets(Database& database, EvidenceFolder& folder) {
  return database.each_row(
      "SELECT DISTINCT ruleset_id FROM ruleset_file ORDER BY 1",
      [&](const Statement& row) {
        return folder.add_ruleset(database, row.integer(0));
      });
}

}  // namespace

Status export_evidence(const std::string& path, const std::string& folder,
                       bool with_facts) {
  auto opened = Database::open(path, Access::read);
  if (!opened) return opened.error();
  Database& database = **opened;
  if (Status ours = check_version(database); !ours) return ours;
  if (Status begun = database.run("BEGIN"); !begun) return begun;
  EvidenceFolder evidence(folder);
  Status done = evidence.begin(database);
  if (done) done = evidence.add_rows(database, "");
  if (done) done = evidence.add_doubles(database);
  if (done && with_facts) done = export_facts(database, evidence);
  if (done) done = export_rulesets(database, evidence);
  return done ? evidence.finish() : done;
}

}  // namespace simwarden
