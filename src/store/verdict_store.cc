// SPDX-License-Identifier: Apache-2.0
#include "store/verdict_store.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <unordered_map>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag/check.h"
#include "diag/trouble.h"
#include "notation/json_text.h"
#include "privacy/sha256.h"
#include "store/block_proofs.h"
#include "store/block_writer.h"
#include "store/database.h"
#include "store/file_watch.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/prefixes.h"
#include "store/writer_lock.h"

// A block is one transaction; with WAL and synchronous=FULL a commit is one
// append and one fsync.

namespace simwarden {
namespace {

// SQLite would make the file readable for everybody.
Status make_private_file(const std::string& path) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return Done{};
  }
  if (errno == EEXIST) return Done{};
  return system_trouble(path, "cannot be written");
}

// Another's file is left alone, without a key or a lock beside it. What SQLite
// would say of such a file, it says too late.
Status refuse_no_database(const std::string& path) {
  if (Status fine = check_database_file(path); !fine) return fine;
  constexpr std::string_view kMagic{"SQLite format 3\0", 16};
  std::array<char, kMagic.size()> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), std::streamsize(head.size()));
  const auto size = size_t(file.gcount());  // none of a new file
  if (size == 0 || std::string_view(head.data(), size) == kMagic) return Done{};
  return trouble_with(path, "is not a database");
}

// Of a new file; an older one keeps its own (4 KiB). A block is a megabyte:
// with a quarter of the pages SQLite takes it in a quarter faster (measured;
// 8 KiB brings half of that), and less of each page stays empty.
constexpr int kPageBytes = 16384;
// How far the write-ahead log grows before it goes into the file, which waits
// for the disk twice: as SQLite has it by default with its own pages.
constexpr int64_t kLogBytes = 4 << 20;

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
  add_policy_file,
  add_ruleset_file,
  ruleset_has_files,
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
    "UPDATE source SET seen = ?, judged = ?, unreadable = ?, duplicate = ?, "
    "bytes = ?, digest = ?, ended = ? WHERE source_id = ?",
    "SELECT end_byte - begin_byte AS size, digest FROM block "
    "WHERE ruleset_id = ? AND head = ? AND parent = ? AND size <= ? "
    "ORDER BY size LIMIT ?",
    "INSERT OR IGNORE INTO policy_file (sha256, bytes) VALUES (?, ?)",
    "INSERT INTO ruleset_file SELECT ?, ?, ?, file_id FROM policy_file "
    "WHERE sha256 = ?",
    "SELECT 1 FROM ruleset_file WHERE ruleset_id = ? LIMIT 1",
};

