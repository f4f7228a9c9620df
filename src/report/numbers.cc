// SPDX-License-Identifier: Apache-2.0
#include "report/numbers.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <simdjson.h>

#include "report/tally_verdict.h"
#include "store/database.h"
#include "store/migrations.h"

// Small tables are read whole, verdicts in one pass in the order of storing;
// hits in shadow and waived ones lie in that order too and run beside them.
namespace simwarden {
namespace {

// Waivers and rules that run beside the verdicts.
class Beside {
 public:
  static Result<std::unique_ptr<Beside>> open(Database& database,
                                              const std::string& sql) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    auto made = std::unique_ptr<Beside>(new Beside(std::move(*statement)));
    Status moved = made->move_on();
    if (!moved) return moved.error();
    return made;
  }

  // Hands the rows of the verdict to `take`; skips those of verdicts before.
  template <typename Take>
  Status rows_of(int64_t verdict_id, bool wanted, Take take) {
    while (more_ && row_->integer(0) <= verdict_id) {
      if (wanted && row_->integer(0) == verdict_id) take(*row_);
      Status moved = move_on();
      if (!moved) return moved;
    }
    return Done{};
  }

 private:
  explicit Beside(std::unique_ptr<Statement> row) : row_(std::move(row)) {}

  Status move_on() {
    const Result<bool> more = row_->step();
    if (!more) return more.error();
    more_ = *more;
    return Done{};
  }

