// SPDX-License-Identifier: Apache-2.0
#include "store/verdict_store.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <unordered_map>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "diag/check.h"
#include "store/block_proofs.h"
#include "store/bulk_insert.h"
#include "store/database.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/writer_lock.h"

// A block is one transaction; with WAL and synchronous=FULL a commit is one
// append and one fsync. Verdicts carry the number of their block and nothing
// random, so a block of 1,500 rows touches a handful of pages.

namespace simwarden {
namespace {

Error trouble(const std::string& path, std::string_view what) {
  return {Trouble::environment, fmt::format("{}: {}", path, what)};
}

// SQLite would make the file readable for everybody.
Status make_private_file(const std::string& path) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return Done{};
  }
  if (errno == EEXIST) return Done{};
  return trouble(path,
                 fmt::format("cannot be written: {}", std::strerror(errno)));
}

// Prepared once, in the order of kStatements.
enum class Sql : uint8_t {
  begin,
  commit,
  add_ruleset,
  find_ruleset,
  add_run,
  end_run,
  add_source,
  end_source,
  find_blocks,
  add_block,
  add_policy_file,
  add_ruleset_file,
  ruleset_has_files,
  add_kept,
  count,
};

constexpr std::array<const char*, size_t(Sql::count)> kStatements = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "INSERT OR IGNORE INTO ruleset (digest, packs, first_seen_at) "
    "VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    "SELECT ruleset_id FROM ruleset WHERE digest = ?",
    "INSERT INTO run (ruleset_id, program_version, profile, kinds, command, "
    "key_id, started_at) "
    "VALUES (?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    "UPDATE run SET status = ?, "
    "ended_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE run_id = ?",
    "INSERT INTO source (run_id, name) VALUES (?, ?)",
    "UPDATE source SET ended = 1, seen = ?, judged = ?, unreadable = ?, "
    "duplicate = ?, bytes = ?, digest = ? WHERE source_id = ?",
    "SELECT end_byte - begin_byte AS size, digest FROM block "
    "WHERE ruleset_id = ? AND head = ? AND parent = ? AND size <= ? "
    "ORDER BY size LIMIT ?",
    "INSERT OR IGNORE INTO block (source_id, ruleset_id, parent, digest, head, "
    "first_line, begin_byte, end_byte, verdicts, errors) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT OR IGNORE INTO policy_file (sha256, bytes) VALUES (?, ?)",
    "INSERT INTO ruleset_file SELECT ?, ?, ?, file_id FROM policy_file "
    "WHERE sha256 = ?",
    "SELECT 1 FROM ruleset_file WHERE ruleset_id = ? LIMIT 1",
    "INSERT INTO kept_facts (block_id, records, bytes, sha256, facts) "
    "VALUES (?, ?, ?, ?, ?)",
};

// Blocks with one parent that share the first half of their bytes are the
// versions of one log; more of them than this were edited by hand.
constexpr int64_t kCandidatesMax = 256;

std::string json_array(const std::vector<std::string>& names) {
  std::string out = "[";
  for (const std::string& name : names) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : name) {
      if (c == '"' || c == '\\') out += '\\';
      out += uint8_t(c) < 0x20 ? ' ' : c;
    }
    out += '"';
  }
  return out + "]";
}

std::string_view name_of(RunStatus status) {
  switch (status) {
    case RunStatus::done: return "done";
    case RunStatus::interrupted: return "interrupted";
    case RunStatus::failed: break;
  }
  return "failed";
}

class FileStore final : public VerdictStore {
 public:
  explicit FileStore(std::string path) : path_(std::move(path)) {}

  Status prepare(const StoreOptions& options);

  const SiteKey& site_key() const override { return *key_; }
  Result<int64_t> begin_run(const RunInfo& info) override;
  Status end_run(int64_t run, RunStatus status) override;
  Result<int64_t> begin_source(int64_t run, const std::string& name) override;
  Status end_source(int64_t source, const SourceCounts& counts) override;
  Result<Covered> covered(std::string_view parent,
                          std::string_view ruleset_digest,
                          std::string_view chunk) override;
  Status append(const Block& block) override;

 private:
  struct Candidate {
    uint64_t size;
    std::string digest;
  };

