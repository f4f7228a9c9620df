// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "rollout/replay_report.h"

using namespace simwarden;

namespace {

Finding finding(const std::string& rule, double score,
                Standing standing = Standing::hit) {
  Finding made;
  made.rule = rule;
  made.title = "Title of " + rule;
  made.reason = "Reason of " + rule;
  made.score = score;
  made.shadow = standing == Standing::shadow;
  if (standing == Standing::waived) made.outcome = Outcome::waived;
  return made;
}

Verdict verdict(const std::string& id, Action action, double score,
                std::vector<Finding> findings) {
  Verdict made;
  made.id = id;
  made.action = action;
  made.score = score;
  made.findings = std::move(findings);
  made.position.line = 7;
  return made;
}

// "A hit>none 45>0; B …", "=" for nothing, "words" for other words.
std::string text_of(const Shift& shift) {
  if (shift.wording) return "words";
  if (!shift.decides()) return "=";
  std::string text(name_of(shift.before));
  text += ">" + std::string(name_of(shift.after));
  for (const RuleShift& rule : shift.rules) {
    text += "; " + rule.rule + " " + std::string(name_of(rule.before)) + ">" +
            std::string(name_of(rule.after));
  }
  return text;
}

const Verdict kHeld = verdict("r", Action::hold, 45, {finding("A", 45)});

}  // namespace

