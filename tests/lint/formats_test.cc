// SPDX-License-Identifier: Apache-2.0
#include "lint/formats.h"

#include <boost/test/unit_test.hpp>

#include "lint/codes.h"
#include "notation/goldens.h"

namespace simwarden {
namespace {

// One of each severity, an odd file name, a text that would end an annotation
// or a JSON string, a file as a whole, and a code that nobody knows.
Issues sample_issues() {
  Issues issues;
  Issue error;
  error.code = "P112";
  error.message = "the family \"gen\\erel\" is not declared: 100%, really";
  error.file = "policies/my pack,a:b/pack.yaml";
  error.place = {12, 13, 4};
  error.line_text = "    family: gen\terel  # 补卡";
  error.label = "no such family";
  error.help = "did you mean general?";
  issues.add(error);
  Issue warning = error;
  warning.severity = Severity::warning;
  warning.code = "L134";
  warning.message = "one\r\n::error::two";
  warning.place = {3, 1, 1};
  warning.label.clear();
  issues.add(warning);
  Issue note;
  note.severity = Severity::note;
  note.code = "X999";
  note.message = "the file as a whole";
  note.file = "/srv/policies/补卡.yaml";
  issues.add(note);
  return issues;
}

BOOST_AUTO_TEST_CASE(every_format_says_what_its_golden_says) {
  for (const IssueFormat& row : issue_formats()) {
    golden::compare("tests/lint/formats/" + std::string(row.name) + ".in",
                    row.write(sample_issues(), "1.2.3"));
  }
}

BOOST_AUTO_TEST_CASE(nothing_wrong_is_an_empty_document) {
  BOOST_TEST(issues_as_json(Issues{}, "") == "[]\n");
  BOOST_TEST(issues_as_github(Issues{}, "").empty());
  BOOST_TEST(issues_as_sarif(Issues{}, "1").find("\"results\":[]") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_shown_is_counted) {
  Issues few(1);
  for (const Issue& issue : sample_issues().sorted()) few.add(issue);
  BOOST_TEST(issues_as_github(few, "").find("2 more issues are not shown") !=
             std::string::npos);
  BOOST_TEST(issues_as_sarif(few, "").find("2 more issues are not shown") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_code_is_told_apart_and_has_a_title) {
  std::string_view before;
  for (const CodeRow& row : all_codes()) {
    BOOST_TEST(before < row.code);
    BOOST_TEST(!row.title.empty(), row.code);
    BOOST_TEST((row.code[0] == 'L') == !row.help.empty(), row.code);
    before = row.code;
  }
  BOOST_TEST(find_code("L134") != nullptr);
  BOOST_TEST(find_code("L1") == nullptr);
}

}  // namespace
}  // namespace simwarden
