// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <sqlite3.h>

#include "diag/check.h"
#include "record/clock.h"
#include "record/person.h"
#include "record/time.h"
#include "store/four_eyes.h"
#include "store/migrations.h"
#include "store/proof.h"
#include "store/same_record.h"

namespace simwarden {
namespace {

constexpr const char* kFindVerdict =
    "SELECT event_time, record_id FROM verdict_row WHERE verdict_id = ?";
constexpr const char* kNewestStored =
    "SELECT stored_at FROM decision_row ORDER BY decision_id DESC LIMIT 1";
constexpr const char* kNewest =
    "SELECT outcome, state, owner, due, note FROM decision_row "
    "WHERE verdict_id = ? AND person(decided_by) = ? "
    "ORDER BY decision_id DESC LIMIT ?";
constexpr const char* kInsert =
    "INSERT INTO decision_row (verdict_id, stored_at, decided_at, decided_by, "
    "outcome, state, owner, due, note, salt, note_digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// person(name), the key of record/person.h, for the statements below.
void key_of_person(sqlite3_context* context, int, sqlite3_value** values) {
  const void* data = sqlite3_value_blob(values[0]);
  const std::string key =
      person_key({static_cast<const char*>(data == nullptr ? "" : data),
                  size_t(sqlite3_value_bytes(values[0]))});
  sqlite3_result_text(context, key.data(), int(key.size()), SQLITE_TRANSIENT);
}

Status know_persons(Database& database) {
  return database.add_function("person", 1, key_of_person);
}

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
                                const DecisionTerms& terms) {
    Status ready = prepare(terms);
    if (!ready) return ready.error();
    DecisionsStored stored;
    std::vector<Decision> tidied;
    for (size_t at = 0; at < decisions.size(); ++at) {
      auto tidy = tidy_decision(decisions[at], now_);
      if (tidy) {
        const bool told = !decisions[at].decided_at.empty();
        Status right = check(*tidy, told);
        if (!right && right.error().trouble != Trouble::usage) {
          return right.error();
        }
        if (!right) tidy = right.error();
      }
      if (tidy) {
        tidied.push_back(*std::move(tidy));
      } else {
        stored.faults.push_back({at, tidy.error().what});
      }
    }
    if (!stored.faults.empty() || terms.look_only) return stored;
    if (Status told = look_at_clock(); !told) return told.error();
    stored.ahead_of_clock = ahead_of_clock_;
    const auto known = repeated_of(tidied);
    if (!known) return known.error();
    stored.repeated = known->size();
    const bool leaves_out = terms.repeated == Repeated::leave_out;
    for (const Decision& decision : tidied) {
      if (leaves_out && known->contains(&decision)) continue;
      Status added = add(decision, stored);
      if (!added) return added.error();
    }
    return stored;
  }

 private:
  // Of a verdict's record. Empty: not recorded, or purged.
  struct RecordSaid {
    std::string event;  // when it happened
    std::string id;
  };

  static Error no_verdict(int64_t id) {
    return {
        Trouble::usage,
        fmt::format("verdict {}: this database has no such verdict_id", id)};
  }

  // Nobody decides about what has not happened yet.
  static Error before_event(const Decision& decision, std::string_view event) {
    return {Trouble::usage,
            fmt::format("decided_at “{}”: is before the event of verdict {} "
                        "({})",
                        decision.decided_at, decision.verdict_id, event)};
  }

  // The name of a verdict may be given anew, after a copy was put back.
  static Error of_another(const Decision& decision, std::string_view id) {
    return {Trouble::usage,
            fmt::format("record_id “{}”: verdict {} is of the record “{}”",
                        decision.record_id, decision.verdict_id, id)};
  }

  static bool is_before(std::string_view decided_at, std::string_view event,
                        int64_t by = 0) {
    const auto decided = parse_timestamp(decided_at);
    const auto happened = parse_timestamp(event);
    return decided && happened && decided->seconds + by < happened->seconds;
  }

  void note_ahead(std::string_view what, std::string_view time) {
    if (!ahead_of_clock_.empty()) return;
    if (!is_before(now_, time, kClockSkewSeconds)) return;
    ahead_of_clock_ = fmt::format(
        "{} ({}) has not come by this machine's clock "
        "({}): one of the two is wrong",
        what, time, now_);
  }