BOOST_AUTO_TEST_CASE(two_verdicts_are_held_side_by_side_rule_by_rule) {
  struct Row {
    Verdict before;
    Verdict after;
    const char* shift;
  };
  Verdict reworded = kHeld;
  reworded.findings[0].reason = "Said better";
  Verdict less_known = kHeld;
  less_known.undetermined = {"Z"};
  const Row rows[] = {
      {kHeld, kHeld, "="},
      {kHeld, reworded, "words"},
      {kHeld, less_known, "words"},
      {kHeld, verdict("r", Action::pass, 0, {}), "hold>pass; A hit>"},
      {kHeld, verdict("r", Action::review, 45, {finding("A", 45)}),
       "hold>review"},
      {kHeld, verdict("r", Action::hold, 46, {finding("A", 46)}),
       "hold>hold; A hit>hit"},
      {kHeld,
       verdict("r", Action::pass, 0, {finding("A", 45, Standing::shadow)}),
       "hold>pass; A hit>shadow"},
      {kHeld,
       verdict("r", Action::pass, 0, {finding("A", 45, Standing::waived)}),
       "hold>pass; A hit>waived"},
      // The points of a rule that does not act are nobody's.
      {verdict("r", Action::pass, 0, {finding("A", 45, Standing::shadow)}),
       verdict("r", Action::pass, 0, {finding("A", 20, Standing::shadow)}),
       "words"},
      {kHeld,
       verdict("r", Action::refuse, 90, {finding("B", 80), finding("C", 30)}),
       "hold>refuse; A hit>; B >hit; C >hit"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(text_of(compare(row.before, row.after)) == row.shift);
  }
}

BOOST_AUTO_TEST_CASE(the_reason_shown_is_the_newer_one_where_there_is_one) {
  Verdict after = kHeld;
  after.findings = {finding("B", 45)};
  const Shift shift = compare(kHeld, after);
  BOOST_TEST_REQUIRE(shift.rules.size() == 2u);
  BOOST_TEST(shift.rules[0].reason == "Reason of A");
  BOOST_TEST(shift.rules[1].reason == "Reason of B");
}

namespace {

struct Pair {
  Verdict before;
  Verdict after;
};

// Some of everything, told by a number.
Pair pair_of(uint32_t i) {
  const auto some = [](uint32_t n) {
    std::vector<Finding> findings;
    if (n & 1u) findings.push_back(finding("A", 20 + n % 3));
    if (n & 2u) findings.push_back(finding("B", 30));
    if (n & 4u) findings.push_back(finding("C", 10, Standing::shadow));
    if (n & 8u) findings.push_back(finding("D", 10, Standing::waived));
    return findings;
  };
  const std::string id = "r" + std::to_string(i);
  const uint32_t a = i * 2654435761u >> 20;
  const uint32_t b = i % 3 == 0 ? a : i * 40503u >> 8;
  return {verdict(id, Action(a % 4), a % 100, some(a)),
          verdict(id, Action(b % 4), b % 100, some(b))};
}

ReplayReport report_of(uint32_t begin, uint32_t end) {
  ReplayReport report;
  for (uint32_t i = begin; i < end; ++i) {
    const Pair pair = pair_of(i);
    report.tally.add(pair.before, pair.after, compare(pair.before, pair.after),
                     "demo.jsonl");
  }
  return report;
}

}  // namespace

// However a run is cut among threads, it adds up to the same bytes.
BOOST_AUTO_TEST_CASE(parts_add_up_to_the_whole) {
  constexpr uint32_t kPairs = 400;
  const std::string whole = to_json(report_of(0, kPairs));
  for (const uint32_t cut : {0u, 1u, 3u, 7u, 199u, 399u, 400u}) {
    ReplayReport sum = report_of(0, cut);
    sum.tally.add_all(report_of(cut, kPairs).tally);
    BOOST_TEST(to_json(sum) == whole, "cut at " << cut);
  }
}

BOOST_AUTO_TEST_CASE(every_record_is_in_the_matrix_once) {
  const ReplayTally tally = report_of(0, 400).tally;
  uint64_t sum = 0;
  uint64_t same = 0;
  for (size_t a = 0; a < kActionNames.size(); ++a) {
    for (size_t b = 0; b < kActionNames.size(); ++b) {
      sum += tally.count(Action(a), Action(b));
      if (a == b) same += tally.count(Action(a), Action(b));
    }
  }
  BOOST_TEST(sum == 400u);
  BOOST_TEST(tally.changed() + same == 400u);
  BOOST_TEST(tally.changed() > 0u);
  for (const auto& [change, examples] : tally.examples()) {
    BOOST_TEST(examples.size() <= kExamplesShown);
    BOOST_TEST(!examples.empty());
  }
  for (const auto& [id, rule] : tally.rules()) {
    BOOST_TEST(rule.hits_before + rule.gained == rule.hits_after + rule.lost,
               id);
  }
}

BOOST_AUTO_TEST_CASE(the_report_for_machines) {
  ReplayReport report;
  report.before = {"sha256:a", {"demo@1.0.0"}, "generic"};
  report.after = {"sha256:b", {"demo@1.1.0"}, "generic"};
  report.sources = {{"demo.jsonl", 3, 2, 1, true}};
  report.stored = {{"gone.jsonl", 5, 0, "no such file"}};
  const Verdict after = verdict("r", Action::pass, 0, {});
  report.tally.add(kHeld, after, compare(kHeld, after), "demo.jsonl");
  BOOST_TEST(
      to_json(report) ==
      R"({"old":{"digest":"sha256:a","packs":["demo@1.0.0"],"profile":"generic"},)"
      R"("new":{"digest":"sha256:b","packs":["demo@1.1.0"],"profile":"generic"},)"
      R"("records":1,"raised":0,"lowered":1,"same_action":0,"other_words":0,)"
      R"("without_a_rule":0,"actions":{)"
      R"("pass":{"pass":0,"review":0,"hold":0,"refuse":0},)"
      R"("review":{"pass":0,"review":0,"hold":0,"refuse":0},)"
      R"("hold":{"pass":1,"review":0,"hold":0,"refuse":0},)"
      R"("refuse":{"pass":0,"review":0,"hold":0,"refuse":0}},)"
      R"("rules":[{"rule":"A","title":"Title of A","hits_old":1,"hits_new":0,)"
      R"("gained":0,"lost":1,"raised":0,"lowered":1,"shadow_old":0,)"
      R"("shadow_new":0,"waived_old":0,"waived_new":0}],)"
      R"("examples":[{"id":"r","kind":"request","old":"hold","new":"pass",)"
      R"("score_old":45,"score_new":0,"rules":[{"rule":"A","old":"hit",)"
      R"("points_old":45,"points_new":0,"reason":"Reason of A"}],)"
      R"("source":{"name":"demo.jsonl","line":7}}],)"
      R"("sources":[{"name":"demo.jsonl","seen":3,"judged":2,"unreadable":1,)"
      R"("whole":true}],"stored":[{"name":"gone.jsonl","stored":5,)"
      R"("rejudged":0,"why_not":"no such file"}]})"
      "\n");
}
