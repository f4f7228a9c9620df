// SPDX-License-Identifier: Apache-2.0
#include "report/numbers.h"

#include "report/demo_store.h"
#include "report/formats.h"

// What the one pass counts, held against SQL that was written for the test.
namespace simwarden {
namespace {

const std::string kFebruary =
    " substr(event_time, 1, 10) BETWEEN '2026-02-01' AND '2026-02-28' ";

Numbers february(const ScratchFolder& folder) {
  return must(
      count_stores({folder.db()}, demo_question("2026-02-01", "2026-02-28")));
}

BOOST_AUTO_TEST_CASE(verdicts_of_a_period_are_those_that_sql_counts) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  for (size_t action = 0; action < 4; ++action) {
    for (size_t kind = 0; kind < 2; ++kind) {
      BOOST_TEST(int64_t(numbers.totals[kind].by[action]) ==
                 asked(folder, fmt::format("SELECT count(*) FROM verdict_row "
                                           "WHERE action = {} AND kind = {} "
                                           "AND {}",
                                           action, kind, kFebruary)));
    }
  }
  BOOST_TEST(numbers.totals[0].total() == 40u);
  BOOST_TEST(numbers.no_time == 1u);
}

BOOST_AUTO_TEST_CASE(of_a_source_that_never_ended_counts_what_is_stored) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers before = must(count_stores({folder.db()}, demo_question()));
  must(must(Database::open(folder.db(), Access::write))
           ->run("UPDATE source SET ended = 0, seen = 0, judged = 0, "
                 "unreadable = 0, duplicate = 0, digest = ''"));
  const Numbers after = must(count_stores({folder.db()}, demo_question()));
  BOOST_TEST_REQUIRE(after.sources.size() == before.sources.size());
  for (size_t i = 0; i < after.sources.size(); ++i) {
    BOOST_TEST(after.sources[i].never_ended());
    BOOST_TEST(after.sources[i].seen == before.sources[i].seen);
    BOOST_TEST(after.sources[i].judged == before.sources[i].judged);
    BOOST_TEST(after.sources[i].unreadable == before.sources[i].unreadable);
  }
}

BOOST_AUTO_TEST_CASE(days_add_up_to_the_view_by_day) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = must(count_stores({folder.db()}, demo_question()));
  uint64_t with_time = 0;
  for (const auto& [day, kinds] : numbers.days) {
    const uint64_t records = kinds[0].total() + kinds[1].total();
    with_time += records;
    BOOST_TEST(
        int64_t(records) ==
        asked(folder, fmt::format("SELECT sum(records) FROM by_day WHERE day "
                                  "= '{}'",
                                  date_text(day))));
  }
  BOOST_TEST(with_time + numbers.timeless == 82u);
  BOOST_TEST(numbers.timeless == 1u);
}

BOOST_AUTO_TEST_CASE(hits_of_rules_are_those_of_the_view_finding) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  for (const char* rule : {"DEM-001", "DEM-002", "DEM-101"}) {
    BOOST_TEST_CONTEXT(rule) {
      BOOST_TEST(
          int64_t(numbers.rules.at(rule).hits) ==
          asked(folder,
                fmt::format("SELECT count(DISTINCT verdict_id) FROM finding "
                            "WHERE rule = '{}' AND outcome = 'hit' AND shadow "
                            "= 0 AND {}",
                            rule, kFebruary)));
    }
  }
  BOOST_TEST(
      int64_t(numbers.rules.at("DEM-009").shadow_hits) ==
      asked(folder, "SELECT count(*) FROM shadow_hit WHERE" + kFebruary));
  BOOST_TEST(int64_t(numbers.rules.at("DEM-003").undetermined[0] +
                     numbers.rules.at("DEM-003").undetermined[1]) ==
             asked(folder,
                   "SELECT count(*) FROM verdict_row, json_each(verdict_json, "
                   "'$.undetermined') u WHERE u.value = 'DEM-003' AND" +
                       kFebruary));
  BOOST_TEST(numbers.waivers.size() == 1u);
  BOOST_TEST(numbers.waivers.begin()->second.records == 1u);
}

