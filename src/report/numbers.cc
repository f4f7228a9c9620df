// SPDX-License-Identifier: Apache-2.0
#include "report/numbers.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <simdjson.h>

#include "record/time.h"
#include "report/clusters.h"
#include "report/list_versions.h"
#include "report/message_texts.h"
#include "report/opened_store.h"
#include "report/records.h"
#include "report/standing_blocks.h"
#include "report/store_forks.h"
#include "report/tally_verdict.h"
#include "report/verdict_rows.h"

// Small tables are read whole, verdicts in one pass in the order of storing;
// hits in shadow and waived ones lie in that order too and run beside them.
namespace simwarden {
namespace {

// A hostile store may have a block of any size.
constexpr size_t kRowsAtOnce = 100'000;

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
  Counting(std::vector<CountedStore> stores, const Question& question)
      : stores_(std::move(stores)), question_(question) {
    std::sort(stores_.begin(), stores_.end(), comes_before);
  }

  Result<Numbers> run() {
    for (size_t i = 0; i < stores_.size(); ++i) {
      stores_[i].number = int64_t(i);
      numbers_.stores.push_back(
          {stores_[i].path, stores_[i].head, stores_[i].links});
      numbers_.newest = std::max(numbers_.newest, stores_[i].newest);
    }
    auto forks = find_forks(stores_);
    if (!forks) return forks.error();
    numbers_.forks = *std::move(forks);
    Status done = of_each({&Counting::read_rulesets, &Counting::read_lists,
                           &Counting::read_runs, &Counting::read_sources});
    if (done) done = blocks_.read(stores_, last_run_of_);
    if (done)
      done = of_each({&Counting::read_errors, &Counting::read_purges,
                      &Counting::read_case_files});
    if (done) {
      Result<RecordNumbers> walked = walk_records(
          [this](WalkedBlock& block) { return next_block(block); });
      if (!walked) return walked.error();
      numbers_.records = std::move(*walked);
      done = of_each({&Counting::read_states, &Counting::read_texts,
                      &Counting::read_oldest});
    }
    if (!done) return done.error();
    tally_.finish();
    people_.finish();
    numbers_.counted_alike = blocks_.counted_alike();
    std::stable_sort(numbers_.purges.begin(), numbers_.purges.end(),
                     [](const PurgeNumbers& a, const PurgeNumbers& b) {
                       return a.at < b.at;
                     });
    return std::move(numbers_);
  }

 private:
  using Step = Status (Counting::*)();
  // Every step in turn, each over all stores.
  Status of_each(std::initializer_list<Step> steps) {
    for (const Step step : steps) {
      for (CountedStore& store : stores_) {
        at_ = &store;
        if (Status done = (this->*step)(); !done) return done;
      }
    }
    return Done{};
  }

  template <typename Take>
  Status each(const std::string& sql, Take take) {
    return at_->database->each_row(sql, take);
  }

  Label label(int64_t id) const {
    return stores_.size() == 1 ? fmt::format("{}", id)
                               : fmt::format("{}.{}", at_->number + 1, id);
  }
  // Of a verdict of the store at hand, among those of all stores.
  int64_t id_of(int64_t verdict) const {
    return (at_->number << kStoreBits) + verdict;
  }
  StoreNumbers& store() { return numbers_.stores[size_t(at_->number)]; }

  // The same ruleset in several stores is one.
  Status read_rulesets() {
    return each(
        "SELECT ruleset_id, digest, packs, first_seen_at FROM ruleset "
        "ORDER BY ruleset_id",
        [this](const Statement& row) {
          const auto [known, fresh] = ruleset_of_.try_emplace(
              std::string(row.text(1)), numbers_.rulesets.size());
          at_->ruleset_at[row.integer(0)] = known->second;
          const std::string first(row.text(3));
          if (fresh) {
            const int64_t id = stores_.size() == 1
                                   ? row.integer(0)
                                   : int64_t(numbers_.rulesets.size() + 1);
            numbers_.rulesets.push_back({fmt::format("{}", id),
                                         std::string(row.text(1)),
                                         joined_packs(row.text(2)), first});
            last_run_of_.emplace_back();
          }
          std::string& seen = numbers_.rulesets[known->second].first_seen_at;
          seen = std::min(seen, first);
        });
  }

