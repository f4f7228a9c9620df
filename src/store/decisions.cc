// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "diag/check.h"
#include "store/migrations.h"
#include "store/proof.h"

namespace simwarden {
namespace {

constexpr const char* kFindVerdict =
    "SELECT 1 FROM verdict_row WHERE verdict_id = ?";
constexpr const char* kNewest =
    "SELECT outcome, state, owner, due, note FROM decision_row "
    "WHERE verdict_id = ? AND decided_by = ? "
    "ORDER BY decision_id DESC LIMIT ?";
constexpr const char* kInsert =
    "INSERT INTO decision_row (verdict_id, stored_at, decided_at, decided_by, "
    "outcome, state, owner, due, note, salt, note_digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

bool says_the_same(const Decision& a, const Decision& b) {
  return a.outcome == b.outcome && a.state == b.state && a.owner == b.owner &&
         a.due == b.due && a.note == b.note;
}

// Of one person about one verdict, in the order of the file.
using Series = std::vector<const Decision*>;

// The longest beginning of `series` that `stored` ends with (Knuth, Morris and
// Pratt: each row is looked at twice at most).
size_t stored_beginning(const Series& series,
                        const std::vector<Decision>& stored) {
  std::vector<size_t> border(series.size() + 1, 0);
  for (size_t i = 1, k = 0; i < series.size(); ++i) {
    while (k > 0 && !says_the_same(*series[i], *series[k])) k = border[k];
    if (says_the_same(*series[i], *series[k])) ++k;
    border[i + 1] = k;
  }
  size_t k = 0;
  for (const Decision& row : stored) {
    if (k == series.size()) k = border[k];
    while (k > 0 && !says_the_same(row, *series[k])) k = border[k];
    if (says_the_same(row, *series[k])) ++k;
  }
  return k;
}

class DecisionWriter {
 public:
  DecisionWriter(Database& database, Chain& chain)
      : database_(database), chain_(chain), now_(utc_now()) {}

  Result<DecisionsStored> write(std::span<const Decision> decisions,
                                Repeated repeated) {
    Status ready = prepare();
    if (!ready) return ready.error();
    DecisionsStored stored;
    std::vector<Decision> tidied;
    for (size_t at = 0; at < decisions.size(); ++at) {
      auto tidy = tidy_decision(decisions[at], now_);
      if (tidy) {
        auto there = has_verdict(tidy->verdict_id);
        if (!there) return there.error();
        if (!*there) tidy = no_verdict(tidy->verdict_id);
      }
      if (tidy) {
        tidied.push_back(*std::move(tidy));
      } else {
        stored.faults.push_back({at, tidy.error().what});
      }
    }
    if (!stored.faults.empty()) return stored;
    std::set<const Decision*> left_out;
    if (repeated == Repeated::leave_out) {
      auto known = repeated_of(tidied);
      if (!known) return known.error();
      left_out = *std::move(known);
    }
    stored.repeated = left_out.size();
    for (const Decision& decision : tidied) {
      if (left_out.contains(&decision)) continue;
      Status added = add(decision, stored);
      if (!added) return added.error();
    }
    return stored;
  }

 private:
  static Error no_verdict(int64_t id) {
    return {
        Trouble::usage,
        fmt::format("verdict {}: this database has no such verdict_id", id)};
  }

  Status prepare() {
    struct Row {
      const char* sql;
      std::unique_ptr<Statement>* statement;
    };
    const Row rows[] = {
        {kFindVerdict, &find_}, {kNewest, &newest_}, {kInsert, &insert_}};
    for (const Row& row : rows) {
      auto statement = database_.prepare(row.sql);
      if (!statement) return statement.error();
      *row.statement = std::move(*statement);
    }
    return Done{};
  }

  Result<bool> has_verdict(int64_t id) {
    find_->bind(1, id);
    Result<bool> row = find_->step();
    find_->reset();
    return row;
  }

  // Rows that say what the one before says, and those that were stored when the
  // file was read before: a person who decided twice has two of them.
  Result<std::set<const Decision*>> repeated_of(
      const std::vector<Decision>& decisions) {
    std::map<std::pair<int64_t, std::string_view>, Series> all;
    std::set<const Decision*> repeated;
    for (const Decision& each : decisions) {
      Series& series = all[{each.verdict_id, each.decided_by}];
      if (!series.empty() && says_the_same(*series.back(), each)) {
        repeated.insert(&each);
      } else {
        series.push_back(&each);
      }
    }
    for (const auto& [whose, series] : all) {
      const auto stored = newest_of(whose.first, whose.second, series.size());
      if (!stored) return stored.error();
      const size_t known = stored_beginning(series, *stored);
      repeated.insert(series.begin(), series.begin() + ptrdiff_t(known));
    }
    return repeated;
  }

