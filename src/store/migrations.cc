// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

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

Status check_ours(const Database& database, const Stamp& stamp) {
  const bool fresh =
      stamp.application == 0 && stamp.version == 0 && stamp.objects == 0;
  if (!fresh && stamp.application != kApplicationId) {
    return refuse(database, "is the database of another program");
  }
  if (stamp.version > schema_version()) {
    return refuse(database,
                  fmt::format("was written by a newer simwarden (schema {}, "
                              "this one knows {}); use that one, or another "
                              "--db",
                              stamp.version, schema_version()));
  }
  return Done{};
}

// Somebody set the number back: steps that are done would be done again.
Status check_steps(Database& database, int64_t version) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  for (std::string_view step : migrations().subspan(size_t(version))) {
    while (step.find(kCreate) != step.npos) {
      step.remove_prefix(step.find(kCreate) + kCreate.size());
      const std::string name(step.substr(0, step.find(' ')));
      const auto there = database.integer(
          "SELECT count(*) FROM sqlite_schema WHERE name = '" + name + "'");
      if (!there) return there.error();
      if (*there == 0) continue;
      return refuse(database, "has the table " + name +
                                  "; its user_version was set back");
    }
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

Status migrate(Database& database) {
  const Result<Stamp> stamp = read_stamp(database);
  if (!stamp) return stamp.error();
  Status ours = check_ours(database, *stamp);
  if (ours) ours = check_steps(database, stamp->version);
  if (!ours) return ours;
  if (stamp->version == schema_version()) return Done{};
  return steps_from(database, stamp->version);
}

Status check_version(Database& database) {
  const Result<Stamp> stamp = read_stamp(database);
  if (!stamp) return stamp.error();
  Status ours = check_ours(database, *stamp);
  if (ours) ours = check_steps(database, stamp->version);
  if (!ours) return ours;
  if (stamp->version == 0) {
    return refuse(database, "is empty: nothing was stored in it yet");
  }
  if (stamp->version < schema_version()) {
    return refuse(database,
                  fmt::format("has the older schema {}; `simwarden screen "
                              "--db` brings it up to date",
                              stamp->version));
  }
  return Done{};
}

}  // namespace simwarden
