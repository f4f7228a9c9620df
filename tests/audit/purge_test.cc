// SPDX-License-Identifier: Apache-2.0
#include "audit/purge.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include "audit/checkpoint.h"
#include "audit/merge.h"
#include "audit/old_blocks.h"
#include "audit/verified.h"
#include "store/decision.h"
#include "store/decisions.h"

using namespace simwarden;

namespace {

PurgeOptions asked(const std::string& before, RetentionClass what) {
  return {.steps = {{what, before, ""}},
          .who = "demo_officer",
          .reason = "retention"};
}

struct Purged : PurgeCount {
  bool overwritten = false;
};

Purged purge(const ScratchFolder& folder, const std::string& before,
             RetentionClass what, bool only_count = false) {
  PurgeOptions options = asked(before, what);
  options.only_count = only_count;
  const PurgeResult result =
      must(purge_database(folder.db(), options, nullptr));
  BOOST_TEST_REQUIRE(result.counts.size() == 2u);
  Purged purged;
  static_cast<PurgeCount&>(purged) = result.counts[0];
  purged.overwritten = result.overwritten;
  return purged;
}

}  // namespace

BOOST_AUTO_TEST_CASE(purged_details_are_gone_and_the_rest_is_still_proven) {
  const ScratchFolder folder;
  fill(folder);
  const Checkpoint before = must(checkpoint_of(folder.db()));
  BOOST_TEST_REQUIRE(file_holds(folder.db(), "t1:demo:rec-x"));
  // Rows of block 1 only: it is the one before February.
  const Purged result = purge(folder, "2026-02-01", RetentionClass::subjects);
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
  BOOST_TEST(findings(folder.db(), before).empty());
  const AuditReport report = verify(folder.db(), before);
  BOOST_TEST(report.purges == 1);
  BOOST_TEST(report.purged_personal == 3);
  // What stays is proven: an action cannot be changed unseen.
  tamper(folder.db(),
         "UPDATE verdict_row SET action = 3 - action WHERE "
         "verdict_id = 2");
  BOOST_TEST(findings(folder.db()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_purged_stays_in_the_file_or_its_log) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", RetentionClass::subjects);
  for (const char* text : {"t1:demo:rec", "rec-a", "rec-z", "not an object"}) {
    BOOST_TEST(!file_holds(folder.db(), text), text);
    BOOST_TEST(!file_holds(folder.db() + "-wal", text), text);
  }
  BOOST_TEST(file_holds(folder.db(), "demo_b"), "who approved a waiver stays");
  BOOST_TEST(findings(folder.db()).empty());
  purge(folder, "2030-01-01", RetentionClass::verdicts);
  BOOST_TEST(!file_holds(folder.db(), "demo_b"));
  BOOST_TEST(findings(folder.db()).empty());
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 0);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM block") == 3);
}

BOOST_AUTO_TEST_CASE(a_purge_is_logged_and_says_how_much_it_took) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2026-02-01", RetentionClass::verdicts);
  BOOST_TEST(ask(folder.db(),
                 "SELECT who, reason, class, before, blocks, verdicts, errors "
                 "FROM purge",
                 7) ==
                 std::vector<std::string>{
                     "demo_officer|retention|verdicts|2026-02-01|1|3|1"},
             boost::test_tools::per_element());
  const AuditReport report = verify(folder.db());
  BOOST_TEST(report.purged_verdicts == 3);
  BOOST_TEST(report.findings_total == 0);
  // Nobody can blame an older purge for a block that is missing now.
  tamper(folder.db(),
         "DELETE FROM verdict_row WHERE block_id = 3; DELETE FROM shadow_row "
         "WHERE verdict_id > 6; DELETE FROM waived_row WHERE verdict_id > 6; "
         "DELETE FROM error_row WHERE block_id = 3; UPDATE block_proof SET "
         "verdict_purge = 1 WHERE block_id = 3; UPDATE window_events SET "
         "events = NULL, figures = NULL, purge = 1 WHERE block_id = 3");
  BOOST_TEST(findings(folder.db()).size() == 1u);
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
  purge(original, "2026-02-01", RetentionClass::subjects);
  for (const char* sql : undone) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original.db(), folder.db());
    tamper(folder.db(), sql);
    BOOST_TEST(!findings(folder.db()).empty(), sql);
  }
}