  // Of a ruleset of several stores those of the first that has its text.
  Status read_lists() {
    for (const auto& [id, at] : std::map<int64_t, size_t>(
             at_->ruleset_at.begin(), at_->ruleset_at.end())) {
      const Label& ruleset = numbers_.rulesets[at].ruleset;
      const auto known = [&ruleset](const ListNumbers& list) {
        return list.ruleset == ruleset;
      };
      if (std::any_of(numbers_.lists.begin(), numbers_.lists.end(), known)) {
        continue;
      }
      auto lists = lists_of_ruleset(*at_->database, id);
      if (!lists) return lists.error();
      for (ListNumbers& list : *lists) {
        list.ruleset = ruleset;
        numbers_.lists.push_back(std::move(list));
      }
    }
    return Done{};
  }

  Status read_runs() {
    std::set<std::string> keys;
    Status done = each(
        "SELECT run_id, ruleset_id, program_version, profile, key_id, "
        "started_at, coalesce(ended_at, ''), status FROM run ORDER BY run_id",
        [&](const Statement& row) {
          const size_t ruleset = at_->ruleset_at[row.integer(1)];
          at_->run_at[row.integer(0)] = numbers_.runs.size();
          numbers_.runs.push_back(
              {label(row.integer(0)),
               ruleset < numbers_.rulesets.size()
                   ? numbers_.rulesets[ruleset].ruleset
                   : "",
               std::string(row.text(2)), std::string(row.text(3)),
               std::string(row.text(4)), std::string(row.text(5)),
               std::string(row.text(6)), std::string(row.text(7))});
          keys.insert(numbers_.runs.back().key_id);
          if (ruleset >= last_run_of_.size()) return;
          last_run_of_[ruleset] =
              std::max(last_run_of_[ruleset],
                       {numbers_.runs.back().started_at, numbers_.runs.size()});
        });
    store().runs = at_->run_at.size();
    for (const std::string& key : keys) {
      store().key_ids += (store().key_ids.empty() ? "" : ", ") + key;
    }
    return done;
  }

  Status read_sources() {
    return each(
        "SELECT source_id, run_id, source, seen, judged, unreadable, "
        "duplicate, state, bytes, digest, stored_verdicts, stored_errors "
        "FROM completeness ORDER BY source_id",
        [this](const Statement& row) {
          at_->source_at[row.integer(0)] = numbers_.sources.size();
          numbers_.sources.push_back(
              {label(row.integer(1)), std::string(row.text(2)),
               uint64_t(row.integer(3)), uint64_t(row.integer(4)),
               uint64_t(row.integer(5)), uint64_t(row.integer(6)),
               std::string(row.text(7)), uint64_t(row.integer(8)),
               std::string(row.text(9))});
          if (numbers_.sources.back().never_ended()) {
            count_stored(uint64_t(row.integer(10)), uint64_t(row.integer(11)),
                         numbers_.sources.back());
          }
          find_same(row.integer(1), numbers_.sources.back());
        });
  }

  // Its own counts come with its end; its blocks have theirs.
  static void count_stored(uint64_t verdicts, uint64_t errors,
                           SourceNumbers& source) {
    source.judged = std::max(source.judged, verdicts);
    source.unreadable = std::max(source.unreadable, errors);
    source.seen = std::max(
        source.seen, source.judged + source.unreadable + source.duplicate);
  }

  void find_same(int64_t run, SourceNumbers& source) {
    const auto at = at_->run_at.find(run);
    if (at == at_->run_at.end() || source.digest.empty() ||
        source.state != "complete") {
      return;
    }
    const auto [known, fresh] = whole_sources_.try_emplace(
        source.digest + " " + numbers_.runs[at->second].ruleset, source.run);
    if (!fresh) source.same_as = known->second;
  }

