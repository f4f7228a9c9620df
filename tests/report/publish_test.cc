// SPDX-License-Identifier: Apache-2.0
#include "report/publish.h"

#include <optional>
#include <random>

#include "report/demo_store.h"
#include "report/formats.h"
#include "report/svg.h"

// Published tables are attacked: whoever has one knows what it adds up to and
// tries every number for what is hidden.
namespace simwarden {
namespace {

using Values = std::vector<double>;

// What a hidden cell may be, told by its mark: "*" is 5 and more, but where it
// hides that a count is small.
constexpr double kTried = 60;
Values values_of(const Cell& shown, const Cell& truth) {
  if (shown.kind != Cell::Kind::hidden) return {truth.number};
  if (shown.text == "<5") return {1, 2, 3, 4};
  Values values;
  for (double v = truth.number < 5 ? 1 : 5; v < truth.number + kTried; ++v) {
    values.push_back(v);
  }
  return values;
}

// Whether the others, from their least to their most, can add up to the rest.
bool leaves_choice(const std::vector<Values>& parts, const Values& wholes,
                   size_t asked) {
  size_t possible = 0;
  for (const double value : parts[asked]) {
    double least = value;
    double most = value;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i == asked) continue;
      least += parts[i].front();
      most += parts[i].back();
    }
    possible += wholes.back() >= least && wholes.front() <= most ? 1 : 0;
  }
  return possible > 1;
}

struct Attack {
  const ReportTable& shown;
  const ReportTable& truth;
  std::vector<std::string> found = {};

  void of_sum(const std::vector<std::pair<size_t, size_t>>& cells,
              const Values& wholes) {
    std::vector<Values> parts;
    for (const auto& [row, column] : cells) {
      parts.push_back(
          values_of(shown.rows[row][column], truth.rows[row][column]));
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      const auto& [row, column] = cells[i];
      const bool hidden = shown.rows[row][column].kind == Cell::Kind::hidden;
      if (!hidden || leaves_choice(parts, wholes, i)) continue;
      found.push_back(fmt::format("{}: row {} column {} is {}", shown.id,
                                  row + 1, shown.columns[column].key,
                                  truth.rows[row][column].number));
    }
  }

  void of_row(size_t row) {
    if (truth.parts_end == 0) return;
    const size_t whole = truth.parts_begin - 1;
    std::vector<std::pair<size_t, size_t>> cells;
    for (size_t at = whole; at < truth.parts_end; ++at) {
      if (truth.rows[row][at].kind != Cell::Kind::count) return;
      if (at > whole) cells.emplace_back(row, at);
    }
    of_sum(cells, values_of(shown.rows[row][whole], truth.rows[row][whole]));
  }

  void of_column(size_t column, size_t group) {
    std::vector<std::pair<size_t, size_t>> cells;
    double total = 0;
    bool shows = false;
    for (size_t row = 0; row < truth.rows.size(); ++row) {
      const Cell& cell = truth.rows[row][column];
      const size_t of = truth.groups.empty() ? 0 : truth.groups[row];
      if (of != group || cell.kind != Cell::Kind::count) continue;
      cells.emplace_back(row, column);
      total += cell.number;
      shows = shows || (shown.rows[row][column].kind == Cell::Kind::count &&
                        cell.number > 0);
    }
    if (shows) of_sum(cells, {total});
  }

  void run() {
    for (size_t row = 0; row < truth.rows.size(); ++row) of_row(row);
    if (!truth.rows_add_up) return;
    for (size_t at = 0; at < truth.columns.size(); ++at) {
      for (size_t group = 0; group <= truth.rows.size(); ++group) {
        of_column(at, group);
      }
    }
  }
};

std::string found_in(const ReportTable& table) {
  ReportTable shown = table;
  hide_small_counts(shown);
  Attack attack{shown, table};
  attack.run();
  return attack.found.empty() ? "" : attack.found[0];
}

// The first part of each row is what the others add up to.
ReportTable table_of(const std::vector<std::vector<double>>& rows,
                     std::vector<size_t> groups = {}) {
  ReportTable table{.id = "demo", .columns = {{"label", "label"}}};
  for (size_t at = 0; at < rows[0].size(); ++at) {
    table.columns.push_back({fmt::format("c{}", at), ""});
  }
  for (const auto& row : rows) {
    table.rows.push_back({text_cell("label")});
    for (const double count : row) {
      table.rows.back().push_back(count_cell(uint64_t(count)));
    }
  }
  if (rows[0].size() > 1) {
    table.parts_begin = 2;
    table.parts_end = table.columns.size();
  }
  table.groups = std::move(groups);
  return table;
}

std::string row_text(const ReportTable& table, size_t row) {
  std::string out;
  for (size_t at = 1; at < table.columns.size(); ++at) {
    const Cell& cell = table.rows[row][at];
    out += at > 1 ? " " : "";
    out += cell.kind == Cell::Kind::hidden ? cell.text
                                           : fmt::format("{}", cell.number);
  }
  return out;
}

