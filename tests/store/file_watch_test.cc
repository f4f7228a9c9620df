// SPDX-License-Identifier: Apache-2.0
#include "store/file_watch.h"

#include <filesystem>
#include <fstream>

#include <utime.h>

#include "store/scratch_store.h"

using namespace simwarden;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In place: the same file, other bytes.
void lay_over(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// A store that has written for a while, and what its file was at the beginning.
struct Written {
  Written() {
    open_store(folder);
    old = bytes_of(folder.db());
    store = open_store(folder);
    run = must(store->begin_run(demo_run()));
    for (int i = 0; i < 30; ++i) more();
  }
  void more() {
    const std::string line = std::to_string(++lines);
    screen(*store, run, "a.log", line + std::string(50'000, 'x') + "\n", 99);
  }
  bool is_taken() { return store->begin_source(run, "late.log").ok(); }

  ScratchFolder folder;
  std::string old;
  std::unique_ptr<VerdictStore> store;
  int64_t run = 0;
  int lines = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(file_watch)

BOOST_AUTO_TEST_CASE(a_file_that_is_written_to_by_its_writer_is_the_same) {
  Written written;
  const auto before = fs::file_size(written.folder.db());
  for (int i = 0; i < 200; ++i) {
    written.more();
    BOOST_TEST_REQUIRE(written.store->look().ok());
  }
  BOOST_TEST(fs::file_size(written.folder.db()) > before, "the log went in");
  ::utime(written.folder.db().c_str(), nullptr);
  BOOST_TEST(written.store->look().ok(), "touched");
  tamper(written.folder.db(), "PRAGMA wal_checkpoint(TRUNCATE)");
  BOOST_TEST(written.store->look().ok(), "brought up to date by another");
  written.more();
}

BOOST_AUTO_TEST_CASE(what_lies_over_the_file_is_told_and_left_alone) {
  struct Case {
    const char* what;
    void (*go)(Written& written);
  };
  const Case cases[] = {
      {"emptied", [](Written& w) { lay_over(w.folder.db(), ""); }},
      {"cut off",
       [](Written& w) {
         fs::resize_file(w.folder.db(), fs::file_size(w.folder.db()) - 1);
       }},
      {"an older state", [](Written& w) { lay_over(w.folder.db(), w.old); }},
      {"an older state, as long",
       [](Written& w) {
         const size_t size = fs::file_size(w.folder.db());
         w.old.resize(size);
         lay_over(w.folder.db(), w.old);
       }},
      {"no database",
       [](Written& w) {
         const size_t size = fs::file_size(w.folder.db());
         lay_over(w.folder.db(), std::string(2 * size, 'x'));
       }},
      {"another database",
       [](Written& w) {
         const std::string other = w.folder / "other.db";
         tamper(other,
                "CREATE TABLE t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL "
                "SELECT x + 1 FROM n LIMIT 999) SELECT randomblob(9999) FROM "
                "n");
         lay_over(w.folder.db(), bytes_of(other));
       }},
  };
  for (const Case& tried : cases) {
    BOOST_TEST_CONTEXT(tried.what) {
      Written written;
      tamper(written.folder.db(), "PRAGMA wal_checkpoint(TRUNCATE)");
      BOOST_TEST_REQUIRE(written.is_taken());
      const std::string log = written.folder.db() + "-wal";
      const std::string in_log = bytes_of(log);
      tried.go(written);
      const std::string laid = bytes_of(written.folder.db());
      const Status found = written.store->look();
      BOOST_TEST_REQUIRE(!found.ok());
      BOOST_TEST(found.error().what.find("was overwritten") !=
                 std::string::npos);
      BOOST_TEST(written.store->is_overwritten());
      BOOST_TEST(!written.is_taken());
      BOOST_TEST(written.store->end_run(written.run, RunStatus::failed).ok());
      written.store.reset();
      BOOST_TEST((bytes_of(written.folder.db()) == laid));
      BOOST_TEST((bytes_of(log) == in_log));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