BOOST_AUTO_TEST_CASE(keys_of_purged_rows_are_not_used_again) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", RetentionClass::verdicts);
  {
    const auto store = open_store(folder);
    screen(*store, must(store->begin_run(demo_run())), "c.jsonl", "one\n!\n",
           100);
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT verdict_id FROM verdict_row") ==
             10);
  BOOST_TEST(findings(folder.db()).empty());
}

BOOST_AUTO_TEST_CASE(a_purged_block_is_not_stored_again) {
  const ScratchFolder folder;
  fill(folder);
  purge(folder, "2030-01-01", RetentionClass::verdicts);
  fill(folder);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 0);
}

BOOST_AUTO_TEST_CASE(a_dry_run_changes_nothing) {
  const ScratchFolder folder;
  fill(folder);
  const Purged result =
      purge(folder, "2030-01-01", RetentionClass::verdicts, true);
  BOOST_TEST(result.verdicts == 9);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM verdict_row") == 9);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
}

BOOST_AUTO_TEST_CASE(a_clock_far_ahead_of_what_is_stored_purges_nothing) {
  const ScratchFolder folder;
  fill(folder);
  const auto newest_of = [&](const std::string& day) {
    tamper(
        folder.db(),
        "UPDATE chain_link SET body = json_set(body, '$.time', date('now', '" +
            day + "') || 'T23:59:59Z') WHERE body ->> '$.time' IS NOT NULL");
  };
  PurgeOptions options = asked("2026-02-01", RetentionClass::subjects);
  newest_of("-93 days");
  for (const bool only_count : {true, false}) {
    options.only_count = only_count;
    const auto purged = purge_database(folder.db(), options, nullptr);
    BOOST_TEST_REQUIRE(!purged.ok());
    BOOST_TEST((purged.error().trouble == Trouble::usage));
    BOOST_TEST(purged.error().what.find("say --today ") != std::string::npos);
  }
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
  // Who names the day has looked at it; and a quarter is not far.
  newest_of("-92 days");
  options.only_count = true;
  must(purge_database(folder.db(), options, nullptr));
  newest_of("-2000 days");
  options.today = "2026-04-01";
  must(purge_database(folder.db(), options, nullptr));
}

BOOST_AUTO_TEST_CASE(a_purge_with_nothing_to_take_leaves_no_trace) {
  const ScratchFolder folder;
  fill(folder);
  BOOST_TEST(purge(folder, "2020-01-01", RetentionClass::subjects).blocks == 0);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
}

