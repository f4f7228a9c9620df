// SPDX-License-Identifier: Apache-2.0
#include "audit/purge.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <span>

#include <fmt/format.h>

#include "audit/block_check.h"
#include "audit/counted_check.h"
#include "audit/kept_check.h"
#include "audit/old_blocks.h"
#include "audit/purge_outlived.h"
#include "audit/purge_parts.h"
#include "audit/purge_people.h"
#include "privacy/masks.h"
#include "privacy/sha256.h"
#include "record/time.h"
#include "store/additions.h"
#include "store/decision.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/writer_lock.h"

namespace simwarden {
namespace {

// What a class takes of a block. ?1 and ?2 are the first and the last of its
// rows.
struct Take {
  const char* sql;
  enum class Of : uint8_t { verdicts, errors, block } of = Of::verdicts;
};

// They have pseudonyms and excerpts. ?1 is the purge, ?2 the block.
constexpr Take kKeptFacts = {
    "UPDATE kept_facts SET facts = NULL, purge = ?1 "
    "WHERE block_id = ?2 AND facts IS NOT NULL",
    Take::Of::block};

// Keyed hashes of what records go by are pseudonyms; figures are counts.
constexpr Take kEvents = {
    "UPDATE window_events SET events = NULL, purge = ?1 "
    "WHERE block_id = ?2 AND events IS NOT NULL",
    Take::Of::block};
constexpr Take kFigures = {
    "UPDATE window_events SET figures = NULL, purge = coalesce(purge, ?1) "
    "WHERE block_id = ?2",
    Take::Of::block};

constexpr Take kExcerpts[] = {
    {"UPDATE verdict_row SET verdict_json = NULL "
     "WHERE verdict_id BETWEEN ? AND ?"},
    {"UPDATE error_row SET message = '' WHERE error_id BETWEEN ? AND ?",
     Take::Of::errors},
    kKeptFacts};
constexpr Take kSubjects[] = {
    {"UPDATE verdict_row SET record_id = '', subject = '', verdict_json = NULL "
     "WHERE verdict_id BETWEEN ? AND ?"},
    {"UPDATE error_row SET message = '' WHERE error_id BETWEEN ? AND ?",
     Take::Of::errors},
    kKeptFacts,
    kEvents};
constexpr Take kVerdicts[] = {
    {"DELETE FROM verdict_row WHERE verdict_id BETWEEN ? AND ?"},
    {"DELETE FROM shadow_row WHERE verdict_id BETWEEN ? AND ?"},
    {"DELETE FROM waived_row WHERE verdict_id BETWEEN ? AND ?"},
    {"DELETE FROM error_row WHERE error_id BETWEEN ? AND ?", Take::Of::errors},
    kKeptFacts,
    kEvents,
    kFigures};

// A class of retention, one row each. `mark` gets the purge as ?1, the block as
// ?2, and where it asks for them: ?3 the digests of the details that go, ?4 a
// new salt, ?5 the digests of what stays under it and ?6 their digest.
struct ClassRow {
  std::span<const Take> takes;
  const char* not_yet;  // of block_proof: what it has not been taken from
  const char* mark;
};

// Of blocks, in the order of RetentionClass.
constexpr std::array<ClassRow, kBlockClassCount> kClasses = {{
    {kExcerpts,
     "excerpt_purge IS NULL AND personal_purge IS NULL "
     "AND verdict_purge IS NULL",
     "UPDATE block_proof SET excerpt_purge = ?1, personal_digests = ?3, "
     "salt = ?4, subject_digests = ?5, subject_proof = ?6 "
     "WHERE block_id = ?2"},
    {kSubjects, "personal_purge IS NULL AND verdict_purge IS NULL",
     "UPDATE block_proof SET personal_purge = ?1, personal_digests = ?3, "
     "salt = NULL, subject_digests = NULL WHERE block_id = ?2"},
    {kVerdicts, "verdict_purge IS NULL",
     "UPDATE block_proof SET verdict_purge = ?1, personal_digests = NULL, "
     "salt = NULL, subject_digests = NULL WHERE block_id = ?2"},
}};

// What a block leaves behind.
struct Remains {
  std::string personal;  // digests of the details, a row each
  std::string salt;
  std::string subjects;  // digests of what stays of them, a verdict each
};

size_t rank(RetentionClass what) {
  const auto at = size_t(what);
  return at < kBlockClassCount ? kBlockClassCount - at : at + 1;
}

class Purge {
 public:
  Purge(const PurgeOptions& options, const AuditProgress& progress)
      : options_(options), progress_(progress) {}

