// SPDX-License-Identifier: Apache-2.0
#include "store/decisions.h"

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
    "WHERE verdict_id = ? AND decided_by = ? ORDER BY decision_id DESC LIMIT 1";
constexpr const char* kInsert =
    "INSERT INTO decision_row (verdict_id, stored_at, decided_at, decided_by, "
    "outcome, state, owner, due, note, salt, note_digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

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
    for (const Decision& decision : tidied) {
      Status added = add(decision, repeated, stored);
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

  Result<bool> is_repeated(const Decision& decision) {
    newest_->bind(1, decision.verdict_id);
    newest_->bind(2, decision.decided_by);
    const Result<bool> row = newest_->step();
    if (!row) return row.error();
    const Statement& at = *newest_;
    const bool same = *row && at.text(0) == decision.outcome &&
                      at.text(1) == decision.state &&
                      at.text(2) == decision.owner &&
                      at.text(3) == decision.due && at.text(4) == decision.note;
    newest_->reset();
    return same;
  }

  Status add(const Decision& decision, Repeated repeated,
             DecisionsStored& stored) {
    if (repeated == Repeated::leave_out) {
      const Result<bool> known = is_repeated(decision);
      if (!known) return known.error();
      if (*known) {
        ++stored.repeated;
        return Done{};
      }
    }
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
constexpr const char* kUndecided =
    "SELECT verdict_id, source, line, record_id, kind, action, score, "
    "top_rule, '', '', '', '', '', '' FROM verdict v "
    "WHERE action IN ('hold', 'refuse') AND NOT EXISTS "
    "(SELECT 1 FROM decision_row d WHERE d.verdict_id = v.verdict_id) "
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
