// SPDX-License-Identifier: Apache-2.0
#include "store/figures.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/database.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

// ?1 is the run, 0 for all. A run's rows hang on the blocks of its sources.
constexpr const char* kOfRun =
    "(?1 = 0 OR block_id IN (SELECT block_id FROM block JOIN source "
    "USING (source_id) WHERE run_id = ?1))";

class FileFigures final : public Figures {
 public:
  explicit FileFigures(std::unique_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<std::array<uint64_t, kActionNames.size()>> actions(
      int64_t run) override;
  Result<uint64_t> unreadable(int64_t run) override;
  Result<std::vector<RuleCount>> top_rules(int64_t run,
                                           size_t rules_max) override;
  Result<std::vector<WorstVerdict>> worst(int64_t run,
                                          size_t verdicts_max) override;
  Result<std::vector<SourceFigures>> completeness(int64_t run) override;

 private:
  // Runs `sql` with ?1 = run and ?2 = max, and hands every row to `take`.
  template <typename Take>
  Status each(const std::string& sql, int64_t run, size_t max, Take take) {
    auto statement = database_->prepare(sql);
    if (!statement) return statement.error();
    (*statement)->bind(1, run);
    if (max > 0) (*statement)->bind(2, int64_t(max));
    while (true) {
      const Result<bool> row = (*statement)->step();
      if (!row) return row.error();
      if (!*row) return Done{};
      take(**statement);
    }
  }

  std::unique_ptr<Database> database_;
};

Result<std::array<uint64_t, kActionNames.size()>> FileFigures::actions(
    int64_t run) {
  std::array<uint64_t, kActionNames.size()> counts{};
  Status done =
      each(fmt::format("SELECT action, count(*) FROM verdict_row WHERE {} "
                       "GROUP BY action",
                       kOfRun),
           run, 0, [&counts](const Statement& row) {
             const size_t action = size_t(row.integer(0));
             if (action < counts.size()) {
               counts[action] = uint64_t(row.integer(1));
             }
           });
  if (!done) return done.error();
  return counts;
}

Result<uint64_t> FileFigures::unreadable(int64_t run) {
  uint64_t count = 0;
  Status done = each(
      fmt::format("SELECT count(*) FROM error_row WHERE {}", kOfRun), run, 0,
      [&count](const Statement& row) { count = uint64_t(row.integer(0)); });
  if (!done) return done.error();
  return count;
}

Result<std::vector<RuleCount>> FileFigures::top_rules(int64_t run,
                                                      size_t rules_max) {
  std::vector<RuleCount> rules;
  if (rules_max == 0) return rules;
  const std::string sql = fmt::format(
      "SELECT f.value ->> '$.rule' AS rule, max(f.value ->> '$.title'), "
      "count(*) AS hits "
      "FROM verdict_row v, json_each(v.verdict_json, '$.findings') f "
      "WHERE {} AND f.value ->> '$.outcome' = 'hit' "
      "AND coalesce(f.value ->> '$.shadow', 0) = 0 "
      "GROUP BY rule ORDER BY hits DESC, rule LIMIT ?2",
      kOfRun);
  Status done = each(sql, run, rules_max, [&rules](const Statement& row) {
    rules.push_back({std::string(row.text(0)), std::string(row.text(1)),
                     uint64_t(row.integer(2))});
  });
  if (!done) return done.error();
  return rules;
}

Result<std::vector<WorstVerdict>> FileFigures::worst(int64_t run,
                                                     size_t verdicts_max) {
  std::vector<WorstVerdict> verdicts;
  if (verdicts_max == 0) return verdicts;
  const std::string sql = fmt::format(
      "SELECT s.name, w.line, w.record_id, w.action, w.score, w.top_rule "
      "FROM (SELECT * FROM verdict_row WHERE action > 0 AND {} "
      "ORDER BY action DESC, score DESC, verdict_id LIMIT ?2) w "
      "JOIN block b USING (block_id) JOIN source s USING (source_id) "
      "ORDER BY w.action DESC, w.score DESC, w.verdict_id",
      kOfRun);
  Status done = each(sql, run, verdicts_max, [&verdicts](const Statement& row) {
    const int64_t action = std::clamp<int64_t>(row.integer(3), 0, 3);
    verdicts.push_back({std::string(row.text(0)), uint64_t(row.integer(1)),
                        std::string(row.text(2)), Action(action), row.number(4),
                        std::string(row.text(5))});
  });
  if (!done) return done.error();
  return verdicts;
}

Result<std::vector<SourceFigures>> FileFigures::completeness(int64_t run) {
  std::vector<SourceFigures> sources;
  Status done = each(
      "SELECT source, seen, judged, unreadable, duplicate, state "
      "FROM completeness WHERE ?1 = 0 OR run_id = ?1 ORDER BY source_id",
      run, 0, [&sources](const Statement& row) {
        sources.push_back({std::string(row.text(0)), uint64_t(row.integer(1)),
                           uint64_t(row.integer(2)), uint64_t(row.integer(3)),
                           uint64_t(row.integer(4)), std::string(row.text(5))});
      });
  if (!done) return done.error();
  return sources;
}

}  // namespace

Result<std::unique_ptr<Figures>> Figures::open(const std::string& path) {
  Result<std::unique_ptr<Database>> database =
      Database::open(path, Access::read);
  if (!database) return database.error();
  Status ours = check_version(**database);
  if (!ours) return ours.error();
  return std::unique_ptr<Figures>(
      std::make_unique<FileFigures>(std::move(*database)));
}

}  // namespace simwarden