  Result<PurgeResult> run(const std::string& path) {
    Status done = open(path);
    if (done) {
      done = options_.only_count ? database_->run("BEGIN") : parts_->begin();
    }
    if (done && options_.today.empty()) done = check_clock();
    if (done) done = take_steps();
    if (done) done = take_people(RetentionClass::cases, today(), "");
    if (done) done = take_outlived();
    if (!done || !took_ || options_.only_count) {
      if (database_ && database_->in_transaction()) {
        (void)database_->run("ROLLBACK");
      }
      if (!done) return with_rest(done.error());
      return result_;
    }
    if (done = database_->run("COMMIT"); !done) return with_rest(done.error());
    done = empty_the_log();
    if (!done) return done.error();
    return result_;
  }

 private:
  // What became of the rest.
  Error with_rest(Error why) const {
    if (options_.only_count || !parts_ || why.trouble == Trouble::usage) {
      return why;
    }
    why.what += parts_->ended() == 0
                    ? "; nothing was purged"
                    : "; what was purged until then is gone and logged, the "
                      "rest stays";
    return why;
  }

  // Who only counts does so beside a daemon, too.
  Status open(const std::string& path) {
    // Looked at first: a file that is not there must not be made.
    if (auto there = Database::open(path, Access::read); !there) {
      return there.error();
    }
    if (!options_.only_count) {
      if (Status locked = lock_.take(path); !locked) return locked;
    }
    last_written_ = last_written(path);
    auto database = Database::open(
        path, options_.only_count ? Access::read : Access::write);
    if (!database) return database.error();
    database_ = std::move(*database);
    parts_.emplace(*database_, options_.log_bytes_max);
    if (Status ours = check_version(*database_); !ours) return ours;
    Status set =
        database_->run("PRAGMA secure_delete=ON;PRAGMA synchronous=FULL;");
    if (!set) return set;
    auto blocks = ProvenBlocks::open(*database_);
    if (!blocks) return blocks.error();
    blocks_ = std::move(*blocks);
    auto chain = Chain::open(*database_);
    if (!chain) return chain.error();
    chain_ = std::move(*chain);
    if (chain_->links() > 0) return Done{};
    return no_chain(path);
  }

  Status check_clock() {
    auto newest = database_->prepare(
        "SELECT body ->> '$.time' FROM chain_link WHERE body ->> '$.time' "
        "IS NOT NULL ORDER BY link_id DESC LIMIT 1");
    if (!newest) return newest.error();
    const Result<bool> row = (*newest)->step();
    if (!row) return row.error();
    const std::string time(*row ? (*newest)->text(0) : "");
    const auto last = parse_date(std::string_view(time).substr(0, 10));
    const auto now = parse_date(today());
    if (!last || !now || *now - *last <= kClockAheadDaysMax) return Done{};
    return Error{Trouble::usage,
                 fmt::format("{}: the clock says {}, its newest entry is of "
                             "{}; if that is the day, say --today {}",
                             database_->path(), today(), time, today())};
  }

