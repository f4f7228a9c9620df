// SPDX-License-Identifier: Apache-2.0
#include "audit/verify.h"

#include <sys/wait.h>
#include <unistd.h>

#include "audit/checkpoint.h"
#include "audit/purge.h"
#include "audit/verified.h"
#include "store/migrations.h"

using namespace simwarden;

namespace {

// Every column of every table that the chain proves, and whole rows.
const Tampering kTamperings[] = {
    // a changed byte
    {"UPDATE verdict_row SET line = 9 WHERE verdict_id = 2", "row 2 a.jsonl:9"},
    {"UPDATE verdict_row SET byte = 9 WHERE verdict_id = 2", "block 1 row 2"},
    {"UPDATE verdict_row SET record_id = 'rec-B' WHERE verdict_id = 2",
     "row 2 a.jsonl:2 this verdict is not as it was written"},
    {"UPDATE verdict_row SET kind = 1 WHERE verdict_id = 2", "row 2"},
    {"UPDATE verdict_row SET action = 0 WHERE verdict_id = 5",
     "block 2 row 5 a.jsonl"},
    {"UPDATE verdict_row SET action = action + 256 WHERE verdict_id = 5",
     "row 5"},
    {"UPDATE verdict_row SET score = 5.000000000000001 WHERE verdict_id = 1",
     "row 1"},
    {"UPDATE verdict_row SET profile = 'other' WHERE verdict_id = 1", "row 1"},
    {"UPDATE verdict_row SET subject = '' WHERE verdict_id = 1", "row 1"},
    {"UPDATE verdict_row SET event_time = '' WHERE verdict_id = 1", "row 1"},
    {"UPDATE verdict_row SET top_rule = '' WHERE verdict_id = 1", "row 1"},
    {"UPDATE verdict_row SET verdict_json = NULL WHERE verdict_id = 1",
     "row 1"},
    {"UPDATE verdict_row SET verdict_json = '' WHERE verdict_id = 1", "row 1"},
    {"UPDATE verdict_row SET profile = 'genericx', event_time = "
     "substr(event_time, 2) WHERE verdict_id = 1",
     "row 1"},
    {"UPDATE verdict_row SET block_id = 2 WHERE verdict_id = 1",
     "this verdict was moved to block 2"},
    {"UPDATE shadow_row SET score = 11 WHERE verdict_id = 3 AND rule = "
     "'TRY-001'",
     "row 3"},
    {"UPDATE shadow_row SET rule = 'TRY-009' WHERE verdict_id = 3 AND rule = "
     "'TRY-001'",
     "row 3"},
    {"DELETE FROM shadow_row WHERE verdict_id = 9", "row 9"},
    {"INSERT INTO shadow_row VALUES (9, 'TRY-009', 5)", "row 9"},
    {"INSERT INTO shadow_row VALUES (99, 'TRY-009', 5)",
     "belong to no verdict"},
    {"INSERT INTO waived_row VALUES (0, 'X', 5, '', '', '', '', '')",
     "belong to no verdict"},
    {"UPDATE waived_row SET approved_by = 'demo_c' WHERE verdict_id = 3",
     "row 3"},
    {"UPDATE waived_row SET why = '' WHERE verdict_id = 3", "row 3"},
    {"UPDATE error_row SET message = 'fine' WHERE error_id = 2",
     "row 2 a.jsonl:5 this error is not as it was written"},
    {"UPDATE error_row SET code = 'J103' WHERE error_id = 2", "row 2"},
    {"UPDATE error_row SET line = 1 WHERE error_id = 2", "row 2"},
    {"UPDATE invalid_count SET records = 7 WHERE block_id = 2",
     "counts of invalid fields"},
    {"DELETE FROM invalid_count WHERE block_id = 2", "counts of invalid"},
    {"INSERT INTO invalid_count VALUES (77, 'x', 1)", "without a block"},
    {"UPDATE block SET begin_byte = 1 WHERE block_id = 2",
     "“begin_byte” is not as it was written"},
    {"UPDATE block SET end_byte = 1 WHERE block_id = 2", "“end_byte”"},
    {"UPDATE block SET first_line = 1 WHERE block_id = 2", "“first_line”"},
    {"UPDATE block SET head = 'x' WHERE block_id = 2", "“head”"},
    {"UPDATE block SET parent = 'x' WHERE block_id = 2", "“parent”"},
    {"UPDATE block SET digest = 'x' WHERE block_id = 2", "“digest”"},
    {"UPDATE block SET verdicts = 2 WHERE block_id = 2", "“verdicts”"},
    {"UPDATE block SET errors = 0 WHERE block_id = 2", "“errors”"},
    {"UPDATE block SET verdicts = -3 WHERE block_id = 2", "“verdicts”"},
    {"UPDATE block SET source_id = 2 WHERE block_id = 2", "“source”"},
    {"UPDATE block_proof SET first_verdict = 1 WHERE block_id = 2",
     "“first_verdict”"},
    {"UPDATE block_proof SET salt = 'x' WHERE block_id = 2", "block 2 row 4"},
    {"UPDATE block_proof SET row_digests = zeroblob(160) WHERE block_id = 2",
     "“rows”"},
    {"UPDATE block_proof SET row_digests = x'00' WHERE block_id = 2",
     "has not the digests of 4 rows"},
    {"UPDATE run SET command = 'other'",
     "run 1: “program_version, profile, kinds, command or key_id”"},
    {"UPDATE run SET key_id = 'other'",
     "run 1: “program_version, profile, kinds, command or key_id”"},
    {"UPDATE run SET started_at = '2020-01-01T00:00:00Z'", "run 1: “time”"},
    {"UPDATE run SET status = 'interrupted'", "run 1: “status”"},
    {"UPDATE run SET ended_at = ''", "run 1: “time”"},
    {"UPDATE source SET name = 'c.jsonl' WHERE source_id = 1",
     "source 1: “name”"},
    {"UPDATE source SET seen = 9 WHERE source_id = 1",
     "the counts do not add up: 9 seen, 6 judged, 2 unreadable, 0 duplicate"},
    {"UPDATE source SET seen = 9, judged = 7 WHERE source_id = 1",
     "source 1: “judged”"},
    {"UPDATE source SET seen = 4, judged = 2 WHERE source_id = 1",
     "more is stored than was counted: 6 verdicts of 2 judged"},
    {"UPDATE source SET ended = 0 WHERE source_id = 1", "source 1: “ended”"},
    {"UPDATE ruleset SET packs = '[]'", "ruleset 1: “packs or first_seen_at”"},
    {"UPDATE ruleset SET digest = 'sha256:00'", "ruleset 1: “digest”"},
    {"UPDATE policy_file SET bytes = CAST('pack: other' AS BLOB) WHERE file_id "
     "= 1",
     "the text of ruleset 1 is not the one that judged"},
    {"UPDATE ruleset_file SET path = 'other.yaml' WHERE position = 1",
     "“paths”"},
    {"UPDATE policy_file SET sha256 = 'x' WHERE file_id = 1",
     "ruleset 1: file 1: “sha256” is not that of its text"},
    {"UPDATE ruleset_file SET position = 5 WHERE position = 2",
     "ruleset 1: file 2 stands at position 5"},
    {"INSERT INTO policy_file VALUES (9, 'x', x'00')",
     "texts of no ruleset: 1 in the tables, 0 in the chain"},
    // what shows something else than is proven
    {"DROP VIEW by_day; CREATE VIEW by_day AS SELECT * FROM verdict_row",
     "view by_day is not the one that simwarden made"},
    {"PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, "
     "'''refuse''', '''pass''') WHERE name = 'verdict'",
     "view verdict is not the one that simwarden made"},
    {"DROP VIEW open_case", "view open_case is missing"},
    {"CREATE TRIGGER quiet AFTER INSERT ON verdict_row BEGIN DELETE FROM "
     "verdict_row WHERE action = 3; END",
     "trigger quiet was put in"},
    {"CREATE TABLE mine (x)", "table mine was put in"},
    {"CREATE INDEX mine ON verdict_row (line)", "index mine was put in"},
    {"DROP INDEX block_by_source", "index block_by_source is missing"},
    {"ALTER TABLE source ADD COLUMN mine TEXT", "table source is not the one"},
    // what was swapped
    {"UPDATE ruleset_file SET file_id = 3 - file_id",
     "the text of ruleset 1 is not the one that judged"},
    {"INSERT INTO ruleset VALUES (2, 'sha256:00', '[]', ''); UPDATE block SET "
     "ruleset_id = 2 WHERE block_id = 2",
     "“ruleset”"},
    // what was taken out
    {"DELETE FROM verdict_row WHERE verdict_id = 5",
     "block 2 row 5 a.jsonl:0 this verdict is missing"},
    {"DELETE FROM error_row WHERE error_id = 3",
     "block 3 row 3 b.jsonl:0 this error is missing"},
    {"DELETE FROM block WHERE block_id = 2", "block 2 is missing"},
    {"DELETE FROM block_proof WHERE block_id = 2", "block 2 is missing"},
    {"DELETE FROM ruleset_file", "“files”"},
    {"DELETE FROM ruleset_file WHERE position = 2", "“files”"},
    {"DELETE FROM source WHERE source_id = 2", "source 2 is missing"},
    {"DELETE FROM run", "run 1 is missing"},
    {"DELETE FROM chain_link WHERE link_id BETWEEN 4 AND 6",
     "links 4 to 6 of the chain are missing"},
    {"DELETE FROM chain_link WHERE link_id = 1",
     "links 1 to 1 of the chain are missing"},
    {"DELETE FROM chain_link", "the database has no chain"},
    {"DELETE FROM chain_link WHERE link_id = (SELECT max(link_id) FROM "
     "chain_link)",
     "runs that ended: 1 in the tables, 0 in the chain"},
    // what was put in
    {"INSERT INTO verdict_row SELECT 10, block_id, line, byte, record_id, "
     "kind, action, score, profile, subject, event_time, top_rule, "
     "verdict_json FROM verdict_row WHERE verdict_id = 9",
     "row 10 :4 this verdict was put in"},
    {"INSERT INTO verdict_row SELECT -1, block_id, line, byte, record_id, "
     "kind, action, score, profile, subject, event_time, top_rule, "
     "verdict_json FROM verdict_row WHERE verdict_id = 9",
     "row -1 :4 this verdict was put in"},
    {"INSERT INTO error_row VALUES (9, 1, 1, 1, 'J102', '')",
     "this error was put in"},
    {"INSERT INTO run (ruleset_id, program_version, profile, kinds, command, "
     "key_id, started_at) VALUES (1, '', '', '', '', '', '')",
     "runs: 2 in the tables, 1 in the chain"},
    {"INSERT INTO block SELECT 9, source_id, ruleset_id, parent, 'x', head, "
     "first_line, begin_byte, end_byte, 0, 0 FROM block WHERE block_id = 1",
     "blocks: 4 in the tables, 3 in the chain"},
    // what was put elsewhere
    {"UPDATE verdict_row SET verdict_id = 100 WHERE verdict_id = 2; UPDATE "
     "verdict_row SET verdict_id = 2 WHERE verdict_id = 3; UPDATE verdict_row "
     "SET verdict_id = 3 WHERE verdict_id = 100",
     "row 2 a.jsonl:4 this verdict is not as it was written"},
    {"UPDATE chain_link SET link_id = 100 WHERE link_id = 6; UPDATE chain_link "
     "SET link_id = 6 WHERE link_id = 7; UPDATE chain_link SET link_id = 7 "
     "WHERE link_id = 100",
     "stands in the place of another"},
    // the chain itself
    {"UPDATE chain_link SET hash = replace(hash, 'a', 'b')", "was changed"},
    {"UPDATE chain_link SET body = replace(body, 'done', 'failed')",
     "this link of the chain or the one before it was changed"},
    {"UPDATE chain_link SET body = '' WHERE link_id = 5", "no link is of"},
    {"UPDATE chain_link SET body = '{\"kind\":\"\\' WHERE link_id = 5",
     "no link is of"},
    // what pretends to have been purged
    {"DELETE FROM verdict_row WHERE verdict_id <= 3; DELETE FROM shadow_row "
     "WHERE verdict_id <= 3; DELETE FROM waived_row WHERE verdict_id <= 3; "
     "DELETE FROM error_row WHERE error_id = 1; UPDATE block_proof SET "
     "verdict_purge = 1 WHERE block_id = 1",
     "1 block purged by purge 1, which is not in the chain"},
    // an index that passes over a row, under the words of the right one
    {"DROP INDEX block_by_source; CREATE INDEX block_by_source ON block "
     "(source_id) WHERE block_id <> 2; PRAGMA writable_schema = ON; UPDATE "
     "sqlite_schema SET sql = 'CREATE INDEX block_by_source ON block "
     "(source_id)' WHERE name = 'block_by_source'",
     "the file itself: row 2 missing from index block_by_source"},
    {"INSERT INTO purge VALUES (1, '', '', '', 'personal', '', 0, 0, 0, '', "
     "'', '', '', NULL)",
     "purges: 1 in the tables, 0 in the chain"},
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_not_touched_is_as_it_was_written) {
  const ScratchFolder folder;
  fill(folder);
  const AuditReport report = verify(folder.db());
  BOOST_TEST(shown(report) == "");
  BOOST_TEST(report.findings_total == 0);
  BOOST_TEST(report.blocks == 3);
  BOOST_TEST(report.verdicts == 9);
  BOOST_TEST(report.errors == 3);
  BOOST_TEST(report.rulesets == 1);
  BOOST_TEST(report.sources == 2);
  BOOST_TEST(report.notes.empty());
}

BOOST_AUTO_TEST_CASE(a_source_that_was_not_read_to_its_end_is_counted_as_such) {
  const ScratchFolder folder;
  {
    const auto store = open_store(folder);
    RunInfo info = demo_run(digest_of_files(demo_files()));
    info.ruleset_files = demo_files();
    const int64_t run = must(store->begin_run(info));
    must(store->end_source(must(store->begin_source(run, "a.jsonl")),
                           {.whole = false}));
    must(store->end_source(must(store->begin_source(run, "b.jsonl")), {}));
    must(store->end_run(run, RunStatus::interrupted));
  }
  const AuditReport report = verify(folder.db());
  BOOST_TEST(shown(report) == "");
  BOOST_TEST(report.sources == 2);
  BOOST_TEST(report.sources_cut == 1);
}

// Step by step it has the words of one that was made in one go.
BOOST_AUTO_TEST_CASE(a_database_that_was_brought_up_to_date_verifies) {
  for (size_t version = 1; version < migrations().size(); ++version) {
    const ScratchFolder folder;
    std::string sql;
    for (size_t step = 0; step < version; ++step) sql += migrations()[step];
    tamper(folder.db(),
           sql + "PRAGMA application_id=" + std::to_string(kApplicationId) +
               ";PRAGMA user_version=" + std::to_string(version));
    fill(folder);
    BOOST_TEST(findings(folder.db()).empty(), version);
  }
}

BOOST_AUTO_TEST_CASE(statistics_of_sqlite_are_no_finding) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(), "ANALYZE");
  BOOST_TEST(findings(folder.db()).empty());
}