BOOST_AUTO_TEST_CASE(the_month_before_is_counted_beside) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  BOOST_TEST(int64_t(numbers.previous[0].total()) ==
             asked(folder,
                   "SELECT count(*) FROM verdict_row WHERE kind = 0 AND "
                   "substr(event_time, 1, 10) BETWEEN '2026-01-01' AND "
                   "'2026-01-31'"));
  BOOST_TEST(int64_t(numbers.rules.at("DEM-001").previous_hits) ==
             asked(folder,
                   "SELECT count(*) FROM finding WHERE rule = 'DEM-001' AND "
                   "substr(event_time, 1, 10) BETWEEN '2026-01-01' AND "
                   "'2026-01-31'"));
}

BOOST_AUTO_TEST_CASE(an_obligation_is_not_met_by_profile_once_a_record) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  for (const char* profile : {"us-fcc", "ng-ncc"}) {
    const auto& counts = numbers.controls.at("demo-law/1");
    const auto found = counts.find(profile);
    BOOST_TEST(
        int64_t(found == counts.end() ? 0 : found->second[0].not_met) ==
        asked(folder,
              fmt::format("SELECT count(DISTINCT v.verdict_id) FROM verdict v, "
                          "json_each(v.verdict_json, '$.findings') f, "
                          "json_each(f.value, '$.controls') c WHERE c.value = "
                          "'demo-law/1' AND v.profile = '{}' AND {}",
                          profile, kFebruary)));
  }
}

BOOST_AUTO_TEST_CASE(a_record_counts_once_under_an_obligation) {
  const ScratchFolder folder;
  write_site_key(folder.options().site_key_path);
  const Finding hit = demo_finding("DEM-001", "identity", "critical", 60);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    const std::string time = "2026-02-01T00:00:00Z";
    store_records(
        *store, run, "demo.jsonl",
        {{.time = time, .findings = {hit}, .waived = {"DEM-003"}},
         {.time = time, .waived = {"DEM-001", "DEM-003"}},
         {.time = time, .undetermined = {"DEM-003"}, .waived = {"DEM-001"}},
         {.time = time}});
    must(store->end_run(run, RunStatus::done));
  }
  const Numbers numbers = february(folder);
  const ControlNumbers& of = numbers.controls.at("demo-law/1").at("us-fcc")[0];
  BOOST_TEST(of.not_met == 1u);
  BOOST_TEST(of.waived == 1u);
  BOOST_TEST(of.undetermined == 1u);
  BOOST_TEST(numbers.rules.at("DEM-003").waived_hits == 2u);
  const Obligations duties = demo_obligations();
  const Question question = demo_question("2026-02-01", "2026-02-28");
  const Document report = write_report({numbers, question, duties, {}});
  const ReportTable* table = find_table(report, "obligations");
  BOOST_TEST_REQUIRE(table != nullptr);
  for (const auto& row : table->rows) {
    if (row[3].kind != Cell::Kind::count) continue;
    BOOST_TEST(row[3].number ==
               row[4].number + row[5].number + row[6].number + row[7].number);
  }
  BOOST_TEST(table->rows[0][7].number == 1);
}

BOOST_AUTO_TEST_CASE(numbers_that_come_back_are_counted_by_pseudonym) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  for (const auto& [times, subjects] : numbers.repeats) {
    BOOST_TEST(
        int64_t(subjects) ==
        asked(folder,
              fmt::format("SELECT count(*) FROM (SELECT count(*) AS n FROM "
                          "verdict_row WHERE kind = 0 AND {} GROUP BY "
                          "subject) WHERE n = {}",
                          kFebruary, times)));
  }
  BOOST_TEST(!numbers.repeats.empty());
}

BOOST_AUTO_TEST_CASE(the_worst_cases_are_those_that_sql_finds) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = february(folder);
  const auto worst = ask(folder.db(),
                         "SELECT verdict_id FROM verdict_row WHERE (action = 3 "
                         "OR verdict_json LIKE '%\"severity\":\"critical\"%') "
                         "AND" +
                             kFebruary +
                             "ORDER BY action DESC, score DESC, verdict_id "
                             "LIMIT 5",
                         1);
  BOOST_TEST_REQUIRE(numbers.cases.size() == worst.size());
  for (size_t i = 0; i < worst.size(); ++i) {
    BOOST_TEST(std::to_string(numbers.cases[i].verdict_id) == worst[i]);
  }
}

BOOST_AUTO_TEST_CASE(a_block_judged_again_counts_once_under_the_later_ruleset) {
  const ScratchFolder folder;
  make_demo_store(folder);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run("sha256:later")));
    auto records = demo_requests(2);
    for (DemoRecord& record : records) record.action = Action::refuse;
    store_records(*store, run, "february.jsonl", records, 2);
    must(store->end_run(run, RunStatus::done));
  }
  const Numbers numbers = february(folder);
  BOOST_TEST(numbers.totals[0].total() == 40u);
  BOOST_TEST(numbers.totals[0][Action::refuse] == 40u);
  BOOST_TEST(numbers.superseded == 40u);
}

