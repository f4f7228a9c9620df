// SPDX-License-Identifier: Apache-2.0
#include "lint/lints.h"

#include <algorithm>

#include "lint/desk.h"

namespace simwarden {
namespace {

std::string pack(const std::string& rules, const std::string& before = "") {
  return sample::pack("request", rules, before);
}

std::string rule(const std::string& id, const std::string& body,
                 const std::string& score = "10") {
  return "  - id: " + id +
         "\n    title: T\n    family: a\n    severity: low\n" +
         "    score: " + score +
         "\n    reason: R.\n    remedy: Do.\n    source: S\n" +
         "    confidence: default\n    controls: [c]\n    " + body + "\n";
}

using Codes = std::vector<std::string>;

bool has(const Codes& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string list(const std::string& head) {
  return "list: demo_list\ntitle: T\nof: domain\nsource: S\n" + head +
         "\nentries: [{value: a.example}]\n";
}

BOOST_AUTO_TEST_CASE(a_list_is_old_from_the_day_after_its_life) {
  const std::string one =
      pack(rule("A-1", "flag: in_list('demo_list', request.channel.domain)"));
  const std::string yearly = list(
      "status: reviewed\nversion: 2026-01-01\nchecked: 2026-01-01\n"
      "review_every: 30d");
  BOOST_TEST(!has(desk::codes_of(one, yearly, "2026-01-31"), "L140"));
  BOOST_TEST(has(desk::codes_of(one, yearly, "2026-02-01"), "L140"));
  // A list of another day than today's was not written tomorrow.
  BOOST_TEST(!has(desk::codes_of(one, yearly, "2025-01-01"), "L140"));
  // Without a stated life nothing is old.
  BOOST_TEST(!has(desk::codes_of(one,
                                 list("status: reviewed\nversion: 2020-01-01\n"
                                      "checked: 2020-01-01"),
                                 "2026-02-01"),
                  "L140"));
}

BOOST_AUTO_TEST_CASE(an_excuse_holds_for_its_code_inside_its_rule_alone) {
  const std::string excused = rule("A-1",
                                   "flag: request.history.sim_swaps_30d > 7\n"
                                   "    lint: {L124: 'the law says seven'}");
  const std::string other =
      rule("A-2", "flag: request.history.sim_swaps_90d > 9");
  BOOST_TEST(desk::codes_of(pack(excused)) == Codes{},
             boost::test_tools::per_element());
  BOOST_TEST(desk::codes_of(pack(excused + other)) == Codes{"L124"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(warnings_of_the_loader_can_be_excused_too) {
  const std::string unused =
      "parameters:\n  spare: {type: int, default: 1, doc: D, lint: {P152: "
      "'kept "
      "for the profiles of last year'}}\n";
  BOOST_TEST(desk::codes_of(pack(rule("A-1", "flag: request.reason == 'lost'"),
                                 unused)) == Codes{},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rules_that_do_not_run_owe_no_texts) {
  const std::string draft =
      "  - {id: A-2, title: T, family: a, severity: low, score: 0, status: "
      "draft, reason: R., flag: \"request.reason == 'stolen'\"}\n";
  BOOST_TEST(desk::codes_of(pack(rule("A-1", "flag: request.reason == 'lost'") +
                                 draft)) == Codes{},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_duty_is_shadowed_by_a_stricter_one) {
  const std::string strict =
      rule("A-1", "require: request.channel.type == 'store_own'", "20");
  const std::string lax =
      rule("A-2", "require: request.channel.type in ['store_own', 'dealer']");
  const std::string heavy = rule(
      "A-2", "require: request.channel.type in ['store_own', 'dealer']", "30");
  BOOST_TEST(has(desk::codes_of(pack(strict + lax)), "L121"));
  BOOST_TEST(!has(desk::codes_of(pack(strict + heavy)), "L121"));
}

BOOST_AUTO_TEST_CASE(of_two_rules_that_hit_together_the_later_is_shadowed) {
  const std::string one =
      rule("A-1", "flag: request.reason == 'lost' && request.fee.amount > 0.0");
  const std::string turned =
      rule("A-2", "flag: request.fee.amount > 0.0 && request.reason == 'lost'");
  const Codes codes = desk::codes_of(pack(one + turned));
  BOOST_TEST(codes == Codes{"L121"}, boost::test_tools::per_element());
  const std::string guarded =
      rule("A-3",
           "applies: request.line_status == 'active'\n"
           "    flag: request.reason == 'lost' && request.fee.amount > "
           "0.0");
  BOOST_TEST(desk::codes_of(pack(one + guarded)) == Codes{"L121"},
             boost::test_tools::per_element());
  BOOST_TEST(desk::codes_of(pack(guarded + one)) == Codes{"L121"},
             boost::test_tools::per_element());
}

// What is in force at another time is no word of its own too many.
BOOST_AUTO_TEST_CASE(a_rule_may_follow_another_one_from_a_day_on) {
  const std::string flag = "flag: request.reason == 'lost'";
  const std::string narrow =
      "flag: request.reason == 'lost' && request.urgency_claimed";
  const std::string until = "active_until: 2026-12-31\n    ";
  const std::string from = "active_from: 2027-01-01\n    ";
  const auto said = [](const std::string& first, const std::string& second) {
    return desk::codes_of(pack(rule("A-1", first) + rule("A-2", second)));
  };
  BOOST_TEST(said(until + flag, from + flag).empty());
  BOOST_TEST(said(until + flag, from + narrow).empty());
  BOOST_TEST(said(from + flag, narrow).empty());
  BOOST_TEST(has(said(until + flag, until + flag), "L120"));
  BOOST_TEST(has(said(flag, until + flag), "L121"));
  BOOST_TEST(has(said(until + flag, flag), "L121"));
  BOOST_TEST(has(said(until + flag, until + narrow), "L121"));
}

BOOST_AUTO_TEST_CASE(a_guard_that_only_narrows_is_no_mistake) {
  const std::string guarded =
      rule("A-1",
           "applies: request.reason in ['lost', 'stolen']\n"
           "    flag: request.reason == 'lost' && request.fee.amount > 0.0");
  BOOST_TEST(!has(desk::codes_of(pack(guarded)), "L122"));
}

BOOST_AUTO_TEST_CASE(literals_with_escapes_point_at_the_literal) {
  sample::MapFiles files;
  files.put(
      "p/demo/pack.yaml",
      pack(rule("A-1", "flag: request.reason_text.matches('\\u0061[A-z]')")));
  const desk::Linted linted = desk::lint_files(files, "p");
  BOOST_REQUIRE_EQUAL(linted.issues.size(), 1u);
  BOOST_TEST(linted.issues[0].code == "L135");
  BOOST_TEST(linted.issues[0].place.line == 17u);
}

// Every lint over many rules that all look alike stays quick: pairs of rules
// are bounded.
BOOST_AUTO_TEST_CASE(many_rules_are_linted_and_their_repeats_found) {
  std::string rules;
  for (int i = 0; i < 300; ++i) {
    rules +=
        rule("A-" + std::to_string(i),
             "flag: request.history.sim_swaps_30d == " + std::to_string(i / 2));
  }
  const Codes codes = desk::codes_of(pack(rules));
  BOOST_TEST(std::count(codes.begin(), codes.end(), "L120") == 150);
}

// docs/lint.md has a row for each code; UPDATE_GOLDEN=1 writes them anew.
BOOST_AUTO_TEST_CASE(the_page_has_the_table_of_the_program) {
  const std::filesystem::path page = "docs/lint.md";
  const std::string begin = "<!-- codes -->\n";
  const std::string text = read_all(page);
  const size_t at = text.find(begin);
  BOOST_REQUIRE(at != std::string::npos);
  std::string table = "| code | | what | what to do |\n|---|---|---|---|\n";
  for (const Lint& row : lints()) {
    std::string help;
    for (const char c : row.help) {
      if (c == '|') help += '\\';
      help += c;
    }
    table += "| " + std::string(row.code) + " | " +
             std::string(name_of(row.severity)) + " | " +
             std::string(row.title) + " | `" + help + "` |\n";
  }
  const std::string expected = text.substr(0, at + begin.size()) + table;
  const size_t end = text.find("<!-- end -->", at);
  BOOST_REQUIRE(end != std::string::npos);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(page, std::ios::binary) << expected + text.substr(end);
    return;
  }
  BOOST_TEST(text == expected + text.substr(end));
}

}  // namespace
}  // namespace simwarden
