// SPDX-License-Identifier: Apache-2.0
#include "audit/merge.h"
#include "audit/purge.h"
#include "audit/verified.h"

using namespace simwarden;

// fill() leaves three blocks with events of 2026-01-05, 03-05 and 03-06, each
// looked back to for 50 days here: nobody asks for those of January any more.

namespace {

PurgeResult purge(const std::string& path, std::vector<PurgeStep> steps,
                  bool only_count = false) {
  return must(purge_database(path,
                             {.steps = std::move(steps),
                              .who = "demo_officer",
                              .reason = "retention",
                              .only_count = only_count},
                             nullptr));
}

// Blocks with events, then with figures.
std::string left(const std::string& path) {
  return ask(path,
             "SELECT sum(events IS NOT NULL), sum(figures IS NOT NULL) FROM "
             "window_events",
             2)
      .at(0);
}

}  // namespace

BOOST_AUTO_TEST_CASE(whoever_touches_what_was_counted_is_found) {
  struct Case {
    const char* sql;
    const char* finding;
  };
  const Case cases[] = {
      {"UPDATE window_events SET events = x'00' WHERE block_id = 1",
       "its events are not as they were written"},
      {"UPDATE window_events SET figures = x'00' WHERE block_id = 1",
       "its figures are not as they were written"},
      // With the digest made to fit: the link of the chain knows.
      {"UPDATE window_events SET events_sha256 = hex(randomblob(32)) WHERE "
       "block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET figures_sha256 = hex(randomblob(32)) WHERE "
       "block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET newest = NULL WHERE block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET frontier = 9 WHERE block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET needed_until = 9 WHERE block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET digest = '' WHERE block_id = 1",
       "“counted” is not as it was written"},
      {"DELETE FROM window_events WHERE block_id = 1",
       "“counted” is not as it was written"},
      {"UPDATE window_events SET events = NULL WHERE block_id = 1",
       "its events are gone, and no purge took them"},
      {"UPDATE window_events SET events = NULL, purge = 9 WHERE block_id = 1",
       "purged by purge 9, which is not in the chain"},
      {"UPDATE window_events SET purge = 9 WHERE block_id = 1",
       "its events are here, which were purged"},
      {"UPDATE window_events SET figures = NULL WHERE block_id = 1",
       "its figures are gone, and no purge took them"},
      {"PRAGMA foreign_keys=OFF; INSERT INTO window_events SELECT 99, parent, "
       "digest, head, bytes, newest, frontier, needed_until, events_sha256, "
       "figures_sha256, events, figures, purge FROM window_events LIMIT 1",
       "events of windows without a block"},
  };
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(folder, 50);
    BOOST_TEST(findings(folder.db()).empty());
    tamper(folder.db(), tried.sql);
    const auto found = findings(folder.db());
    BOOST_TEST_REQUIRE(!found.empty(), tried.sql);
    BOOST_TEST(found[0].find(tried.finding) != std::string::npos,
               tried.sql << ": " << found[0]);
  }
}

BOOST_AUTO_TEST_CASE(every_purge_takes_events_that_nobody_looks_back_to) {
  const ScratchFolder folder;
  fill(folder, 50);
  BOOST_TEST(purge(folder.db(), {}, true).outlived == 1u);
  BOOST_TEST(left(folder.db()) == "3|3");
  BOOST_TEST(purge(folder.db(), {}).outlived == 1u);
  BOOST_TEST(left(folder.db()) == "2|3");
  BOOST_TEST(findings(folder.db()).empty());
  BOOST_TEST(ask(folder.db(), "SELECT class, blocks, verdicts FROM purge", 3) ==
                 std::vector<std::string>{"window events|1|0"},
             boost::test_tools::per_element());
  BOOST_TEST(purge(folder.db(), {}).outlived == 0u);
  // What was purged cannot be put back, nor another be called purged.
  tamper(folder.db(),
         "UPDATE window_events SET events = x'00' WHERE events IS "
         "NULL");
  BOOST_TEST(!findings(folder.db()).empty());
  const ScratchFolder other;
  fill(other, 50);
  purge(other.db(), {});
  tamper(other.db(), "UPDATE window_events SET events = NULL, purge = 1");
  BOOST_TEST(!findings(other.db()).empty());
}

BOOST_AUTO_TEST_CASE(events_go_in_parts_that_are_proven_each) {
  const ScratchFolder folder;
  fill(folder, 0);
  BOOST_TEST_REQUIRE(purge(folder.db(), {}, true).outlived == 2u);
  const PurgeResult result = must(purge_database(
      folder.db(),
      {.who = "demo_officer", .reason = "retention", .log_bytes_max = 0},
      nullptr));
  BOOST_TEST(result.outlived == 2u);
  BOOST_TEST(
      ask(folder.db(), "SELECT class, blocks FROM purge", 2) ==
          (std::vector<std::string>{"window events|1", "window events|1"}),
      boost::test_tools::per_element());
  BOOST_TEST(findings(folder.db()).empty());
}