// The first run judged the beginning of the log, the second all of it.
struct GrownLog {
  ScratchFolder folder;

  explicit GrownLog(const std::vector<Decision>& decisions = {}) {
    write_site_key(folder.options().site_key_path);
    const auto records = demo_requests(2);
    {
      const auto store = open_store(folder);
      const int64_t run = must(store->begin_run(demo_run()));
      keep(*store, run, {records.begin(), records.begin() + 30}, "morning");
      must(store->end_run(run, RunStatus::done));
    }
    BOOST_TEST_REQUIRE(must(decide(folder.db(), decisions)).faults.empty());
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run("sha256:later")));
    keep(*store, run, records, "the day");
    must(store->end_run(run, RunStatus::done));
  }

  static void keep(VerdictStore& store, int64_t run,
                   const std::vector<DemoRecord>& records,
                   const std::string& bytes) {
    const int64_t source = must(store.begin_source(run, "grown.jsonl"));
    Block block;
    block.source = source;
    block.identity = identify_block("", bytes);
    block.end_byte = block.identity.bytes;
    for (const DemoRecord& record : records) {
      block.verdicts.push_back(demo_row(record, block.verdicts.size() + 1));
    }
    block.errors.push_back({99, 9900, "J102", "no object"});
    block.invalid["request.created_at"] = 1;
    must(store.append(block));
    must(store.end_source(source, {records.size() + 1, records.size(), 1, 0,
                                   block.end_byte, block.identity.digest}));
  }
};

BOOST_AUTO_TEST_CASE(a_log_that_grew_before_it_was_judged_again_counts_once) {
  const GrownLog log;
  const Numbers numbers = february(log.folder);
  BOOST_TEST(numbers.totals[0].total() == 40u);
  BOOST_TEST(numbers.superseded == 30u);
  BOOST_TEST(numbers.errors.at("J102") == 1u);
  BOOST_TEST(numbers.invalid_fields.at("request.created_at") == 1u);
}

BOOST_AUTO_TEST_CASE(records_that_may_count_twice_are_counted_apart) {
  const GrownLog log;
  const auto all = [&log] {
    return must(count_stores({log.folder.db()}, demo_question()));
  };
  BOOST_TEST(all().nameless_twice == 0u);
  tamper(log.folder.db(),
         "UPDATE verdict_row SET record_id = '', event_time = '' "
         "WHERE line IN (3, 35)");
  const Numbers numbers = all();
  // Of the first run line 3, of the second lines 3 and 35.
  BOOST_TEST(numbers.nameless_twice == 3u);
  BOOST_TEST(numbers.totals[0].total() == 41u);
  const Document report =
      write_report({numbers, demo_question(), demo_obligations(), {}});
  const ReportTable* left_out = find_table(report, "left_out");
  BOOST_TEST_REQUIRE(left_out != nullptr);
  BOOST_TEST(left_out->rows[2][0].text ==
             "of them without an id and a time, in sources that were judged "
             "more than once: counted each time");
  BOOST_TEST(left_out->rows[2][1].number == 3);
}

// An export that comes anew each day, with longer words in some rows.
BOOST_AUTO_TEST_CASE(a_log_whose_bytes_moved_counts_once) {
  const GrownLog log;
  tamper(log.folder.db(),
         "UPDATE verdict_row SET byte = byte + 2 WHERE block_id = 2 AND "
         "line > 3; UPDATE block SET end_byte = end_byte + 2 WHERE "
         "block_id = 2");
  const Numbers numbers = february(log.folder);
  BOOST_TEST(numbers.totals[0].total() == 40u);
  BOOST_TEST(numbers.superseded == 30u);
}

// An export with its newest rows in front.
BOOST_AUTO_TEST_CASE(records_whose_lines_moved_are_counted_apart) {
  const GrownLog log;
  BOOST_TEST(february(log.folder).counted_alike == 0u);
  tamper(log.folder.db(),
         "UPDATE verdict_row SET line = line + 1 WHERE block_id = 2");
  const Numbers numbers = february(log.folder);
  BOOST_TEST(numbers.totals[0].total() == 70u);
  BOOST_TEST(numbers.counted_alike == 30u);
  const Document report =
      write_report({numbers, demo_question(), demo_obligations(), {}});
  const ReportTable* left_out = find_table(report, "left_out");
  BOOST_TEST_REQUIRE(left_out != nullptr);
  BOOST_TEST(left_out->rows[2][1].number == 30);
}

