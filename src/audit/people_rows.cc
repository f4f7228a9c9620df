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

Result<PeopleRows::Checked> PeopleRows::check(LinkKind kind, int64_t id) {
  const bool decision = kind == LinkKind::decision;
  const char* part = decision ? "note" : "text";
  Statement& at = decision ? *decision_ : *text_;
  at.bind(1, id);
  const Result<bool> row = at.step();
  if (!row) return row.error();
  if (!*row) return Checked{};
  const bool gone = at.integer(0) != 0;
  const bool there = at.integer(1) != 0;
  const bool same = at.integer(2) != 0;
  Checked checked{.fault = "", .purge = at.integer(3)};
  at.reset();
  if (checked.purge != 0) {
    if (!gone || there) {
      checked.fault = fmt::format("has its {}, which was purged", part);
    }
  } else if (gone) {
    checked.fault =
        fmt::format("its {} is gone, and no purge has taken it", part);
  } else if (!same) {
    checked.fault = fmt::format("its {} is not as it was written", part);
  }
  return checked;
}

}  // namespace simwarden
