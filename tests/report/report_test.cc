// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <set>

#include "notation/goldens.h"
#include "report/demo_store.h"
#include "report/formats.h"
#include "report/svg.h"
#include "report/words.h"

namespace simwarden {
namespace {

Document demo_report(const ScratchFolder& folder, const ReportOptions& options,
                     const Question& question) {
  const Numbers numbers = must(count_stores({folder.db()}, question));
  const Obligations obligations = demo_obligations(options.language);
  return write_report({numbers, question, obligations, options});
}

Document february(const ScratchFolder& folder,
                  const ReportOptions& options = {}) {
  return demo_report(folder, options,
                     demo_question("2026-02-01", "2026-02-28"));
}

void compare(const std::string& name, const std::string& actual) {
  golden::compare("tests/report/goldens/" + name, actual);
}

BOOST_AUTO_TEST_CASE(a_count_is_written_in_digits) {
  ReportTable table{.id = "t", .columns = {{"n", "n"}}};
  table.rows = {{count_cell(1'000'000)}, {count_cell(12'345'678'000)}};
  BOOST_TEST(to_csv(table) == "n\n1000000\n12345678000\n");
  Document document;
  document.sections.push_back({.items = {table}});
  const std::string json = to_json(document);
  BOOST_TEST(json.find("\"n\":1000000}") != json.npos, json);
}

BOOST_AUTO_TEST_CASE(a_small_store_in_every_format) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Document document = february(folder);
  compare("february_html", to_html(document));
  compare("february_json", to_json(document));
  compare("february_csv", to_csv(document));
  compare("february_markdown", to_markdown(document));
  compare("february_fcc", to_csv(*find_table(document, "fcc")));
  compare("february_zh", to_markdown(february(folder, {.language = "zh"})));
  compare("february_published",
          to_markdown(february(folder, {.publish = true})));
}

BOOST_AUTO_TEST_CASE(two_reports_of_one_store_are_the_same_bytes) {
  const ScratchFolder folder;
  make_demo_store(folder);
  BOOST_TEST(to_html(february(folder)) == to_html(february(folder)));
  BOOST_TEST(to_json(february(folder)) == to_json(february(folder)));
}

BOOST_AUTO_TEST_CASE(
    the_header_takes_its_time_from_the_newest_run_or_an_option) {
  const ScratchFolder folder;
  make_demo_store(folder);
  BOOST_TEST(february(folder).generated_at == "2026-03-01T00:01:02Z");
  BOOST_TEST(
      february(folder, {.generated_at = "2026-04-01T00:00:00Z"}).generated_at ==
      "2026-04-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(an_empty_store_makes_a_report_with_all_sixteen_sections) {
  const ScratchFolder folder;
  open_store(folder);
  const Document document = demo_report(folder, {}, demo_question());
  BOOST_TEST(document.sections.size() == 16u);
  for (size_t at = 0; at < document.sections.size(); ++at) {
    BOOST_TEST(document.sections[at].number == int(at + 1));
    BOOST_TEST(!document.sections[at].items.empty());
  }
  BOOST_TEST(!to_html(document).empty());
}

BOOST_AUTO_TEST_CASE(html_needs_nothing_from_outside_and_runs_nothing) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const std::string html = to_html(february(folder));
  for (const char* foreign :
       {"<script", "http://", "https://", "url(", "@import", " src=", "<link",
        "<iframe", "onload", "onclick"}) {
    BOOST_TEST_CONTEXT(foreign) {
      BOOST_TEST(html.find(foreign) == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_no_store_knows_is_shown_as_given) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const std::string silent = to_markdown(february(folder));
  BOOST_TEST(silent.find("Demo Mobile") == std::string::npos);
  BOOST_TEST(silent.find("--lines N") != std::string::npos);
  const Document told = february(folder, {.operator_name = "Demo Mobile",
                                          .ordered_by = "Demo auditor",
                                          .lines = 20'000});
  const std::string text = to_markdown(told);
  BOOST_TEST(text.find("| operator | Demo Mobile |") != std::string::npos);
  BOOST_TEST(text.find("| ordered by | Demo auditor |") != std::string::npos);
  const ReportTable* rates = find_table(told, "per_lines");
  BOOST_TEST_REQUIRE(rates != nullptr);
  BOOST_TEST(rates->rows[0][1].number == 40);  // requests
  BOOST_TEST(rates->rows[0][2].number == 20);
  BOOST_TEST(rates->rows[2][1].number == 2);  // confirmed fraud
  BOOST_TEST(rates->rows[2][2].number == 1);
}

std::string part_of(const Document& document, const char* table) {
  const ReportTable* found = find_table(document, table);
  BOOST_TEST_REQUIRE(found != nullptr);
  BOOST_TEST_REQUIRE(found->rows.size() == 1u);
  return found->rows[0].back().text;
}

// What lies elsewhere, or is no request, makes no month whole.
BOOST_AUTO_TEST_CASE(a_row_looks_at_the_requests_of_its_profile) {
  const ScratchFolder folder;
  std::vector<DemoRecord> records = {
      {.time = "2026-02-14T10:00:00Z"},
      {.time = "2026-02-20T10:00:00Z"},
      {.time = "2026-02-05T10:00:00Z", .profile = "ng-ncc"},
      {.time = "2026-05-05T10:00:00Z", .profile = "ng-ncc"}};
  for (const char* time : {"2025-11-02T10:00:00Z", "2026-11-02T10:00:00Z"}) {
    records.push_back({.kind = Kind::message, .time = time});
  }
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    store_records(*store, run, "few.jsonl", records);
    must(store->end_run(run, RunStatus::done));
  }
  const std::string half = "records from 2026-02-14 to 2026-02-20";
  BOOST_TEST(part_of(demo_report(folder, {}, demo_question()), "fcc") == half);
  BOOST_TEST(part_of(february(folder), "fcc") == half);
  const Document quarter =
      demo_report(folder, {}, demo_question("2026-01-01", "2026-03-31"));
  BOOST_TEST(part_of(quarter, "ncc") ==
             "records from 2026-02-05 to 2026-03-31");
}

BOOST_AUTO_TEST_CASE(rates_are_of_the_records_that_a_rule_asks_about) {
  const ScratchFolder folder;
  const Finding found = demo_finding("DEM-001", "identity", "critical", 60);
  const Finding lure = demo_finding("DEM-101", "lure", "high", 50);
  std::vector<DemoRecord> records;
  for (const char* time : {"2026-01-14T10:00:00Z", "2026-02-14T10:00:00Z"}) {
    records.push_back({.time = time,
                       .findings = {found},
                       .not_recorded = {"request.agent.id"}});
    records.push_back({.time = time});
    records.push_back(
        {.kind = Kind::message, .time = time, .findings = {lure}});
  }
  for (int i = 0; i < 3; ++i) {
    records.push_back({.kind = Kind::message, .time = "2026-02-14T10:00:00Z"});
  }
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    store_records(*store, run, "few.jsonl", records);
    must(store->end_run(run, RunStatus::done));
  }
  const Document document = february(folder);
  const ReportTable* rules = find_table(document, "rules");
  BOOST_TEST_REQUIRE(rules != nullptr);
  BOOST_TEST_REQUIRE(rules->rows.size() == 2u);
  BOOST_TEST(rules->rows[0][5].number == 5000);  // of two requests
  BOOST_TEST(rules->rows[0][7].number == 0);
  BOOST_TEST(rules->rows[1][5].number == 2500);  // of four messages
  BOOST_TEST(rules->rows[1][7].number == -7500);
  const ReportTable* absent = find_table(document, "not_recorded");
  BOOST_TEST_REQUIRE(absent != nullptr);
  BOOST_TEST(absent->rows[0][2].number == 0.5);
}

BOOST_AUTO_TEST_CASE(fraud_that_people_confirmed_counts_without_kept_facts) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const std::vector<Decision> decided = {{.verdict_id = 3,
                                          .decided_by = "demo_clerk",
                                          .decided_at = "2026-02-19T09:00:00Z",
                                          .outcome = "fraud_confirmed"}};
  BOOST_TEST_REQUIRE(must(decide(folder.db(), decided)).faults.empty());
  // January was stored before facts were kept.
  const Document january = demo_report(
      folder, {.lines = 10'000}, demo_question("2026-01-01", "2026-01-31"));
  const ReportTable* months = find_table(january, "fraud_by_month");
  BOOST_TEST_REQUIRE(months != nullptr);
  BOOST_TEST_REQUIRE(months->rows.size() == 1u);
  BOOST_TEST(months->rows[0][1].number == 40);
  BOOST_TEST(months->rows[0][2].number == 1);
  BOOST_TEST(find_table(january, "per_lines")->rows[2][1].number == 1);
}

// As `audit purge --class excerpts` leaves the verdicts that `where` chooses.
void delete_findings(const ScratchFolder& folder, const std::string& where) {
  const auto database = must(Database::open(folder.db(), Access::write));
  must(database->run("UPDATE verdict_row SET verdict_json = NULL WHERE " +
                     where));
  must(
      database->run("UPDATE block_proof SET excerpt_purge = 1 "
                    "WHERE block_id IN (SELECT block_id FROM verdict_row "
                    "WHERE verdict_json IS NULL)"));
}

bool says(const Document& document, const std::string& words) {
  return to_markdown(document).find(words) != std::string::npos;
}

BOOST_AUTO_TEST_CASE(deleted_findings_are_not_taken_for_none) {
  const ScratchFolder folder;
  make_demo_store(folder);
  BOOST_TEST(!says(february(folder), "records of the period are gone"));
  delete_findings(folder, "1");
  const Document all = february(folder);
  const ReportTable* duties = find_table(all, "obligations");
  BOOST_TEST_REQUIRE(duties != nullptr);
  for (const auto& row : duties->rows) {
    BOOST_TEST(row[2].text == "findings deleted");
    BOOST_TEST((row[3].kind == Cell::Kind::none));  // checked
    BOOST_TEST((row[7].kind == Cell::Kind::none));  // nothing found
  }
  for (const char* untrue :
       {"No rule hit a record", "No duty failed for want",
        "Every rule could be answered", "No rule of this kind found",
        "No finding names such a fact", "waived in places"}) {
    BOOST_TEST_CONTEXT(untrue) {
      BOOST_TEST(!says(all, untrue));
    }
  }
  BOOST_TEST(says(all, "The findings of 41 of the 41 records"));
  BOOST_TEST(says(february(folder, {.language = "zh"}), "发现项已删除"));
}

BOOST_AUTO_TEST_CASE(every_section_about_findings_says_that_some_are_deleted) {
  const ScratchFolder folder;
  make_demo_store(folder);
  delete_findings(folder, "verdict_id <= 40");
  const Document document = demo_report(folder, {}, demo_question());
  for (const ReportSection& section : document.sections) {
    const auto speaks = [](const ReportItem& item) {
      const auto* paragraph = std::get_if<Paragraph>(&item);
      return paragraph != nullptr &&
             paragraph->text.find("The findings of 40 of the 82") == 0;
    };
    const auto count =
        std::count_if(section.items.begin(), section.items.end(), speaks);
    BOOST_TEST_CONTEXT(section.id) {
      const bool wanted =
          section.number == 2 || (section.number >= 4 && section.number <= 11);
      BOOST_TEST(count == (wanted ? 1 : 0));
    }
  }
  // demo-law/2 holds everywhere, and asks about requests.
  const ReportTable* duties = find_table(document, "obligations");
  BOOST_TEST_REQUIRE(duties != nullptr);
  BOOST_TEST(duties->rows[1][3].number == 40);
  const ReportTable* left_out = find_table(document, "left_out");
  BOOST_TEST(left_out->rows[6][1].number == 40);
  BOOST_TEST(left_out->rows[7][1].number == 0);
  const ReportTable* rules = find_table(document, "rules");
  BOOST_TEST_REQUIRE(rules != nullptr);
  for (const auto& row : rules->rows) {
    const int asked = row[0].text == "DEM-101" ? 2 : 40;
    BOOST_TEST(row[5].number == 10000.0 * row[4].number / asked);
  }
  // That there are 40 of some kind would tell how many are not shown.
  BOOST_TEST(says(demo_report(folder, {.publish = true}, demo_question()),
                  "The findings of some records of the period were deleted"));
}

BOOST_AUTO_TEST_CASE(
    a_chinese_report_says_ages_and_what_is_not_recorded_in_chinese) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  Numbers numbers = must(count_stores({folder.db()}, question));
  numbers.purges = {{.at = "2026-03-02T00:00:00Z",
                     .what = "excerpts",
                     .keep = "2 years",
                     .reason = "retention"}};
  numbers.values["request.channel.type"][std::string(kNotRecorded)] = 7;
  numbers.cases.at(0).findings.at(0).evidence = {
      {"request.channel.type", std::string(kNotRecorded)}};
  const Obligations obligations = demo_obligations("zh");
  const ReportOptions options{.language = "zh",
                              .retention = customary_retention()};
  const std::string text =
      to_markdown(write_report({numbers, question, obligations, options}));
  for (const char* words : {"| 13个月 |", "| 2年 |", "| 留存期满 |",
                            "| request.channel.type | 未记录 | 7 |",
                            "request.channel.type = 未记录", "| 身份核验 |"}) {
    BOOST_TEST_CONTEXT(words) {
      BOOST_TEST(text.find(words) != std::string::npos);
    }
  }
  BOOST_TEST(text.find("not recorded") == std::string::npos);
}

// By the day of the report, and by the time of the purge.
BOOST_AUTO_TEST_CASE(what_is_overdue_and_what_went_too_early_is_marked) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  Numbers numbers = must(count_stores({folder.db()}, question));
  const std::string day = "2026-03-01T00:00:00Z";
  numbers.purges = {
      {.at = day, .what = "verdicts", .before = "2025-03-02", .keep = "1 year"},
      {.at = day, .what = "notes", .before = "2025-03-03", .keep = "1 year"},
      {.at = day, .what = "cases", .before = "2026-04-01"}};
  numbers.oldest = {"2026-01-31", "2026-01-31", "2025-02-28", "", "2026-01-01"};
  numbers.first_until = "2026-02-28";
  ReportOptions options{.generated_at = day};
  options.retention.ages[0] = Age{1, Age::Unit::months};
  const Obligations obligations = demo_obligations();
  const Document document =
      write_report({numbers, question, obligations, options});
  const auto column = [&document](const char* table, size_t at) {
    std::vector<std::string> texts;
    for (const auto& row : find_table(document, table)->rows) {
      texts.push_back(row[at].text);
    }
    return texts;
  };
  using Texts = std::vector<std::string>;
  BOOST_TEST(column("retention", 4) ==
                 Texts({"overdue", "", "overdue", "", "overdue"}),
             boost::test_tools::per_element());
  BOOST_TEST(column("purges", 6) == Texts({"", "too early", "too early"}),
             boost::test_tools::per_element());
}

Document report_of(const Numbers& numbers, const Obligations& obligations) {
  const Question question = demo_question();
  const ReportOptions options;
  return write_report({numbers, question, obligations, options});
}

BOOST_AUTO_TEST_CASE(what_messages_of_others_say_is_no_breach) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Numbers numbers = must(count_stores({folder.db()}, demo_question()));
  Obligations obligations = demo_obligations();
  obligations.rows = {{.control = "demo-law",
                       .clause = "3",
                       .title = "Fees go to the operator",
                       .rules = {"DEM-101"},
                       .asks_messages = true},
                      {.control = "demo-law",
                       .clause = "1",
                       .title = "Check the document",
                       .rules = {"DEM-001", "DEM-101"},
                       .asks_requests = true,
                       .asks_messages = true}};
  const Document document = report_of(numbers, obligations);
  const ReportTable* duties = find_table(document, "obligations");
  BOOST_TEST_REQUIRE(duties != nullptr);
  BOOST_TEST(duties->rows[0][2].text == "found in messages");
  BOOST_TEST(duties->rows[0][4].number == 1);
  BOOST_TEST(duties->rows[1][2].text == "not met in places");
}

// Channels with these many requests, each verified by two kinds.
std::map<std::string, ChannelNumbers> channels_of(
    const std::vector<uint64_t>& requests) {
  std::map<std::string, ChannelNumbers> made;
  for (size_t at = 0; at < requests.size(); ++at) {
    ChannelNumbers& channel = made["channel " + std::to_string(at)];
    channel.verified[0][0] = requests[at];
    channel.verified[1][3] = requests[at];
  }
  return made;
}

BOOST_AUTO_TEST_CASE(the_flow_has_one_pool_of_channels) {
  const ScratchFolder folder;
  make_demo_store(folder);
  Numbers numbers = must(count_stores({folder.db()}, demo_question()));
  numbers.records.channels =
      channels_of({90, 80, 70, 60, 19, 18, 17, 16, 15, 14, 13, 12});
  const Document document = report_of(numbers, demo_obligations());
  const ReportTable* flow = find_table(document, "flow");
  BOOST_TEST_REQUIRE(flow != nullptr);
  std::set<std::string> pairs;
  for (const auto& row : flow->rows) {
    BOOST_TEST_CONTEXT(row[1].text + " to " + row[2].text) {
      BOOST_TEST(pairs.insert(row[1].text + "\n" + row[2].text).second);
      if (row[1].text == "other channels") BOOST_TEST(row[3].number == 124);
    }
  }
  BOOST_TEST(flow->rows[0][1].text == "channel 0");
  BOOST_TEST(flow->rows[8][1].text == "other channels");
}

BOOST_AUTO_TEST_CASE(text_of_records_turns_no_line_and_hides_nothing) {
  ReportTable table{.id = "demo", .title = "demo", .columns = {{"id", "id"}}};
  table.rows = {{text_cell("a\u202eb\x1b[2J\u2066c")}};
  Document document{.language = "en", .title = "demo"};
  document.sections.push_back({1, "demo", "demo", {table}});
  for (const std::string& text :
       {to_html(document), to_csv(document), to_csv(table)}) {
    BOOST_TEST(text.find(R"(a\u{202e}b\x1b[2J\u{2066}c)") != std::string::npos);
  }
  BOOST_TEST(to_markdown(document).find(R"(a\\u{202e}b\\x1b\[2J\\u{2066}c)") !=
             std::string::npos);
  BOOST_TEST(to_json(document).find("a\u202eb") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reference_in_markdown_is_text) {
  const Document document{.language = "en", .title = "a &lt; b & c"};
  BOOST_TEST(to_markdown(document).starts_with("# a \\&lt; b \\& c"));
}

BOOST_AUTO_TEST_CASE(what_is_empty_says_why) {
  const ScratchFolder folder;
  write_site_key(folder.options().site_key_path);
  {
    const auto store = open_store(folder);
    const int64_t run = must(store->begin_run(demo_run()));
    store_records(*store, run, "messages.jsonl", demo_messages(), 0,
                  demo_kept_messages());
    must(store->end_run(run, RunStatus::done));
  }
  const auto said = [](const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
  };
  const std::string messages =
      to_markdown(demo_report(folder, {}, demo_question()));
  BOOST_TEST(said(messages, "There are no requests in the period."));
  BOOST_TEST(!said(messages, "keeps them unless told otherwise"));
  const std::string never = to_markdown(
      demo_report(folder, {}, demo_question("1999-01-01", "1999-01-31")));
  BOOST_TEST(said(never, "No obligation of the policies that were read holds"));
  BOOST_TEST(!said(never, "name no obligations"));
}

BOOST_AUTO_TEST_CASE(almost_all_is_not_shown_as_all) {
  BOOST_TEST(shown(share_cell(9999, 10000), "en") == "> 99.9 %");
  BOOST_TEST(shown(share_cell(1, 1), "en") == "100.0 %");
}

BOOST_AUTO_TEST_CASE(text_of_records_is_never_markup) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Document document = demo_report(folder, {}, demo_question());
  BOOST_TEST(to_html(document).find("a-<1>") == std::string::npos);
  BOOST_TEST(to_html(document).find("a-&lt;1&gt;") != std::string::npos);
  BOOST_TEST(to_markdown(document).find("a-<1>") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_figure_has_words_for_who_cannot_see_it_and_a_table) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Document document = february(folder);
  size_t figures = 0;
  for (const ReportSection& section : document.sections) {
    for (const ReportItem& item : section.items) {
      const auto* figure = std::get_if<Figure>(&item);
      if (figure == nullptr) continue;
      ++figures;
      BOOST_TEST(!figure->alt.empty());
      BOOST_TEST(!figure->table.rows.empty());
    }
  }
  BOOST_TEST(figures >= 5u);
}

BOOST_AUTO_TEST_CASE(tables_have_names_of_their_own_and_whole_rows) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Document document = february(folder);
  std::set<std::string> ids;
  each_table(document, [&ids](const ReportTable& table) {
    BOOST_TEST_CONTEXT(table.id) {
      BOOST_TEST(ids.insert(table.id).second);
      for (const auto& row : table.rows) {
        BOOST_TEST(row.size() == table.columns.size());
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(every_text_is_there_in_both_languages_with_the_same_gaps) {
  std::set<std::string_view> ids;
  const auto gaps = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '{');
  };
  for (const auto words : {text_words(), column_words(), people_words(),
                           record_words(), kept_words()}) {
    for (const Word& row : words) {
      BOOST_TEST_CONTEXT(row.id) {
        BOOST_TEST(ids.insert(row.id).second);
        BOOST_TEST(row.en.empty() == row.zh.empty());
        BOOST_TEST(gaps(row.en) == gaps(row.zh));
      }
    }
  }
}

}  // namespace
}  // namespace simwarden