// Two exports that lie over each other: the second is no source of before.
BOOST_AUTO_TEST_CASE(
    records_of_another_source_are_counted_and_said_to_be_alike) {
  const GrownLog log;
  tamper(log.folder.db(),
         "UPDATE source SET name = 'other.jsonl' WHERE source_id = 2");
  const Numbers numbers = february(log.folder);
  BOOST_TEST(numbers.totals[0].total() == 70u);
  BOOST_TEST(numbers.counted_alike == 30u);
  // Ids that are numbers from 1 in each file are no names without a time.
  tamper(log.folder.db(), "UPDATE verdict_row SET event_time = ''");
  const auto all = must(count_stores({log.folder.db()}, demo_question()));
  BOOST_TEST(all.totals[0].total() == 70u);
  BOOST_TEST(all.counted_alike == 0u);
}

// One block of many lines, then blocks of few: bytes say nothing of lines.
BOOST_AUTO_TEST_CASE(a_line_that_is_in_no_block_of_the_same_bytes_counts_once) {
  const GrownLog log;
  tamper(log.folder.db(),
         "UPDATE block SET begin_byte = 1000000, end_byte = 2000000 WHERE "
         "block_id = 2");
  BOOST_TEST(february(log.folder).totals[0].total() == 40u);
}

// Records at the same place of two logs of one name are two.
BOOST_AUTO_TEST_CASE(a_log_that_was_begun_anew_under_its_name_is_another) {
  const GrownLog log;
  {
    const auto store = open_store(log.folder);
    const int64_t run = must(store->begin_run(demo_run("sha256:later")));
    auto records = demo_requests(2);
    for (DemoRecord& record : records) record.time.replace(17, 2, "07");
    GrownLog::keep(*store, run, records, "the next day");
    must(store->end_run(run, RunStatus::done));
  }
  BOOST_TEST(february(log.folder).totals[0].total() == 80u);
}

BOOST_AUTO_TEST_CASE(what_was_decided_counts_for_the_later_verdict) {
  const auto on = [](int64_t verdict, const std::string& outcome) {
    return Decision{.verdict_id = verdict,
                    .decided_by = "demo_clerk",
                    .decided_at = "2026-03-01T09:00:00Z",
                    .outcome = outcome};
  };
  const GrownLog log({on(13, "approved"), on(23, "fraud_confirmed")});
  const Numbers numbers = february(log.folder);
  BOOST_TEST(numbers.people.counted == 2u);
  BOOST_TEST(numbers.people.outcomes.at("approved")[0] == 1u);
  BOOST_TEST(numbers.people.overridden[0] == 1u);
  BOOST_TEST(numbers.people.one_person[0] == 1u);
  BOOST_TEST(numbers.people.opened == 1u);
  BOOST_TEST_REQUIRE(numbers.people.open.size() == 1u);
  BOOST_TEST(numbers.people.open[0].verdict_id == 53);
  for (const CriticalCase& found : numbers.cases) {
    const std::string outcome = found.line == 13   ? "approved"
                                : found.line == 23 ? "fraud_confirmed"
                                                   : "";
    BOOST_TEST(found.decided.outcome == outcome);
  }
}

BOOST_AUTO_TEST_CASE(what_a_record_turned_out_to_be_counts_for_its_rules) {
  const auto on = [](int64_t verdict, const std::string& outcome) {
    return Decision{.verdict_id = verdict,
                    .decided_by = "demo_clerk",
                    .decided_at = "2026-03-01T09:00:00Z",
                    .outcome = outcome};
  };
  const GrownLog log({on(13, "false_alarm"), on(23, "fraud_confirmed"),
                      on(3, "fraud_confirmed"), on(3, "false_alarm")});
  const Numbers numbers = february(log.folder);
  std::map<std::string, FoundNumbers> wanted;
  for (const CriticalCase& found : numbers.cases) {
    for (const CaseFinding& finding : found.findings) {
      FoundNumbers& of = wanted[finding.rule];
      of.frauds += found.line == 23 ? 1 : 0;
      of.false_alarms += found.line == 13 || found.line == 3 ? 1 : 0;
    }
  }
  uint64_t all = 0;
  for (const auto& [rule, counts] : numbers.rules) {
    BOOST_TEST(counts.found.frauds == wanted[rule].frauds);
    BOOST_TEST(counts.found.false_alarms == wanted[rule].false_alarms);
    all += counts.found.all();
  }
  BOOST_TEST(all > 0u);
  BOOST_TEST(numbers.found_without_hit.all() == 0u);
}