  void add_error(const Statement& row) {
    const BlockPlace place = at_->place_of(row.integer(0));
    const RecordAt where{
        .line = row.integer(1), .kind = kErrorKind, .record_id = row.text(3)};
    if (place.twice || !blocks_.stands(place, where)) return;
    ++numbers_.errors[std::string(row.text(3))];
  }
  Status read_errors() {
    Status done = each("SELECT block_id, line, byte, code FROM error_row",
                       [this](const Statement& row) { add_error(row); });
    if (!done) return done;
    return each("SELECT block_id, fact, records FROM invalid_count",
                [this](const Statement& row) {
                  const BlockPlace place = at_->place_of(row.integer(0));
                  if (place.twice || place.superseded) return;
                  numbers_.invalid_fields[std::string(row.text(1))] +=
                      uint64_t(row.integer(2));
                });
  }

  Status read_purges() {
    return each(
        "SELECT at, class, before, first_day, last_day, keep, who, reason, "
        "blocks, verdicts, errors FROM purge ORDER BY purge_id",
        [this](const Statement& row) {
          const auto what = retention_class_of(row.text(1));
          numbers_.purges.push_back(
              {std::string(row.text(0)),
               std::string(what ? kRetentionClasses[size_t(*what)].name
                                : row.text(1)),
               std::string(row.text(2)), std::string(row.text(3)),
               std::string(row.text(4)), std::string(row.text(5)),
               std::string(row.text(6)), std::string(row.text(7)),
               uint64_t(row.integer(8)), uint64_t(row.integer(9)),
               uint64_t(row.integer(10))});
        });
  }

  Status read_case_files() {
    const Status files = each(
        "SELECT number, opened_at, opened_by, until, (SELECT count(*) FROM "
        "case_text_row t WHERE t.case_id = c.case_id), (SELECT count(*) FROM "
        "case_text_row t WHERE t.case_id = c.case_id AND text_purge IS NULL) "
        "FROM case_file c ORDER BY case_id",
        [this](const Statement& row) {
          numbers_.case_files.push_back(
              {std::string(row.text(0)), std::string(row.text(1)),
               std::string(row.text(2)), std::string(row.text(3)),
               uint64_t(row.integer(4)), uint64_t(row.integer(5))});
        });
    if (!files) return files;
    return each(
        "SELECT at, number, who, why, texts FROM case_opening "
        "JOIN case_file USING (case_id) ORDER BY opening_id",
        [this](const Statement& row) {
          numbers_.openings.push_back(
              {std::string(row.text(0)), std::string(row.text(1)),
               std::string(row.text(2)), std::string(row.text(3)),
               uint64_t(row.integer(4))});
        });
  }

  // Counts the verdicts of the next block, and says whose kept facts count.
  // Blocks follow each other in the order of their verdicts.
  Result<bool> next_block(WalkedBlock& out) {
    out.verdicts.clear();
    while (!rows_ || !rows_->more) {
      if (next_store_ == stores_.size()) return false;
      at_ = &stores_[next_store_++];
      auto rows = VerdictRows::open(*at_->database);
      if (!rows) return rows.error();
      rows_ = std::move(*rows);
    }
    const int64_t block = rows_->verdict->integer(1);
    do {
      Status added = add_row(out);
      if (added) added = rows_->move_on();
      if (!added) return added.error();
    } while (rows_->more && rows_->verdict->integer(1) == block &&
             out.verdicts.size() < kRowsAtOnce);
    if (out.verdicts.empty()) return true;
    Status taken = rows_->take_facts(block, out.facts);
    if (!taken) return taken.error();
    out.label = label(block);
    out.source = numbers_.sources[at_->blocks[block].source].name;
    out.damaged.clear();
    return true;
  }