  Statement& sql(Sql name) { return *statements_[size_t(name)]; }
  Status configure(int64_t pages_max);
  Status prepare_statements();
  Status prepare_chain();
  Result<int64_t> ruleset_of(std::string_view digest);
  Result<int64_t> write_run(const RunInfo& info);
  Result<int64_t> write_ruleset(const RunInfo& info);
  Status write_ruleset_files(int64_t ruleset,
                             const std::vector<RulesetFile>& files);
  // Runs write() as one transaction; a failed one is rolled back and is the
  // store's last.
  template <typename T, typename Write>
  Result<T> whole(Write write);
  Result<std::vector<Candidate>> candidates(int64_t ruleset,
                                            std::string_view head,
                                            std::string_view parent,
                                            uint64_t bytes_max);
  Result<bool> write_block(const Block& block, int64_t ruleset);
  Status write_rows(const Block& block, int64_t block_id, const RowKeys& keys);
  Status write_what_did_not_count(const Block& block, int64_t first_verdict);
  Status write_kept(const KeptFacts& kept, int64_t block_id);
  // Rolls back, and takes nothing more after a failed write.
  Error fail(const Error& error);

  std::string path_;
  WriterLock lock_;  // freed last: the database is closed before it
  std::optional<SiteKey> key_;
  std::unique_ptr<Database> database_;
  std::array<std::unique_ptr<Statement>, size_t(Sql::count)> statements_;
  std::unique_ptr<Chain> chain_;
  std::unique_ptr<BlockProofs> proofs_;
  std::unique_ptr<BulkInsert> verdicts_;
  std::unique_ptr<BulkInsert> shadow_;
  std::unique_ptr<BulkInsert> waived_;
  std::unique_ptr<BulkInsert> errors_;
  std::unique_ptr<BulkInsert> invalid_;
  std::unordered_map<int64_t, int64_t> ruleset_of_run_;
  std::unordered_map<int64_t, int64_t> ruleset_of_source_;  // until its end
  std::string failure_;  // of the first failed write
};

Status FileStore::prepare(const StoreOptions& options) {
  Status locked = lock_.take(path_);
  if (!locked) return locked;
  Result<SiteKey> key = open_site_key(options.site_key_path);
  if (!key) return key.error();
  key_ = *key;
  Status made = make_private_file(path_);
  if (!made) return made;
  Result<std::unique_ptr<Database>> database =
      Database::open(path_, Access::write);
  if (!database) return database.error();
  database_ = std::move(*database);
  Status migrated = migrate(*database_);
  if (!migrated) return migrated;
  Status configured = configure(options.pages_max);
  if (!configured) return configured;
  Status prepared = prepare_statements();
  return prepared ? prepare_chain() : prepared;
}

Status FileStore::prepare_chain() {
  auto proofs = BlockProofs::open(*database_, *key_);
  if (!proofs) return proofs.error();
  proofs_ = std::move(*proofs);
  auto chain = Chain::open(*database_);
  if (!chain) return chain.error();
  chain_ = std::move(*chain);
  if (chain_->links() > 0) return Done{};
  return whole<Done>([this] { return proofs_->adopt(*chain_); });
}

Status FileStore::configure(int64_t pages_max) {
  const Result<std::string> mode = database_->text("PRAGMA journal_mode=WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") {
    return trouble(path_, "the file system does not allow a write-ahead log");
  }
  std::string pragmas = "PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;";
  if (pages_max > 0) {
    pragmas += fmt::format("PRAGMA max_page_count={};", pages_max);
  }
  return database_->run(pragmas);
}

Status FileStore::prepare_statements() {
  for (size_t i = 0; i < kStatements.size(); ++i) {
    auto statement = database_->prepare(kStatements[i]);
    if (!statement) return statement.error();
    statements_[i] = std::move(*statement);
  }
  struct Row {
    const char* table;
    const char* columns;
    std::unique_ptr<BulkInsert>* bulk;
  };
  const Row rows[] = {
      {"verdict_row",
       "verdict_id, block_id, line, byte, record_id, kind, action, score, "
       "profile, subject, event_time, top_rule, verdict_json",
       &verdicts_},
      {"shadow_row", "verdict_id, rule, score", &shadow_},
      {"waived_row",
       "verdict_id, rule, score, waiver, asked_by, approved_by, why, until",
       &waived_},
      {"error_row", "error_id, block_id, line, byte, code, message", &errors_},
      {"invalid_count", "block_id, fact, records", &invalid_},
  };
  for (const Row& row : rows) {
    auto bulk = BulkInsert::prepare(*database_, row.table, row.columns);
    if (!bulk) return bulk.error();
    *row.bulk = std::move(*bulk);
  }
  return Done{};
}

Error FileStore::fail(const Error& error) {
  if (failure_.empty()) failure_ = error.what;
  if (database_->in_transaction()) (void)database_->run("ROLLBACK");
  return error;
}