BOOST_AUTO_TEST_CASE(errors_of_a_block_judged_again_count_once) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers before = february(folder);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run("sha256:later")));
    store_records(*store, run, "february.jsonl", demo_requests(2), 2);
    must(store->end_run(run, RunStatus::done));
  }
  const Numbers after = february(folder);
  BOOST_TEST((after.errors == before.errors));
  BOOST_TEST((after.invalid_fields == before.invalid_fields));
  BOOST_TEST(after.people.counted == before.people.counted);
}

BOOST_AUTO_TEST_CASE(a_refused_record_without_findings_is_a_case_too) {
  const ScratchFolder folder;
  make_demo_store(folder);
  tamper(folder.db(), "UPDATE verdict_row SET verdict_json = NULL");
  const Numbers numbers = february(folder);
  BOOST_TEST(numbers.not_kept == 41u);
  BOOST_TEST(int64_t(numbers.critical) ==
             asked(folder,
                   "SELECT count(*) FROM verdict_row WHERE action = 3 "
                   "AND" +
                       kFebruary));
  BOOST_TEST(numbers.cases.size() == numbers.critical);
}

BOOST_AUTO_TEST_CASE(a_database_of_somebody_else_is_an_error) {
  const ScratchFolder folder;
  tamper(folder.db(), "CREATE TABLE demo (x)");
  BOOST_TEST(!count_stores({folder.db()}, demo_question()).ok());
  BOOST_TEST(!count_stores({folder / "none.db"}, demo_question()).ok());
}

BOOST_AUTO_TEST_CASE(counts_of_a_time_whose_verdicts_were_deleted_are_none) {
  const ScratchFolder folder;
  make_demo_store(folder);
  tamper(folder.db(),
         "INSERT INTO purge VALUES (1, '2026-04-01T00:00:00Z', "
         "'demo_officer', 'over', 'verdicts', '2026-02-10', 2, 30, 1, "
         "'', '13 months', '2026-01-02', '2026-02-09', NULL)");
  const auto report_of = [&](const char* from, const char* to) {
    const Question question = demo_question(from, to);
    const Numbers numbers = must(count_stores({folder.db()}, question));
    return write_report({numbers, question, {}, {}});
  };
  const auto warnings = [](const Document& report) {
    const std::string text = to_markdown(report);
    size_t found = 0;
    for (size_t at = 0; (at = text.find("WERE DELETED", at)) != text.npos; ++at)
      ++found;
    return found;
  };
  const Document february = report_of("2026-02-01", "2026-02-28");
  BOOST_TEST(warnings(february) == 10u);
  for (const char* id : {"fcc", "ncc"}) {
    const ReportTable* table = find_table(february, id);
    BOOST_TEST_REQUIRE(table != nullptr);
    for (const auto& row : table->rows) {
      for (size_t i = 1; i < row.size(); ++i) {
        BOOST_TEST((row[i].kind != Cell::Kind::count));
      }
    }
  }
  const Document after = report_of("2026-02-10", "2026-02-28");
  BOOST_TEST(warnings(after) == 0u);
  BOOST_TEST((find_table(after, "fcc")->rows[0][1].kind == Cell::Kind::count));
}

BOOST_AUTO_TEST_CASE(the_log_of_deletions_is_read) {
  const ScratchFolder folder;
  make_demo_store(folder);
  tamper(folder.db(),
         "INSERT INTO purge VALUES (1, '2026-04-01T00:00:00Z', "
         "'demo_officer', 'over', 'personal', '2025-03-01', 2, 30, 1, "
         "'', '13 months', '2025-01-02', '2025-02-27', NULL)");
  const Numbers numbers = must(count_stores({folder.db()}, demo_question()));
  BOOST_TEST_REQUIRE(numbers.purges.size() == 1u);
  BOOST_TEST(numbers.purges[0].what == "subjects");
  BOOST_TEST(numbers.purges[0].last_day == "2025-02-27");
  BOOST_TEST(numbers.purges[0].verdicts == 30u);
  BOOST_TEST(numbers.oldest[0] == "2026-01-01");
}

}  // namespace
}  // namespace simwarden