  // The verdict that the rows stand at.
  Status add_row(WalkedBlock& out) {
    const Statement& row = *rows_->verdict;
    const int64_t id = row.integer(0);
    const auto when = parse_timestamp(row.text(9));
    const bool counted = add(row, when);
    std::vector<DecisionNote> decisions;
    Status done =
        rows_->decided->rows_of(id, counted, [&](const Statement& decision) {
          DecisionNote& note = decisions.emplace_back(note_at(decision));
          note.decision_id = id_of(note.decision_id);
          note.record_id = row.text(3);
          note.verdict_id = id_of(id);
          note.kind = kind_at(row);
          note.action = action_at(row);
        });
    if (counted) {
      blocks_.join(at_->place_of(row.integer(1)), record_at(row), id_of(id),
                   decisions);
      mark_taken_back(decisions);
      add_walked(row, when, decisions, out);
      tally_.add_found({is_said(decisions, "fraud_confirmed"),
                        is_said(decisions, "false_alarm")});
    }
    if (done) {
      done = rows_->shadow->rows_of(
          id, counted, [this](const Statement& hit) { add_shadow(hit); });
    }
    if (done) {
      done = rows_->waived->rows_of(id, counted, [&](const Statement& hit) {
        add_waived(hit, kind_at(row));
      });
    }
    if (decisions.empty()) return done;
    people_.add(decisions, action_at(row));
    people_.add_month(decisions, row.text(7), row.text(9));
    return done;
  }

  void add_walked(const Statement& row, const std::optional<Timestamp>& when,
                  const std::vector<DecisionNote>& decisions,
                  WalkedBlock& out) {
    const int64_t id = row.integer(0);
    WalkedVerdict& made = out.verdicts.emplace_back();
    made.id = id;
    made.label = id_of(id);
    made.source = int64_t(at_->blocks[row.integer(1)].source);
    made.line = uint64_t(row.integer(2));
    made.action = action_at(row);
    made.is_fraud = is_said(decisions, "fraud_confirmed");
    made.is_complaint = is_said(decisions, "complained");
    made.is_decided = is_decided(decisions);
    made.remedy = remedy_of(decisions);
    if (when) made.month = month_of_day(local_time(*when).day);
    made.subject = pseudonym_begin(row.text(8)).value_or(0);
    made.profile = row.text(7);
  }

  bool add(const Statement& row, const std::optional<Timestamp>& when) {
    const BlockPlace block = at_->place_of(row.integer(1));
    ++store().verdicts;
    note_oldest(row);
    if (block.twice) {
      ++numbers_.twice;
      ++store().twice;
      return false;
    }
    if (!blocks_.stands(block, record_at(row))) {
      ++numbers_.superseded;
      return false;
    }
    if (numbers_.sources.empty() || numbers_.rulesets.empty()) return false;
    const bool counted = tally_.add(
        {id_of(row.integer(0)), int64_t(block.source), int64_t(block.ruleset),
         uint64_t(row.integer(2)), row.text(3), kind_at(row), action_at(row),
         row.number(6), row.text(7), row.text(8), row.text(9), when,
         row.text(10), block.purged});
    if (counted && blocks_.may_be_twice(block, record_at(row))) {
      ++numbers_.nameless_twice;
    }
    if (counted) blocks_.note_counted(record_at(row));
    return counted;
  }

  // What of the record is still there.
  void note_oldest(const Statement& row) {
    const std::string_view day = row.text(9).substr(0, 10);
    if (day.empty()) return;
    const std::array<bool, kBlockClassCount> held = {
        !row.is_null(10), !row.text(3).empty() || !row.text(8).empty(), true};
    for (size_t i = 0; i < held.size(); ++i) {
      if (held[i]) note_oldest(i, day);
    }
  }
  void note_oldest(size_t what, std::string_view day) {
    std::string& oldest = numbers_.oldest[what];
    if (oldest.empty() || day < oldest) oldest = day;
  }

  // What people wrote that is still there.
  Status read_oldest() {
    const std::pair<RetentionClass, const char*> rows[] = {
        {RetentionClass::notes,
         "SELECT min(substr(decided_at, 1, 10)) FROM decision_row "
         "WHERE note <> ''"},
        {RetentionClass::cases,
         "SELECT min(substr(opened_at, 1, 10)) FROM case_file "
         "JOIN case_text_row USING (case_id) WHERE text_purge IS NULL"}};
    for (const auto& [what, sql] : rows) {
      const auto day = at_->database->text(sql);
      if (!day) return day.error();
      if (!day->empty()) note_oldest(size_t(what), *day);
    }
    const auto until = at_->database->text(
        "SELECT min(until) FROM case_file JOIN case_text_row USING (case_id) "
        "WHERE text_purge IS NULL");
    if (!until) return until.error();
    std::string& first = numbers_.first_until;
    if (!until->empty() && (first.empty() || *until < first)) first = *until;
    return Done{};
  }

