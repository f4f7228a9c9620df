// SPDX-License-Identifier: Apache-2.0
#include "audit/schema_check.h"

#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/check.h"
#include "diag/printable.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

// What keys bring along has no text. Statistics of SQLite only make it choose
// among indexes.
constexpr const char* kObjects =
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
    "WHERE coalesce(sql, '') NOT IN ("
    "'CREATE TABLE sqlite_stat1(tbl,idx,stat)', "
    "'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)')";

struct Made {
  std::string table;
  std::string sql;
  bool seen = false;
};
using Schema = std::map<std::pair<std::string, std::string>, Made>;

Result<Schema> schema_of_migrations() {
  auto fresh = Database::open(":memory:", Access::write);
  if (!fresh) return fresh.error();
  Status done = migrate(**fresh);
  Schema schema;
  if (done) {
    done = (*fresh)->each_row(kObjects, [&schema](const Statement& row) {
      schema[{std::string(row.text(0)), std::string(row.text(1))}] = {
          std::string(row.text(2)), std::string(row.text(3))};
    });
  }
  if (!done) return done.error();
  return schema;
}

// An empty one of this connection, so that whoever asks for rows finds none.
Status stand_in(Database& database, std::string_view sql) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  CHECK(sql.starts_with(kCreate), "so SQLite keeps what made a table");
  return database.run("CREATE TEMP TABLE " +
                      std::string(sql.substr(kCreate.size())));
}

}  // namespace

Status check_schema(Database& database,
                    const std::function<void(AuditFinding)>& say) {
  auto schema = schema_of_migrations();
  if (!schema) return schema.error();
  Status done = database.each_row(kObjects, [&](const Statement& row) {
    const std::string type(row.text(0));
    const std::string name(row.text(1));
    const auto made = schema->find({type, name});
    const bool known = made != schema->end() && !made->second.seen;
    if (known) made->second.seen = true;
    if (known && row.text(2) == made->second.table &&
        row.text(3) == made->second.sql) {
      return;
    }
    say({.what = fmt::format(
             "{} {} {}", escaped_text(type), escaped_text(name),
             known ? "is not the one that simwarden made" : "was put in")});
  });
  if (!done) return done;
  for (const auto& [which, made] : *schema) {
    if (made.seen) continue;
    say({.what = fmt::format("{} {} is missing", which.first, which.second)});
    if (which.first != "table") continue;
    if (Status stands = stand_in(database, made.sql); !stands) return stands;
  }
  return Done{};
}

// SQLite ends after kAuditFindingsMax by itself, and says "ok" of a whole file.
Status check_indexes(Database& database,
                     const std::function<void(AuditFinding)>& say) {
  return database.each_row(
      fmt::format("PRAGMA main.integrity_check({})", kAuditFindingsMax),
      [&say](const Statement& row) {
        if (row.text(0) == "ok") return;
        say({.what = fmt::format("the file itself: {}",
                                 escaped_text(row.text(0)))});
      });
}

}  // namespace simwarden