  // At most so many, the newest last.
  Result<std::vector<Decision>> newest_of(int64_t verdict, std::string_view by,
                                          size_t rows_max) {
    newest_->bind(1, verdict);
    newest_->bind(2, by);
    newest_->bind(3, int64_t(rows_max));
    std::vector<Decision> rows;
    const Status done = newest_->each_row([&rows](const Statement& at) {
      rows.push_back({.outcome = std::string(at.text(0)),
                      .state = std::string(at.text(1)),
                      .owner = std::string(at.text(2)),
                      .due = std::string(at.text(3)),
                      .note = std::string(at.text(4))});
    });
    if (!done) return done.error();
    std::reverse(rows.begin(), rows.end());
    return rows;
  }

  Status add(const Decision& decision, DecisionsStored& stored) {
    const std::string salt = new_salt();
    hasher_.field(salt);
    hasher_.field(decision.note);
    const std::string digest = hex_of(hasher_.finish());
    Statement& to = *insert_;
    to.bind(1, decision.verdict_id);
    int at = 2;
    for (const std::string_view text :
         {std::string_view(now_), std::string_view(decision.decided_at),
          std::string_view(decision.decided_by),
          std::string_view(decision.outcome), std::string_view(decision.state),
          std::string_view(decision.owner), std::string_view(decision.due),
          std::string_view(decision.note), std::string_view(salt),
          std::string_view(digest)}) {
      to.bind(at++, text);
    }
    Status done = to.run();
    if (!done) return done;
    stored.ids.push_back(database_.last_id());
    return chain_.add(LinkKind::decision, stored.ids.back());
  }

  Database& database_;
  Chain& chain_;
  std::string now_;
  RowHasher hasher_;
  std::unique_ptr<Statement> find_;
  std::unique_ptr<Statement> newest_;
  std::unique_ptr<Statement> insert_;
};

constexpr const char* kOpen =
    "SELECT verdict_id, coalesce(source, ''), coalesce(line, 0), "
    "coalesce(record_id, ''), coalesce(kind, ''), coalesce(action, ''), "
    "coalesce(score, 0.0), coalesce(top_rule, ''), outcome, decided_at, "
    "decided_by, owner, due, note FROM open_case "
    "ORDER BY due = '', due, verdict_id";
// A second opinion decides nothing. What was decided about an earlier verdict
// on the same record holds while the later one is not worse; at a door the same
// record that comes again is another.
constexpr const char* kUndecided =
    "WITH decided AS (SELECT v.verdict_id, s.name, v.line, v.byte, "
    "v.record_id, v.event_time, v.subject, v.action, r.command = 'serve' OR "
    "(v.record_id = '' AND v.event_time = '') AS alone "
    "FROM decision_row d JOIN verdict_row v USING (verdict_id) "
    "JOIN block USING (block_id) JOIN source s USING (source_id) "
    "JOIN run r USING (run_id) WHERE d.outcome NOT IN ('agreed', 'disagreed')) "
    "SELECT verdict_id, source, line, record_id, kind, action, score, "
    "top_rule, '', '', '', '', '', '' FROM verdict JOIN run USING (run_id) "
    "WHERE action IN ('hold', 'refuse') "
    "AND verdict_id NOT IN (SELECT verdict_id FROM decided) "
    "AND (command = 'serve' OR (source, line, byte, record_id, event_time, "
    "subject, action) NOT IN (SELECT name, line, byte, record_id, event_time, "
    "subject, 'hold' FROM decided WHERE action >= 2 AND NOT alone UNION "
    "SELECT name, line, byte, record_id, event_time, subject, 'refuse' "
    "FROM decided WHERE action = 3 AND NOT alone)) "
    "ORDER BY action DESC, score DESC, verdict_id";

OpenCase case_at(const Statement& at) {
  const auto text = [&at](int column) { return std::string(at.text(column)); };
  return {.verdict_id = at.integer(0),
          .source = text(1),
          .line = at.integer(2),
          .record_id = text(3),
          .kind = text(4),
          .action = text(5),
          .score = at.number(6),
          .top_rule = text(7),
          .outcome = text(8),
          .decided_at = text(9),
          .decided_by = text(10),
          .owner = text(11),
          .due = text(12),
          .note = text(13)};
}

}  // namespace

Result<DecisionsStored> write_decisions(Database& database, Chain& chain,
                                        std::span<const Decision> decisions,
                                        Repeated repeated) {
  CHECK(decisions.size() <= kDecisionsMax, "the caller bounds its input");
  return DecisionWriter(database, chain).write(decisions, repeated);
}

Result<DecisionsStored> decide(const std::string& path,
                               std::span<const Decision> decisions,
                               Repeated repeated) {
  DecisionsStored stored;
  const Status done =
      add_to_store(path, [&](Database& database, Chain& chain) -> Status {
        auto written = write_decisions(database, chain, decisions, repeated);
        if (!written) return written.error();
        stored = *std::move(written);
        return Done{};
      });
  if (!done) return done.error();
  return stored;
}

Result<OpenCases> open_cases(const std::string& path, CaseChoice choice,
                             size_t cases_max) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  OpenCases found;
  const Status done =
      (*database)->each_row(choice == CaseChoice::open ? kOpen : kUndecided,
                            [&](const Statement& row) {
                              if (found.total++ < cases_max)
                                found.cases.push_back(case_at(row));
                            });
  if (!done) return done.error();
  return found;
}

}  // namespace simwarden