BOOST_AUTO_TEST_CASE(every_tampering_is_found_and_named) {
  const ScratchFolder original;
  fill(original);
  check_tamperings(original.db(), kTamperings);
}

BOOST_AUTO_TEST_CASE(a_table_that_is_gone_is_found_and_the_rest_is_verified) {
  const ScratchFolder original;
  fill(original);
  std::vector<std::string> tables;
  {
    const auto database = must(Database::open(original.db(), Access::read));
    must(database->each_row(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
        "name NOT LIKE 'sqlite_%'",
        [&](const Statement& row) { tables.emplace_back(row.text(0)); }));
  }
  BOOST_TEST(tables.size() > 20);
  for (const std::string& table : tables) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original.db(), folder.db());
    tamper(folder.db(), "PRAGMA foreign_keys = OFF; DROP TABLE " + table);
    const AuditReport report = verify(folder.db());
    BOOST_TEST(shown(report).find("table " + table + " is missing") !=
                   std::string::npos,
               table);
    BOOST_TEST(shown(report).find("nothing more") == std::string::npos, table);
    if (table != "chain_link") BOOST_TEST(report.links > 10, table);
  }
}

BOOST_AUTO_TEST_CASE(a_column_that_is_gone_is_found) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "DROP TABLE shadow_row; "
         "CREATE TABLE shadow_row (verdict_id INTEGER, rule TEXT)");
  const std::string text = shown(verify(folder.db()));
  BOOST_TEST(text.find("table shadow_row is not the one that simwarden made") !=
             std::string::npos);
  BOOST_TEST(text.find("nothing more could be verified: ") !=
             std::string::npos);
}

