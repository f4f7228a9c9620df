// SPDX-License-Identifier: Apache-2.0
#include "store/figures.h"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>

#include "scratch_store.h"

using namespace simwarden;

namespace {

VerdictRow verdict(uint64_t line, Action action, double score,
                   const std::vector<std::string>& rules) {
  VerdictRow row;
  row.line = line;
  row.record_id = "r-" + std::to_string(line);
  row.action = action;
  row.score = score;
  if (!rules.empty()) row.top_rule = rules[0];
  row.json = "{\"findings\":[";
  for (const std::string& rule : rules) {
    if (row.json.back() == '}') row.json += ',';
    const bool shadow = rule.starts_with("SHD");
    const bool open = rule.starts_with("UND");
    row.json += "{\"rule\":\"" + rule + "\",\"outcome\":\"" +
                (open ? "undetermined" : "hit") + "\",\"title\":\"Title of " +
                rule + "\"" + (shadow ? ",\"shadow\":true" : "") + "}";
  }
  row.json += "]}";
  return row;
}

Block block_of(int64_t source, std::string_view bytes,
               std::vector<VerdictRow> rows) {
  Block block;
  block.source = source;
  block.identity = identify_block("", bytes);
  block.end_byte = bytes.size();
  block.verdicts = std::move(rows);
  return block;
}

}  // namespace

BOOST_AUTO_TEST_CASE(figures_of_one_run_and_of_all) {
  const ScratchFolder folder;
  const auto store = open_store(folder);
  const int64_t first = must(store->begin_run(demo_run()));
  const int64_t a = must(store->begin_source(first, "a.jsonl"));
  Block block = block_of(a, "aaaa",
                         {verdict(1, Action::pass, 0, {}),
                          verdict(2, Action::hold, 60, {"IDV-002", "AUT-001"}),
                          verdict(3, Action::review, 30, {"AUT-001", "SHD-1"}),
                          verdict(4, Action::hold, 75, {"MSG-001", "UND-1"})});
  block.errors.push_back({5, 9, "J102", "odd"});
  must(store->append(block));
  must(store->end_source(a, {5, 4, 1, 0, 4, ""}));
  must(store->end_run(first, RunStatus::done));
  const int64_t second = must(store->begin_run(demo_run()));
  const int64_t b = must(store->begin_source(second, "b.jsonl"));
  must(store->append(
      block_of(b, "bbbb", {verdict(1, Action::refuse, 100, {"IDV-002"})})));

  const auto figures = must(Figures::open(folder.db()));
  BOOST_TEST(
      (must(figures->actions(0)) == std::array<uint64_t, 4>{1, 1, 2, 1}));
  BOOST_TEST(
      (must(figures->actions(first)) == std::array<uint64_t, 4>{1, 1, 2, 0}));
  BOOST_TEST(
      (must(figures->actions(99)) == std::array<uint64_t, 4>{0, 0, 0, 0}));
  BOOST_TEST(must(figures->unreadable(first)) == 1u);
  BOOST_TEST(must(figures->unreadable(second)) == 0u);

  const auto rules = must(figures->top_rules(0, 10));
  std::string shown;
  for (const RuleCount& rule : rules) {
    shown += rule.rule + "=" + std::to_string(rule.hits) + " ";
  }
  BOOST_TEST(shown == "AUT-001=2 IDV-002=2 MSG-001=1 ");
  BOOST_TEST(rules.at(0).title == "Title of AUT-001");
  BOOST_TEST(must(figures->top_rules(0, 1)).size() == 1u);
  BOOST_TEST(must(figures->top_rules(second, 5)).size() == 1u);

  shown.clear();
  for (const WorstVerdict& worst : must(figures->worst(0, 3))) {
    shown += worst.source + ":" + std::to_string(worst.line) + " " +
             std::string(name_of(worst.action)) + " " + worst.top_rule + "; ";
  }
  BOOST_TEST(shown ==
             "b.jsonl:1 refuse IDV-002; a.jsonl:4 hold MSG-001; a.jsonl:2 "
             "hold IDV-002; ");
  BOOST_TEST(must(figures->worst(first, 99)).size() == 3u);

  const auto sources = must(figures->completeness(0));
  BOOST_TEST_REQUIRE(sources.size() == 2u);
  BOOST_TEST(sources[0].name == "a.jsonl");
  BOOST_TEST(sources[0].seen == 5u);
  BOOST_TEST(sources[0].state == "complete");
  BOOST_TEST(sources[1].state == "never ended");
}

// The manual's tables name every column, and its queries run.
BOOST_AUTO_TEST_CASE(the_manual_fits_the_schema) {
  const ScratchFolder folder;
  open_store(folder);
  std::ifstream file("docs/store.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string manual = text.str();
  BOOST_TEST_REQUIRE(manual.size() > 1000u);
  const auto columns = ask(folder.db(),
                           "SELECT m.name, c.name FROM sqlite_schema m, "
                           "pragma_table_info(m.name) c WHERE m.type IN "
                           "('table', 'view') AND m.name NOT LIKE 'sqlite_%'",
                           2);
  BOOST_TEST(columns.size() > 60u);
  for (const std::string& each : columns) {
    const size_t bar = each.find('|');
    const size_t section = manual.find("### " + each.substr(0, bar) + "\n");
    BOOST_TEST_REQUIRE(section != std::string::npos, each);
    const size_t end = manual.find("\n#", section + 4);
    const std::string part = manual.substr(section, end - section);
    BOOST_TEST(part.find("`" + each.substr(bar + 1) + "`") != std::string::npos,
               each);
  }
  size_t queries = 0;
  const std::string fence = "```sql\n";
  for (size_t at = manual.find(fence); at != std::string::npos;
       at = manual.find(fence, at)) {
    at += fence.size();
    const std::string sql = manual.substr(at, manual.find("```", at) - at);
    const auto database = must(Database::open(folder.db(), Access::read));
    const auto statement = database->prepare(sql);
    BOOST_TEST(statement.ok(),
               sql << (statement.ok() ? "" : statement.error().what));
    if (statement.ok()) must((*statement)->step());
    ++queries;
  }
  BOOST_TEST(queries >= 8u);
}