BOOST_AUTO_TEST_CASE(what_was_tampered_with_is_not_purged) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE verdict_row SET subject = 'x' WHERE verdict_id = "
         "2");
  const auto result = purge_database(
      folder.db(), asked("2030-01-01", RetentionClass::subjects), nullptr);
  BOOST_TEST_REQUIRE(!result.ok());
  BOOST_TEST((result.error().trouble == Trouble::input));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
  BOOST_TEST(findings(folder.db()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(nobody_purges_while_another_writes) {
  const ScratchFolder folder;
  fill(folder);
  const auto store = open_store(folder);
  BOOST_TEST(!purge_database(folder.db(),
                             asked("2030-01-01", RetentionClass::subjects),
                             nullptr)
                  .ok());
}

BOOST_AUTO_TEST_CASE(what_would_be_purged_is_counted_while_another_writes) {
  const ScratchFolder folder;
  fill(folder);
  const auto store = open_store(folder);
  must(store->begin_run(demo_run()));
  BOOST_TEST(
      purge(folder, "2026-02-01", RetentionClass::subjects, true).blocks == 1);
}

namespace {

// Of a daemon that began long ago: blocks 1 to 3 have events of January and
// March, block 4 has none.
void serve_since_2020(const ScratchFolder& folder) {
  fill(folder);
  const auto store = open_store(folder);
  screen(*store, must(store->begin_run(demo_run())), "door", "rec-n\n", 100);
  tamper(folder.db(), "UPDATE run SET started_at = '2020-01-01T00:00:00Z'");
}

void set_last_written(const std::string& path, std::chrono::hours ago) {
  std::filesystem::last_write_time(
      path, std::filesystem::file_time_type::clock::now() - ago);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_block_is_as_old_as_its_events_or_the_end_of_its_run) {
  struct Case {
    const char* ended_at;  // of both runs
    const char* before;
    uint64_t blocks;
  };
  const Case cases[] = {
      {"'2026-11-28T10:00:00Z'", "2026-01-05", 0},
      {"'2026-11-28T10:00:00Z'", "2026-01-06", 1},
      {"'2026-11-28T10:00:00Z'", "2026-11-28", 3},
      {"'2026-11-28T10:00:00Z'", "2026-11-29", 4},
      // The clock was set back while it ran.
      {"'1970-01-01T10:00:00Z'", "2020-01-01", 0},
      {"'1970-01-01T10:00:00Z'", "2020-01-02", 4},
      // Killed: the first when the second began, the second who knows.
      {"NULL", "2020-01-01", 0},
      {"NULL", "2020-01-02", 3},
  };
  const ScratchFolder original;
  serve_since_2020(original);
  for (const Case& tried : cases) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original.db(), folder.db());
    tamper(folder.db(),
           std::string("UPDATE run SET ended_at = ") + tried.ended_at);
    BOOST_TEST(
        purge(folder, tried.before, RetentionClass::subjects, true).blocks ==
            tried.blocks,
        tried.ended_at << " " << tried.before);
  }
}

BOOST_AUTO_TEST_CASE(a_killed_run_that_nothing_followed_ended_with_the_file) {
  using namespace std::chrono_literals;
  const ScratchFolder folder;
  serve_since_2020(folder);
  tamper(folder.db(), "UPDATE run SET ended_at = NULL");
  const std::string last_week =
      date_text(*parse_date(utc_now().substr(0, 10)) - 7);
  const auto old = [&] {
    return purge(folder, last_week, RetentionClass::subjects, true).blocks;
  };
  BOOST_TEST(old() == 3);
  set_last_written(folder.db(), 24h * 10);
  BOOST_TEST(old() == 4);
}

BOOST_AUTO_TEST_CASE(a_link_was_written_to_when_the_log_of_its_file_was) {
  using namespace std::chrono_literals;
  const ScratchFolder folder;
  fill(folder);
  const std::string link = folder / "link.db";
  std::filesystem::create_symlink(folder.db(), link);
  std::ofstream(folder.db() + "-wal") << "a page";
  const std::string now = last_written(folder.db());
  set_last_written(folder.db(), 24h * 10);
  BOOST_TEST(last_written(folder.db()) == now);
  BOOST_TEST(last_written(link) == now);
}

BOOST_AUTO_TEST_CASE(a_killed_run_of_a_part_had_ended_when_it_was_merged) {
  const ScratchFolder folder;
  fill(folder);
  const std::string other = folder / "other.db";
  {
    const auto store = must(VerdictStore::open(other, folder.options()));
    screen(*store, must(store->begin_run(demo_run())), "door", "rec-n\n", 100);
  }
  const std::string all = folder / "all.db";
  must(merge_databases({other, folder.db()}, all, nullptr));
  // The next run is of another part, and says nothing about this one.
  tamper(all,
         "UPDATE run SET started_at = '2020-01-01T00:00:00Z', ended_at = NULL");
  const auto blocks = [&](const std::string& before) {
    PurgeOptions options = asked(before, RetentionClass::subjects);
    options.only_count = true;
    return must(purge_database(all, options, nullptr)).counts.at(0).blocks;
  };
  BOOST_TEST(blocks("2021-01-01") == 0);
  BOOST_TEST(blocks("2099-01-01") == 4);
}

BOOST_AUTO_TEST_CASE(evidence_can_go_before_the_pseudonyms) {
  const ScratchFolder folder;
  fill(folder);
  const Checkpoint before = must(checkpoint_of(folder.db()));
  BOOST_TEST(purge(folder, "2026-02-01", RetentionClass::excerpts).verdicts ==
             3);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM verdict_row WHERE verdict_json "
                        "IS NULL AND subject LIKE 't1:demo:rec-%' AND "
                        "record_id <> '' AND verdict_id <= 3") == 3);
  BOOST_TEST(ask_number(folder.db(),
                        "SELECT count(*) FROM error_row WHERE message = ''") ==
             1);
  AuditReport report = verify(folder.db(), before);
  BOOST_TEST(report.findings_total == 0);
  BOOST_TEST(report.purged_excerpts == 3);
  BOOST_TEST(report.purged_personal == 0);
  // Then they go too, and then the rows; each step leaves what verifies.
  BOOST_TEST(purge(folder, "2026-02-01", RetentionClass::excerpts).blocks == 0);
  BOOST_TEST(purge(folder, "2026-02-01", RetentionClass::subjects).blocks == 1);
  BOOST_TEST(!file_holds(folder.db(), "t1:demo:rec-\x61\x0a"));
  BOOST_TEST(findings(folder.db(), before).empty());
  BOOST_TEST(purge(folder, "2026-02-01", RetentionClass::verdicts).blocks == 1);
  report = verify(folder.db(), before);
  BOOST_TEST(report.findings_total == 0);
  BOOST_TEST(report.purges == 3);
  BOOST_TEST(report.purged_verdicts == 3);
}