std::string json_array(const std::vector<std::string>& names) {
  std::string out = "[";
  for (const std::string& name : names) {
    if (out.size() > 1) out += ',';
    append_json_string(out, name);
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
  ~FileStore() override;

  Status prepare(const StoreOptions& options);

  const SiteKey& site_key() const override { return *key_; }
  Result<int64_t> begin_run(const RunInfo& info) override;
  Status end_run(int64_t run, RunStatus status) override;
  Result<int64_t> begin_source(int64_t run, const std::string& name) override;
  Status end_source(int64_t source, const SourceCounts& counts) override;
  Result<Covered> covered(std::string_view parent,
                          std::string_view ruleset_digest,
                          std::string_view chunk) override;
  CountedBlocks& counted() override { return *counted_; }
  Status append(const Block& block) override;
  Status together(const std::function<Status()>& write) override {
    return whole<Done>(write);
  }
  Status try_room() override;
  Status look() override;
  bool is_overwritten() const override {
    return found_ == FileFound::overwritten;
  }
  int64_t opened_version() const override { return opened_version_; }
  Status add(const std::function<Status(Database&, Chain&)>& write) override {
    return whole<Done>([&] { return write(*database_, *chain_); });
  }

 private:
  struct Newest {
    int64_t ruleset = 0;
    std::string digest;
  };

  Statement& sql(Sql name) { return *statements_[size_t(name)]; }
  Status open_file(const std::string& file, NewStore may_be_new);
  Status configure(int64_t pages_max);
  Status prepare_statements();
  Status prepare_chain();
  Result<int64_t> ruleset_of(std::string_view digest);
  Result<int64_t> write_run(const RunInfo& info);
  Result<int64_t> write_ruleset(const RunInfo& info);
  Status write_ruleset_files(int64_t ruleset,
                             const std::vector<RulesetFile>& files);
  // Runs write() as one transaction, or as part of the one that it is in; a
  // failed one is rolled back and is the store's last.
  template <typename T, typename Write>
  Result<T> whole(Write write);
  // Rolls back, and takes nothing more after a failed write.
  Error fail(const Error& error);
  Status commit();
  Status check_file();

  std::string path_;
  WriterLock lock_;  // freed last: the database is closed before it
  std::optional<SiteKey> key_;
  std::unique_ptr<Database> database_;
  int64_t opened_version_ = 0;
  FileWatch watch_;
  FileFound found_ = FileFound::same;
  std::array<std::unique_ptr<Statement>, size_t(Sql::count)> statements_;
  std::unique_ptr<Chain> chain_;
  std::unique_ptr<BlockProofs> proofs_;
  std::unique_ptr<BlockWriter> blocks_;
  std::unique_ptr<CountedBlocks> counted_;
  std::unordered_map<int64_t, int64_t> ruleset_of_run_;
  std::unordered_map<int64_t, int64_t> ruleset_of_source_;  // until its end
  Newest newest_;        // the last block that was new
  std::string failure_;  // of the first failed write
};

// SQLite takes an empty file for a database that is begun.
Status refuse_missing(const std::string& path, const std::string& file,
                      NewStore may_be_new) {
  struct stat about {};
  const bool there = ::stat(file.c_str(), &about) == 0;
  if (!there && may_be_new == NewStore::nowhere) {
    return trouble_with(path,
                        "is not there any more; put it back, or begin "
                        "a new one with a new start");
  }
  if (!there || about.st_size > 0 || may_be_new == NewStore::in_empty_file) {
    return Done{};
  }
  return trouble_with(path,
                      "is an empty file, as a copy that failed leaves it; put "
                      "the database back, or remove the file to begin a new "
                      "one with a new start");
}

Status FileStore::prepare(const StoreOptions& options) {
  const std::string file = database_file(path_);
  Status ours = refuse_missing(path_, file, options.may_be_new);
  if (ours) ours = refuse_no_database(path_);
  if (!ours) return ours;
  Status locked = lock_.take(path_);
  if (!locked) return locked;
  Result<SiteKey> key =
      open_store_key(path_, options.site_key_path, options.key_change);
  if (!key) return key.error();
  key_ = *key;
  Status opened = open_file(file, options.may_be_new);
  if (opened) opened = configure(options.pages_max);
  if (!opened) return opened;
  watch_.begin(file, *database_);
  Status prepared = prepare_statements();
  return prepared ? prepare_chain() : prepared;
}

// A file that was made for nothing would be an empty one at the next start.
Status FileStore::open_file(const std::string& file, NewStore may_be_new) {
  const bool is_new = place_of(file) == FilePlace{};
  Status made = make_private_file(file);
  if (!made) return made;
  const auto open = [&]() -> Status {
    auto database = Database::open(path_, Access::write);
    if (!database) return database.error();
    database_ = std::move(*database);
    Status paged =
        database_->run(fmt::format("PRAGMA page_size={}", kPageBytes));
    if (!paged) return paged;
    const auto version = version_of(*database_);
    if (!version) return version.error();
    opened_version_ = *version;
    if (*version == 0 && may_be_new == NewStore::nowhere) {
      return trouble_with(path_, "has nothing in it; put the database back");
    }
    return migrate(*database_);
  };
  Status opened = open();
  if (opened || !is_new) return opened;
  database_.reset();
  struct stat about {};
  const bool is_empty = ::stat(file.c_str(), &about) == 0 && about.st_size == 0;
  if (is_empty) ::unlink(file.c_str());
  return opened;
}

Status FileStore::prepare_chain() {
  auto proofs = BlockProofs::open(*database_, *key_);
  if (!proofs) return proofs.error();
  proofs_ = std::move(*proofs);
  auto chain = Chain::open(*database_);
  if (!chain) return chain.error();
  chain_ = std::move(*chain);
  auto blocks = BlockWriter::open(*database_, *proofs_, *chain_);
  if (!blocks) return blocks.error();
  blocks_ = std::move(*blocks);
  auto counted = CountedBlocks::open(*database_, key_->id);
  if (!counted) return counted.error();
  counted_ = std::move(*counted);
  if (chain_->links() > 0) return Done{};
  return whole<Done>([this] { return proofs_->adopt(*chain_); });
}

Status FileStore::configure(int64_t pages_max) {
  const Result<std::string> mode = database_->text("PRAGMA journal_mode=WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") {
    return trouble_with(path_,
                        "the file system does not allow a write-ahead log");
  }
  const Result<int64_t> page = database_->integer("PRAGMA page_size");
  if (!page) return page.error();
  std::string pragmas = fmt::format(
      "PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
      "PRAGMA wal_autocheckpoint={};",
      kLogBytes / *page);
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
    return trouble_with(path_, "nothing more is stored after a failed write (" +
                                   failure_ + ")");
  }
  if (database_->in_transaction()) return write();
  Status begun = sql(Sql::begin).run();
  if (!begun) return fail(begun.error());
  Result<T> written = write();
  if (!written) return fail(written.error());
  Status committed = commit();
  if (!committed) return fail(committed.error());
  return written;
}

