// SPDX-License-Identifier: Apache-2.0
#include "audit/purge.h"

#include <array>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "audit/kept_check.h"
#include "audit/purge_people.h"
#include "store/decision.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/stored_rows.h"
#include "store/writer_lock.h"

namespace simwarden {
namespace {

struct OldBlock {
  int64_t id = 0;
  int64_t first_verdict = 0;
  int64_t verdicts = 0;
  int64_t first_error = 0;
  int64_t errors = 0;
  int64_t personal_purge = 0;  // that was there before; 0: none
};

enum class Sql : uint8_t {
  blank_verdicts,
  blank_errors,
  drop_verdicts,
  drop_shadow,
  drop_waived,
  drop_errors,
  mark_personal,
  mark_verdicts,
  proof,
  drop_kept,
  log,
  count,
};

constexpr std::array<const char*, size_t(Sql::count)> kStatements = {
    "UPDATE verdict_row SET record_id = '', subject = '', verdict_json = NULL "
    "WHERE verdict_id BETWEEN ? AND ?",
    "UPDATE error_row SET message = '' WHERE error_id BETWEEN ? AND ?",
    "DELETE FROM verdict_row WHERE verdict_id BETWEEN ? AND ?",
    "DELETE FROM shadow_row WHERE verdict_id BETWEEN ? AND ?",
    "DELETE FROM waived_row WHERE verdict_id BETWEEN ? AND ?",
    "DELETE FROM error_row WHERE error_id BETWEEN ? AND ?",
    "UPDATE block_proof SET salt = NULL, personal_purge = ?, "
    "personal_digests = ? WHERE block_id = ?",
    "UPDATE block_proof SET salt = NULL, verdict_purge = ?, "
    "personal_digests = NULL WHERE block_id = ?",
    "SELECT coalesce(salt, ''), row_digests, personal_digests "
    "FROM block_proof WHERE block_id = ?",
    "UPDATE kept_facts SET facts = NULL, purge = ? "
    "WHERE block_id = ? AND facts IS NOT NULL",
    "INSERT INTO purge (purge_id, at, who, reason, class, before, blocks, "
    "verdicts, errors, block_list) VALUES "
    "(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, ?, ?, ?, ?)",
};

class Purge {
 public:
  Purge(const PurgeOptions& options, const AuditProgress& progress)
      : options_(options), progress_(progress) {}

  Result<PurgeResult> run(const std::string& path) {
    Status done = open(path);
    if (done) done = database_->run("BEGIN IMMEDIATE");
    if (done && options_.what != PurgeClass::cases) done = purge();
    if (done) done = take_what_people_wrote();
    const bool nothing =
        result_.blocks == 0 && result_.notes == 0 && result_.texts == 0;
    if (!done || options_.only_count || nothing) {
      if (database_ && database_->in_transaction()) {
        (void)database_->run("ROLLBACK");
      }
      if (!done) return done.error();
      return result_;
    }
    if (done = database_->run("COMMIT"); !done) return done.error();
    done = empty_the_log();
    if (!done) return done.error();
    return result_;
  }

 private:
  Status open(const std::string& path) {
    if (Status locked = lock_.take(path); !locked) return locked;
    // Looked at first: a file that is not there must not be made.
    if (auto there = Database::open(path, Access::read); !there) {
      return there.error();
    }
    auto database = Database::open(path, Access::write);
    if (!database) return database.error();
    database_ = std::move(*database);
    if (Status ours = check_version(*database_); !ours) return ours;
    Status set =
        database_->run("PRAGMA secure_delete=ON;PRAGMA synchronous=FULL;");
    if (!set) return set;
    for (size_t i = 0; i < kStatements.size(); ++i) {
      auto statement = database_->prepare(kStatements[i]);
      if (!statement) return statement.error();
      statements_[i] = std::move(*statement);
    }
    auto chain = Chain::open(*database_);
    if (!chain) return chain.error();
    chain_ = std::move(*chain);
    if (chain_->links() > 0) return Done{};
    return Error{Trouble::environment,
                 path + ": has no chain; screen --db begins it"};
  }