BOOST_AUTO_TEST_CASE(what_a_purge_of_evidence_leaves_is_still_proven) {
  const char* changed[] = {
      "UPDATE verdict_row SET subject = 't1:demo:rec-z' WHERE verdict_id = 1",
      "UPDATE verdict_row SET record_id = 'rec-z' WHERE verdict_id = 1",
      "UPDATE verdict_row SET action = 1 - action WHERE verdict_id = 1",
      "UPDATE verdict_row SET verdict_json = '{}' WHERE verdict_id = 1",
      "UPDATE verdict_row SET subject = '' WHERE verdict_id = 1",
      "UPDATE block_proof SET subject_digests = zeroblob(96) WHERE block_id = "
      "1",
      "UPDATE block_proof SET subject_digests = NULL WHERE block_id = 1",
      "UPDATE block_proof SET subject_proof = 'x' WHERE block_id = 1",
      "UPDATE block_proof SET salt = 'x' WHERE block_id = 1",
      "UPDATE block_proof SET excerpt_purge = NULL WHERE block_id = 1",
      "UPDATE block_proof SET personal_purge = 1 WHERE block_id = 1",
      "UPDATE purge SET first_day = '2020-01-01'",
      "UPDATE purge SET keep = '9 days'",
      "UPDATE purge SET part_id = 1",
      // Rows that vanish under the name of a purge of another class.
      "UPDATE block_proof SET verdict_purge = 1, excerpt_purge = NULL, "
      "personal_digests = NULL, subject_digests = NULL WHERE block_id = 1; "
      "DELETE FROM verdict_row WHERE block_id = 1; DELETE FROM error_row WHERE "
      "block_id = 1; DELETE FROM shadow_row WHERE verdict_id < 4; DELETE FROM "
      "waived_row WHERE verdict_id < 4",
  };
  const ScratchFolder original;
  fill(original);
  purge(original, "2026-02-01", RetentionClass::excerpts);
  BOOST_TEST(findings(original.db()).empty());
  for (const char* sql : changed) {
    const ScratchFolder folder;
    std::filesystem::copy_file(original.db(), folder.db());
    tamper(folder.db(), sql);
    BOOST_TEST(!findings(folder.db()).empty(), sql);
  }
}