Status FileStore::commit() {
  if (Status same = check_file(); !same) return same;
  Status committed = sql(Sql::commit).run();
  if (committed) watch_.wrote();
  return committed;
}

Status FileStore::check_file() {
  found_ = watch_.look();
  if (found_ == FileFound::same) return Done{};
  if (found_ == FileFound::overwritten) {
    return trouble_with(path_,
                        "was overwritten or cut off while it was written to; "
                        "nothing is stored any more. Stop the program, put a "
                        "copy there without a -wal or -shm beside it, and "
                        "start");
  }
  return trouble_with(path_,
                      "was moved or removed while it was written to, or its "
                      "-wal was; what was stored before is in the file that "
                      "was moved: put it back, or begin a new one with a new "
                      "start");
}

Status FileStore::look() {
  if (!failure_.empty()) return Done{};
  Status same = check_file();
  if (!same) return fail(same.error());
  return Done{};
}

// In a file of its own, gone at once: the log may have room that the database
// does not have.
Status FileStore::try_room() {
  // The log full once, and as much in the database.
  constexpr off_t kRoomBytes = 2 * kLogBytes;
  std::string name = database_file(path_) + "-room-XXXXXX";
  const int file = ::mkstemp(name.data());
  if (file < 0) return system_trouble(path_, "nothing can be made beside it");
  ::unlink(name.c_str());
  const int why = ::posix_fallocate(file, 0, kRoomBytes);
  ::close(file);
  if (why == 0) return Done{};
  return system_trouble(path_, "has no room to grow", why);
}

// SQLite leaves alone what lies where the file was, also the log, which another
// file at this place would be mended with.
FileStore::~FileStore() {
  if (!database_) return;
  if (found_ == FileFound::overwritten) database_->leave_log();
  if (found_ == FileFound::moved)
    (void)database_->run("PRAGMA wal_checkpoint(TRUNCATE)");
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
  if (is_overwritten()) return Done{};
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
  end.bind(7, int64_t(counts.whole));
  end.bind(8, source);
  return whole<Done>([&] {
    Status done = end.run();
    return done ? chain_->add(LinkKind::source_end, source) : done;
  });
}

Result<Covered> FileStore::covered(std::string_view parent,
                                   std::string_view ruleset_digest,
                                   std::string_view chunk) {
  const Result<int64_t> ruleset = ruleset_of(ruleset_digest);
  if (!ruleset) return ruleset.error();
  if (*ruleset == 0) return Covered{};
  // Nothing lies behind a block that was not there a moment ago.
  if (newest_.ruleset == *ruleset && newest_.digest == parent) return Covered{};
  const auto stored =
      [&](std::string_view head) -> Result<std::vector<StoredPrefix>> {
    Statement& find = sql(Sql::find_blocks);
    find.bind(1, *ruleset);
    find.bind(2, head);
    find.bind(3, parent);
    find.bind(4, int64_t(chunk.size()));
    find.bind(5, kCandidatesMax);
    return read_prefixes(find);
  };
  const auto longest = longest_prefix(parent, chunk, stored);
  if (!longest) return longest.error();
  return Covered{longest->bytes, longest->digest};
}

Status FileStore::append(const Block& block) {
  const auto found = ruleset_of_source_.find(block.source);
  CHECK(found != ruleset_of_source_.end(),
        "sources come from begin_source() and have not ended");
  CHECK(block.end_byte - block.begin_byte == block.identity.bytes,
        "a block's identity is that of its own bytes");
  const int64_t ruleset = found->second;
  const BlockSeal made = block.seal ? BlockSeal{} : seal(block, *key_);
  const BlockSeal& proof = block.seal ? *block.seal : made;
  CHECK(fits(proof, block), "a block is sealed when it is whole");
  const Result<bool> written =
      whole<bool>([&] { return blocks_->write(block, ruleset, proof); });
  if (!written) return written.error();
  if (*written) newest_ = {ruleset, block.identity.digest};
  return Done{};
}

}  // namespace

Result<int64_t> store_version(const std::string& path, NewStore may_be_new) {
  const std::string file = database_file(path);
  Status fine = refuse_missing(path, file, may_be_new);
  if (fine) fine = refuse_no_database(path);
  if (!fine) return fine.error();
  return version_in(file);
}

Result<std::unique_ptr<VerdictStore>> VerdictStore::open(
    const std::string& path, const StoreOptions& options) {
  auto store = std::make_unique<FileStore>(path);
  Status ready = store->prepare(options);
  if (!ready) return ready.error();
  return std::unique_ptr<VerdictStore>(std::move(store));
}

}  // namespace simwarden