// Whoever may write the file can cut it and the chain together; only what was
// kept elsewhere shows it.
BOOST_AUTO_TEST_CASE(a_tail_that_is_gone_is_found_with_a_checkpoint) {
  const ScratchFolder folder;
  fill(folder);
  const Checkpoint checkpoint = must(checkpoint_of(folder.db()));
  BOOST_TEST(verify(folder.db(), checkpoint).findings_total == 0);
  tamper(folder.db(),
         "DELETE FROM chain_link WHERE body LIKE '%run_end%' OR body LIKE "
         "'%\"source\":2,%' OR body LIKE '%\"source\":2}' OR body LIKE "
         "'%\"block\":3,%';"
         "DELETE FROM verdict_row WHERE block_id = 3;"
         "DELETE FROM shadow_row WHERE verdict_id > 6;"
         "DELETE FROM waived_row WHERE verdict_id > 6;"
         "DELETE FROM error_row WHERE block_id = 3;"
         "DELETE FROM invalid_count WHERE block_id = 3;"
         "DELETE FROM kept_facts WHERE block_id = 3;"
         "DELETE FROM window_events WHERE block_id = 3;"
         "DELETE FROM block_proof WHERE block_id = 3;"
         "DELETE FROM block WHERE block_id = 3;"
         "DELETE FROM source WHERE source_id = 2;"
         "UPDATE run SET status = 'running', ended_at = NULL;");
  const AuditReport blind = verify(folder.db());
  BOOST_TEST(blind.findings_total == 0, shown(blind));
  const AuditReport seen = verify(folder.db(), checkpoint);
  BOOST_TEST(seen.findings_total == 1);
  BOOST_TEST(shown(seen).find("the tail is gone: the checkpoint of") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_database_made_anew_is_found_with_a_checkpoint) {
  const ScratchFolder folder;
  fill(folder);
  Checkpoint checkpoint = must(checkpoint_of(folder.db()));
  checkpoint.head[0] = checkpoint.head[0] == '0' ? '1' : '0';
  const AuditReport report = verify(folder.db(), checkpoint);
  BOOST_TEST(report.findings_total == 1);
  BOOST_TEST(shown(report).find("is not the one that the checkpoint") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_holds_while_the_database_grows) {
  const ScratchFolder folder;
  fill(folder);
  const Checkpoint checkpoint = must(checkpoint_of(folder.db()));
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run("sha256:other"))), "c.jsonl",
           "one\ntwo\n!\n", 100, "sha256:other");
  }
  const AuditReport report = verify(folder.db(), checkpoint);
  BOOST_TEST(report.findings_total == 0, shown(report));
  BOOST_TEST(report.blocks == 4);
  BOOST_TEST_REQUIRE(report.notes.size() == 1u);
  BOOST_TEST(report.notes[0].find("known by the digest only") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_crash_between_blocks_leaves_a_chain_that_verifies) {
  for (int blocks = 0; blocks < 4; ++blocks) {
    const ScratchFolder folder;
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = VerdictStore::open(folder.db(), folder.options());
      const auto run = (*store)->begin_run(demo_run());
      const auto source = (*store)->begin_source(*run, "log");
      std::string parent;
      for (int i = 0; i < blocks; ++i) {
        const Block block =
            evidence_block(*source, parent, "rec-" + std::to_string(i) + "\n",
                           uint64_t(i) * 6, "2026-01-01");
        if (!(*store)->append(block)) ::_exit(1);
        parent = block.identity.digest;
      }
      ::_exit(0);  // without closing anything
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(WEXITSTATUS(status) == 0);
    const AuditReport cut = verify(folder.db());
    BOOST_TEST(cut.findings_total == 0, shown(cut));
    BOOST_TEST(cut.blocks == uint64_t(blocks));
    {
      const auto store = open_store(folder);
      screen(*store, must(store->begin_run(demo_run())), "log",
             "rec-0\nrec-1\nrec-2\nrec-3\n", 6);
    }
    const AuditReport whole = verify(folder.db());
    BOOST_TEST(whole.findings_total == 0, shown(whole));
    BOOST_TEST(whole.verdicts == 4);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_database_of_ours_is_an_error) {
  const ScratchFolder folder;
  BOOST_TEST(!verify_database(folder / "absent.db", {}, nullptr).ok());
  tamper(folder.db(), "CREATE TABLE t (x)");
  BOOST_TEST(!verify_database(folder.db(), {}, nullptr).ok());
}

BOOST_AUTO_TEST_CASE(nothing_is_added_behind_rows_that_were_put_in) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "INSERT INTO verdict_row SELECT 500, block_id, line, byte, record_id, "
         "kind, action, score, profile, subject, event_time, top_rule, "
         "verdict_json FROM verdict_row WHERE verdict_id = 9");
  const auto store = open_store(folder);
  const int64_t source =
      must(store->begin_source(must(store->begin_run(demo_run())), "c"));
  const auto stored =
      store->append(evidence_block(source, "", "a\nb\n", 0, "2026-03-07"));
  BOOST_TEST_REQUIRE(!stored.ok());
  BOOST_TEST(stored.error().what.find("was not given") != std::string::npos);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 3);
}