Result<int64_t> FileStore::ruleset_of(std::string_view digest) {
  Statement& find = sql(Sql::find_ruleset);
  find.bind(1, digest);
  const Result<bool> row = find.step();
  if (!row) return row.error();
  const int64_t id = *row ? find.integer(0) : 0;
  find.reset();
  return id;
}

template <typename T, typename Write>
Result<T> FileStore::whole(Write write) {
  if (!failure_.empty()) {
    return trouble(path_, "nothing more is stored after a failed write (" +
                              failure_ + ")");
  }
  Status begun = sql(Sql::begin).run();
  if (!begun) return fail(begun.error());
  Result<T> written = write();
  if (!written) return fail(written.error());
  Status committed = sql(Sql::commit).run();
  if (!committed) return fail(committed.error());
  return written;
}

Status FileStore::write_ruleset_files(int64_t ruleset,
                                      const std::vector<RulesetFile>& files) {
  Statement& known = sql(Sql::ruleset_has_files);
  known.bind(1, ruleset);
  const Result<bool> there = known.step();
  known.reset();
  if (!there) return there.error();
  if (*there) return Done{};
  int64_t position = 0;
  for (const RulesetFile& file : files) {
    const std::string digest = sha256_hex(file.bytes);
    Statement& text = sql(Sql::add_policy_file);
    text.bind(1, digest);
    text.bind_blob(2, file.bytes);
    Status added = text.run();
    if (!added) return added;
    Statement& row = sql(Sql::add_ruleset_file);
    row.bind(1, ruleset);
    row.bind(2, ++position);
    row.bind(3, file.path);
    row.bind(4, digest);
    added = row.run();
    if (!added) return added;
  }
  if (files.empty()) return Done{};
  return chain_->add(LinkKind::ruleset_text, ruleset);
}

Result<int64_t> FileStore::write_ruleset(const RunInfo& info) {
  const std::string packs = json_array(info.packs);
  Statement& add = sql(Sql::add_ruleset);
  add.bind(1, info.ruleset_digest);
  add.bind(2, packs);
  const int64_t before = database_->changes();
  Status added = add.run();
  if (!added) return added.error();
  const bool fresh = database_->changes() > before;
  const Result<int64_t> ruleset = ruleset_of(info.ruleset_digest);
  if (!ruleset) return ruleset.error();
  Status kept = Done{};
  if (fresh) kept = chain_->add(LinkKind::ruleset, *ruleset);
  if (kept) kept = write_ruleset_files(*ruleset, info.ruleset_files);
  if (!kept) return kept.error();
  return *ruleset;
}

Result<int64_t> FileStore::write_run(const RunInfo& info) {
  const Result<int64_t> ruleset = write_ruleset(info);
  if (!ruleset) return ruleset.error();
  Statement& run = sql(Sql::add_run);
  run.bind(1, *ruleset);
  run.bind(2, info.program_version);
  run.bind(3, info.profile);
  run.bind(4, info.kinds);
  run.bind(5, info.command);
  run.bind(6, key_->id);
  Status done = run.run();
  if (!done) return done.error();
  const int64_t id = database_->last_id();
  ruleset_of_run_[id] = *ruleset;
  Status linked = chain_->add(LinkKind::run, id);
  if (!linked) return linked.error();
  return id;
}

Result<int64_t> FileStore::begin_run(const RunInfo& info) {
  return whole<int64_t>([&] { return write_run(info); });
}

Status FileStore::end_run(int64_t run, RunStatus status) {
  CHECK(ruleset_of_run_.contains(run), "runs come from begin_run()");
  Statement& end = sql(Sql::end_run);
  end.bind(1, name_of(status));
  end.bind(2, run);
  // A failed run is marked also when nothing more can be stored.
  if (!failure_.empty()) return end.run();
  return whole<Done>([&] {
    Status done = end.run();
    return done ? chain_->add(LinkKind::run_end, run) : done;
  });
}

Result<int64_t> FileStore::begin_source(int64_t run, const std::string& name) {
  const auto known = ruleset_of_run_.find(run);
  CHECK(known != ruleset_of_run_.end(), "runs come from begin_run()");
  Statement& add = sql(Sql::add_source);
  add.bind(1, run);
  add.bind(2, name);
  return whole<int64_t>([&]() -> Result<int64_t> {
    Status done = add.run();
    if (!done) return done.error();
    const int64_t id = database_->last_id();
    ruleset_of_source_[id] = known->second;
    Status linked = chain_->add(LinkKind::source, id);
    if (!linked) return linked.error();
    return id;
  });
}