  Status purge() {
    auto old = old_blocks();
    if (!old) return old.error();
    for (const OldBlock& block : *old) {
      ++result_.blocks;
      result_.verdicts += uint64_t(block.verdicts);
      result_.errors += uint64_t(block.errors);
    }
    if (old->empty() || options_.only_count) return Done{};
    const auto last =
        database_->integer("SELECT coalesce(max(purge_id), 0) FROM purge");
    if (!last) return last.error();
    const int64_t purge = *last + 1;
    RowHasher list;
    uint64_t seen = 0;
    for (size_t i = 0; i < old->size(); ++i) {
      Status taken = take((*old)[i], purge);
      if (!taken) return taken;
      list.field((*old)[i].id);
      seen += uint64_t((*old)[i].verdicts);
      if (progress_) progress_(seen, double(i + 1) / double(old->size()));
    }
    return log(purge, hex_of(list.finish()));
  }

  Status take_what_people_wrote() {
    const auto purged =
        purge_people(*database_, *chain_,
                     {.before = options_.before,
                      .today = options_.today.empty() ? utc_now().substr(0, 10)
                                                      : options_.today,
                      .who = options_.who,
                      .reason = options_.reason,
                      .only_count = options_.only_count});
    if (!purged) return purged.error();
    result_.notes = purged->notes;
    result_.texts = purged->texts;
    return Done{};
  }

  Result<std::vector<OldBlock>> old_blocks() {
    auto find = database_->prepare(fmt::format(
        "SELECT block_id, first_verdict, verdicts, first_error, errors, "
        "coalesce(personal_purge, 0) "
        "FROM block b JOIN block_proof p USING (block_id) "
        "JOIN source USING (source_id) JOIN run USING (run_id) "
        "WHERE verdict_purge IS NULL {} AND (started_at < ?1 OR "
        "(verdicts > 0 AND NOT EXISTS (SELECT 1 FROM verdict_row v "
        "WHERE v.verdict_id >= first_verdict "
        "AND v.verdict_id < first_verdict + verdicts "
        "AND (event_time = '' OR substr(event_time, 1, 10) >= ?1)))) "
        "ORDER BY block_id",
        options_.what == PurgeClass::personal ? "AND personal_purge IS NULL"
                                              : ""));
    if (!find) return find.error();
    (*find)->bind(1, options_.before);
    std::vector<OldBlock> old;
    while (true) {
      const Result<bool> row = (*find)->step();
      if (!row) return row.error();
      if (!*row) return old;
      const Statement& at = **find;
      old.push_back({at.integer(0), at.integer(1), at.integer(2), at.integer(3),
                     at.integer(4), at.integer(5)});
    }
  }

  Status take(const OldBlock& block, int64_t purge) {
    std::string personal;
    Status sound = check(block, personal);
    if (!sound) return sound;
    const bool all = options_.what == PurgeClass::verdicts;
    const Sql over_verdicts[] = {Sql::drop_verdicts, Sql::drop_shadow,
                                 Sql::drop_waived};
    Status done = Done{};
    if (!all) {
      done = over(Sql::blank_verdicts, block.first_verdict, block.verdicts);
      if (done) done = over(Sql::blank_errors, block.first_error, block.errors);
    } else {
      for (const Sql each : over_verdicts) {
        if (done) done = over(each, block.first_verdict, block.verdicts);
      }
      if (done) done = over(Sql::drop_errors, block.first_error, block.errors);
    }
    // They have pseudonyms and excerpts: they go with either class.
    Statement& kept = sql(Sql::drop_kept);
    kept.bind(1, purge);
    kept.bind(2, block.id);
    if (done) done = kept.run();
    if (!done) return done;
    Statement& mark = sql(all ? Sql::mark_verdicts : Sql::mark_personal);
    mark.bind(1, purge);
    if (!all) mark.bind_blob(2, personal);
    mark.bind(all ? 2 : 3, block.id);
    return mark.run();
  }

  Status over(Sql name, int64_t first, int64_t count) {
    Statement& statement = sql(name);
    statement.bind(1, first);
    statement.bind(2, first + count - 1);
    return statement.run();
  }