BOOST_AUTO_TEST_CASE(a_hidden_count_of_a_row_could_be_two_numbers_at_least) {
  const struct {
    std::vector<double> row;
    const char* published;
  } cases[] = {
      {{30, 10, 3, 17, 0}, "30 * <5 17 0"},
      {{14, 1, 12, 1}, "14 <5 * <5"},      // two of one each
      {{12, 4, 0, 4, 4}, "* <5 0 <5 <5"},  // as many as they can be
      {{9, 2, 3, 4}, "9 <5 <5 <5"},
      {{4, 1, 1, 1, 1}, "* <5 <5 <5 <5"},  // that it is small tells it
      {{6, 5, 1}, "* * <5"},
      {{20, 20, 0}, "20 20 0"},
  };
  for (const auto& each : cases) {
    BOOST_TEST_CONTEXT(each.published) {
      ReportTable table = table_of({each.row});
      BOOST_TEST(found_in(table) == "");
      hide_small_counts(table);
      BOOST_TEST(row_text(table, 0) == each.published);
    }
  }
}

BOOST_AUTO_TEST_CASE(facts_of_one_column_are_protected_each_for_itself) {
  const ReportTable table =
      table_of({{300}, {19}, {1}, {250}, {70}, {200}, {118}, {2}},
               {0, 0, 0, 1, 1, 2, 2, 2});
  BOOST_TEST(found_in(table) == "");
  ReportTable shown = table;
  hide_small_counts(shown);
  std::string column;
  for (size_t row = 0; row < 8; ++row) column += row_text(shown, row) + " ";
  BOOST_TEST(column == "300 * <5 250 70 200 * <5 ");
}

BOOST_AUTO_TEST_CASE(rows_that_add_up_to_nothing_are_no_help_to_anybody) {
  ReportTable table = table_of({{300}, {19}, {1}});
  table.rows_add_up = false;
  hide_small_counts(table);
  BOOST_TEST(row_text(table, 1) == "19");
}

BOOST_AUTO_TEST_CASE(a_share_of_a_small_count_is_hidden_with_the_count_away) {
  ReportTable table = table_of({{300}, {200}});
  table.columns.push_back({"share", ""});
  table.rows[0].push_back(share_cell(3, 60));
  table.rows[1].push_back(share_cell(30, 60));
  hide_small_counts(table);
  BOOST_TEST(table.rows[0][2].text == "*");
  BOOST_TEST(table.rows[0][1].number == 300);
  BOOST_TEST(table.rows[1][2].number == 0.5);
}

BOOST_AUTO_TEST_CASE(
    a_count_that_leaves_a_small_rest_is_hidden_with_its_share) {
  ReportTable table = table_of({{319}, {300}, {320}});
  table.rows_add_up = false;
  table.columns.push_back({"share", ""});
  for (auto& row : table.rows) {
    row.push_back(share_cell(uint64_t(row[1].number), 320));
  }
  hide_small_counts(table);
  BOOST_TEST(table.rows[0][1].text == "*");
  BOOST_TEST(table.rows[0][2].text == "*");
  BOOST_TEST(table.rows[1][1].number == 300);
  BOOST_TEST(table.rows[2][2].number == 1);
}

// 12 stopped: with what is held and refused each below 5 and known to add up to
// 8, both would be 4.
BOOST_AUTO_TEST_CASE(what_days_hide_is_not_told_by_their_trend) {
  ReportTable days = table_of({{12, 4, 0, 4, 4},
                               {80, 40, 0, 20, 20},
                               {90, 50, 0, 20, 20},
                               {9, 4, 0, 5, 0}});
  days.id = "days";
  ReportTable trend = table_of({{12, 8}, {80, 40}, {90, 40}, {9, 5}});
  trend.rows_add_up = days.rows_add_up = false;
  trend.beside = "days";
  trend.parts_begin = trend.parts_end = 0;
  for (size_t row = 0; row < trend.rows.size(); ++row) {
    days.rows[row][0].text = fmt::format("day {}", row);
    trend.rows[row][0].text = fmt::format("day {}", row);
  }
  Document document{.language = "en"};
  document.sections.push_back({.items = {trend, days}});
  hide_small_counts(document);
  const auto& shown = std::get<ReportTable>(document.sections[0].items[0]);
  BOOST_TEST(row_text(shown, 0) == "* *");
  BOOST_TEST(row_text(shown, 1) == "80 40");
  BOOST_TEST(row_text(shown, 3) == "* *");
}

BOOST_AUTO_TEST_CASE(no_table_of_small_numbers_gives_one_away) {
  std::mt19937 random(27);
  const auto draw = [&random](unsigned below) {
    return unsigned(random() % below);
  };
  for (int round = 0; round < 4000; ++round) {
    std::vector<std::vector<double>> rows(1 + draw(7));
    std::vector<size_t> groups;
    const size_t parts = draw(5);
    const unsigned below = 2 + draw(20);
    for (auto& row : rows) {
      row = {double(draw(below))};
      if (parts > 0) row[0] = 0;
      for (size_t i = 0; i < parts; ++i) {
        row.push_back(draw(3) == 0 ? 0 : double(draw(below)));
        row[0] += row.back();
      }
      groups.push_back(draw(2));
    }
    if (draw(2) == 0) groups.clear();
    const ReportTable table = table_of(rows, groups);
    const std::string found = found_in(table);
    ReportTable shown = table;
    hide_small_counts(shown);
    std::string text;
    for (size_t row = 0; row < rows.size(); ++row) {
      text += row_text(table, row) + " as " + row_text(shown, row) + "\n";
    }
    BOOST_TEST_REQUIRE(found == "", found << "\n" << text);
  }
}

