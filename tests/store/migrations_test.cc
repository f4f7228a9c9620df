// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <fmt/format.h>

#include "store/scratch_store.h"
#include "store/stored_verdict.h"

using namespace simwarden;

namespace {

using Rows = std::vector<std::string>;

// A database as the version wrote it, which knew only the steps up to there.
void make_older(const std::string& path, int64_t version) {
  const auto database = must(Database::open(path, Access::write));
  for (int64_t v = 0; v < version; ++v) {
    must(database->run(std::string(migrations()[size_t(v)])));
  }
  must(
      database->run(fmt::format("PRAGMA application_id={};"
                                "PRAGMA user_version={};",
                                kApplicationId, version)));
}

// The first block of the first run, of so many verdicts.
std::string block_of(int verdicts) {
  return fmt::format(
      "INSERT INTO ruleset VALUES (1, 'sha256:demo', '[]', '2026-03-02');"
      "INSERT INTO run (run_id, ruleset_id, program_version, profile, kinds, "
      "command, key_id, started_at) VALUES (1, 1, '0.1.0', 'generic', "
      "'auto', '', '', '2026-03-02');"
      "INSERT INTO source (source_id, run_id, name) VALUES (1, 1, 'a.jsonl');"
      "INSERT INTO block VALUES (1, 1, 1, '', 'd', 'h', 1, 0, 9, {}, 0);",
      verdicts);
}

std::string row_of_version_1(int line, const std::string& top_rule,
                             const std::string& json) {
  return fmt::format(
      "INSERT INTO verdict_row (block_id, line, byte, record_id, kind, action, "
      "score, profile, subject, event_time, top_rule, verdict_json) VALUES "
      "(1, {}, 0, 'r-{}', 0, 2, 45, 'generic', '', '', '{}', {});",
      line, line, top_rule, json);
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_older_database_is_brought_up_to_date_with_its_rows) {
  const ScratchFolder folder;
  make_older(folder.db(), 1);
  tamper(
      folder.db(),
      block_of(4) +
          row_of_version_1(1, "IDV-002",
                           R"('{"findings":[)"
                           R"({"rule":"IDV-002","outcome":"hit","score":45},)"
                           R"({"rule":"TRY-001","outcome":"hit","shadow":true,)"
                           R"("score":20}]}')") +
          row_of_version_1(2, "TRY-001",
                           R"('{"findings":[{"rule":"TRY-001","outcome":"hit",)"
                           R"("shadow":true,"score":20}]}')") +
          row_of_version_1(3, "", "NULL") +
          row_of_version_1(4, "IDV-002",
                           R"('{"findings":[{"rule":"IDV-002","outcome":"hit",)"
                           R"("score":45}]}')"));
  BOOST_TEST(!VerdictFinder::open(folder.db()).ok(), "readers change nothing");
  open_store(folder);
  BOOST_TEST(ask_number(folder.db(), "PRAGMA user_version") ==
             schema_version());
  BOOST_TEST(ask(folder.db(),
                 "SELECT source, line, record_id, rule, score FROM shadow_hit "
                 "ORDER BY line",
                 5) == Rows({"a.jsonl|1|r-1|TRY-001|20.0",
                             "a.jsonl|2|r-2|TRY-001|20.0"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      ask(folder.db(), "SELECT line, top_rule FROM verdict ORDER BY line", 2) ==
          Rows({"1|IDV-002", "2|", "3|", "4|IDV-002"}),
      boost::test_tools::per_element());
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM waived_hit") == 0);
  BOOST_TEST(VerdictFinder::open(folder.db()).ok());
}

// Its pages are a quarter as large; it went into the file four times as often.
BOOST_AUTO_TEST_CASE(the_log_of_an_older_database_grows_as_far_as_a_new_one) {
  constexpr uint64_t kMiB = 1 << 20;
  for (const bool is_older : {false, true}) {
    const ScratchFolder folder;
    if (is_older) make_older(folder.db(), 6);
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    std::string lines;
    while (lines.size() < 8 * kMiB) lines += std::string(1000, 'x') + '\n';
    screen(*store, run, "a.log", lines, kMiB / 4);
    const uint64_t log = std::filesystem::file_size(folder.db() + "-wal");
    BOOST_TEST(log > 3 * kMiB);
    BOOST_TEST(log < 6 * kMiB);
  }
}

BOOST_AUTO_TEST_CASE(the_purge_log_of_version_3_is_kept) {
  const ScratchFolder folder;
  make_older(folder.db(), 3);
  tamper(folder.db(),
         "INSERT INTO purge VALUES (1, '2026-03-01T00:00:00Z', 'demo', 'old', "
         "'personal', '2026-02-01', 2, 30, 1, 'ab')");
  open_store(folder);
  BOOST_TEST(ask(folder.db(), "SELECT * FROM purge", 14) ==
                 Rows{"1|2026-03-01T00:00:00Z|demo|old|personal|2026-02-01|2|"
                      "30|1|ab||||"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_people_wrote_in_version_5_is_kept) {
  const ScratchFolder folder;
  make_older(folder.db(), 5);
  tamper(folder.db(),
         "INSERT INTO decision_row VALUES (1, 7, 's', 'd', 'by', 'assigned', "
         "'open', 'o', 'due', 'a note', 'salt', 'digest', NULL);"
         "INSERT INTO case_file VALUES (3, 'FD-17', '2026-08-01', 'at', 'by');"
         "INSERT INTO case_text_row VALUES (5, 3, 7, 'words', 's', 'd', NULL);"
         "INSERT INTO case_opening VALUES (1, 3, 'at', 'who', 'why', 1);"
         "INSERT INTO kept_facts VALUES (4, 1, 2, 'sha', x'00', NULL)");
  open_store(folder);
  BOOST_TEST(ask(folder.db(), "SELECT * FROM decision_row", 14) ==
                 Rows{"1|7|s|d|by|assigned|open|o|due|a note|salt|digest||"},
             boost::test_tools::per_element());
  BOOST_TEST(ask(folder.db(), "SELECT * FROM case_file", 6) ==
                 Rows{"3|FD-17|2026-08-01|at|by|"},
             boost::test_tools::per_element());
  BOOST_TEST(ask(folder.db(),
                 "SELECT case_number, text_id, verdict_id, text FROM case_text",
                 4) == Rows{"FD-17|5|7|words"},
             boost::test_tools::per_element());
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM kept_facts") == 1);
  BOOST_TEST(ask(folder.db(), "PRAGMA foreign_key_list(case_text_row)", 3) ==
                 Rows{"0|0|case_file"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(blocks_of_version_6_were_counted_by_nobody) {
  const ScratchFolder folder;
  make_older(folder.db(), 6);
  tamper(folder.db(), block_of(0));
  open_store(folder);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 1);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM window_events") ==
             0);
}

BOOST_AUTO_TEST_CASE(
    a_version_that_was_set_back_is_told_and_nothing_is_written) {
  for (int64_t version = 0; version < schema_version(); ++version) {
    const ScratchFolder folder;
    open_store(folder);
    tamper(folder.db(), fmt::format("PRAGMA user_version = {}", version));
    const auto reader = VerdictFinder::open(folder.db());
    BOOST_TEST_REQUIRE(!reader.ok());
    const auto database = must(Database::open(folder.db(), Access::write));
    const Status written = migrate(*database);
    BOOST_TEST_REQUIRE(!written.ok());
    for (const Error& told : {reader.error(), written.error()}) {
      BOOST_TEST(told.what.find("was set back") != std::string::npos,
                 told.what);
    }
  }
}

// As a damaged byte of the header makes it.
BOOST_AUTO_TEST_CASE(a_version_below_nought_is_told_by_whoever_opens_it) {
  for (const int64_t version : {-1, INT32_MIN}) {
    const ScratchFolder folder;
    open_store(folder);
    tamper(folder.db(), fmt::format("PRAGMA user_version = {}", version));
    const auto reader = VerdictFinder::open(folder.db());
    BOOST_TEST_REQUIRE(!reader.ok());
    const auto header = version_in(folder.db());
    BOOST_TEST_REQUIRE(!header.ok());
    const auto database = must(Database::open(folder.db(), Access::write));
    const Status written = migrate(*database);
    BOOST_TEST_REQUIRE(!written.ok());
    const std::string number = fmt::format("({})", version);
    for (const Error& told :
         {reader.error(), header.error(), written.error()}) {
      BOOST_TEST(told.what.find("no simwarden writes") != std::string::npos,
                 told.what);
      BOOST_TEST(told.what.find(number) != std::string::npos, told.what);
    }
  }
}

// Whatever version a file has, it comes to the same schema.
BOOST_AUTO_TEST_CASE(every_way_up_ends_at_the_same_schema) {
  const auto schema = [](const std::string& path) {
    return ask(path, "SELECT type, name, sql FROM sqlite_schema ORDER BY name",
               3);
  };
  const ScratchFolder fresh;
  open_store(fresh);
  for (int64_t version = 1; version < schema_version(); ++version) {
    const ScratchFolder older;
    make_older(older.db(), version);
    open_store(older);
    BOOST_TEST(schema(older.db()) == schema(fresh.db()),
               boost::test_tools::per_element());
  }
}