// Both are of columns that were there before: what they hid was not seen.
BOOST_AUTO_TEST_CASE(details_and_rows_do_not_vanish_without_their_purge) {
  const char* changed[] = {
      "UPDATE block_proof SET personal_digests = zeroblob(128) WHERE block_id "
      "= 3; UPDATE verdict_row SET subject = '' WHERE block_id = 3",
      "UPDATE block_proof SET verdict_purge = 1, personal_purge = NULL WHERE "
      "block_id = 1; DELETE FROM verdict_row WHERE block_id = 1; DELETE FROM "
      "error_row WHERE block_id = 1; DELETE FROM shadow_row WHERE verdict_id < "
      "4; DELETE FROM waived_row WHERE verdict_id < 4"};
  for (const char* sql : changed) {
    const ScratchFolder folder;
    fill(folder);
    purge(folder, "2026-02-01", RetentionClass::subjects);
    BOOST_TEST(findings(folder.db()).empty());
    tamper(folder.db(), sql);
    BOOST_TEST(!findings(folder.db()).empty(), sql);
  }
}

BOOST_AUTO_TEST_CASE(classes_are_taken_in_one_go_and_nothing_twice) {
  for (const bool only_count : {true, false}) {
    const ScratchFolder folder;
    fill(folder);
    const PurgeOptions options{
        .steps = {{RetentionClass::excerpts, "2030-01-01", "1 month"},
                  {RetentionClass::verdicts, "2026-02-01", "3 years"}},
        .who = "demo",
        .reason = "r",
        .only_count = only_count};
    const PurgeResult result =
        must(purge_database(folder.db(), options, nullptr));
    BOOST_TEST_REQUIRE(result.counts.size() == 3u);
    BOOST_TEST((result.counts[0].step.what == RetentionClass::verdicts));
    BOOST_TEST(result.counts[0].blocks == 1);
    BOOST_TEST(result.counts[1].blocks == 2);
    BOOST_TEST(findings(folder.db()).empty());
    const std::vector<std::string> logged = {
        "verdicts|3 years|2026-01-05|2026-01-05|3",
        "excerpts|1 month|2026-03-05|2026-03-06|6"};
    BOOST_TEST(ask(folder.db(),
                   "SELECT class, keep, first_day, last_day, verdicts FROM "
                   "purge ORDER BY purge_id",
                   5) == (only_count ? std::vector<std::string>{} : logged),
               boost::test_tools::per_element());
  }
}

