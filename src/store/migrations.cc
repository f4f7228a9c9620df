// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "diag/trouble.h"

namespace simwarden {
namespace {

Error refuse(const Database& database, std::string_view why) {
  return trouble_with(database.path(), why);
}

struct Stamp {
  int64_t application = 0;
  int64_t version = 0;
  int64_t objects = 0;
};

Result<Stamp> read_stamp(Database& database) {
  Stamp stamp;
  struct Row {
    const char* sql;
    int64_t* value;
  };
  const Row rows[] = {{"PRAGMA application_id", &stamp.application},
                      {"PRAGMA user_version", &stamp.version},
                      {"SELECT count(*) FROM sqlite_schema", &stamp.objects}};
  for (const Row& row : rows) {
    const Result<int64_t> value = database.integer(row.sql);
    if (!value) return value.error();
    *row.value = *value;
  }
  return stamp;
}

Status check_ours(const std::string& path, const Stamp& stamp) {
  const bool fresh =
      stamp.application == 0 && stamp.version == 0 && stamp.objects == 0;
  if (!fresh && stamp.application != kApplicationId) {
    return trouble_with(path, "is the database of another program");
  }
  if (stamp.version < 0) {
    return trouble_with(
        path, fmt::format("has a user_version that no simwarden writes ({})",
                          stamp.version));
  }
  if (stamp.version > schema_version()) {
    return trouble_with(
        path, fmt::format("was written by a newer simwarden (schema {}, this "
                          "one knows {}); use that one, or another --db",
                          stamp.version, schema_version()));
  }
  return Done{};
}

std::string_view take_word(std::string_view& sql) {
  const std::string_view word = sql.substr(0, sql.find_first_of(" ;"));
  sql.remove_prefix(word.size());
  return word;
}

// "table run", "column note of run": what a step makes and the database has.
Result<std::string> made_already(Database& database, std::string_view step) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  constexpr std::string_view kAlter = "ALTER TABLE ";
  constexpr std::string_view kAdd = " ADD COLUMN ";
  std::vector<std::pair<std::string, std::string>> asked;  // what, how
  for (auto sql = step; sql.find(kCreate) != sql.npos;) {
    sql.remove_prefix(sql.find(kCreate) + kCreate.size());
    const std::string table(take_word(sql));
    asked.emplace_back("table " + table,
                       "sqlite_schema WHERE name = '" + table + "'");
  }
  for (auto sql = step; sql.find(kAlter) != sql.npos;) {
    sql.remove_prefix(sql.find(kAlter) + kAlter.size());
    const std::string table(take_word(sql));
    if (!sql.starts_with(kAdd)) continue;
    sql.remove_prefix(kAdd.size());
    const std::string column(take_word(sql));
    asked.emplace_back(fmt::format("column {} of {}", column, table),
                       fmt::format("pragma_table_info('{}') WHERE name = '{}'",
                                   table, column));
  }
  for (const auto& [what, from] : asked) {
    const auto there = database.integer("SELECT count(*) FROM " + from);
    if (!there) return there.error();
    if (*there > 0) return what;
  }
  return std::string();
}

// Somebody set the number back: steps that are done would be done again.
Status check_steps(Database& database, int64_t version) {
  for (const std::string_view step : migrations().subspan(size_t(version))) {
    const auto made = made_already(database, step);
    if (!made) return made.error();
    if (made->empty()) continue;
    return refuse(database,
                  "has the " + *made + "; its user_version was set back");
  }
  return Done{};
}

// In one transaction: a new file would be synced four times for each step.
Status steps_from(Database& database, int64_t version) {
  std::string sql = "BEGIN IMMEDIATE;";
  for (const std::string_view step : migrations().subspan(size_t(version))) {
    sql += step;
  }
  sql += fmt::format("PRAGMA application_id={};PRAGMA user_version={};COMMIT;",
                     kApplicationId, schema_version());
  Status done = database.run(sql);
  if (!done && database.in_transaction()) (void)database.run("ROLLBACK");
  return done;
}

}  // namespace

int64_t schema_version() {
  return int64_t(migrations().size());
}

Result<int64_t> version_of(Database& database) {
  const Result<Stamp> stamp = read_stamp(database);
  if (!stamp) return stamp.error();
  Status ours = check_ours(database.path(), *stamp);
  if (ours) ours = check_steps(database, stamp->version);
  if (!ours) return ours.error();
  return stamp->version;
}

Result<int64_t> version_in(const std::string& path) {
  const DatabaseHeader header = header_in(path);
  const Stamp stamp{.application = int64_t(header.application),
                    .version = int32_t(uint32_t(header.version))};
  if (Status ours = check_ours(path, stamp); !ours) return ours.error();
  return stamp.version;
}

Status migrate(Database& database) {
  const auto version = version_of(database);
  if (!version) return version.error();
  if (*version == schema_version()) return Done{};
  return steps_from(database, *version);
}

Status check_version(Database& database) {
  const auto version = version_of(database);
  if (!version) return version.error();
  if (*version == 0) {
    return refuse(database, "is empty: nothing was stored in it yet");
  }
  if (*version < schema_version()) {
    return refuse(database,
                  fmt::format("has the older schema {}; `simwarden screen "
                              "--db` or a start of `simwarden serve` brings it "
                              "up to date",
                              *version));
  }
  return Done{};
}

}  // namespace simwarden