  // What takes most first, so that nothing is taken twice.
  Status take_steps() {
    std::vector<PurgeStep> steps = options_.steps;
    std::sort(steps.begin(), steps.end(),
              [](const PurgeStep& a, const PurgeStep& b) {
                return rank(a.what) < rank(b.what);
              });
    for (const PurgeStep& step : steps) {
      Status done = take_step(step);
      if (!done) return done;
    }
    return Done{};
  }

  Status take_step(const PurgeStep& step) {
    if (step.what == RetentionClass::cases) return Done{};
    if (step.what == RetentionClass::notes) {
      return take_people(step.what, step.before, step.keep);
    }
    PurgeCount& count = result_.counts.emplace_back();
    count.step = step;
    const auto old = old_blocks_of(step, count);
    if (!old) return old.error();
    if (old->empty()) return Done{};
    Status done = prepare(kClasses[size_t(step.what)]);
    if (done) done = begin_part();
    for (size_t i = 0; done && i < old->size(); ++i) {
      ProvenBlock block;
      const Result<bool> found = blocks_->find((*old)[i], block);
      if (!found) return found.error();
      if (!*found) continue;
      add(block, count);
      taken_.insert(block.id);
      if (step.what != RetentionClass::excerpts) {
        without_events_.insert(block.id);
      }
      took_ = true;
      if (options_.only_count) continue;
      done = take(block, step);
      add(block, part_.count);
      if (done && parts_->is_full()) done = end_part(step);
      if (progress_) {
        progress_(count.verdicts, double(i + 1) / double(old->size()));
      }
    }
    if (!done || part_.count.blocks == 0) return done;
    return log(step);
  }

  static void add(const ProvenBlock& block, PurgeCount& count) {
    ++count.blocks;
    count.verdicts += uint64_t(block.verdicts);
    count.errors += uint64_t(block.errors);
  }

  Status begin_part() {
    const auto last =
        database_->integer("SELECT coalesce(max(purge_id), 0) FROM purge");
    if (!last) return last.error();
    part_ = Part();
    part_.purge = *last + 1;
    return Done{};
  }

  Status end_part(const PurgeStep& step) {
    Status done = log(step);
    if (done) done = parts_->end_part();
    return done ? begin_part() : done;
  }

  std::string today() const {
    return options_.today.empty() ? utc_now().substr(0, 10) : options_.today;
  }

  Status take_people(RetentionClass what, const std::string& day,
                     const std::string& keep) {
    const auto rows = purge_people(*database_, *chain_,
                                   {.what = what,
                                    .before = day,
                                    .keep = keep,
                                    .who = options_.who,
                                    .reason = options_.reason,
                                    .only_count = options_.only_count});
    if (!rows) return rows.error();
    result_.counts.push_back({.step = {what, day, keep}, .rows = *rows});
    took_ = took_ || *rows > 0;
    return Done{};
  }

  Status take_outlived() {
    const auto blocks = purge_outlived(*database_, *chain_,
                                       {.who = options_.who,
                                        .reason = options_.reason,
                                        .only_count = options_.only_count,
                                        .without = &without_events_,
                                        .parts = &*parts_});
    if (!blocks) return blocks.error();
    result_.outlived = *blocks;
    took_ = took_ || *blocks > 0;
    return Done{};
  }

  // Those that no class before has taken. Counts what stays, and why.
  Result<std::vector<int64_t>> old_blocks_of(const PurgeStep& step,
                                             PurgeCount& count) {
    const BlockAge age{.before = step.before,
                       .last_written = last_written_,
                       .not_yet = kClasses[size_t(step.what)].not_yet};
    auto old = old_blocks(*database_, age);
    if (!old) return old;
    const auto young = young_blocks(*database_, age);
    if (!young) return young.error();
    for (const YoungBlock& block : *young) {
      if (taken_.contains(block.id)) continue;
      ++(block.without_time ? count.without_time : count.with_younger);
    }
    const auto open = open_cases_by_block(*database_);
    if (!open) return open.error();
    std::erase_if(*old, [&](int64_t id) {
      if (taken_.contains(id)) return true;
      const auto cases = open->find(id);
      if (cases == open->end()) return false;
      const bool holds = step.what == RetentionClass::verdicts;
      if (holds) {
        ++count.held;
      } else {
        count.open_cases += cases->second;
      }
      return holds;
    });
    return old;
  }