BOOST_AUTO_TEST_CASE(
    events_that_went_with_a_block_that_stands_twice_are_proven) {
  const ScratchFolder folder;
  const ScratchFolder other;
  fill(folder, 50);
  fill(other, 50);
  BOOST_TEST(purge(other.db(), {}).outlived == 1u);
  const std::string all = folder / "all.db";
  BOOST_TEST(
      must(merge_databases({folder.db(), other.db()}, all, nullptr)).doubles ==
      3u);
  BOOST_TEST(findings(all).empty());
  BOOST_TEST(left(all) == "3|3");
  // A part of a part is one, too.
  const ScratchFolder third;
  fill(third, 50);
  const std::string whole = folder / "whole.db";
  must(merge_databases({third.db(), all}, whole, nullptr));
  BOOST_TEST(findings(whole).empty());
  tamper(all, "UPDATE part_double SET events_purge = NULL");
  const auto found = findings(all);
  BOOST_TEST_REQUIRE(!found.empty());
  BOOST_TEST(found[0].find("purge 1 took 1 block, but 0 others") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_log_of_the_future_outlives_nothing) {
  // A daemon counts by its clock, and goes on counting with these events: they
  // are looked back at until 2160, and a record of 2191 was screened.
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE window_events SET needed_until = 6000000000000000, "
         "frontier = 7000000000000000");
  BOOST_TEST(purge(folder.db(), {}, true).outlived == 0u);
}

BOOST_AUTO_TEST_CASE(a_dry_run_counts_events_once_as_the_purge_does) {
  for (const auto& [what, outlived] :
       {std::pair{RetentionClass::excerpts, uint64_t{1}},
        std::pair{RetentionClass::subjects, uint64_t{0}},
        std::pair{RetentionClass::verdicts, uint64_t{0}}}) {
    const ScratchFolder folder;
    fill(folder, 50);
    for (const bool only_count : {true, false}) {
      const PurgeResult result =
          purge(folder.db(), {{what, "2027-01-01", ""}}, only_count);
      BOOST_TEST(result.outlived == outlived);
    }
  }
}

BOOST_AUTO_TEST_CASE(events_go_with_the_pseudonyms_and_figures_with_the_rows) {
  struct Case {
    RetentionClass what;
    const char* left;
  };
  const Case cases[] = {{RetentionClass::excerpts, "2|3"},
                        {RetentionClass::subjects, "0|3"},
                        {RetentionClass::verdicts, "0|0"}};
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    fill(folder, 50);
    purge(folder.db(), {{tried.what, "2027-01-01", ""}});
    BOOST_TEST(left(folder.db()) == tried.left);
    BOOST_TEST(findings(folder.db()).empty());
  }
  // One after the other, with what nobody looks back to in between.
  const ScratchFolder folder;
  fill(folder, 50);
  purge(folder.db(), {});
  purge(folder.db(), {{RetentionClass::excerpts, "2026-02-01", ""}});
  purge(folder.db(), {{RetentionClass::subjects, "2026-03-06", ""}});
  BOOST_TEST(findings(folder.db()).empty());
  purge(folder.db(), {{RetentionClass::verdicts, "2027-01-01", ""}});
  BOOST_TEST(findings(folder.db()).empty());
  BOOST_TEST(left(folder.db()) == "0|0");
}

BOOST_AUTO_TEST_CASE(events_that_were_changed_are_not_purged) {
  for (const std::vector<PurgeStep>& steps :
       {std::vector<PurgeStep>{},
        std::vector<PurgeStep>{{RetentionClass::subjects, "2026-02-01", ""}}}) {
    const ScratchFolder folder;
    fill(folder, 50);
    tamper(folder.db(),
           "UPDATE window_events SET events = x'00' WHERE block_id = 1");
    const auto done = purge_database(
        folder.db(), {.steps = steps, .who = "a", .reason = "b"}, nullptr);
    BOOST_TEST_REQUIRE(!done.ok());
    BOOST_TEST(done.error().what.find("nothing was purged") !=
               std::string::npos);
    BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_merged_database_has_the_events_of_its_parts) {
  const ScratchFolder folder;
  fill(folder, 50);
  purge(folder.db(), {});
  const std::string merged = folder / "merged.db";
  must(merge_databases({folder.db()}, merged, nullptr));
  BOOST_TEST(left(merged) == "2|3");
  BOOST_TEST(findings(merged).empty());
  tamper(merged, "UPDATE window_events SET events = x'00' WHERE block_id = 3");
  BOOST_TEST(!findings(merged).empty());
}
