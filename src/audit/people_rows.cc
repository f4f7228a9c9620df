// SPDX-License-Identifier: Apache-2.0
#include "audit/people_rows.h"

#include <fmt/format.h>

namespace simwarden {

Result<std::unique_ptr<PeopleRows>> PeopleRows::open(Database& database) {
  auto rows = std::make_unique<PeopleRows>();
  struct Row {
    const char* sql;
    std::unique_ptr<Statement>* statement;
  };
  const Row statements[] = {
      {"SELECT salt IS NULL, note <> '', note_digest = "
       "sha256_fields(coalesce(salt, ''), note), coalesce(note_purge, 0) "
       "FROM decision_row WHERE decision_id = ?",
       &rows->decision_},
      {"SELECT salt IS NULL, text <> '', text_digest = "
       "sha256_fields(coalesce(salt, ''), text), coalesce(text_purge, 0) "
       "FROM case_text_row WHERE text_id = ?",
       &rows->text_}};
  for (const Row& row : statements) {
    auto statement = database.prepare(row.sql);
    if (!statement) return statement.error();
    *row.statement = std::move(*statement);
  }
  return rows;
}

Result<std::string> PeopleRows::check(LinkKind kind, int64_t id,
                                      PurgeLedger& ledger) {
  const bool decision = kind == LinkKind::decision;
  const char* part = decision ? "note" : "text";
  Statement& at = decision ? *decision_ : *text_;
  at.bind(1, id);
  const Result<bool> row = at.step();
  if (!row) return row.error();
  if (!*row) return std::string();
  const bool gone = at.integer(0) != 0;
  const bool there = at.integer(1) != 0;
  const bool same = at.integer(2) != 0;
  const int64_t purge = at.integer(3);
  at.reset();
  if (purge == 0 && gone) {
    return fmt::format("its {} is gone, and no purge has taken it", part);
  }
  if (purge == 0) {
    return same ? std::string()
                : fmt::format("its {} is not as it was written", part);
  }
  ledger.took_row(purge, id);
  return gone && !there ? std::string()
                        : fmt::format("has its {}, which was purged", part);
}

}  // namespace simwarden
