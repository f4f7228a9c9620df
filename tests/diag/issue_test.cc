// SPDX-License-Identifier: Apache-2.0
#include "diag/issue.h"

#include <ctime>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_picture_points_at_the_exact_place) {
  const SourceText file("demo.yaml", "one\n    flag: request.chanel\nthree\n");
  const std::string picture = render(file.issue(
      "P104", {2, 11, 14}, "no such fact", "here", "did you mean it?"));
  BOOST_TEST(picture ==
             "error[P104]: no such fact\n"
             "  --> demo.yaml:2:11\n"
             "   |\n"
             "2  |     flag: request.chanel\n"
             "   |           ^^^^^^^^^^^^^^ here\n"
             "   = help: did you mean it?\n");
}

BOOST_AUTO_TEST_CASE(wide_characters_push_the_caret_two_columns) {
  const SourceText file("demo.yaml", "验证码: x\n");
  const std::string picture = render(file.issue("P1", {1, 6, 1}, "m"));
  BOOST_TEST(picture.find("|         ^\n") != std::string::npos, picture);
}

BOOST_AUTO_TEST_CASE(a_caret_counts_what_is_shown_in_place_of_a_character) {
  // A dot stands for the first one, the other two take no room.
  const SourceText file("demo.yaml", "a\u202Ee\u0301น้: x\n");
  const std::string picture = render(file.issue("P1", {1, 7, 1}, "m"));
  BOOST_TEST(picture.find("| a·e\u0301น้: x\n   |     ^\n") != std::string::npos,
             picture);
}

BOOST_AUTO_TEST_CASE(places_count_code_points_and_lines) {
  const SourceText file("f", "ab\n补卡x\r\n\nend");
  struct Row {
    size_t offset;
    Place place;
  };
  const Row rows[] = {
      {0, {1, 1, 1}}, {2, {1, 3, 1}},  {3, {2, 1, 1}},  {6, {2, 2, 1}},
      {9, {2, 3, 1}}, {12, {3, 1, 1}}, {13, {4, 1, 1}}, {999, {4, 4, 1}},
  };
  for (const Row& row : rows) {
    BOOST_TEST((file.place_at(row.offset) == row.place), row.offset);
  }
  BOOST_TEST(file.line(2) == "补卡x");
  BOOST_TEST(file.line(3) == "");
  BOOST_TEST(file.line(9) == "");
}

BOOST_AUTO_TEST_CASE(suggestions_are_near_or_absent) {
  const std::vector<std::string> names = {"channel", "reason", "fee"};
  struct Row {
    const char* written;
    const char* meant;
  };
  const Row rows[] = {{"chanel", "channel"},
                      {"reazon", "reason"},
                      {"fe", "fee"},
                      {"weather", ""},
                      {"", ""}};
  for (const Row& row : rows) {
    BOOST_TEST(nearest(row.written, names) == row.meant, row.written);
  }
}

BOOST_AUTO_TEST_CASE(a_suggestion_is_as_near_as_the_header_says) {
  const std::string name(60, 'n');
  const auto with = [&](size_t changes, size_t more) {
    std::string other = name + std::string(more, 'm');
    for (size_t i = 0; i < changes; ++i) other[3 * i] = 'x';
    return std::vector<std::string>{other};
  };
  BOOST_TEST(!nearest(name, with(16, 0)).empty());
  BOOST_TEST(nearest(name, with(17, 0)).empty());
  BOOST_TEST(!nearest(name, with(10, 6)).empty());
  BOOST_TEST(nearest(name, with(10, 7)).empty());
  const std::vector<std::string> several = {"abcdefghi", "bcdefghi", "abcdefgh",
                                            "abcdefgxyz"};
  BOOST_TEST(nearest("abcdefghj", several) == "abcdefghi");
  BOOST_TEST(nearest("cdefgh", several) == "bcdefghi");
  BOOST_TEST(nearest("abcdefgxy", several) == "abcdefgxyz");
  BOOST_TEST(nearest("abcdefgh", several) == "");  // it is one itself
  const std::string longest(200, 'l');
  BOOST_TEST(nearest(longest, std::vector{longest + "ast"}) == longest + "ast");
  BOOST_TEST(nearest("a", std::vector<std::string>{"", "bb"}) == "");
}

