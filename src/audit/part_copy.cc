// SPDX-License-Identifier: Apache-2.0
#include "audit/part_copy.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "diag/trouble.h"
#include "store/links.h"
#include "store/migrations.h"

// A table is copied by one statement that reads it with its new keys and one
// that writes it. What ?1 to ?8 and ?12 to ?15 are says bind_shifts().

namespace simwarden {
namespace {

struct Copy {
  const char* read;
  const char* write;
};

constexpr Copy kRuns = {
    "SELECT run_id + ?1, ruleset_id, program_version, profile, kinds, command, "
    "key_id, started_at, ended_at, status FROM run ORDER BY run_id",
    "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kSources = {
    "SELECT source_id + ?2, run_id + ?1, name, ended, seen, judged, "
    "unreadable, duplicate, bytes, digest FROM source ORDER BY source_id",
    "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kPurges = {
    "SELECT purge_id + ?6, at, who, reason, class, before, blocks, verdicts, "
    "errors, block_list, keep, first_day, last_day, coalesce(part_id + ?7, "
    "?8) FROM purge ORDER BY purge_id",
    "INSERT INTO purge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kChain = {
    "SELECT ?8, link_id, body, hash FROM chain_link ORDER BY link_id",
    "INSERT INTO part_link VALUES (?, ?, ?, ?)"};
// Parts of the part.
constexpr Copy kParts = {
    "SELECT part_id + ?7, name, head, links, run_shift + ?1, source_shift + "
    "?2, block_shift + ?3, verdict_shift + ?4, error_shift + ?5, purge_shift + "
    "?6, decision_shift + ?12, case_shift + ?13, text_shift + ?14, "
    "opening_shift + ?15, part_shift + ?7 FROM part ORDER BY part_id",
    "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kPartLinks = {
    "SELECT part_id + ?7, link_id, body, hash FROM part_link "
    "ORDER BY part_id, link_id",
    "INSERT INTO part_link VALUES (?, ?, ?, ?)"};
constexpr Copy kPartRulesets = {
    "SELECT part_id + ?7, ruleset_in_part, ruleset_id, first_seen_at "
    "FROM part_ruleset ORDER BY part_id, ruleset_in_part",
    "INSERT INTO part_ruleset VALUES (?, ?, ?, ?)"};
constexpr Copy kPartDoubles = {
    "SELECT part_id + ?7, block_id + ?3, stands_for, first_verdict + ?4, "
    "excerpt_purge + ?6, personal_purge + ?6, verdict_purge + ?6, "
    "subject_proof, events_purge + ?6 FROM part_double "
    "ORDER BY part_id, block_id",
    "INSERT INTO part_double VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
// Of a block of the part, with the purge that took its events and nothing else.
constexpr Copy kDouble = {
    "SELECT coalesce(part_id + ?7, ?8), block_id + ?3, 0, first_verdict + ?4, "
    "excerpt_purge + ?6, personal_purge + ?6, verdict_purge + ?6, "
    "subject_proof, (SELECT purge + ?6 FROM window_events w "
    "WHERE w.block_id = p.block_id AND purge IS NOT personal_purge "
    "AND purge IS NOT verdict_purge) FROM block_proof p WHERE block_id = ?9",
    kPartDoubles.write};
// What people wrote. The verdict of a double is the one that stands for it.
constexpr Copy kDecisions = {
    "SELECT decision_id + ?12, verdict_id + ?4, stored_at, decided_at, "
    "decided_by, outcome, state, owner, due, note, salt, note_digest, "
    "note_purge + ?6, linked_verdict + ?4 FROM decision_row "
    "ORDER BY decision_id",
    "INSERT INTO decision_row VALUES "
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kCases = {
    "SELECT case_id + ?13, number, until, opened_at, opened_by, "
    "coalesce(part_id + ?7, ?8) FROM case_file ORDER BY case_id",
    "INSERT INTO case_file VALUES (?, ?, ?, ?, ?, ?)"};
constexpr Copy kCaseTexts = {
    "SELECT text_id + ?14, case_id + ?13, verdict_id + ?4, text, salt, "
    "text_digest, text_purge + ?6, linked_verdict + ?4 FROM case_text_row "
    "ORDER BY text_id",
    "INSERT INTO case_text_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Copy kOpenings = {
    "SELECT opening_id + ?15, case_id + ?13, at, who, why, texts "
    "FROM case_opening ORDER BY opening_id",
    "INSERT INTO case_opening VALUES (?, ?, ?, ?, ?, ?)"};
// A ruleset that the part's own chain has a link of.
constexpr Copy kOwnRulesets = {
    "SELECT ?8, ruleset_id, ruleset_id, first_seen_at FROM ruleset "
    "WHERE ruleset_id IN (SELECT body ->> '$.ruleset' FROM chain_link "
    "WHERE body ->> '$.kind' IN ('ruleset', 'ruleset_text')) ORDER BY 2",
    "INSERT INTO part_ruleset VALUES (?, ?, ?, ?)"};

// Of one block: ?9 is its id in the part, ?10 its first row, ?11 its last.
constexpr std::array<Copy, 8> kOfBlock = {{
    {"SELECT verdict_id + ?4, block_id + ?3, line, byte, record_id, kind, "
     "action, score, profile, subject, event_time, top_rule, verdict_json "
     "FROM verdict_row WHERE verdict_id BETWEEN ?10 AND ?11",
     "INSERT INTO verdict_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT verdict_id + ?4, rule, score FROM shadow_row "
     "WHERE verdict_id BETWEEN ?10 AND ?11",
     "INSERT INTO shadow_row VALUES (?, ?, ?)"},
    {"SELECT verdict_id + ?4, rule, score, waiver, asked_by, approved_by, why, "
     "until FROM waived_row WHERE verdict_id BETWEEN ?10 AND ?11",
     "INSERT INTO waived_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT error_id + ?5, block_id + ?3, line, byte, code, message "
     "FROM error_row WHERE error_id BETWEEN ?10 AND ?11",
     "INSERT INTO error_row VALUES (?, ?, ?, ?, ?, ?)"},
    {"SELECT block_id + ?3, fact, records FROM invalid_count "
     "WHERE block_id = ?9",
     "INSERT INTO invalid_count VALUES (?, ?, ?)"},
    {"SELECT block_id + ?3, first_verdict + ?4, first_error + ?5, salt, "
     "row_digests, personal_digests, personal_purge + ?6, verdict_purge + ?6, "
     "coalesce(part_id + ?7, ?8), excerpt_purge + ?6, subject_digests, "
     "subject_proof FROM block_proof WHERE block_id = ?9",
     "INSERT INTO block_proof (block_id, first_verdict, first_error, salt, "
     "row_digests, personal_digests, personal_purge, verdict_purge, part_id, "
     "excerpt_purge, subject_digests, subject_proof) "
     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT block_id + ?3, records, bytes, sha256, facts, purge + ?6 "
     "FROM kept_facts WHERE block_id = ?9",
     "INSERT INTO kept_facts VALUES (?, ?, ?, ?, ?, ?)"},
    {"SELECT block_id + ?3, parent, digest, head, bytes, newest, frontier, "
     "needed_until, events_sha256, figures_sha256, events, figures, "
     "purge + ?6 FROM window_events WHERE block_id = ?9",
     "INSERT INTO window_events VALUES "
     "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
}};
constexpr size_t kErrorsOfBlock = 3;  // of kOfBlock: its rows are errors

// Every table that is copied. A part with another one is refused: nothing is
// left behind in silence.
constexpr std::string_view kTables[] = {
    "ruleset",      "ruleset_file",  "policy_file",  "run",
    "source",       "block",         "block_proof",  "verdict_row",
    "shadow_row",   "waived_row",    "error_row",    "invalid_count",
    "chain_link",   "purge",         "part",         "part_link",
    "part_ruleset", "part_double",   "kept_facts",   "decision_row",
    "case_file",    "case_text_row", "case_opening", "window_events"};

int parameters_of(const char* sql) {
  return int(std::count(sql, sql + std::char_traits<char>::length(sql), '?'));
}

// A pair of statements, run row by row.
class Copier {
 public:
  static Result<std::unique_ptr<Copier>> open(Database& in, Database& out,
                                              const Copy& copy) {
    auto made = std::make_unique<Copier>();
    auto read = in.prepare(copy.read);
    if (!read) return read.error();
    auto write = out.prepare(copy.write);
    if (!write) return write.error();
    made->read_ = std::move(*read);
    made->write_ = std::move(*write);
    made->columns_ = parameters_of(copy.write);
    return made;
  }
  Statement& read() { return *read_; }

  // change(row, write) may bind columns of its own over those of the row.
  template <typename Change>
  Status run(Change change) {
    return read_->each_row([&](const Statement& row) {
      for (int i = 0; i < columns_; ++i) write_->bind_column(i + 1, row, i);
      change(row, *write_);
      return write_->run();
    });
  }
  Status run() {
    return run([](const Statement&, Statement&) {});
  }

 private:
  std::unique_ptr<Statement> read_;
  std::unique_ptr<Statement> write_;
  int columns_ = 0;
};

class PartCopy {
 public:
  PartCopy(Database& out, PartShift& next, uint64_t& doubles)
      : out_(out), next_(next), shift_(next), doubles_(doubles) {}

  Result<int64_t> run(const std::string& path) {
    Status done = open(path);
    const auto rulesets = [this](const Statement& row, Statement& write) {
      write.bind(3, rulesets_[row.integer(2)]);
    };
    if (done) done = add_part(path);
    if (done) done = copy(kChain);
    if (done) done = copy_rulesets();
    if (done) done = copy(kOwnRulesets, rulesets);
    if (done) {
      done = copy(kRuns, [this](const Statement& row, Statement& write) {
        write.bind(2, rulesets_[row.integer(1)]);
      });
    }
    if (done) done = copy(kSources);
    if (done) done = copy(kParts);
    if (done) done = copy(kPartLinks);
    if (done) done = copy(kPartRulesets, rulesets);
    if (done) done = copy(kPurges);
    if (done) done = copy_blocks();
    if (done) {
      done = copy(kPartDoubles, [this](const Statement& row, Statement& write) {
        write.bind(3, standing(row.integer(2)));
      });
    }
    if (done) done = copy_people();
    if (done) done = move_on();
    if (!done) return done.error();
    return part_;
  }

 private:
  Status open(const std::string& path) {
    auto database = Database::open(path, Access::read);
    if (!database) return database.error();
    in_ = std::move(*database);
    if (Status ours = check_version(*in_); !ours) return ours;
    // One picture of the part, also while a run is writing.
    if (Status begun = in_->run("BEGIN"); !begun) return begun;
    return check_tables();
  }

  Status check_tables() {
    constexpr auto kNames =
        "SELECT name FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    return in_->each_row(kNames, [&](const Statement& row) -> Status {
      const std::string_view name = row.text(0);
      if (std::find(std::begin(kTables), std::end(kTables), name) !=
          std::end(kTables)) {
        return Done{};
      }
      return trouble_with(
          in_->path(),
          fmt::format("has a table {} that cannot be merged", name));
    });
  }

  void bind_shifts(Statement& read) const {
    const std::pair<int, int64_t> values[] = {
        {1, shift_.run},        {2, shift_.source}, {3, shift_.block},
        {4, shift_.verdict},    {5, shift_.error},  {6, shift_.purge},
        {7, shift_.part},       {8, part_},         {12, shift_.decision},
        {13, shift_.case_file}, {14, shift_.text},  {15, shift_.opening}};
    for (const auto& [at, value] : values) read.bind_if_there(at, value);
  }

  template <typename Change>
  Status copy(const Copy& what, Change change) {
    auto copier = Copier::open(*in_, out_, what);
    if (!copier) return copier.error();
    bind_shifts((*copier)->read());
    return (*copier)->run(change);
  }
  Status copy(const Copy& what) {
    return copy(what, [](const Statement&, Statement&) {});
  }

  // The parts of a part come behind it.
  Status add_part(const std::string& name) {
    part_ = next_.part + 1;
    shift_.part = part_;
    auto last = in_->prepare(
        "SELECT link_id, hash FROM chain_link ORDER BY link_id DESC LIMIT 1");
    if (!last) return last.error();
    const Result<bool> row = (*last)->step();
    if (!row) return row.error();
    if (!*row) return no_chain(name);
    auto add = out_.prepare(
        "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)");
    if (!add) return add.error();
    (*add)->bind(1, part_);
    (*add)->bind(2, name);
    (*add)->bind(3, (*last)->text(1));
    (*add)->bind(4, (*last)->integer(0));
    const int64_t shifts[] = {shift_.run,      shift_.source,    shift_.block,
                              shift_.verdict,  shift_.error,     shift_.purge,
                              shift_.decision, shift_.case_file, shift_.text,
                              shift_.opening,  shift_.part};
    for (int i = 0; i < int(std::size(shifts)); ++i) {
      (*add)->bind(5 + i, shifts[i]);
    }
    return (*add)->run();
  }

  // By digest: the same ruleset has one row, and the day that it was first
  // seen on.
  Status copy_rulesets() {
    auto read = in_->prepare(
        "SELECT ruleset_id, digest, packs, first_seen_at FROM ruleset "
        "ORDER BY ruleset_id");
    if (!read) return read.error();
    auto add = out_.prepare(
        "INSERT INTO ruleset (digest, packs, first_seen_at) VALUES (?, ?, ?) "
        "ON CONFLICT (digest) DO UPDATE SET first_seen_at = "
        "min(first_seen_at, excluded.first_seen_at) RETURNING ruleset_id");
    if (!add) return add.error();
    Status done = (*read)->each_row([&](const Statement& row) -> Status {
      for (int i = 1; i <= 3; ++i) (*add)->bind_column(i, row, i);
      const Result<bool> added = (*add)->step();
      if (!added) return added.error();
      rulesets_[row.integer(0)] = (*add)->integer(0);
      (*add)->reset();
      return Done{};
    });
    for (const auto& [from, to] : rulesets_) {
      if (done) done = copy_text(from, to);
    }
    return done;
  }

  Status copy_text(int64_t from, int64_t to) {
    const Result<int64_t> known = out_.integer(fmt::format(
        "SELECT count(*) FROM ruleset_file WHERE ruleset_id = {}", to));
    if (!known) return known.error();
    if (*known > 0) return Done{};
    auto read = in_->prepare(
        "SELECT position, path, sha256, bytes FROM ruleset_file JOIN "
        "policy_file USING (file_id) WHERE ruleset_id = ? ORDER BY position");
    if (!read) return read.error();
    auto text = out_.prepare(
        "INSERT OR IGNORE INTO policy_file (sha256, bytes) VALUES (?, ?)");
    if (!text) return text.error();
    auto file = out_.prepare(
        "INSERT INTO ruleset_file SELECT ?, ?, ?, file_id FROM policy_file "
        "WHERE sha256 = ?");
    if (!file) return file.error();
    (*read)->bind(1, from);
    return (*read)->each_row([&](const Statement& row) {
      (*text)->bind_column(1, row, 2);
      (*text)->bind_column(2, row, 3);
      (*file)->bind(1, to);
      for (int i = 0; i < 3; ++i) (*file)->bind_column(2 + i, row, i);
      Status written = (*text)->run();
      return written ? (*file)->run() : written;
    });
  }

  Status copy_blocks() {
    for (size_t i = 0; i < kOfBlock.size(); ++i) {
      auto copier = Copier::open(*in_, out_, kOfBlock[i]);
      if (!copier) return copier.error();
      rows_[i] = std::move(*copier);
      bind_shifts(rows_[i]->read());
    }
    auto read = in_->prepare(
        "SELECT block_id, source_id, ruleset_id, parent, digest, head, "
        "first_line, begin_byte, end_byte, verdicts, errors, first_verdict, "
        "first_error FROM block JOIN block_proof USING (block_id) "
        "ORDER BY block_id");
    if (!read) return read.error();
    auto add = out_.prepare(
        "INSERT OR IGNORE INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!add) return add.error();
    return (*read)->each_row(
        [&](const Statement& row) { return copy_block(row, **add); });
  }

  Status copy_block(const Statement& row, Statement& add) {
    const int64_t id = row.integer(0);
    const int64_t ruleset = rulesets_[row.integer(2)];
    for (int i = 3; i <= 10; ++i) add.bind_column(i + 1, row, i);
    add.bind(1, id + shift_.block);
    add.bind(2, row.integer(1) + shift_.source);
    add.bind(3, ruleset);
    const int64_t before = out_.changes();
    Status added = add.run();
    if (!added) return added;
    if (out_.changes() == before) return add_double(row, ruleset);
    for (size_t i = 0; i < rows_.size(); ++i) {
      const bool errors = i == kErrorsOfBlock;
      const int64_t first = row.integer(errors ? 12 : 11);
      Statement& read = rows_[i]->read();
      read.bind_if_there(9, id);
      read.bind_if_there(10, first);
      read.bind_if_there(11, first + row.integer(errors ? 10 : 9) - 1);
      Status copied = rows_[i]->run();
      if (!copied) return copied;
    }
    return Done{};
  }

  // The block is there already; what proves this one stays in the part's chain.
  // `row` as copy_blocks() reads it.
  Status add_double(const Statement& row, int64_t ruleset) {
    ++doubles_;
    const int64_t id = row.integer(0);
    auto find = out_.prepare(
        "SELECT block_id, first_verdict, verdicts FROM block JOIN block_proof "
        "USING (block_id) WHERE ruleset_id = ? AND digest = ?");
    if (!find) return find.error();
    (*find)->bind(1, ruleset);
    (*find)->bind(2, row.text(4));
    const Result<bool> found = (*find)->step();
    if (!found) return found.error();
    const int64_t stands = (*find)->integer(0);
    doubles_of_part_[id] = stands;
    double_verdicts_[row.integer(11)] = {
        std::min(row.integer(9), (*find)->integer(2)), (*find)->integer(1)};
    auto copier = Copier::open(*in_, out_, kDouble);
    if (!copier) return copier.error();
    bind_shifts((*copier)->read());
    (*copier)->read().bind(9, id);
    return (*copier)->run([stands](const Statement&, Statement& write) {
      write.bind(3, stands);
    });
  }

  // After the blocks: it must be known which are doubles.
  Status copy_people() {
    // `verdict` and `linked` are the columns of the two keys, from 0.
    const auto stand_in = [this](int verdict, int linked) {
      return [this, verdict, linked](const Statement& row, Statement& write) {
        const int64_t key = row.integer(verdict);
        const int64_t stands = standing_verdict(key - shift_.verdict);
        if (stands == 0) return;
        write.bind(verdict + 1, stands);
        if (row.is_null(linked)) write.bind(linked + 1, key);
      };
    };
    Status done = copy(kDecisions, stand_in(1, 13));
    if (done) done = copy(kCases);
    if (done) done = copy(kCaseTexts, stand_in(2, 7));
    return done ? copy(kOpenings) : done;
  }

  // Of a verdict of a double; 0 for others.
  int64_t standing_verdict(int64_t verdict) const {
    auto at = double_verdicts_.upper_bound(verdict);
    if (at == double_verdicts_.begin()) return 0;
    --at;
    const int64_t offset = verdict - at->first;
    return offset < at->second.verdicts ? at->second.stands_first + offset : 0;
  }

  int64_t standing(int64_t block) const {
    const auto other = doubles_of_part_.find(block);
    return other == doubles_of_part_.end() ? block + shift_.block
                                           : other->second;
  }

  // How far the keys of this part reach, also of rows that are gone.
  Status move_on() {
    struct Row {
      const char* sql;
      int64_t PartShift::*reach;
    };
    const Row rows[] = {
        {"SELECT max(run_id) FROM run", &PartShift::run},
        {"SELECT max(source_id) FROM source", &PartShift::source},
        {"SELECT max(block_id) FROM block", &PartShift::block},
        {"SELECT max(block_id) FROM part_double", &PartShift::block},
        {"SELECT max(first_verdict + verdicts - 1) FROM block JOIN block_proof "
         "USING (block_id)",
         &PartShift::verdict},
        {"SELECT max(d.first_verdict + verdicts - 1) FROM part_double d JOIN "
         "block b ON b.block_id = d.stands_for",
         &PartShift::verdict},
        {"SELECT max(first_error + errors - 1) FROM block JOIN block_proof "
         "USING (block_id)",
         &PartShift::error},
        {"SELECT max(purge_id) FROM purge", &PartShift::purge},
        {"SELECT max(decision_id) FROM decision_row", &PartShift::decision},
        {"SELECT max(case_id) FROM case_file", &PartShift::case_file},
        {"SELECT max(text_id) FROM case_text_row", &PartShift::text},
        {"SELECT max(opening_id) FROM case_opening", &PartShift::opening},
        {"SELECT max(part_id) FROM part", &PartShift::part},
    };
    next_.part = shift_.part;
    for (const Row& row : rows) {
      const Result<int64_t> reach = in_->integer(row.sql);
      if (!reach) return reach.error();
      next_.*row.reach = std::max(next_.*row.reach, shift_.*row.reach + *reach);
    }
    return Done{};
  }

  std::unique_ptr<Database> in_;
  Database& out_;
  PartShift& next_;
  PartShift shift_;
  uint64_t& doubles_;
  int64_t part_ = 0;
  std::map<int64_t, int64_t> rulesets_;         // there -> here
  std::map<int64_t, int64_t> doubles_of_part_;  // there -> here
  struct Standing {
    int64_t verdicts = 0;
    int64_t stands_first = 0;
  };
  std::map<int64_t, Standing> double_verdicts_;  // by the first one there
  std::array<std::unique_ptr<Copier>, kOfBlock.size()> rows_;
};

}  // namespace

Result<int64_t> copy_part(const std::string& path, Database& out,
                          PartShift& next, uint64_t& doubles) {
  PartCopy copy(out, next, doubles);
  return copy.run(path);
}

}  // namespace simwarden
