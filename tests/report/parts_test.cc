// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "report/buckets.h"
#include "report/formats.h"
#include "report/period.h"
#include "report/prose.h"
#include "report/publish.h"
#include "report/statistics.h"
#include "report/svg_canvas.h"

namespace simwarden {
namespace {

namespace tt = boost::test_tools;

ReportPeriod period(const char* from, const char* to) {
  auto made = ReportPeriod::parse(from, to);
  BOOST_TEST_REQUIRE(made.ok());
  return *made;
}

ReportPeriod::Place place(const ReportPeriod& p, const char* time) {
  return p.place(parse_timestamp(time));
}

std::string told(std::string_view text) {
  std::string out;
  for (const ProseRun& run : prose_runs(text)) {
    out +=
        (run.code ? "<" : "(") + std::string(run.text) + (run.code ? ">" : ")");
  }
  return out;
}

BOOST_AUTO_TEST_CASE(what_stands_between_backticks_is_code) {
  BOOST_TEST(told("") == "");
  BOOST_TEST(told("as it is") == "(as it is)");
  BOOST_TEST(told("run `audit verify` first") ==
             "(run )<audit verify>( first)");
  BOOST_TEST(told("`a``b`") == "<a><b>");
  BOOST_TEST(told("`` none") == "( none)");
  BOOST_TEST(told("a ` b") == "(a ` b)");
  BOOST_TEST(told("`a` b ` c") == "<a>( b ` c)");
}

BOOST_AUTO_TEST_CASE(code_of_a_note_breaks_out_of_no_format) {
  Document document{.language = "en"};
  document.sections.push_back(
      {1, "one", "One", {Paragraph{"`a<b>\n\n# c` and *d*"}}});
  BOOST_TEST(to_html(document).find("<p><code>a&lt;b&gt;") !=
             std::string::npos);
  BOOST_TEST(to_markdown(document).find("`a<b>  # c` and \\*d\\*\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(days_are_those_of_the_record_and_included_at_both_ends) {
  const ReportPeriod february = period("2026-02-01", "2026-02-28");
  using Place = ReportPeriod::Place;
  BOOST_TEST((place(february, "2026-02-01T00:00:00+08:00") == Place::inside));
  BOOST_TEST((place(february, "2026-02-28T23:59:59-05:00") == Place::inside));
  BOOST_TEST((place(february, "2026-03-01T00:00:00Z") == Place::outside));
  BOOST_TEST((place(february, "2026-01-01T00:00:00Z") == Place::previous));
  BOOST_TEST((place(february, "2025-12-31T23:00:00Z") == Place::outside));
  BOOST_TEST((february.place(std::nullopt) == Place::no_time));
  BOOST_TEST(february.previous_from() == "2026-01-01");
  BOOST_TEST(february.previous_to() == "2026-01-31");
}

BOOST_AUTO_TEST_CASE(instants_end_before_the_end) {
  const ReportPeriod hour =
      period("2026-02-01T00:00:00Z", "2026-02-01T01:00:00Z");
  using Place = ReportPeriod::Place;
  BOOST_TEST((place(hour, "2026-02-01T08:59:59+08:00") == Place::inside));
  BOOST_TEST((place(hour, "2026-02-01T01:00:00Z") == Place::outside));
  BOOST_TEST((place(hour, "2026-01-31T23:00:00Z") == Place::previous));
}

BOOST_AUTO_TEST_CASE(a_period_that_cuts_a_month_is_known) {
  const int64_t first = *parse_date("2026-02-01");
  const int64_t last = *parse_date("2026-02-28");
  BOOST_TEST(first_day_of(month_of_day(first)) == first);
  BOOST_TEST(first_day_of(month_of_day(*parse_date("1969-12-31"))) == -31);
  const auto cuts = [&](const char* from, const char* to) {
    const ReportPeriod p = period(from, to);
    return std::pair(p.begins_within(first, last), p.ends_within(first, last));
  };
  const std::pair none(false, false);
  BOOST_TEST((cuts("", "") == none));
  BOOST_TEST((cuts("2026-02-01", "2026-02-28") == none));
  BOOST_TEST((cuts("2026-01-05", "2026-03-05") == none));
  BOOST_TEST((cuts("2026-02-02", "") == std::pair(true, false)));
  BOOST_TEST((cuts("", "2026-02-27") == std::pair(false, true)));
  BOOST_TEST((cuts("2026-02-10", "2026-02-11") == std::pair(true, true)));
  // It ends another hour in each zone.
  BOOST_TEST((cuts("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z") ==
              std::pair(true, true)));
}

BOOST_AUTO_TEST_CASE(whole_months_are_compared_with_the_months_before) {
  const auto before = [](const char* from, const char* to) {
    const ReportPeriod asked = period(from, to);
    return asked.previous_from() + " " + asked.previous_to();
  };
  BOOST_TEST(before("2026-11-01", "2026-11-30") == "2026-10-01 2026-10-31");
  BOOST_TEST(before("2026-03-01", "2026-03-31") == "2026-02-01 2026-02-28");
  BOOST_TEST(before("2026-01-01", "2026-03-31") == "2025-10-01 2025-12-31");
  BOOST_TEST(before("2025-01-01", "2025-12-31") == "2024-01-01 2024-12-31");
  // A day more or less, and times with their zone: as long before.
  BOOST_TEST(before("2026-11-01", "2026-11-29") == "2026-10-03 2026-10-31");
  BOOST_TEST(before("2026-11-02", "2026-11-30") == "2026-10-04 2026-11-01");
  BOOST_TEST(before("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z") ==
             "2026-01-29T00:00:00Z 2026-03-01T00:00:00Z");
  const ReportPeriod march = period("2026-03-01", "2026-03-31");
  BOOST_TEST(
      (place(march, "2026-01-31T12:00:00Z") == ReportPeriod::Place::outside));
  BOOST_TEST(
      (place(march, "2026-02-01T00:00:00Z") == ReportPeriod::Place::previous));
}

BOOST_AUTO_TEST_CASE(both_ends_of_a_part_are_in_one_notation) {
  const int64_t first = *parse_date("2026-09-01");
  const int64_t last = *parse_date("2026-09-30");
  const auto text = [&](const char* from, const char* to) {
    const ReportPeriod asked = period(from, to);
    return asked.begin_text(first, last) + " " + asked.end_text(first, last);
  };
  BOOST_TEST(text("2026-09-10", "") == "2026-09-10 2026-09-30");
  BOOST_TEST(text("2026-08-10", "2026-09-12") == "2026-09-01 2026-09-12");
  BOOST_TEST(text("2026-09-01T00:00:00-04:00", "2026-10-01T00:00:00-04:00") ==
             "2026-09-01T00:00:00-04:00 2026-10-01T00:00:00Z");
  BOOST_TEST(text("2026-08-01T00:00:00Z", "2026-10-01T00:00:00Z") ==
             "2026-09-01T00:00:00Z 2026-10-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(before_the_year_1_there_is_no_period) {
  const ReportPeriod all = period("0001-01-01", "9999-12-31");
  BOOST_TEST(!all.has_previous());
  BOOST_TEST(
      (place(all, "2026-01-01T00:00:00Z") == ReportPeriod::Place::inside));
  BOOST_TEST(period("0002-01-01", "0002-12-31").has_previous());
  BOOST_TEST(
      !period("0001-06-01T00:00:00Z", "0002-12-31T00:00:00Z").has_previous());
}

BOOST_AUTO_TEST_CASE(a_period_of_no_time_is_not_said_to_end_before_it_begins) {
  const auto none =
      ReportPeriod::parse("2026-03-01T00:00:00Z", "2026-03-01T08:00:00+08:00");
  BOOST_TEST_REQUIRE(!none);
  BOOST_TEST(none.error().what.find("leave nothing between them") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_time_or_ends_before_it_begins_is_refused) {
  BOOST_TEST(!ReportPeriod::parse("yesterday", "").ok());
  BOOST_TEST(!ReportPeriod::parse("2026-02-30", "").ok());
  BOOST_TEST(!ReportPeriod::parse("2026-02-02", "2026-02-01").ok());
  BOOST_TEST(ReportPeriod::parse("2026-02-01", "2026-02-01").ok());
}

// Values of Newcombe (1998), table I, method 3.
BOOST_AUTO_TEST_CASE(wilsons_interval_is_that_of_the_literature) {
  const Interval a = wilson(81, 263);
  BOOST_TEST(a.low == 0.2553, tt::tolerance(1e-3));
  BOOST_TEST(a.high == 0.3662, tt::tolerance(1e-3));
  const Interval b = wilson(0, 20);
  BOOST_TEST(b.low == 0);
  BOOST_TEST(b.high == 0.1611, tt::tolerance(1e-3));
  const Interval c = wilson(1, 29);
  BOOST_TEST(c.low == 0.0061, tt::tolerance(1e-2));
  BOOST_TEST(c.high == 0.1718, tt::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(buckets_grow_with_the_span_and_keep_every_record) {
  const auto days_of = [](int64_t count) {
    std::map<int64_t, ByKind> days;
    for (int64_t day = 0; day < count; ++day) days[20000 + day][0].by[0] = 1;
    return days;
  };
  for (const int64_t count : {1, 92, 93, 600, 2000, 40000}) {
    const Buckets buckets = make_buckets(days_of(count), 0);
    uint64_t sum = 0;
    for (const Bucket& bucket : buckets.rows) sum += bucket.counts.total();
    BOOST_TEST(sum == uint64_t(count));
    if (count <= 2000) BOOST_TEST(buckets.rows.size() <= kBucketsMax);
  }
  BOOST_TEST(make_buckets(days_of(5), 1).rows.empty());
}

BOOST_AUTO_TEST_CASE(days_without_records_inside_are_there) {
  std::map<int64_t, ByKind> days;
  days[20000][0].by[0] = 1;
  days[20004][0].by[3] = 2;
  BOOST_TEST(make_buckets(days, 0).rows.size() == 5u);
}

Document table_of(std::vector<std::vector<Cell>> rows) {
  ReportTable table{.id = "demo", .title = "demo"};
  table.columns.resize(rows[0].size());
  table.rows = std::move(rows);
  table.parts_begin = 2;
  table.parts_end = table.columns.size();
  Document document{.language = "en"};
  document.sections.push_back({1, "demo", "demo", {std::move(table)}});
  return document;
}

std::string kinds(const Document& document) {
  std::string out;
  each_table(document, [&out](const ReportTable& table) {
    for (const auto& row : table.rows) {
      for (const Cell& cell : row) {
        out += cell.kind == Cell::Kind::hidden ? 'x' : '.';
      }
      out += ' ';
    }
  });
  return out;
}

BOOST_AUTO_TEST_CASE(a_small_count_is_hidden_with_what_would_give_it_away) {
  Document document =
      table_of({{text_cell("a"), count_cell(100), count_cell(90), count_cell(7),
                 count_cell(3), share_cell(0.1)},
                {text_cell("b"), count_cell(60), count_cell(30), count_cell(20),
                 count_cell(10), share_cell(0.5)}});
  hide_small_counts(document);
  // 3, then 7 beside it; then one below each of them.
  BOOST_TEST(kinds(document) == "...xxx ...xxx ");
}

BOOST_AUTO_TEST_CASE(zeros_and_large_counts_are_published) {
  Document document =
      table_of({{text_cell("a"), count_cell(95), count_cell(90), count_cell(5),
                 count_cell(0), share_cell(0.1)}});
  hide_small_counts(document);
  BOOST_TEST(kinds(document) == "...... ");
}

BOOST_AUTO_TEST_CASE(axes_have_round_steps_and_room) {
  for (const double largest : {1.0, 3.0, 7.0, 12.0, 99.0, 1234.0, 1e9}) {
    const Scale scale = make_scale(largest, true);
    BOOST_TEST(scale.top >= largest);
    BOOST_TEST(scale.top <= 2 * largest + 1);
    BOOST_TEST(scale.top / scale.step <= 6);
  }
}

}  // namespace
}  // namespace simwarden