BOOST_AUTO_TEST_CASE(no_table_of_a_published_report_gives_a_count_away) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question("2026-02-01", "2026-02-28");
  const Numbers numbers = must(count_stores({folder.db()}, question));
  const Obligations obligations = demo_obligations();
  const ReportOptions options{.publish = true};
  const Document whole = write_report({numbers, question, obligations, {}});
  const Document published =
      write_report({numbers, question, obligations, options});
  size_t attacked = 0;
  each_table(published, [&](const ReportTable& shown) {
    const ReportTable* truth = find_table(whole, shown.id);
    if (shown.id == "flow" || truth == nullptr) return;  // pooled otherwise
    ++attacked;
    Attack attack{shown, *truth};
    attack.run();
    BOOST_TEST(attack.found.empty(),
               (attack.found.empty() ? "" : attack.found[0]));
  });
  BOOST_TEST(attacked > 20u);
}

// 53 findings of a family, 50 of them by the one rule: 3 by the other.
BOOST_AUTO_TEST_CASE(what_a_family_adds_up_to_gives_none_of_its_rules_away) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  Numbers numbers = must(count_stores({folder.db()}, question));
  const auto rule = [](const char* family, uint64_t hits) {
    RuleNumbers made;
    made.family = family;
    made.severity = "high";
    made.hits = hits;
    made.asks = {true, false};
    made.found = {hits - 1, 1};
    return made;
  };
  numbers.rules = {{"DEM-1", rule("channel", 50)},
                   {"DEM-2", rule("channel", 3)},
                   {"DEM-3", rule("identity", 6)},
                   {"DEM-4", rule("identity", 20)}};
  numbers.families = {{"channel", {{"high", 53}}},
                      {"identity", {{"high", 26}}}};
  const Obligations obligations = demo_obligations();
  const Document published =
      write_report({numbers, question, obligations, {.publish = true}});
  const auto hits = [&](const char* id, size_t column) {
    std::string text;
    for (const auto& row : find_table(published, id)->rows) {
      text += row[0].text + " " + shown(row[column], "en") + "; ";
    }
    return text;
  };
  const std::string all = "DEM-1 *; DEM-4 20; DEM-3 6; DEM-2 <5; ";
  BOOST_TEST(hits("rules", 4) == all);
  BOOST_TEST(hits("pareto", 1) == all);
  BOOST_TEST(hits("pareto", 3) == "DEM-1 –; DEM-4 –; DEM-3 –; DEM-2 –; ");
  // Hidden there, hidden here.
  BOOST_TEST(hits("found_by_rule", 2) ==
             "DEM-1 *; DEM-2 <5; DEM-3 6; DEM-4 20; ");
}

BOOST_AUTO_TEST_CASE(small_counts_in_sentences_are_hidden_too) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  Numbers numbers = must(count_stores({folder.db()}, question));
  numbers.zones = {{0, 40}, {240, 3}, {480, 30}};
  const Obligations obligations = demo_obligations();
  const std::string text = to_markdown(
      write_report({numbers, question, obligations, {.publish = true}}));
  for (const char* said :
       {"UTC (40), UTC+04:00 (\\<5), UTC+08:00 (\\*)",
        "seen \\* = judged 82 + unreadable \\<5 + duplicate 0"}) {
    BOOST_TEST(text.find(said) != std::string::npos, said);
  }
}

BOOST_AUTO_TEST_CASE(what_was_missed_leaves_no_small_rest_of_the_overrides) {
  const ScratchFolder folder;
  make_demo_store(folder);
  const Question question = demo_question();
  Numbers numbers = must(count_stores({folder.db()}, question));
  const auto missed_of = [&](uint64_t overridden, uint64_t missed) {
    numbers.people.overridden = {overridden, 0};
    numbers.people.missed = {missed, 0};
    const Document published = write_report(
        {numbers, question, demo_obligations(), {.publish = true}});
    const ReportTable* table = find_table(published, "decisions");
    BOOST_TEST_REQUIRE(table != nullptr);
    for (const auto& row : table->rows) {
      if (row[0].text.starts_with("passed or for review")) return row[1];
    }
    return Cell{};
  };
  BOOST_TEST(missed_of(12, 10).text == "*");
  BOOST_TEST(missed_of(10, 10).number == 10);
  BOOST_TEST(missed_of(20, 10).number == 10);
  BOOST_TEST(missed_of(20, 2).text == "<5");
}

}  // namespace
}  // namespace simwarden