// From every older version: what was stored is taken into the chain, and from
// then on every change shows.
BOOST_AUTO_TEST_CASE(an_older_database_gets_its_chain) {
  for (const int64_t version : {1, 2}) {
    const ScratchFolder folder;
    {
      const auto database = must(Database::open(folder.db(), Access::write));
      for (int64_t v = 0; v < version; ++v) {
        must(database->run(std::string(migrations()[size_t(v)])));
      }
      must(database->run(
          "INSERT INTO ruleset VALUES (1, 'sha256:demo', '[]', '2026-03-02');"
          "INSERT INTO run VALUES (1, 1, '0.1.0', 'generic', 'auto', '', '', "
          "'2026-03-02', '2026-03-02', 'done'), (2, 1, '0.1.0', 'generic', "
          "'auto', '', '', '2026-03-02', NULL, 'running');"
          "INSERT INTO source VALUES (1, 1, 'a.jsonl', 1, 3, 2, 1, 0, 9, 'd'),"
          "(2, 2, 'b.jsonl', 0, 0, 0, 0, 0, 0, '');"
          "INSERT INTO block VALUES (1, 1, 1, '', 'd', 'h', 1, 0, 9, 2, 1),"
          "(2, 2, 1, '', 'e', 'h', 1, 0, 9, 1, 0);"
          "INSERT INTO verdict_row VALUES "
          "(1, 1, 1, 0, 'r-1', 0, 2, 45, 'generic', '', '', '', NULL),"
          "(2, 1, 2, 4, 'r-2', 0, 2, 45, 'generic', '', '', '', NULL),"
          "(3, 2, 1, 0, 'r-3', 0, 2, 45, 'generic', '', '', '', NULL);"
          "INSERT INTO error_row VALUES (1, 1, 3, 8, 'J102', 'not JSON');"
          "INSERT INTO invalid_count VALUES (1, 'request.created_at', 1);"
          "PRAGMA application_id=1397312855;PRAGMA user_version=" +
          std::to_string(version) + ";"));
    }
    open_store(folder);
    const AuditReport report = verify(folder.db());
    BOOST_TEST(report.findings_total == 0, shown(report));
    BOOST_TEST(report.verdicts == 3);
    BOOST_TEST(report.errors == 1);
    BOOST_TEST_REQUIRE(report.notes.size() == 2u);
    BOOST_TEST(report.notes[0].find("2 blocks from before the chain") == 0u);
    tamper(folder.db(),
           "UPDATE verdict_row SET score = 0 WHERE verdict_id = 3");
    BOOST_TEST(
        shown(verify(folder.db())).find("row 3 b.jsonl:1 this verdict") !=
        std::string::npos);
  }
}