  Status prepare(const ClassRow& row) {
    takes_.clear();
    for (const Take& take : row.takes) {
      auto statement = database_->prepare(take.sql);
      if (!statement) return statement.error();
      takes_.push_back({take.of, std::move(*statement)});
    }
    auto mark = database_->prepare(row.mark);
    if (!mark) return mark.error();
    mark_ = std::move(*mark);
    return Done{};
  }

  Status take(const ProvenBlock& block, const PurgeStep& step) {
    Remains remains{.salt = new_salt()};
    Status sound = check(block, remains);
    for (const auto& [of, statement] : takes_) {
      if (!sound) return sound;
      const bool errors = of == Take::Of::errors;
      const int64_t first = errors ? block.first_error : block.first_verdict;
      const int64_t rows = errors ? block.errors : block.verdicts;
      const bool whole = of == Take::Of::block;
      statement->bind(1, whole ? part_.purge : first);
      statement->bind(2, whole ? block.id : first + rows - 1);
      sound = statement->run();
    }
    if (!sound) return sound;
    part_.list.field(block.id);
    std::string proof;
    if (step.what == RetentionClass::excerpts) {
      proof = sha256_hex(remains.subjects);
      part_.list.field(proof);
    }
    return mark(block, remains, proof);
  }

  Status mark(const ProvenBlock& block, const Remains& remains,
              const std::string& proof) {
    mark_->bind(1, part_.purge);
    mark_->bind(2, block.id);
    if (mark_->parameters() >= 3) mark_->bind_blob(3, remains.personal);
    if (mark_->parameters() >= 6) {
      mark_->bind(4, remains.salt);
      mark_->bind_blob(5, remains.subjects);
      mark_->bind(6, proof);
    }
    return mark_->run();
  }

  // Holds the rows against their digests, and makes those that stay.
  Status check(const ProvenBlock& block, Remains& remains) {
    if (!has_all_digests(block)) return not_sound(block);
    auto verdicts = StoredVerdicts::open(*database_, block.first_verdict);
    if (!verdicts) return verdicts.error();
    auto errors = StoredErrors::open(*database_, block.first_error);
    if (!errors) return errors.error();
    auto kept = KeptCheck::open(*database_);
    if (!kept) return kept.error();
    const auto fault = (*kept)->fault_of(block.id, block.purges);
    if (!fault) return fault.error();
    if (!fault->empty()) return not_sound(block);
    auto counted = CountedCheck::open(*database_);
    if (!counted) return counted.error();
    const auto checked = (*counted)->check(block.id, block.purges);
    if (!checked) return checked.error();
    if (!checked->fault.empty()) return not_sound(block);
    Status sound = check_rows(
        **verdicts, block.verdicts, block, remains,
        [&](StoredVerdicts& row) { return add_subject(row, block, remains); });
    if (!sound) return sound;
    return check_rows(**errors, block.errors, block, remains,
                      [](StoredErrors&) { return true; });
  }

  // add(row) is false when the row is not as it was written.
  template <typename Cursor, typename Add>
  Status check_rows(Cursor& rows, int64_t count, const ProvenBlock& block,
                    Remains& remains, Add add) {
    for (int64_t i = 0; i < count; ++i) {
      const Result<bool> row = rows.next();
      if (!row) return row.error();
      if (!*row || rows.block() != block.id) return not_sound(block);
      const size_t at = remains.personal.size();
      Digest digest{};
      if (block.personal.empty()) {
        digest = rows.personal(block.salt);
      } else {
        const std::string_view old =
            std::string_view(block.personal).substr(at, sizeof(Digest));
        std::copy(old.begin(), old.end(), digest.begin());
      }
      remains.personal += bytes_of(digest);
      const bool same =
          bytes_of(rows.digest(digest)) ==
          std::string_view(block.digests).substr(at, sizeof(Digest));
      if (!same || !add(rows)) return not_sound(block);
    }
    return Done{};
  }