Status FileStore::end_source(int64_t source, const SourceCounts& counts) {
  CHECK(ruleset_of_source_.contains(source),
        "sources come from begin_source() and end once");
  ruleset_of_source_.erase(source);
  Statement& end = sql(Sql::end_source);
  end.bind(1, int64_t(counts.seen));
  end.bind(2, int64_t(counts.judged));
  end.bind(3, int64_t(counts.unreadable));
  end.bind(4, int64_t(counts.duplicate));
  end.bind(5, int64_t(counts.bytes));
  end.bind(6, counts.digest);
  end.bind(7, source);
  return whole<Done>([&] {
    Status done = end.run();
    return done ? chain_->add(LinkKind::source_end, source) : done;
  });
}

Result<std::vector<FileStore::Candidate>> FileStore::candidates(
    int64_t ruleset, std::string_view head, std::string_view parent,
    uint64_t bytes_max) {
  Statement& find = sql(Sql::find_blocks);
  find.bind(1, ruleset);
  find.bind(2, head);
  find.bind(3, parent);
  find.bind(4, int64_t(bytes_max));
  find.bind(5, kCandidatesMax);
  std::vector<Candidate> found;
  while (true) {
    const Result<bool> row = find.step();
    if (!row) return row.error();
    if (!*row) return found;
    found.push_back({uint64_t(find.integer(0)), std::string(find.text(1))});
  }
}

Result<Covered> FileStore::covered(std::string_view parent,
                                   std::string_view ruleset_digest,
                                   std::string_view chunk) {
  const Result<int64_t> ruleset = ruleset_of(ruleset_digest);
  if (!ruleset) return ruleset.error();
  if (*ruleset == 0) return Covered{};
  // Longest heads first: the first block that fits is the longest.
  for (const std::string& head : possible_heads(parent, chunk)) {
    auto found = candidates(*ruleset, head, parent, chunk.size());
    if (!found) return found.error();
    std::vector<uint64_t> sizes;
    for (const Candidate& each : *found) sizes.push_back(each.size);
    if (sizes.empty()) continue;
    const std::vector<std::string> digests =
        prefix_digests(parent, chunk, sizes);
    for (size_t i = sizes.size(); i-- > 0;) {
      if (digests[i] == (*found)[i].digest) {
        return Covered{sizes[i], digests[i]};
      }
    }
  }
  return Covered{};
}

Status FileStore::write_rows(const Block& block, int64_t block_id,
                             const RowKeys& keys) {
  Status verdicts = verdicts_->insert(
      std::span(block.verdicts),
      [block_id, id = keys.first_verdict](Statement& to, int at,
                                          const VerdictRow& row) mutable {
        // The others follow by themselves, which SQLite does faster.
        if (id != 0) {
          to.bind(at++, id);
        } else {
          to.bind_null(at++);
        }
        id = 0;
        to.bind(at, block_id);
        to.bind(at + 1, int64_t(row.line));
        to.bind(at + 2, int64_t(row.byte));
        to.bind(at + 3, row.record_id);
        to.bind(at + 4, int64_t(row.kind));
        to.bind(at + 5, int64_t(row.action));
        to.bind(at + 6, row.score);
        to.bind(at + 7, row.profile);
        to.bind(at + 8, row.subject);
        to.bind(at + 9, row.event_time);
        to.bind(at + 10, row.top_rule);
        if (row.json.empty()) {
          to.bind_null(at + 11);
        } else {
          to.bind(at + 11, row.json);
        }
      });
  if (!verdicts) return verdicts;
  const auto count = int64_t(block.verdicts.size());
  if (count > 0 && database_->last_id() != keys.first_verdict + count - 1) {
    return trouble(path_,
                   "holds verdicts that it was not given; see audit verify");
  }
  const Status aside = write_what_did_not_count(block, keys.first_verdict);
  if (!aside) return aside;
  Status errors =
      errors_->insert(std::span(block.errors),
                      [block_id, id = keys.first_error](
                          Statement& to, int at, const ErrorRow& row) mutable {
                        to.bind(at++, id++);
                        to.bind(at, block_id);
                        to.bind(at + 1, int64_t(row.line));
                        to.bind(at + 2, int64_t(row.byte));
                        to.bind(at + 3, row.code);
                        to.bind(at + 4, row.message);
                      });
  if (!errors) return errors;
  const std::vector<std::pair<std::string, uint64_t>> invalid(
      block.invalid.begin(), block.invalid.end());
  return invalid_->insert(
      std::span(invalid),
      [block_id](Statement& to, int at,
                 const std::pair<std::string, uint64_t>& row) {
        to.bind(at, block_id);
        to.bind(at + 1, row.first);
        to.bind(at + 2, int64_t(row.second));
      });
}

