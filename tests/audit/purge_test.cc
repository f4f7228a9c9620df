// SPDX-License-Identifier: Apache-2.0
#include "audit/purge.h"

#include <fstream>
#include <iterator>

#include "audit/checkpoint.h"
#include "audit/evidence.h"
#include "audit/verify.h"

using namespace simwarden;

namespace {

PurgeResult purge(const ScratchFolder& folder, const std::string& before,
                  PurgeClass what, bool only_count = false) {
  return must(purge_database(folder.db(),
                             {.before = before,
                              .what = what,
                              .who = "demo_officer",
                              .reason = "retention",
                              .only_count = only_count},
                             nullptr));
}

uint64_t findings(const ScratchFolder& folder,
                  const std::optional<Checkpoint>& checkpoint = {}) {
  const AuditReport report =
      must(verify_database(folder.db(), checkpoint, nullptr));
  for (const AuditFinding& finding : report.findings) {
    BOOST_TEST_MESSAGE(finding.what);
  }
  return report.findings_total;
}

bool file_holds(const std::string& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return bytes.find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(purged_details_are_gone_and_the_rest_is_still_proven) {
  const ScratchFolder folder;
  fill(folder);
  const Checkpoint before = must(checkpoint_of(folder.db()));
  BOOST_TEST_REQUIRE(file_holds(folder.db(), "t1:demo:rec-x"));
  // Rows of block 1 only: it is the one before February.
  const PurgeResult result = purge(folder, "2026-02-01", PurgeClass::personal);
  BOOST_TEST(result.blocks == 1);
  BOOST_TEST(result.verdicts == 3);
  BOOST_TEST(result.errors == 1);
  BOOST_TEST(result.overwritten);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM verdict_row WHERE subject = '' "
                        "AND record_id = '' AND verdict_json IS NULL") == 3);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM verdict WHERE top_rule = "
                        "'IDV-002' AND event_time LIKE '2026-01-05%'") == 3);
  BOOST_TEST(findings(folder, before) == 0);
  const AuditReport report =
      must(verify_database(folder.db(), before, nullptr));
  BOOST_TEST(report.purges == 1);
  BOOST_TEST(report.purged_personal == 3);
  // What stays is proven: an action cannot be changed unseen.
  tamper(folder.db(),
         "UPDATE verdict_row SET action = 3 - action WHERE "
         "verdict_id = 2");
  BOOST_TEST(findings(folder) == 1);
}

BOOST_AUTO_TEST_CASE(nothing_purged_stays_in_the_file_or_its_log) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", PurgeClass::personal);
  for (const char* text : {"t1:demo:rec", "rec-a", "rec-z", "not an object"}) {
    BOOST_TEST(!file_holds(folder.db(), text), text);
    BOOST_TEST(!file_holds(folder.db() + "-wal", text), text);
  }
  BOOST_TEST(file_holds(folder.db(), "demo_b"), "who approved a waiver stays");
  BOOST_TEST(findings(folder) == 0);
  purge(folder, "2030-01-01", PurgeClass::verdicts);
  BOOST_TEST(!file_holds(folder.db(), "demo_b"));
  BOOST_TEST(findings(folder) == 0);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 0);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 3);
}

BOOST_AUTO_TEST_CASE(a_purge_is_logged_and_says_how_much_it_took) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2026-02-01", PurgeClass::verdicts);
  BOOST_TEST(ask(folder.db(),
                 "SELECT who, reason, class, before, blocks, verdicts, errors "
                 "FROM purge",
                 7) ==
                 std::vector<std::string>{
                     "demo_officer|retention|verdicts|2026-02-01|1|3|1"},
             boost::test_tools::per_element());
  const AuditReport report = must(verify_database(folder.db(), {}, nullptr));
  BOOST_TEST(report.purged_verdicts == 3);
  BOOST_TEST(report.findings_total == 0);
  // Nobody can blame an older purge for a block that is missing now.
  tamper(folder.db(),
         "DELETE FROM verdict_row WHERE block_id = 3; DELETE FROM shadow_row "
         "WHERE verdict_id > 6; DELETE FROM waived_row WHERE verdict_id > 6; "
         "DELETE FROM error_row WHERE block_id = 3; UPDATE block_proof SET "
         "verdict_purge = 1 WHERE block_id = 3");
  BOOST_TEST(findings(folder) == 1);
}

BOOST_AUTO_TEST_CASE(a_purge_cannot_be_undone_unseen) {
  const char* undone[] = {
      "UPDATE block_proof SET personal_purge = NULL WHERE block_id = 1",
      "UPDATE verdict_row SET subject = 't1:demo:rec-a' WHERE verdict_id = 1",
      "UPDATE error_row SET message = 'x' WHERE error_id = 1",
      "UPDATE block_proof SET personal_digests = zeroblob(128) WHERE block_id "
      "= 1",
      "UPDATE purge SET who = 'demo_other'",
      "UPDATE purge SET verdicts = 1",
      "DELETE FROM purge",
  };
  const ScratchFolder original;
  fill(original);
  purge(original, "2026-02-01", PurgeClass::personal);
  for (const char* sql : undone) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original.db(), folder.db());
    tamper(folder.db(), sql);
    BOOST_TEST(findings(folder) > 0, sql);
  }
}

BOOST_AUTO_TEST_CASE(keys_of_purged_rows_are_not_used_again) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", PurgeClass::verdicts);
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run())), "c.jsonl", "one\n!\n",
           100);
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT verdict_id FROM verdict_row") ==
             10);
  BOOST_TEST(findings(folder) == 0);
}

BOOST_AUTO_TEST_CASE(a_purged_block_is_not_stored_again) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", PurgeClass::verdicts);
  fill(folder);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 0);
}

BOOST_AUTO_TEST_CASE(a_dry_run_changes_nothing) {
  const ScratchFolder folder;
  fill(folder);
  const PurgeResult result =
      purge(folder, "2030-01-01", PurgeClass::verdicts, true);
  BOOST_TEST(result.verdicts == 9);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 9);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
}

BOOST_AUTO_TEST_CASE(a_purge_with_nothing_to_take_leaves_no_trace) {
  const ScratchFolder folder;
  fill(folder);
  BOOST_TEST(purge(folder, "2020-01-01", PurgeClass::personal).blocks == 0);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
}

BOOST_AUTO_TEST_CASE(what_was_tampered_with_is_not_purged) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE verdict_row SET subject = 'x' WHERE verdict_id = "
         "2");
  const auto result = purge_database(
      folder.db(), {.before = "2030-01-01", .who = "demo"}, nullptr);
  BOOST_TEST_REQUIRE(!result.ok());
  BOOST_TEST((result.error().trouble == Trouble::input));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
  BOOST_TEST(findings(folder) == 1);
}

BOOST_AUTO_TEST_CASE(nobody_purges_while_another_writes) {
  const ScratchFolder folder;
  fill(folder);
  const auto store = open_store(folder);
  BOOST_TEST(
      !purge_database(folder.db(), {.before = "2030-01-01"}, nullptr).ok());
}