  // Holds the rows against their digests, and makes those that stay.
  Status check(const OldBlock& block, std::string& personal) {
    Statement& proof = sql(Sql::proof);
    proof.bind(1, block.id);
    const Result<bool> row = proof.step();
    if (!row) return row.error();
    const std::string salt(proof.text(0));
    const std::string digests(proof.blob(1));
    const std::string kept(proof.blob(2));
    proof.reset();
    const auto rows = size_t(block.verdicts + block.errors);
    if (digests.size() != (rows + 1) * sizeof(Digest) ||
        (!kept.empty() && kept.size() != rows * sizeof(Digest))) {
      return not_sound(block);
    }
    auto verdicts = StoredVerdicts::open(*database_, block.first_verdict);
    if (!verdicts) return verdicts.error();
    auto errors = StoredErrors::open(*database_, block.first_error);
    if (!errors) return errors.error();
    auto kept_facts = KeptCheck::open(*database_);
    if (!kept_facts) return kept_facts.error();
    const auto fault =
        (*kept_facts)->fault_of(block.id, {block.personal_purge});
    if (!fault) return fault.error();
    if (!fault->empty()) return not_sound(block);
    Status sound = check_rows(**verdicts, block.verdicts, block,
                              {salt, digests, kept}, personal);
    if (!sound) return sound;
    return check_rows(**errors, block.errors, block, {salt, digests, kept},
                      personal);
  }

  struct Proof {
    std::string_view salt;
    std::string_view digests;
    std::string_view kept;
  };

  template <typename Cursor>
  Status check_rows(Cursor& rows, int64_t count, const OldBlock& block,
                    const Proof& proof, std::string& personal) {
    for (int64_t i = 0; i < count; ++i) {
      const Result<bool> row = rows.next();
      if (!row) return row.error();
      if (!*row || rows.block() != block.id) return not_sound(block);
      const size_t at = personal.size();
      Digest digest = rows.personal(proof.salt);
      if (!proof.kept.empty()) {
        const std::string_view old = proof.kept.substr(at, sizeof(Digest));
        std::copy(old.begin(), old.end(), digest.begin());
      }
      personal += bytes_of(digest);
      if (bytes_of(rows.digest(digest)) !=
          proof.digests.substr(at, sizeof(Digest))) {
        return not_sound(block);
      }
    }
    return Done{};
  }

  Error not_sound(const OldBlock& block) const {
    return {Trouble::input,
            fmt::format("{}: block {} is not as it was written; nothing was "
                        "purged (see audit verify)",
                        database_->path(), block.id)};
  }

  Status log(int64_t purge, const std::string& list) {
    Statement& add = sql(Sql::log);
    add.bind(1, purge);
    add.bind(2, options_.who);
    add.bind(3, options_.reason);
    add.bind(4, std::string_view(options_.what == PurgeClass::personal
                                     ? "personal"
                                     : "verdicts"));
    add.bind(5, options_.before);
    add.bind(6, int64_t(result_.blocks));
    add.bind(7, int64_t(result_.verdicts));
    add.bind(8, int64_t(result_.errors));
    add.bind(9, list);
    Status done = add.run();
    return done ? chain_->add(LinkKind::purge, purge) : done;
  }

  // The pages as they were stand in the main file until the log is copied over
  // them, and older pages in the log until it is cut.
  Status empty_the_log() {
    const auto busy = database_->integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return busy.error();
    result_.overwritten = *busy == 0;
    return Done{};
  }

  Statement& sql(Sql name) { return *statements_[size_t(name)]; }

  const PurgeOptions& options_;
  const AuditProgress& progress_;
  WriterLock lock_;  // freed last
  std::unique_ptr<Database> database_;
  std::array<std::unique_ptr<Statement>, size_t(Sql::count)> statements_;
  std::unique_ptr<Chain> chain_;
  PurgeResult result_;
};

}  // namespace

Result<PurgeResult> purge_database(const std::string& path,
                                   const PurgeOptions& options,
                                   const AuditProgress& progress) {
  Purge purge(options, progress);
  return purge.run(path);
}

}  // namespace simwarden
