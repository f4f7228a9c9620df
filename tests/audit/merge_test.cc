// SPDX-License-Identifier: Apache-2.0
#include "audit/merge.h"

#include <sys/wait.h>
#include <unistd.h>

#include "audit/checkpoint.h"
#include "audit/parts.h"

using namespace simwarden;

BOOST_AUTO_TEST_CASE(parts_stand_in_one_database_that_proves_them) {
  const Parts parts;
  const MergeResult result = merge(parts.all(), parts.merged());
  BOOST_TEST(result.parts == 3);
  BOOST_TEST(result.blocks == 6);
  BOOST_TEST(result.doubles == 1);
  BOOST_TEST(result.verdicts == 13);
  BOOST_TEST(result.errors == 4);
  const AuditReport report = verify(parts.merged());
  BOOST_TEST(report.findings_total == 0, shown(report));
  BOOST_TEST(report.parts == 3);
  BOOST_TEST(report.doubles == 1);
  BOOST_TEST(report.purges == 1);
  BOOST_TEST(report.purged_excerpts == 1);
  BOOST_TEST(report.rulesets == 1);
  BOOST_TEST(report.sources == 6);
  const std::string file = parts.merged();
  BOOST_TEST(ask_number(file, "SELECT count(*) FROM ruleset") == 2);
  BOOST_TEST(ask_number(file, "SELECT count(*) FROM run") == 3);
  BOOST_TEST(ask_number(file, "SELECT count(*) FROM shadow_row") == 26);
  BOOST_TEST(ask_number(file, "SELECT count(*) FROM waived_row") == 13);
  // The double stands as the first part has it.
  BOOST_TEST(
      ask(file,
          "SELECT source, count(*) FROM verdict GROUP BY source "
          "ORDER BY source",
          2) == (std::vector<std::string>{"a.jsonl|6", "b.jsonl|3", "c.jsonl|1",
                                          "d.jsonl|1", "own.jsonl|2"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_a_part_is_one_of_the_whole) {
  const Parts parts;
  std::vector<Checkpoint> seen;
  for (const std::string& part : parts.all()) {
    seen.push_back(must(checkpoint_of(part)));
  }
  merge(parts.all(), parts.merged());
  for (size_t i = 0; i < seen.size(); ++i) {
    const AuditReport report = verify(parts.merged(), seen[i]);
    BOOST_TEST(report.findings_total == 0, shown(report));
    BOOST_TEST(report.checkpoint_part == parts.all()[i]);
    Checkpoint other = seen[i];
    other.head[0] = other.head[0] == '0' ? '1' : '0';
    BOOST_TEST(verify(parts.merged(), other).findings_total == 1);
  }
  const Checkpoint whole = must(checkpoint_of(parts.merged()));
  const AuditReport report = verify(parts.merged(), whole);
  BOOST_TEST(report.findings_total == 0, shown(report));
  BOOST_TEST(report.checkpoint_part == "");
}

BOOST_AUTO_TEST_CASE(every_tampering_with_a_merged_database_is_found) {
  const Parts parts;
  merge(parts.all(), parts.merged());
  const Tampering tamperings[] = {
      {"UPDATE verdict_row SET score = 1 WHERE record_id = 'rec-1'",
       "south.db: link"},
      {"UPDATE verdict_row SET subject = 'x' WHERE record_id = 'rec-8'",
       "west.db: link"},
      {"UPDATE verdict_row SET subject = 'x' WHERE record_id = 'rec-7'",
       "west.db: link"},
      {"DELETE FROM error_row WHERE error_id = 1", "north.db: link"},
      {"UPDATE run SET command = 'x' WHERE run_id = 2", "south.db: link"},
      {"UPDATE source SET judged = 1 WHERE name = 'own.jsonl'", "south.db"},
      {"UPDATE source SET run_id = 1 WHERE name = 'own.jsonl'", "south.db"},
      {"UPDATE block SET source_id = 1 WHERE block_id = 6",
       "block 1: “source”"},
      {"UPDATE block_proof SET part_id = 1 WHERE block_id = 4",
       "said to be of another part"},
      {"UPDATE block_proof SET part_id = NULL WHERE block_id = 4",
       "said to be of another part"},
      {"UPDATE part SET name = 'x' WHERE part_id = 1", "part 1: “name”"},
      {"UPDATE part SET head = 'x' WHERE part_id = 2", "part 2: “head”"},
      {"UPDATE part SET links = 3 WHERE part_id = 2", "part 2: “links”"},
      {"UPDATE part SET block_shift = 4 WHERE part_id = 2", "“block_shift”"},
      {"UPDATE part SET verdict_shift = 4 WHERE part_id = 2", "south.db"},
      {"DELETE FROM part WHERE part_id = 3", "part 3 is missing"},
      {"UPDATE part_link SET body = replace(body, 'done', 'failed') WHERE "
       "part_id = 2",
       "south.db: link"},
      {"DELETE FROM part_link WHERE part_id = 1 AND link_id = 3",
       "links 3 to 3 of the chain are missing"},
      {"DELETE FROM part_link WHERE part_id = 3 AND link_id = (SELECT "
       "max(link_id) FROM part_link WHERE part_id = 3)",
       "is not the one that was merged"},
      {"INSERT INTO part_link VALUES (9, 1, '{}', '')",
       "links of merged databases"},
      {"UPDATE part_ruleset SET first_seen_at = '2020-01-01' WHERE part_id = 2",
       "south.db"},
      {"UPDATE part_ruleset SET ruleset_id = 2 WHERE part_id = 1", "north.db"},
      {"UPDATE ruleset SET first_seen_at = '2020-01-01'", "first day"},
      {"UPDATE ruleset SET packs = '[]' WHERE ruleset_id = 1", "north.db"},
      {"UPDATE policy_file SET bytes = CAST('x' AS BLOB) WHERE file_id = 1",
       "is not the one that judged"},
      {"UPDATE part_double SET stands_for = 1", "is said to be the same as"},
      {"DELETE FROM part_double", "south.db"},
      {"UPDATE part_double SET verdict_purge = 1", "purge 1 took 1 block"},
      {"UPDATE purge SET who = 'x'", "west.db"},
      {"UPDATE purge SET part_id = NULL", "said to be of another part"},
      {"UPDATE purge SET part_id = 1", "said to be of another part"},
      {"UPDATE block_proof SET excerpt_purge = 2 WHERE excerpt_purge = 1",
       "purge 1 took 1 block, but 0 others"},
      {"UPDATE part_double SET first_verdict = 1", "“first_verdict”"},
      {"UPDATE kept_facts SET facts = x'00' WHERE block_id = 4",
       "south.db: link"},
      {"UPDATE kept_facts SET records = 9 WHERE block_id = 4",
       "block 1: “kept” is not as it was written"},
      {"UPDATE kept_facts SET purge = NULL WHERE purge = 1",
       "are gone, and no purge took them"},
      {"DELETE FROM kept_facts WHERE block_id = 6", "“kept”"},
      {"DELETE FROM shadow_row WHERE verdict_id = 10", "row 10"},
      {"DELETE FROM chain_link WHERE link_id = 3", "merged databases"},
  };
  check_tamperings(parts.merged(), tamperings);
}

BOOST_AUTO_TEST_CASE(a_merged_database_is_screened_into_purged_and_merged) {
  const Parts parts;
  merge({parts.north, parts.south}, parts.db());
  {
    const auto store = open_store(parts);
    screen(*store, must(store->begin_run(demo_run("sha256:third"))), "e.jsonl",
           "one\ntwo\n!\n", 100, "sha256:third");
  }
  BOOST_TEST(verify(parts.db()).findings_total == 0, shown(verify(parts.db())));
  purge(parts.db(), RetentionClass::subjects, "2026-02-15");
  const AuditReport purged = verify(parts.db());
  BOOST_TEST(purged.findings_total == 0, shown(purged));
  BOOST_TEST(purged.purges == 1);
  BOOST_TEST(purged.purged_personal == 5);
  const Checkpoint checkpoint = must(checkpoint_of(parts.db()));
  const Checkpoint south = must(checkpoint_of(parts.south));

  const MergeResult again = merge({parts.west, parts.db()}, parts.merged());
  BOOST_TEST(again.parts == 2);
  const AuditReport report = verify(parts.merged(), checkpoint);
  BOOST_TEST(report.findings_total == 0, shown(report));
  BOOST_TEST(report.parts == 4);
  BOOST_TEST(report.purges == 2);
  BOOST_TEST(report.checkpoint_part == parts.db());
  BOOST_TEST(verify(parts.merged(), south).checkpoint_part == parts.south);
  tamper(parts.merged(),
         "UPDATE verdict_row SET score = 1 WHERE record_id = 'rec-x'");
  BOOST_TEST(shown(verify(parts.merged())).find("north.db") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_merged_store_takes_the_key_of_any_part_until_its_own) {
  const ScratchFolder folder;
  const auto key = [&folder](const std::string& site) {
    return VerdictStore::open(folder.db(), {.site_key_path = folder / site});
  };
  const auto screened_by = [&key](const std::string& site) {
    const auto store = must(key(site));
    Parts::add(*store, must(store->begin_run(demo_run())), site + ".jsonl",
               site + "-1\n", "2026-02-01");
  };
  for (const char* site : {"north", "south"}) {
    screened_by(site);
    Parts::rename(folder.db(), folder / (std::string(site) + ".db"));
  }
  merge({folder / "north.db", folder / "south.db"}, folder.db());
  BOOST_TEST(key("north").ok());
  BOOST_TEST(key("south").ok());
  must(open_site_key(folder / "west"));
  BOOST_TEST(!key("west").ok());
  screened_by("north");
  BOOST_TEST(key("north").ok());
  BOOST_TEST(!key("south").ok());
}

// A block that is left out takes nothing of the purges of its part with it.
BOOST_AUTO_TEST_CASE(purges_of_doubles_are_still_proven) {
  const Parts parts;
  purge(parts.south, RetentionClass::verdicts, "2030-01-01");
  purge(parts.north, RetentionClass::excerpts, "2030-01-01");
  const std::string output = parts.merged();
  const MergeResult result = merge({parts.south, parts.north}, output);
  BOOST_TEST(result.doubles == 1);
  const AuditReport report = verify(output);
  BOOST_TEST(report.findings_total == 0, shown(report));
  BOOST_TEST(report.purges == 2);
  merge({parts.west, output}, output + "2");
  const AuditReport nested = verify(output + "2");
  BOOST_TEST(nested.findings_total == 0, shown(nested));
}

BOOST_AUTO_TEST_CASE(what_one_part_purged_does_not_come_back_from_another) {
  for (const auto what : {RetentionClass::excerpts, RetentionClass::subjects,
                          RetentionClass::verdicts}) {
    const Parts parts;
    purge(parts.south, what, "2030-01-01");
    const auto refused =
        merge_databases({parts.north, parts.south}, parts.merged(), nullptr);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST((refused.error().trouble == Trouble::usage));
    BOOST_TEST(refused.error().what.find("south.db has purged (") !=
               std::string::npos);
    BOOST_TEST(!std::filesystem::exists(parts.merged()));
    merge({parts.south, parts.north}, parts.merged());
    BOOST_TEST(verify(parts.merged()).findings_total == 0);
    BOOST_TEST(
        ask_number(parts.merged(),
                   "SELECT count(*) FROM verdict_row WHERE record_id = 'rec-x' "
                   "AND verdict_json IS NOT NULL") == 0);
  }
}

BOOST_AUTO_TEST_CASE(copies_that_went_on_each_on_its_own_are_refused) {
  const Parts parts;
  const std::string copy = parts / "copy.db";
  std::filesystem::copy_file(parts.north, copy);
  // A copy that nothing was added to is refused as ever.
  BOOST_TEST(
      !merge_databases({parts.north, copy}, parts.merged(), nullptr).ok());
  purge(parts.north, RetentionClass::excerpts, "2026-02-01");
  purge(copy, RetentionClass::subjects, "2026-02-01");
  for (const auto& order :
       {std::vector{parts.north, copy}, std::vector{copy, parts.north}}) {
    const auto refused = merge_databases(order, parts.merged(), nullptr);
    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST((refused.error().trouble == Trouble::usage));
    BOOST_TEST(refused.error().what.find("are copies of one database up to "
                                         "link ") != std::string::npos,
               refused.error().what);
  }
  // Nor by way of another merged one.
  merge({parts.west, copy}, parts / "by_way.db");
  BOOST_TEST(!merge_databases({parts / "by_way.db", parts.north},
                              parts.merged(), nullptr)
                  .ok());
}

BOOST_AUTO_TEST_CASE(a_broken_part_is_refused_and_nothing_is_written) {
  const Parts parts;
  tamper(parts.south,
         "UPDATE verdict_row SET score = 9 WHERE record_id = 'rec-1'");
  const auto result = merge_databases(parts.all(), parts.merged(), nullptr);
  BOOST_TEST_REQUIRE(!result.ok());
  BOOST_TEST((result.error().trouble == Trouble::input));
  BOOST_TEST(result.error().what.find("south.db: is not as it was written") !=
             std::string::npos);
  for (const auto& entry : std::filesystem::directory_iterator(parts.path())) {
    BOOST_TEST(entry.path().string().find("all.db") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_merged_is_refused) {
  const Parts parts;
  tamper(parts.merged("there.db"), "CREATE TABLE t (x)");
  BOOST_TEST(
      !merge_databases(parts.all(), parts.merged("there.db"), nullptr).ok());
  BOOST_TEST(!merge_databases({parts.north, parts / "absent.db"},
                              parts.merged(), nullptr)
                  .ok());
  const auto twice =
      merge_databases({parts.north, parts.north}, parts.merged(), nullptr);
  BOOST_TEST_REQUIRE(!twice.ok());
  BOOST_TEST((twice.error().trouble == Trouble::usage));
  merge(parts.all(), parts.merged());
  BOOST_TEST(
      !merge_databases({parts.merged(), parts.west}, parts / "x.db", nullptr)
           .ok());
  const auto within =
      merge_databases({parts.north, parts.merged()}, parts / "z.db", nullptr);
  BOOST_TEST_REQUIRE(!within.ok());
  BOOST_TEST(within.error().what.find("all.db already") != std::string::npos,
             within.error().what);
  tamper(parts.west, "CREATE TABLE mine (x)");
  const auto strange =
      merge_databases({parts.north, parts.west}, parts / "y.db", nullptr);
  BOOST_TEST_REQUIRE(!strange.ok());
  BOOST_TEST(strange.error().what.find("table mine was put in") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_crash_leaves_no_half_database) {
  const Parts parts;
  const pid_t child = ::fork();
  if (child == 0) {
    int calls = 0;
    (void)merge_databases(parts.all(), parts.merged(),
                          [&calls](uint64_t, double) {
                            if (++calls == 40) ::_exit(9);
                          });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST_REQUIRE(WEXITSTATUS(status) == 9);
  BOOST_TEST(!std::filesystem::exists(parts.merged()));
  BOOST_TEST(merge(parts.all(), parts.merged()).parts == 3);
}