  bool add_subject(const StoredVerdicts& row, const ProvenBlock& block,
                   Remains& remains) {
    const std::string_view day = row.fields().event_time.substr(0, 10);
    if (!day.empty()) {
      if (part_.first_day.empty() || day < part_.first_day)
        part_.first_day = day;
      if (day > part_.last_day) part_.last_day = day;
    }
    const size_t at = remains.subjects.size();
    remains.subjects +=
        bytes_of(subject_digest(hasher_, remains.salt, row.fields()));
    if (!block.keeps_subjects()) return true;
    const Digest was = subject_digest(hasher_, block.salt, row.fields());
    return bytes_of(was) ==
           std::string_view(block.subjects).substr(at, sizeof(Digest));
  }

  Error not_sound(const ProvenBlock& block) const {
    return {Trouble::input,
            fmt::format("{}: block {} is not as it was written (see audit "
                        "verify)",
                        database_->path(), block.id)};
  }

  Status log(const PurgeStep& step) {
    const std::string list = hex_of(part_.list.finish());
    auto add = database_->prepare(
        "INSERT INTO purge (purge_id, at, who, reason, class, before, blocks, "
        "verdicts, errors, block_list, keep, first_day, last_day) VALUES "
        "(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?)");
    if (!add) return add.error();
    Statement& row = **add;
    row.bind(1, part_.purge);
    row.bind(2, options_.who);
    row.bind(3, options_.reason);
    row.bind(4, kRetentionClasses[size_t(step.what)].name);
    row.bind(5, step.before);
    row.bind(6, int64_t(part_.count.blocks));
    row.bind(7, int64_t(part_.count.verdicts));
    row.bind(8, int64_t(part_.count.errors));
    row.bind(9, list);
    row.bind(10, step.keep);
    row.bind(11, part_.first_day);
    row.bind(12, part_.last_day);
    Status done = row.run();
    return done ? chain_->add(LinkKind::purge, part_.purge) : done;
  }

  // The pages as they were stand in the main file until the log is copied over
  // them, and older pages in the log until it is cut.
  Status empty_the_log() {
    const auto busy = database_->integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return busy.error();
    result_.overwritten = *busy == 0;
    return Done{};
  }

  // What one transaction takes: a row of the log.
  struct Part {
    int64_t purge = 0;
    PurgeCount count;
    RowHasher list;
    std::string first_day;  // of the events that go
    std::string last_day;
  };
  struct PreparedTake {
    Take::Of of;
    std::unique_ptr<Statement> statement;
  };

  const PurgeOptions& options_;
  const AuditProgress& progress_;
  WriterLock lock_;  // freed last
  std::string last_written_;
  std::unique_ptr<Database> database_;
  std::optional<PurgeParts> parts_;
  std::unique_ptr<ProvenBlocks> blocks_;
  std::unique_ptr<Chain> chain_;
  std::vector<PreparedTake> takes_;  // of the class at hand
  std::unique_ptr<Statement> mark_;
  std::set<int64_t> taken_;           // blocks, by all classes
  std::set<int64_t> without_events_;  // of them
  bool took_ = false;                 // anything at all
  Part part_;                         // of the class at hand
  RowHasher hasher_;
  PurgeResult result_;
};

}  // namespace

Result<PurgeResult> purge_database(const std::string& path,
                                   const PurgeOptions& options,
                                   const AuditProgress& progress) {
  PurgeOptions masked = options;
  masked.reason = mask_text(options.reason);
  Purge purge(masked, progress);
  return purge.run(path);
}

}  // namespace simwarden
