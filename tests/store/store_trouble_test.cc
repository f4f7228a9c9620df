// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch_store.h"
#include "store/migrations.h"
#include "store/stored_blocks.h"
#include "store/stored_verdict.h"
#include "store/verdict_store.h"

using namespace simwarden;

namespace {

// Unlike lines(), every row is different and half a kilobyte big.
std::string big_lines(size_t count, size_t salt) {
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    out += std::to_string(salt) + "-" + std::to_string(i) +
           std::string(500, 'x') + "\n";
  }
  return out;
}

void expect_error(const Error& error, const std::string& path,
                  std::string_view part) {
  BOOST_TEST((error.trouble == Trouble::environment));
  BOOST_TEST(error.what.starts_with(path + ": "), error.what);
  BOOST_TEST(error.what.find(part) != std::string::npos, error.what);
}

void write(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// The child's work of the crash test: appends without end.
[[noreturn]] void append_for_ever(const ScratchFolder& folder, size_t round) {
  Result<std::unique_ptr<VerdictStore>> store =
      VerdictStore::open(folder.db(), folder.options());
  if (!store) ::_exit(1);
  const Result<int64_t> run = (*store)->begin_run(demo_run());
  if (!run) ::_exit(2);
  const Result<int64_t> source = (*store)->begin_source(*run, "log");
  if (!source) ::_exit(3);
  std::string parent;
  for (size_t i = 0;; ++i) {
    const Block block = judge_lines(
        *source, parent, big_lines(2000, round * 100000 + i), i * 1000, 1);
    Block fixed = block;
    fixed.end_byte = fixed.begin_byte + fixed.identity.bytes;
    if (!(*store)->append(fixed)) ::_exit(4);
    parent = block.identity.digest;
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_path_that_cannot_be_a_database_is_refused_by_name) {
  const ScratchFolder folder;
  write(folder / "file", "x");
  ::mkdir((folder / "folder").c_str(), 0700);
  write(folder / "text.db", std::string(5000, 'x'));
  write(folder / "short.db", "SQLite");
  struct Row {
    const char* name;
    const char* error;
  };
  const Row rows[] = {
      {"no/such/out.db", "cannot be written: No such file or directory"},
      {"file/out.db", "cannot be written: Not a directory"},
      {"folder", "is a folder"},
      {"text.db", "is not a database"},
      {"short.db", "is not a database"},
  };
  for (const Row& row : rows) {
    const std::string path = folder / row.name;
    std::filesystem::remove(folder / "site.key");  // of the row before
    const auto store = VerdictStore::open(path, folder.options());
    BOOST_TEST_REQUIRE(!store.ok(), row.name);
    expect_error(store.error(), path, row.error);
    if (!path.ends_with(".db")) continue;
    BOOST_TEST(!std::filesystem::exists(path + "-writer"), row.name);
    BOOST_TEST(!std::filesystem::exists(folder / "site.key"), row.name);
  }
  const auto finder = VerdictFinder::open(folder / "absent.db");
  BOOST_TEST_REQUIRE(!finder.ok());
  expect_error(finder.error(), folder / "absent.db",
               "cannot be opened: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_bad_site_key_stops_the_opening) {
  const ScratchFolder folder;
  write(folder / "site.key", "short");
  ::chmod((folder / "site.key").c_str(), 0600);
  const auto store = VerdictStore::open(folder.db(), folder.options());
  BOOST_TEST_REQUIRE(!store.ok());
  expect_error(store.error(), folder / "site.key", "64 hex digits");
  BOOST_TEST(!std::filesystem::exists(folder.db()));
}

BOOST_AUTO_TEST_CASE(a_second_writer_is_refused_until_the_first_is_done) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    const auto second = VerdictStore::open(folder.db(), folder.options());
    BOOST_TEST_REQUIRE(!second.ok());
    expect_error(second.error(), folder.db(), "another simwarden is writing");
    const pid_t child = ::fork();
    if (child == 0) {
      ::_exit(VerdictStore::open(folder.db(), folder.options()).ok() ? 0 : 7);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WEXITSTATUS(status) == 7);
    // Readers are welcome, and the first goes on writing.
    must(VerdictFinder::open(folder.db()));
    must(store->begin_run(demo_run()));
  }
  open_store(folder);
}

BOOST_AUTO_TEST_CASE(a_database_has_one_writer_whatever_link_names_it) {
  namespace fs = std::filesystem;
  const ScratchFolder folder;
  const std::string link = folder / "alias.db";
  // One that hangs at first: the file is made where it points.
  fs::create_symlink("further.db", link);
  fs::create_symlink("out.db", folder / "further.db");
  {
    const auto store = must(VerdictStore::open(link, folder.options()));
    BOOST_TEST(fs::is_regular_file(folder.db()));
    BOOST_TEST((fs::status(folder.db()).permissions() ==
                (fs::perms::owner_read | fs::perms::owner_write)));
    const auto second = VerdictStore::open(folder.db(), folder.options());
    BOOST_TEST_REQUIRE(!second.ok());
    expect_error(second.error(), folder.db(), "another simwarden is writing");
  }
  const auto store = open_store(folder);
  const auto second = VerdictStore::open(link, folder.options());
  BOOST_TEST_REQUIRE(!second.ok());
  expect_error(second.error(), link, "another simwarden is writing");
  BOOST_TEST(!fs::exists(link + "-writer"));
  BOOST_TEST(database_file(folder / "absent.db") == folder / "absent.db");
}

BOOST_AUTO_TEST_CASE(a_database_with_two_names_is_not_written) {
  const ScratchFolder folder;
  open_store(folder);
  std::filesystem::create_hard_link(folder.db(), folder / "other.db");
  for (const char* name : {"out.db", "other.db"}) {
    const auto store = VerdictStore::open(folder / name, folder.options());
    BOOST_TEST_REQUIRE(!store.ok());
    expect_error(store.error(), folder / name, "has 2 names");
  }
  std::filesystem::remove(folder / "other.db");
  open_store(folder);
}

BOOST_AUTO_TEST_CASE(what_another_program_wrote_meanwhile_is_said) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  must(store->begin_run(demo_run()));
  tamper(folder.db(),
         "INSERT INTO chain_link SELECT link_id + 1, body, hash FROM "
         "chain_link ORDER BY link_id DESC LIMIT 1");
  const auto run = store->begin_run(demo_run());
  BOOST_TEST_REQUIRE(!run.ok());
  expect_error(run.error(), folder.db(),
               "another program has written to it meanwhile");
}