namespace {

// Each block a part.
PurgeOptions in_parts() {
  PurgeOptions options = asked("2030-01-01", RetentionClass::excerpts);
  options.log_bytes_max = 0;
  return options;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_purge_in_parts_is_logged_part_by_part) {
  const ScratchFolder folder;
  fill(folder);
  const PurgeResult result =
      must(purge_database(folder.db(), in_parts(), nullptr));
  BOOST_TEST(result.counts[0].blocks == 3);
  BOOST_TEST(result.counts[0].verdicts == 9);
  BOOST_TEST(ask(folder.db(),
                 "SELECT purge_id, blocks, verdicts, first_day FROM purge "
                 "ORDER BY purge_id",
                 4) == (std::vector<std::string>{"1|1|3|2026-01-05",
                                                 "2|1|3|2026-03-05",
                                                 "3|1|3|2026-03-06"}),
             boost::test_tools::per_element());
  const AuditReport report = verify(folder.db());
  BOOST_TEST(report.findings_total == 0);
  BOOST_TEST(report.purges == 3);
}

// As the disk has it when the program is killed after the first part.
BOOST_AUTO_TEST_CASE(a_purge_that_was_killed_is_proven_and_goes_on) {
  const ScratchFolder folder;
  const ScratchFolder left;
  fill(folder);
  const auto copy = [&](uint64_t verdicts, double) {
    if (verdicts > 3) return;
    for (const char* file : {"", "-wal", ".key"}) {
      if (!std::filesystem::exists(folder.db() + file)) continue;
      std::filesystem::copy_file(folder.db() + file, left.db() + file);
    }
  };
  must(purge_database(folder.db(), in_parts(), copy));
  BOOST_TEST(ask_number(left.db(),
                        "SELECT count(*) FROM verdict_row WHERE verdict_json "
                        "IS NULL") == 3);
  BOOST_TEST(findings(left.db()).empty());
  const Purged rest = purge(left, "2030-01-01", RetentionClass::excerpts);
  BOOST_TEST(rest.blocks == 2);
  BOOST_TEST(findings(left.db()).empty());
  BOOST_TEST(!file_holds(left.db(), "not an object"));
}

BOOST_AUTO_TEST_CASE(what_was_tampered_with_stops_a_purge_in_parts) {
  const ScratchFolder folder;
  fill(folder);
  tamper(folder.db(),
         "UPDATE verdict_row SET subject = 'x' WHERE verdict_id = 8");
  const auto result = purge_database(folder.db(), in_parts(), nullptr);
  BOOST_TEST_REQUIRE(!result.ok());
  BOOST_TEST(result.error().what.ends_with(
      "block 3 is not as it was written (see audit verify); what was purged "
      "until then is gone and logged, the rest stays"));
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 2);
  BOOST_TEST(findings(folder.db()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(rows_stay_while_a_case_among_them_is_open) {
  const ScratchFolder folder;
  fill(folder);
  const auto say = [&folder](const std::string& outcome) {
    const Decision decision{
        .verdict_id = 2, .decided_by = "demo_a", .outcome = outcome};
    must(decide(folder.db(), std::span(&decision, 1)));
  };
  say("fraud_confirmed");
  const Purged held = purge(folder, "2026-02-01", RetentionClass::verdicts);
  BOOST_TEST(held.blocks == 0);
  BOOST_TEST(held.held == 1);
  BOOST_TEST(ask_number(folder.db(), "SELECT count(*) FROM purge") == 0);
  // What is known of persons goes in its time, and it is said.
  const Purged details = purge(folder, "2026-02-01", RetentionClass::subjects);
  BOOST_TEST(details.blocks == 1);
  BOOST_TEST(details.held == 0);
  BOOST_TEST(details.open_cases == 1);
  say("remedied");
  const Purged rows = purge(folder, "2026-02-01", RetentionClass::verdicts);
  BOOST_TEST(rows.blocks == 1);
  BOOST_TEST(rows.held == 0);
  BOOST_TEST(findings(folder.db()).empty());
}

BOOST_AUTO_TEST_CASE(a_purge_says_what_stays_though_it_is_older) {
  const ScratchFolder folder;
  fill(folder);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    for (const char* other : {"2026-04-01T10:00:00Z", ""}) {
      const std::string name = std::string("mixed") + other;
      const int64_t source = must(store->begin_source(run, name));
      Block block =
          evidence_block(source, "", name + "\nrec-2\n", 0, "2025-12-01");
      block.verdicts[1].event_time = other;
      must(store->append(block));
    }
    must(store->end_run(run, RunStatus::done));
  }
  for (const bool only_count : {true, false}) {
    const Purged result =
        purge(folder, "2026-02-01", RetentionClass::subjects, only_count);
    BOOST_TEST(result.blocks == 1);
    BOOST_TEST(result.with_younger == 1);
    BOOST_TEST(result.without_time == 1);
  }
  // What is there no more does not stay.
  const Purged again = purge(folder, "2026-02-01", RetentionClass::subjects);
  BOOST_TEST(again.blocks == 0);
  BOOST_TEST(again.with_younger == 1);
}