  Status look_at_clock() {
    const auto newest = database_.text(kNewestStored);
    if (!newest) return newest.error();
    note_ahead("the newest decision", *newest);
    return Done{};
  }

  // Against what is stored. An Error of trouble `usage` says what is wrong with
  // it. `told`: when it was decided was told with it.
  Status check(const Decision& decision, bool told) {
    const auto found = record_of(decision.verdict_id);
    if (!found) return found.error();
    if (!*found) return no_verdict(decision.verdict_id);
    const RecordSaid& record = **found;
    if (!decision.record_id.empty() && !record.id.empty() &&
        decision.record_id != record.id) {
      return of_another(decision, record.id);
    }
    if (told && is_before(decision.decided_at, record.event)) {
      return before_event(decision, record.event);
    }
    note_ahead(fmt::format("the event of verdict {}", decision.verdict_id),
               record.event);
    if (!four_eyes_) return Done{};
    const auto missing = four_eyes_->what_is_missing(decision);
    if (!missing) return missing.error();
    if (missing->empty()) return Done{};
    return Error{Trouble::usage, *missing};
  }

  Status prepare(const DecisionTerms& terms) {
    if (terms.four_eyes) {
      auto eyes = FourEyes::open(database_);
      if (!eyes) return eyes.error();
      four_eyes_ = *std::move(eyes);
    }
    if (Status known = know_persons(database_); !known) return known.error();
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

  // Nothing where there is no such verdict.
  Result<std::optional<RecordSaid>> record_of(int64_t id) {
    find_->bind(1, id);
    const Result<bool> row = find_->step();
    if (!row) return row.error();
    std::optional<RecordSaid> record;
    if (*row) {
      record =
          RecordSaid{std::string(find_->text(0)), std::string(find_->text(1))};
    }
    find_->reset();
    return record;
  }

  // Rows that say what the one before says, and those that were stored when the
  // file was read before: a person who decided twice has two of them.
  Result<std::set<const Decision*>> repeated_of(
      const std::vector<Decision>& decisions) {
    std::map<std::pair<int64_t, std::string>, Series> all;
    std::set<const Decision*> repeated;
    for (const Decision& each : decisions) {
      Series& series = all[{each.verdict_id, person_key(each.decided_by)}];
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
  std::string ahead_of_clock_;
  RowHasher hasher_;
  std::unique_ptr<Statement> find_;
  std::unique_ptr<Statement> newest_;
  std::unique_ptr<Statement> insert_;
  std::optional<FourEyes> four_eyes_;
};

constexpr const char* kOpen =
    "SELECT verdict_id, coalesce(source, ''), coalesce(line, 0), "
    "coalesce(record_id, ''), coalesce(kind, ''), coalesce(action, ''), "
    "coalesce(score, 0.0), coalesce(top_rule, ''), outcome, decided_at, "
    "decided_by, owner, due, note FROM open_case "
    "ORDER BY due = '', due, verdict_id";

// Which outcomes are such, for IN.
template <typename Test>
std::string outcomes_that(Test is_such) {
  std::string names;
  for (const DecisionOutcome& outcome : decision_outcomes()) {
    if (!is_such(outcome)) continue;
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", outcome.name);
  }
  return names;
}

std::string outcomes_from(Stance least) {
  return outcomes_that(
      [least](const DecisionOutcome& each) { return each.stance >= least; });
}

std::string second_opinions() {
  return outcomes_that(
      [](const DecisionOutcome& each) { return each.state.empty(); });
}

// By record: words about verdicts that were judged again count for the one
// that stands.
std::string one_person_sql() {
  return fmt::format(
      "WITH about AS (SELECT DISTINCT verdict_id FROM decision_row "
      "WHERE outcome IN ({1})), "
      "stand AS (SELECT v.verdict_id, coalesce((SELECT w.verdict_id FROM {3} "
      "ORDER BY o.rank DESC, o.block_id DESC LIMIT 1), v.verdict_id) AS stands "
      "FROM about JOIN verdict_row v USING (verdict_id)), "
      "word AS (SELECT d.*, stands FROM decision_row d "
      "JOIN stand USING (verdict_id) WHERE outcome IN ({1})) "
      "SELECT v.verdict_id, source, line, coalesce(record_id, ''), kind, "
      "action, score, coalesce(top_rule, ''), outcome, decided_at, decided_by, "
      "owner, due, note FROM word d JOIN verdict v ON v.verdict_id = d.stands "
      "WHERE action IN ('hold', 'refuse') AND outcome IN ({0}) "
      "AND decision_id = (SELECT max(decision_id) FROM word o "
      "WHERE o.stands = d.stands AND o.outcome IN ({1})) "
      "AND NOT EXISTS (SELECT 1 FROM word o WHERE o.stands = d.stands "
      "AND person(o.decided_by) <> person(d.decided_by) "
      "AND o.outcome IN ({2})) "
      "ORDER BY decision_id",
      outcomes_from(Stance::lets_through), outcomes_from(Stance::against),
      outcomes_from(Stance::proposes), same_verdicts_sql("v"));
}

// A second opinion decides nothing. What was decided about an earlier verdict
// on the same record holds while the later one is not worse; of several that
// one counts which stands. iif(), since SQLite looks for nulls in all rows of
// what something is NOT IN.
std::string undecided_sql() {
  return fmt::format(
      "WITH decided AS (SELECT verdict_id, name, {0}, action "
      "FROM decision_row JOIN verdict_row USING (verdict_id) "
      "LEFT JOIN place USING (block_id) "
      "WHERE outcome NOT IN ({6})), "
      "told AS (SELECT * FROM decided WHERE name IS NOT NULL "
      "AND {5}), "
      "over AS (SELECT a.block_id AS under, o.first_verdict, o.verdicts, "
      "a.digest = o.digest AS same FROM place a JOIN place o ON {1} "
      "WHERE (o.rank, o.block_id) > (a.rank, a.block_id)), "
      "later AS (SELECT under, {0} FROM over o JOIN verdict_row w ON {2} "
      "WHERE same OR {4}) "
      "SELECT v.verdict_id, v.source, v.line, v.record_id, v.kind, v.action, "
      "v.score, v.top_rule, '', '', '', '', '', '' "
      "FROM (SELECT block_id, name, verdict_id, {0}, action FROM verdict_row "
      "LEFT JOIN place USING (block_id) WHERE action >= 2) r "
      "JOIN verdict v USING (verdict_id) "
      "WHERE r.verdict_id NOT IN (SELECT verdict_id FROM decided) "
      "AND (name IS NULL OR (iif((block_id, {3}) IN later, 0, 1) "
      "AND iif((name, {3}, r.action) IN "
      "(SELECT name, {0}, 2 FROM told WHERE action >= 2 UNION "
      "SELECT name, {0}, 3 FROM told WHERE action = 3), 0, 1))) "
      "ORDER BY r.action DESC, v.score DESC, r.verdict_id",
      kSameRow, kLiesOver, kRowsOfPlace, same_row_of("r"),
      names_itself_sql("w"), names_itself_sql("decided"), second_opinions());
}

std::string sql_of(CaseChoice choice) {
  switch (choice) {
    case CaseChoice::open: break;
    case CaseChoice::undecided: return undecided_sql();
    case CaseChoice::one_person: return one_person_sql();
  }
  return kOpen;
}

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
                                        const DecisionTerms& terms) {
  CHECK(decisions.size() <= kDecisionsMax, "the caller bounds its input");
  return DecisionWriter(database, chain).write(decisions, terms);
}

Result<DecisionsStored> decide(const std::string& path,
                               std::span<const Decision> decisions,
                               const DecisionTerms& terms) {
  DecisionsStored stored;
  const Status done =
      add_to_store(path, [&](Database& database, Chain& chain) -> Status {
        auto written = write_decisions(database, chain, decisions, terms);
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
  if (Status known = know_persons(**database); !known) return known.error();
  if (choice != CaseChoice::open) {
    if (Status placed = place_blocks(**database); !placed) {
      return placed.error();
    }
  }
  OpenCases found;
  const Status done =
      (*database)->each_row(sql_of(choice), [&](const Statement& row) {
        if (found.total++ < cases_max) found.cases.push_back(case_at(row));
      });
  if (!done) return done.error();
  return found;
}

}  // namespace simwarden