  static RecordAt record_at(const Statement& verdict) {
    return {.line = verdict.integer(2),
            .kind = verdict.integer(4),
            .event_time = verdict.text(9),
            .record_id = verdict.text(3),
            .subject = verdict.text(8)};
  }
  static Kind kind_at(const Statement& verdict) {
    return Kind(std::clamp<int64_t>(verdict.integer(4), 0, 1));
  }
  static Action action_at(const Statement& verdict) {
    return Action(std::clamp<int64_t>(verdict.integer(5), 0, 3));
  }

  // Where single records stand that the report names: those of this store.
  Status read_states() {
    const auto stored =
        at_->database->integer("SELECT count(*) FROM decision_row");
    if (!stored) return stored.error();
    numbers_.people.stored += uint64_t(*stored);
    auto find = at_->database->prepare(
        std::string(kDecisions) + "WHERE verdict_id = ? ORDER BY decision_id");
    if (!find) return find.error();
    Status done = Done{};
    const auto read = [&](int64_t verdict, CaseState& decided) {
      if (!done || verdict >> kStoreBits != at_->number) return;
      if (const auto* joined = blocks_.joined(verdict)) {
        decided = state_of_case(*joined);
        return;
      }
      done = read_state(**find, verdict - id_of(0), decided);
    };
    for (CriticalCase& found : numbers_.cases) {
      read(found.verdict_id, found.decided);
    }
    for (std::vector<SampleItem>& sample : numbers_.samples) {
      for (SampleItem& item : sample) read(item.verdict_id, item.decided);
    }
    return done;
  }

  Status read_texts() {
    for (MessageText& text : numbers_.texts) {
      if (text.of.verdict_id >> kStoreBits != at_->number) continue;
      auto excerpt =
          masked_text_of(*at_->database, text.of.verdict_id - id_of(0));
      if (!excerpt) return excerpt.error();
      text.excerpt = *std::move(excerpt);
    }
    return Done{};
  }

  static Status read_state(Statement& find, int64_t verdict, CaseState& into) {
    find.bind(1, verdict);
    std::vector<DecisionNote> decisions;
    Status done = find.each_row(
        [&](const Statement& row) { decisions.push_back(note_at(row)); });
    if (done) into = state_of_case(decisions);
    return done;
  }

  void add_shadow(const Statement& hit) {
    ++numbers_.rules[std::string(hit.text(1))].shadow_hits;
  }

  void add_waived(const Statement& hit, Kind kind) {
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
    tally_.add_waived(rule, kind);
  }

  std::vector<CountedStore> stores_;
  const Question& question_;
  Numbers numbers_;
  VerdictTally tally_{numbers_, question_};
  PeopleTally people_{numbers_.people};
  CountedStore* at_ = nullptr;                          // the one being read
  std::unordered_map<std::string, size_t> ruleset_of_;  // by digest
  // Of each ruleset.
  std::vector<LastRun> last_run_of_;
  std::unordered_map<std::string, Label> whole_sources_;  // digest and ruleset
  StandingBlocks blocks_;
  size_t next_store_ = 0;              // whose verdicts are to come
  std::unique_ptr<VerdictRows> rows_;  // of the store at hand
};

}  // namespace

Label verdict_label(const Numbers& numbers, int64_t verdict_id) {
  if (numbers.stores.size() < 2) return fmt::format("{}", verdict_id);
  return fmt::format("{}.{}", (verdict_id >> kStoreBits) + 1,
                     verdict_id & ((int64_t{1} << kStoreBits) - 1));
}

Result<Numbers> count_stores(const std::vector<std::string>& paths,
                             const Question& question) {
  std::vector<CountedStore> stores;
  for (const std::string& path : paths) {
    auto store = open_store(path);
    if (!store) return store.error();
    stores.push_back({*std::move(store)});
  }
  return Counting(std::move(stores), question).run();
}

}  // namespace simwarden
