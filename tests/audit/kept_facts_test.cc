// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "audit/export.h"
#include "audit/kept_check.h"
#include "audit/purge.h"
#include "audit/verified.h"
#include "privacy/sha256.h"
#include "store/kept_records.h"

using namespace simwarden;

namespace {

PurgeCount purge(const ScratchFolder& folder, RetentionClass what) {
  return must(purge_database(folder.db(),
                             {.steps = {{what, "2026-02-01", ""}},
                              .who = "demo_officer",
                              .reason = "retention"},
                             nullptr))
      .counts[0];
}

// Records that can still be walked.
size_t records(const ScratchFolder& folder) {
  const auto walk = must(KeptRecords::open(folder.db(), {"reason"}));
  size_t count = 0;
  while (must(walk->next())) ++count;
  return count;
}

}  // namespace

BOOST_AUTO_TEST_CASE(whoever_touches_kept_facts_is_found) {
  struct Case {
    const char* sql;
    const char* finding;
  };
  const Case cases[] = {
      // A byte of the facts.
      {"UPDATE kept_facts SET facts = CAST(substr(facts, 1, 20) || x'00' || "
       "substr(facts, 22) AS BLOB) WHERE block_id = 1",
       "not as they were written"},
      // With the digest made to fit: the link of the chain knows.
      {"UPDATE kept_facts SET sha256 = hex(randomblob(32)) WHERE block_id = 1",
       "“kept” is not as it was written"},
      {"UPDATE kept_facts SET records = 2 WHERE block_id = 1",
       "“kept” is not as it was written"},
      {"UPDATE kept_facts SET bytes = 2 WHERE block_id = 1",
       "“kept” is not as it was written"},
      {"DELETE FROM kept_facts WHERE block_id = 1",
       "“kept” is not as it was written"},
      {"UPDATE kept_facts SET facts = NULL WHERE block_id = 1",
       "are gone, and no purge took them"},
      {"UPDATE kept_facts SET facts = NULL, purge = 9 WHERE block_id = 1",
       "are gone, and no purge took them"},
      {"UPDATE kept_facts SET purge = 9 WHERE block_id = 1",
       "which were purged"},
      {"PRAGMA foreign_keys=OFF; INSERT INTO kept_facts VALUES (99, 1, 1, '', "
       "x'00', NULL)",
       "kept facts without a block"},
  };
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(folder);
    BOOST_TEST(findings(folder.db()).empty());
    tamper(folder.db(), tried.sql);
    const auto found = findings(folder.db());
    BOOST_TEST_REQUIRE(!found.empty(), tried.sql);
    BOOST_TEST(found[0].find(tried.finding) != std::string::npos,
               tried.sql << ": " << found[0]);
  }
}

BOOST_AUTO_TEST_CASE(facts_of_two_blocks_cannot_be_swapped) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE kept_facts SET block_id = block_id + 100;"
         "UPDATE kept_facts SET block_id = CASE block_id WHEN 101 THEN 3 "
         "WHEN 103 THEN 1 ELSE block_id - 100 END");
  BOOST_TEST(findings(folder.db()).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_purge_of_every_class_of_a_block_takes_the_kept_facts) {
  for (const RetentionClass what :
       {RetentionClass::excerpts, RetentionClass::subjects,
        RetentionClass::verdicts}) {
    const ScratchFolder folder;
    fill(folder);
    BOOST_TEST(records(folder) == 9u);
    BOOST_TEST(purge(folder, what).blocks == 1u);
    BOOST_TEST(records(folder) == 6u);
    BOOST_TEST(findings(folder.db()).empty());
    // What was purged cannot be put back.
    tamper(folder.db(),
           "UPDATE kept_facts SET facts = (SELECT facts FROM kept_facts WHERE "
           "block_id = 2) WHERE block_id = 1");
    BOOST_TEST(findings(folder.db()).size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(all_purges_of_one_block_leave_it_verifiable) {
  const ScratchFolder folder;
  fill(folder);
  for (const RetentionClass what :
       {RetentionClass::excerpts, RetentionClass::subjects,
        RetentionClass::verdicts}) {
    BOOST_TEST(purge(folder, what).blocks == 1u);
    BOOST_TEST(findings(folder.db()).empty());
  }
  BOOST_TEST(findings(folder.db()).empty());
}

BOOST_AUTO_TEST_CASE(facts_that_were_touched_are_not_purged) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(), "UPDATE kept_facts SET facts = x'00' WHERE block_id = 1");
  const auto result = purge_database(
      folder.db(),
      {.steps = {{RetentionClass::excerpts, "2026-02-01", ""}}, .who = "demo"},
      nullptr);
  BOOST_TEST(!result.ok());
}

BOOST_AUTO_TEST_CASE(an_export_has_the_facts_only_when_they_are_asked_for) {
  const ScratchFolder folder;
  fill(folder);
  must(export_evidence(folder.db(), folder / "plain"));
  BOOST_TEST(!std::filesystem::exists(folder / "plain/facts"));
  must(export_evidence(folder.db(), folder / "all", true));
  const std::string facts = read_all(folder / "all/facts/2.jsonl.zst");
  const std::string sums = read_all(folder / "all/SHA256SUMS");
  BOOST_TEST(sums.find(sha256_hex(facts) + "  facts/2.jsonl.zst\n") !=
             std::string::npos);
  std::string lines;
  must(unseal_facts(
      facts,
      uint64_t(ask_number(folder.db(),
                          "SELECT bytes FROM kept_facts WHERE block_id = 2")),
      0, lines));
  BOOST_TEST(lines.find("rec-b") != std::string::npos);
}