BOOST_AUTO_TEST_CASE(a_suggestion_that_nobody_reads_is_not_looked_for) {
  const std::vector<std::string> names = {"channel"};
  Issues issues(2);
  for (const bool kept : {true, true, false}) {
    BOOST_TEST(issues.keeps_more() == kept);
    BOOST_TEST(did_you_mean("chanel", names, issues).empty() != kept);
    issues.add({});
  }
}

// Each pair once took the product of the lengths: half a minute here.
BOOST_AUTO_TEST_CASE(suggestions_for_long_names_take_little_time) {
  std::vector<std::string> candidates;
  for (size_t i = 0; i < 2000; ++i) {
    std::string one(191, 'a');
    for (size_t at = 0; at < one.size(); ++at) {
      one[at] = char('a' + (at * at + i * (at + 7)) % 26);
    }
    candidates.push_back(std::move(one));
  }
  const std::clock_t begin = std::clock();
  size_t found = 0;
  for (size_t i = 0; i < 200; ++i) {
    std::string name = candidates[i * 7];
    name[100] = '_';
    found += nearest(name, candidates) == candidates[i * 7] ? 1 : 0;
  }
  BOOST_TEST(found == 200U);
  BOOST_TEST(double(std::clock() - begin) / CLOCKS_PER_SEC < 8.0);
}

BOOST_AUTO_TEST_CASE(issues_come_sorted_and_the_rest_is_counted) {
  const SourceText file("f", "a\nb\n");
  Issues issues;
  issues.add(file.issue("B", {2, 1, 1}, "second"));
  issues.add(file.issue("A", {1, 1, 1}, "first"));
  for (size_t i = 0; i < kIssuesMax; ++i) {
    issues.add(file.issue("C", {2, 1, 1}, "many"));
  }
  BOOST_TEST(issues.sorted().front().code == "A");
  BOOST_TEST(issues.dropped() == 2u);
  BOOST_TEST(issues.error_count() == kIssuesMax + 2);
}

BOOST_AUTO_TEST_CASE(issues_that_are_not_kept_are_counted) {
  Issues some(2);
  for (const Severity severity :
       {Severity::note, Severity::warning, Severity::error, Severity::error}) {
    Issue issue;
    issue.severity = severity;
    some.add(issue);
  }
  Issues all(1);
  all.add_all(some);
  BOOST_TEST(all.sorted().size() == 1u);
  BOOST_TEST(all.dropped() == 3u);
  BOOST_TEST(all.count(Severity::note) == 1u);
  BOOST_TEST(all.count(Severity::warning) == 1u);
  BOOST_TEST(all.error_count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_note_is_called_a_note) {
  const SourceText file("demo.yaml", "one\n");
  Issue issue = file.issue("L1", {1, 1, 3}, "m");
  issue.severity = Severity::note;
  BOOST_TEST(render(issue).starts_with("note[L1]: m\n"));
}

BOOST_AUTO_TEST_CASE(a_line_too_long_to_show_is_cut_between_characters) {
  std::string line = "x";
  while (line.size() < 1000) line += "补";
  const SourceText file("f", line + "\n");
  const Issue issue = file.issue("P1", {1, 1, 1}, "m");
  BOOST_TEST(issue.line_text.size() <= 400u);
  BOOST_TEST(issue.line_text.size() % 3 == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_in_an_issue_steers_the_terminal) {
  const SourceText file("a\x1b[2J\xB2.yaml", "x\x1b[31m: \u202Ey\n");
  const std::string picture =
      render(file.issue("P1", {1, 2, 1}, "no such key \x1b[31m", "here"));
  BOOST_TEST(picture ==
             "error[P1]: no such key \\x1b[31m\n"
             "  --> a\\x1b[2J\\xb2.yaml:1:2\n"
             "   |\n"
             "1  | x·[31m: ·y\n"
             "   |  ^ here\n");
}
