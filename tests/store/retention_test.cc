// SPDX-License-Identifier: Apache-2.0
#include "store/retention.h"

#include <boost/test/unit_test.hpp>

#include "record/time.h"

using namespace simwarden;

namespace {

std::string before(const std::string& today, const std::string& age) {
  return date_text(day_before(*parse_date(today), *parse_age(age)));
}

std::string issues_of(const std::string& text) {
  Issues issues;
  const auto read = parse_retention(SourceText("keep.yaml", text), issues);
  BOOST_TEST(read.has_value() == issues.empty());
  return render(issues);
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_age_is_counted_back_in_the_calendar) {
  BOOST_TEST(before("2026-03-31", "90 days") == "2025-12-31");
  BOOST_TEST(before("2026-03-31", "13months") == "2025-02-28");
  BOOST_TEST(before("2024-03-31", "1 month") == "2024-02-29");
  BOOST_TEST(before("2024-02-29", "3 years") == "2021-02-28");
  BOOST_TEST(before("2026-01-15", "1 month") == "2025-12-15");
  for (const char* age : {"9999 years", "2026 years"}) {
    BOOST_TEST(before("2026-11-28", age) == "0001-01-01", age);
  }
  BOOST_TEST(before("2026-11-28", "2025 years") == "0001-11-28");
  BOOST_TEST(before("0001-01-05", "9 days") == "0001-01-01");
  BOOST_TEST(text_of(*parse_age("1 year")) == "1 year");
  BOOST_TEST(text_of(*parse_age("13months")) == "13 months");
  for (const char* none : {"", "months", "0 days", "-1 days", "1 week",
                           "99999 days", "3  years", "3 years ", "1.5 years"}) {
    BOOST_TEST(!parse_age(none).has_value(), none);
  }
}

BOOST_AUTO_TEST_CASE(a_purge_takes_what_is_too_young_by_its_own_time) {
  const std::string at = "2026-11-30T10:00:00Z";
  // Somewhere it was the first of December already.
  BOOST_TEST(!takes_younger(at, "2025-11-01", "13 months"));
  BOOST_TEST(takes_younger(at, "2025-11-02", "13 months"));
  BOOST_TEST(!takes_younger(at, "2023-12-01", "3 years"));
  BOOST_TEST(takes_younger(at, "2026-12-01", "3 years"));
  BOOST_TEST(!takes_younger(at, "2026-12-01", ""));
  BOOST_TEST(takes_younger(at, "2026-12-02", ""));
  // Events that no window looks at have no day.
  BOOST_TEST(!takes_younger(at, "", ""));
}

BOOST_AUTO_TEST_CASE(a_retention_file_names_the_classes_it_orders) {
  Issues issues;
  const auto read = parse_retention(
      SourceText("keep.yaml",
                 "retention:\n  excerpts: 6 months\n  verdicts: 3 years\n"),
      issues);
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST(text_of(*read->ages[0]) == "6 months");
  BOOST_TEST(!read->ages[1].has_value());
  BOOST_TEST(text_of(*read->ages[2]) == "3 years");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_it_is_said_at_its_place) {
  BOOST_TEST(
      issues_of("retention:\n  subject: 6 months\n").find("keep.yaml:2:3") !=
      std::string::npos);
  BOOST_TEST(issues_of("retention:\n  subjects: soon\n").find("K101") !=
             std::string::npos);
  BOOST_TEST(issues_of("retention:\n  subjects: 2 years\n  verdicts: 13 "
                       "months\n")
                 .find("verdicts would go before subjects") !=
             std::string::npos);
  // In order in October, but not behind a February.
  BOOST_TEST(issues_of("retention:\n  excerpts: 30 days\n  subjects: 1 month\n")
                 .find("subjects would go before excerpts") !=
             std::string::npos);
  BOOST_TEST(
      issues_of("retention:\n  excerpts: 12 months\n  subjects: 1 year\n") ==
      "");
  BOOST_TEST(
      issues_of("retention:\n  excerpts: 28 days\n  subjects: 1 month\n") ==
      "");
  // A case has its own day.
  BOOST_TEST(issues_of("retention:\n  cases: 1 year\n") != "");
  BOOST_TEST(issues_of("retention:\n  notes: 1 month\n  subjects: 1 year\n") ==
             "");
  BOOST_TEST(issues_of("keep: 3\n") != "");
  const std::string all =
      issues_of("keep: 3\nretention:\n  subject: 13 months\n  verdicts: 3\n");
  for (const char* place : {"keep.yaml:1:1", "keep.yaml:3:3", "keep.yaml:4:13"})
    BOOST_TEST(all.find(place) != std::string::npos, all);
}