BOOST_AUTO_TEST_CASE(a_file_that_went_away_takes_nothing_more) {
  namespace fs = std::filesystem;
  struct Case {
    const char* what;
    void (*go)(const std::string& path);
    const char* left;  // where everything is that was stored; "": nowhere
  };
  const Case cases[] = {
      {"moved",
       [](const std::string& path) { fs::rename(path, path + ".old"); },
       ".old"},
      {"replaced",
       [](const std::string& path) {
         fs::rename(path, path + ".old");
         write(path, "");
       },
       ".old"},
      {"removed",
       [](const std::string& path) {
         for (const char* tail : {"", "-wal", "-shm"}) fs::remove(path + tail);
       },
       ""},
      {"its log was removed",
       [](const std::string& path) { fs::remove(path + "-wal"); }, "."},
  };
  for (const Case& tried : cases) {
    BOOST_TEST_CONTEXT(tried.what) {
      const ScratchFolder folder;
      {
        const auto store = open_store(folder);
        const int64_t run = must(store->begin_run(demo_run()));
        screen(*store, run, "a.log", "aaa\nbbb\n", 4);
        tried.go(folder.db());
        const auto late = store->begin_source(run, "b.log");
        BOOST_TEST_REQUIRE(!late.ok());
        expect_error(late.error(), folder.db(), "was moved or removed");
        BOOST_TEST(!store->begin_source(run, "c.log").ok());
      }
      if (*tried.left == '\0') continue;
      const std::string left =
          folder.db() + (tried.left == std::string(".") ? "" : tried.left);
      // Nothing that another file at this place would be mended with.
      const std::string log = folder.db() + "-wal";
      BOOST_TEST((!fs::exists(log) || fs::file_size(log) == 0));
      BOOST_TEST(ask_number(left, "SELECT count(*) FROM verdict_row") == 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_store_that_must_be_there_is_not_made) {
  const ScratchFolder folder;
  StoreOptions options = folder.options();
  options.may_be_new = NewStore::nowhere;
  const auto store = VerdictStore::open(folder.db(), options);
  BOOST_TEST_REQUIRE(!store.ok());
  expect_error(store.error(), folder.db(), "is not there any more");
  BOOST_TEST(std::filesystem::is_empty(folder / ""));
  open_store(folder);
  must(VerdictStore::open(folder.db(), options));
}

BOOST_AUTO_TEST_CASE(an_empty_file_becomes_a_database) {
  const ScratchFolder folder;
  write(folder.db(), "");
  open_store(folder);
  BOOST_TEST(ask_number(folder.db(), "PRAGMA user_version") ==
             schema_version());
  BOOST_TEST(ask_number(folder.db(), "PRAGMA application_id") ==
             kApplicationId);
  open_store(folder);  // opening again changes nothing
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM ruleset") == 0);
}

// As a copy leaves it that failed.
BOOST_AUTO_TEST_CASE(an_empty_file_is_not_the_database_that_is_to_be_there) {
  const ScratchFolder folder;
  write(folder.db(), "");
  for (const auto may_be : {NewStore::nowhere, NewStore::where_none_is}) {
    StoreOptions options = folder.options();
    options.may_be_new = may_be;
    const auto store = VerdictStore::open(folder.db(), options);
    BOOST_TEST_REQUIRE(!store.ok());
    expect_error(store.error(), folder.db(), "is an empty file");
    BOOST_TEST(!store_version(folder.db(), may_be).ok());
  }
  BOOST_TEST(must(store_version(folder.db(), NewStore::in_empty_file)) == 0);
  BOOST_TEST(std::filesystem::file_size(folder.db()) == 0u);
  tamper(folder.db(), "CREATE TABLE t (x); DROP TABLE t");
  StoreOptions options = folder.options();
  options.may_be_new = NewStore::nowhere;
  const auto store = VerdictStore::open(folder.db(), options);
  BOOST_TEST_REQUIRE(!store.ok());
  expect_error(store.error(), folder.db(), "has nothing in it");
}

// SQLite itself would take the log away.
BOOST_AUTO_TEST_CASE(an_empty_file_with_a_log_is_left_as_it_is) {
  const ScratchFolder folder;
  const std::string log = folder.db() + "-wal";
  write(folder.db(), "");
  write(log, "what was told");
  const auto store = VerdictStore::open(folder.db(), folder.options());
  BOOST_TEST_REQUIRE(!store.ok());
  expect_error(store.error(), folder.db(), "its -wal has");
  BOOST_TEST(!Database::open(folder.db(), Access::read).ok());
  BOOST_TEST(std::filesystem::file_size(log) == 13u);
}

BOOST_AUTO_TEST_CASE(a_database_that_could_not_be_made_leaves_no_file) {
  const ScratchFolder folder;
  write(folder.db() + "-wal", "of another");
  BOOST_TEST(!VerdictStore::open(folder.db(), folder.options()).ok());
  BOOST_TEST(!std::filesystem::exists(folder.db()));
}

BOOST_AUTO_TEST_CASE(the_schema_is_told_without_opening_the_file) {
  const ScratchFolder folder;
  const auto version = [&] {
    return store_version(folder.db(), NewStore::where_none_is);
  };
  BOOST_TEST(must(version()) == 0);
  BOOST_TEST(std::filesystem::is_empty(folder / ""));
  BOOST_TEST(open_store(folder)->opened_version() == 0);
  BOOST_TEST(open_store(folder)->opened_version() == schema_version());
  tamper(folder.db(), "PRAGMA user_version = 8");
  BOOST_TEST(must(version()) == 8);
  tamper(folder.db(), "PRAGMA user_version = 99");
  BOOST_TEST(!version().ok());
  write(folder.db(), "no database");
  BOOST_TEST(!version().ok());
}

// As a kill leaves a database that was being made.
BOOST_AUTO_TEST_CASE(who_may_only_read_says_that_a_write_was_broken_off) {
  const ScratchFolder folder;
  {
    auto writer = Database::open(folder / "live.db", Access::write);
    BOOST_TEST_REQUIRE(writer.ok());
    BOOST_TEST((*writer)->run("CREATE TABLE t (x)").ok());
    BOOST_TEST((*writer)->run("INSERT INTO t VALUES (1)").ok());
    BOOST_TEST((*writer)
                   ->run("PRAGMA cache_size = 1; BEGIN; "
                         "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                         "FROM n LIMIT 200) INSERT INTO t "
                         "SELECT randomblob(4000) FROM n")
                   .ok());
    for (const char* tail : {"", "-journal"}) {
      std::filesystem::copy_file((folder / "live.db") + tail,
                                 (folder / "left.db") + tail);
    }
  }
  const auto count = [&folder](Access access) {
    auto reader = Database::open(folder / "left.db", access);
    BOOST_TEST_REQUIRE(reader.ok());
    return (*reader)->integer("SELECT count(*) FROM t");
  };
  const auto refused = count(Access::read);
  BOOST_TEST_REQUIRE(!refused.ok());
  expect_error(refused.error(), folder / "left.db",
               "a run was broken off while it wrote; the next `screen --db`");
  const auto mended = count(Access::write);
  BOOST_TEST_REQUIRE(mended.ok());
  BOOST_TEST(*mended == 1);
  BOOST_TEST(count(Access::read).ok());
}

BOOST_AUTO_TEST_CASE(a_newer_or_foreign_database_is_left_alone) {
  struct Row {
    const char* sql;
    const char* error;
  };
  const Row rows[] = {
      {"CREATE TABLE t (x); INSERT INTO t VALUES (1)", "another program"},
      {"PRAGMA application_id = 7", "another program"},
      {"PRAGMA user_version = 1", "another program"},
      {"PRAGMA application_id = 1397312855; PRAGMA user_version = 99",
       "written by a newer simwarden (schema 99"},
  };
  for (const Row& row : rows) {
    const ScratchFolder folder;
    tamper(folder.db(), row.sql);
    const auto size = std::filesystem::file_size(folder.db());
    const auto store = VerdictStore::open(folder.db(), folder.options());
    BOOST_TEST_REQUIRE(!store.ok(), row.sql);
    expect_error(store.error(), folder.db(), row.error);
    BOOST_TEST(std::filesystem::file_size(folder.db()) == size);
    const auto finder = VerdictFinder::open(folder.db());
    BOOST_TEST_REQUIRE(!finder.ok(), row.sql);
    expect_error(finder.error(), folder.db(), row.error);
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_an_error_and_not_a_crash) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    screen(*store, run, "log", big_lines(500, 1), 100000);
  }
  const auto size = std::filesystem::file_size(folder.db());
  std::fstream file(folder.db(),
                    std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(4096);
  file << std::string(size - 4096, '\x7f');
  file.close();
  const auto store = VerdictStore::open(folder.db(), folder.options());
  if (store.ok()) {
    const auto run = (*store)->begin_run(demo_run());
    BOOST_TEST_REQUIRE(!run.ok());
    expect_error(run.error(), folder.db(), "is damaged");
  } else {
    expect_error(store.error(), folder.db(), "is damaged");
  }
  const auto sources = stored_sources(folder.db());
  BOOST_TEST_REQUIRE(!sources.ok());
  expect_error(sources.error(), folder.db(), "go on with its last copy");
}

BOOST_AUTO_TEST_CASE(a_full_disk_loses_no_whole_block_and_keeps_no_half) {
  const ScratchFolder folder;
  StoreOptions options = folder.options();
  options.pages_max = 200;
  size_t stored = 0;
  {
    const auto store = must(VerdictStore::open(folder.db(), options));
    const int64_t run = must(store->begin_run(demo_run()));
    const int64_t source = must(store->begin_source(run, "log"));
    Status last = Done{};
    std::string parent;
    for (size_t i = 0; i < 100 && last.ok(); ++i) {
      const Block block = judge_lines(source, parent, big_lines(100, i), 0, 1);
      parent = block.identity.digest;
      last = store->append(block);
      stored += last.ok();
    }
    BOOST_TEST_REQUIRE(!last.ok());
    expect_error(last.error(), folder.db(), "the disk is full");
    BOOST_TEST(stored > 2u);
    // A small block would fit, but a hole in the middle must not arise.
    const Status next =
        store->append(judge_lines(source, parent, "small\n", 0, 1));
    BOOST_TEST_REQUIRE(!next.ok());
    expect_error(next.error(), folder.db(), "nothing more is stored");
    BOOST_TEST(store->end_run(run, RunStatus::failed).ok());
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") ==
             int64_t(stored));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") ==
             int64_t(stored * 100));
  BOOST_TEST(ask(folder.db(), "SELECT status FROM run", 1).at(0) == "failed");
  // With room again the next run goes on.
  const auto store = open_store(folder);
  const int64_t run = must(store->begin_run(demo_run()));
  BOOST_TEST(screen(*store, run, "log", big_lines(100, 0), 1 << 20) == 0u);
  BOOST_TEST(screen(*store, run, "log", big_lines(100, 77), 1 << 20) == 1u);
}

BOOST_AUTO_TEST_CASE(a_killed_run_leaves_whole_blocks_only) {
  const ScratchFolder folder;
  open_store(folder);
  const auto blocks = [&folder] {
    return ask_number(folder.db(), "SELECT count(*) FROM block");
  };
  // On a busy machine a child need not get as far as its first block.
  constexpr size_t kRoundsMax = 40;
  for (size_t round = 0; round < 6 || (blocks() == 0 && round < kRoundsMax);
       ++round) {
    const pid_t child = ::fork();
    if (child == 0) append_for_ever(folder, round);
    // Most of a child's time is spent inside a transaction.
    ::usleep(useconds_t(60000 + 37000 * round));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(WIFSIGNALED(status));
    // Every verdict has its block, and every block all its verdicts.
    BOOST_TEST(ask_number(folder.db(),
                          "SELECT count(*) FROM (SELECT block_id, count(*) "
                          "AS rows FROM verdict_row GROUP BY 1) FULL JOIN "
                          "block USING (block_id) WHERE verdicts IS NOT "
                          "rows") == 0);
    BOOST_TEST(ask(folder.db(), "PRAGMA integrity_check", 1).at(0) == "ok");
  }
  BOOST_TEST(blocks() > 0);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM run WHERE status = 'running'") >
             0);
  open_store(folder);  // the lock died with its owner
}