Status FileStore::write_what_did_not_count(const Block& block,
                                           int64_t first_verdict) {
  struct Shadow {
    int64_t verdict;
    const ShadowHit* hit;
  };
  struct Waived {
    int64_t verdict;
    const WaivedHit* hit;
  };
  std::vector<Shadow> shadow;
  std::vector<Waived> waived;
  int64_t verdict = first_verdict;
  for (const VerdictRow& row : block.verdicts) {
    for (const ShadowHit& hit : row.shadow) shadow.push_back({verdict, &hit});
    for (const WaivedHit& hit : row.waived) waived.push_back({verdict, &hit});
    ++verdict;
  }
  Status done = shadow_->insert(std::span<const Shadow>(shadow),
                                [](Statement& to, int at, const Shadow& row) {
                                  to.bind(at, row.verdict);
                                  to.bind(at + 1, row.hit->rule);
                                  to.bind(at + 2, row.hit->score);
                                });
  if (!done) return done;
  return waived_->insert(std::span<const Waived>(waived),
                         [](Statement& to, int at, const Waived& row) {
                           const WaiverNote& waiver = row.hit->waiver;
                           to.bind(at, row.verdict);
                           to.bind(at + 1, row.hit->rule);
                           to.bind(at + 2, row.hit->score);
                           to.bind(at + 3, waiver.id);
                           to.bind(at + 4, waiver.asked_by);
                           to.bind(at + 5, waiver.approved_by);
                           to.bind(at + 6, waiver.why);
                           to.bind(at + 7, waiver.until);
                         });
}

Status FileStore::write_kept(const KeptFacts& kept, int64_t block_id) {
  if (kept.records == 0) return Done{};
  Statement& add = sql(Sql::add_kept);
  add.bind(1, block_id);
  add.bind(2, int64_t(kept.records));
  add.bind(3, int64_t(kept.bytes));
  add.bind(4, kept.sha256);
  add.bind_blob(5, kept.facts);
  return add.run();
}

// False when the block is there already.
Result<bool> FileStore::write_block(const Block& block, int64_t ruleset) {
  Statement& add = sql(Sql::add_block);
  add.bind(1, block.source);
  add.bind(2, ruleset);
  add.bind(3, block.identity.parent);
  add.bind(4, block.identity.digest);
  add.bind(5, block.identity.head);
  add.bind(6, int64_t(block.first_line));
  add.bind(7, int64_t(block.begin_byte));
  add.bind(8, int64_t(block.end_byte));
  add.bind(9, int64_t(block.verdicts.size()));
  add.bind(10, int64_t(block.errors.size()));
  const int64_t before = database_->changes();
  Status done = add.run();
  if (!done) return done.error();
  if (database_->changes() == before) return false;
  const int64_t block_id = database_->last_id();
  const Result<RowKeys> keys = proofs_->next_keys();
  if (!keys) return keys.error();
  std::future<std::string> digests = proofs_->begin(block);
  Status rows = write_rows(block, block_id, *keys);
  if (rows) rows = write_kept(block.kept, block_id);
  if (rows) rows = proofs_->add(block, block_id, *keys, digests.get());
  if (rows) rows = chain_->add(LinkKind::block, block_id);
  if (!rows) return rows.error();
  return true;
}

Status FileStore::append(const Block& block) {
  const auto ruleset = ruleset_of_source_.find(block.source);
  CHECK(ruleset != ruleset_of_source_.end(),
        "sources come from begin_source() and have not ended");
  CHECK(block.end_byte - block.begin_byte == block.identity.bytes,
        "a block's identity is that of its own bytes");
  CHECK(block.kept.records == 0 || block.kept.records == block.verdicts.size(),
        "one kept record a verdict");
  const Result<bool> written =
      whole<bool>([&] { return write_block(block, ruleset->second); });
  if (!written) return written.error();
  return Done{};
}

}  // namespace

Result<std::unique_ptr<VerdictStore>> VerdictStore::open(
    const std::string& path, const StoreOptions& options) {
  auto store = std::make_unique<FileStore>(path);
  Status ready = store->prepare(options);
  if (!ready) return ready.error();
  return std::unique_ptr<VerdictStore>(std::move(store));
}

}  // namespace simwarden
