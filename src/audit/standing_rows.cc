// SPDX-License-Identifier: Apache-2.0
#include "audit/standing_rows.h"

#include <map>

#include <fmt/format.h>

namespace simwarden {
namespace {

// Verdicts of a double, and where the first of them stands.
struct Double {
  int64_t verdicts = 0;
  int64_t stands_first = 0;
};
using Doubles = std::map<int64_t, Double>;  // by the first verdict of each

Result<Doubles> doubles_of(Database& database) {
  Doubles doubles;
  const Status read = database.each_row(
      "SELECT d.first_verdict, b.verdicts, p.first_verdict FROM part_double d "
      "JOIN block b ON b.block_id = d.stands_for "
      "JOIN block_proof p ON p.block_id = d.stands_for",
      [&doubles](const Statement& row) {
        doubles[row.integer(0)] = {row.integer(1), row.integer(2)};
      });
  if (!read) return read.error();
  return doubles;
}

// `verdict` itself where it is of no double.
int64_t standing(const Doubles& doubles, int64_t verdict) {
  auto at = doubles.upper_bound(verdict);
  if (at == doubles.begin()) return verdict;
  --at;
  const int64_t offset = verdict - at->first;
  return offset < at->second.verdicts ? at->second.stands_first + offset
                                      : verdict;
}

}  // namespace

Status check_standing_rows(Database& database,
                           const std::function<void(AuditFinding)>& say) {
  const auto doubles = doubles_of(database);
  if (!doubles) return doubles.error();
  struct Table {
    const char* sql;
    const char* what;
  };
  const Table tables[] = {
      {"SELECT decision_id, verdict_id, linked_verdict FROM decision_row "
       "NOT INDEXED",
       "decision"},
      {"SELECT text_id, verdict_id, linked_verdict FROM case_text_row "
       "NOT INDEXED",
       "text"}};
  for (const Table& table : tables) {
    const Status read = database.each_row(table.sql, [&](const Statement& row) {
      const int64_t linked = row.integer(row.is_null(2) ? 1 : 2);
      const int64_t stands = standing(*doubles, linked);
      const bool needs_link = stands != linked;
      if (row.integer(1) == stands && row.is_null(2) != needs_link) return;
      say({.what = fmt::format("{} {} is said to be about verdict {}, but its "
                               "link names the record of verdict {}",
                               table.what, row.integer(0), row.integer(1),
                               stands)});
    });
    if (!read) return read;
  }
  return Done{};
}

}  // namespace simwarden