  std::unique_ptr<Statement> row_;
  bool more_ = false;
};

constexpr const char* kDecisions =
    "SELECT verdict_id, decision_id, decided_at, decided_by, outcome, state, "
    "owner, due, note FROM decision_row ";

// Of the columns of kDecisions.
DecisionNote note_at(const Statement& row) {
  const auto text = [&row](int at) { return std::string(row.text(at)); };
  DecisionNote note;
  note.verdict_id = row.integer(0);
  note.decision_id = row.integer(1);
  note.decided_at = text(2);
  note.decided_by = text(3);
  note.outcome = text(4);
  note.state = text(5);
  note.owner = text(6);
  note.due = text(7);
  note.note = text(8);
  return note;
}

struct BlockPlace {
  size_t source = 0;
  size_t ruleset = 0;
  bool superseded = false;
};

std::string joined_packs(std::string_view json) {
  std::string out;
  simdjson::dom::parser parser;
  simdjson::dom::array packs;
  const simdjson::padded_string padded(json);
  if (parser.parse(padded).get_array().get(packs) != simdjson::SUCCESS) {
    return std::string(json);
  }
  for (const simdjson::dom::element pack : packs) {
    std::string_view name;
    if (pack.get_string().get(name) != simdjson::SUCCESS) continue;
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

class Counting {
 public:
  Counting(std::unique_ptr<Database> database, const Question& question)
      : database_(std::move(database)), question_(question) {}

  Result<Numbers> run() {
    // One moment of the store, also while a run is writing.
    Status done = database_->run("BEGIN");
    for (auto step : {&Counting::read_runs, &Counting::read_rulesets,
                      &Counting::read_sources, &Counting::read_errors,
                      &Counting::read_blocks, &Counting::read_verdicts,
                      &Counting::read_states}) {
      if (done) done = (this->*step)();
    }
    if (!done) return done.error();
    return std::move(numbers_);
  }

 private:
  template <typename Take>
  Status each(const std::string& sql, Take take) {
    auto statement = database_->prepare(sql);
    if (!statement) return statement.error();
    while (true) {
      const Result<bool> row = (*statement)->step();
      if (!row) return row.error();
      if (!*row) return Done{};
      take(**statement);
    }
  }

  Status read_runs() {
    return each(
        "SELECT run_id, ruleset_id, program_version, profile, key_id, "
        "started_at, coalesce(ended_at, ''), status FROM run ORDER BY run_id",
        [this](const Statement& row) {
          numbers_.runs.push_back(
              {row.integer(0), row.integer(1), std::string(row.text(2)),
               std::string(row.text(3)), std::string(row.text(4)),
               std::string(row.text(5)), std::string(row.text(6)),
               std::string(row.text(7))});
          last_run_of_[row.integer(1)] = row.integer(0);
        });
  }

  Status read_rulesets() {
    return each(
        "SELECT ruleset_id, digest, packs, first_seen_at FROM ruleset "
        "ORDER BY ruleset_id",
        [this](const Statement& row) {
          ruleset_at_[row.integer(0)] = numbers_.rulesets.size();
          numbers_.rulesets.push_back({row.integer(0), std::string(row.text(1)),
                                       joined_packs(row.text(2)),
                                       std::string(row.text(3))});
        });
  }

  Status read_sources() {
    return each(
        "SELECT source_id, run_id, source, seen, judged, unreadable, "
        "duplicate, state, bytes, digest FROM completeness ORDER BY source_id",
        [this](const Statement& row) {
          source_at_[row.integer(0)] = numbers_.sources.size();
          numbers_.sources.push_back(
              {row.integer(0), row.integer(1), std::string(row.text(2)),
               uint64_t(row.integer(3)), uint64_t(row.integer(4)),
               uint64_t(row.integer(5)), uint64_t(row.integer(6)),
               std::string(row.text(7)), uint64_t(row.integer(8)),
               std::string(row.text(9))});
        });
  }

  Status read_errors() {
    Status done = each("SELECT code, count(*) FROM error_row GROUP BY code",
                       [this](const Statement& row) {
                         numbers_.errors[std::string(row.text(0))] =
                             uint64_t(row.integer(1));
                       });
    if (!done) return done;
    return each("SELECT fact, sum(records) FROM invalid_count GROUP BY fact",
                [this](const Statement& row) {
                  numbers_.invalid_fields[std::string(row.text(0))] =
                      uint64_t(row.integer(1));
                });
  }

  // A block is known by its digest. Where several rulesets judged it, the one
  // of the latest run stands.
  Status read_blocks() {
    std::unordered_map<std::string, int64_t> standing;
    Status done =
        each("SELECT block_id, source_id, ruleset_id, digest FROM block",
             [this, &standing](const Statement& row) {
               const int64_t ruleset = row.integer(2);
               blocks_[row.integer(0)] = {source_at_[row.integer(1)],
                                          ruleset_at_[ruleset], false};
               int64_t& stands =
                   standing.try_emplace(std::string(row.text(3)), ruleset)
                       .first->second;
               if (last_run_of_[ruleset] > last_run_of_[stands])
                 stands = ruleset;
             });
    if (!done || numbers_.rulesets.size() < 2) return done;
    return each("SELECT block_id, ruleset_id, digest FROM block",
                [this, &standing](const Statement& row) {
                  blocks_[row.integer(0)].superseded =
                      standing[std::string(row.text(2))] != row.integer(1);
                });
  }

  Status read_verdicts() {
    auto shadow = Beside::open(
        *database_,
        "SELECT verdict_id, rule FROM shadow_row ORDER BY verdict_id, rule");
    if (!shadow) return shadow.error();
    auto waived = Beside::open(
        *database_,
        "SELECT verdict_id, rule, waiver, asked_by, approved_by, why, until "
        "FROM waived_row ORDER BY verdict_id, rule");
    if (!waived) return waived.error();
    auto decided = Beside::open(*database_, std::string(kDecisions) +
                                                "ORDER BY verdict_id, "
                                                "decision_id");
    if (!decided) return decided.error();
    PeopleTally people(numbers_.people);
    VerdictTally tally(numbers_, question_);
    Status beside = Done{};
    Status done = each(
        "SELECT verdict_id, block_id, line, record_id, kind, action, score, "
        "profile, subject, event_time, verdict_json FROM verdict_row "
        "ORDER BY verdict_id",
        [&](const Statement& row) {
          const int64_t id = row.integer(0);
          const std::string profile(row.text(7));
          const bool counted = add(tally, row);
          if (beside)
            beside = (*shadow)->rows_of(
                id, counted, [this](const Statement& hit) { add_shadow(hit); });
          if (beside) {
            beside = (*waived)->rows_of(id, counted, [&](const Statement& hit) {
              add_waived(hit, profile);
            });
          }
          if (beside) {
            std::vector<DecisionNote> decisions;
            beside = (*decided)->rows_of(
                id, counted, [&decisions, &row](const Statement& decision) {
                  decisions.push_back(note_at(decision));
                  decisions.back().record_id = row.text(3);
                  decisions.back().kind = kind_at(row);
                  decisions.back().action = action_at(row);
                });
            people.add(decisions);
          }
        });
    tally.finish();
    people.finish();
    return beside ? done : beside;
  }

  bool add(VerdictTally& tally, const Statement& row) {
    const BlockPlace& block = blocks_[row.integer(1)];
    if (block.superseded) {
      ++numbers_.superseded;
      return false;
    }
    if (numbers_.sources.empty() || numbers_.rulesets.empty()) return false;
    return tally.add({row.integer(0), int64_t(block.source),
                      int64_t(block.ruleset), uint64_t(row.integer(2)),
                      row.text(3), kind_at(row), action_at(row), row.number(6),
                      row.text(7), row.text(8), row.text(9), row.text(10)});
  }

  static Kind kind_at(const Statement& verdict) {
    return Kind(std::clamp<int64_t>(verdict.integer(4), 0, 1));
  }
  static Action action_at(const Statement& verdict) {
    return Action(std::clamp<int64_t>(verdict.integer(5), 0, 3));
  }

  // Where single records stand that the report names.
  Status read_states() {
    const auto stored = database_->integer("SELECT count(*) FROM decision_row");
    if (!stored) return stored.error();
    numbers_.people.stored = uint64_t(*stored);
    if (*stored == 0) return Done{};
    auto find = database_->prepare(std::string(kDecisions) +
                                   "WHERE verdict_id = ? ORDER BY decision_id");
    if (!find) return find.error();
    Status done = Done{};
    for (CriticalCase& found : numbers_.cases) {
      if (done) done = read_state(**find, found.verdict_id, found.decided);
    }
    for (std::vector<SampleItem>& sample : numbers_.samples) {
      for (SampleItem& item : sample) {
        if (done) done = read_state(**find, item.verdict_id, item.decided);
      }
    }
    return done;
  }

  static Status read_state(Statement& find, int64_t verdict, CaseState& into) {
    find.bind(1, verdict);
    std::vector<DecisionNote> decisions;
    while (true) {
      const Result<bool> row = find.step();
      if (!row) return row.error();
      if (!*row) break;
      decisions.push_back(note_at(find));
    }
    into = state_of_case(decisions);
    return Done{};
  }

  void add_shadow(const Statement& hit) {
    ++numbers_.rules[std::string(hit.text(1))].shadow_hits;
  }

  void add_waived(const Statement& hit, const std::string& profile) {
    const std::string rule(hit.text(1));
    ++numbers_.rules[rule].waived_hits;
    WaiverNumbers& waiver =
        numbers_.waivers[std::string(hit.text(2)) + "\n" + rule];
    waiver = {rule,
              std::string(hit.text(3)),
              std::string(hit.text(4)),
              std::string(hit.text(5)),
              std::string(hit.text(6)),
              waiver.records + 1};
    const auto serves = question_.serves.find(rule);
    if (serves == question_.serves.end()) return;
    for (const std::string& control : serves->second) {
      ++numbers_.controls[control][profile].waived;
    }
  }

  std::unique_ptr<Database> database_;
  const Question& question_;
  Numbers numbers_;
  std::unordered_map<int64_t, int64_t> last_run_of_;  // ruleset -> run
  std::unordered_map<int64_t, size_t> ruleset_at_;
  std::unordered_map<int64_t, size_t> source_at_;
  std::unordered_map<int64_t, BlockPlace> blocks_;
};

}  // namespace

Result<Numbers> count_store(const std::string& path, const Question& question) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  Status ours = check_version(**database);
  if (!ours) return ours.error();
  return Counting(std::move(*database), question).run();
}

}  // namespace simwarden
