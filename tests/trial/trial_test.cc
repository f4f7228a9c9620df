// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "policy/sample.h"
#include "trial/case_run.h"
#include "trial/coverage.h"
#include "trial/excused.h"
#include "trial/junit.h"
#include "trial/mutants.h"
#include "trial/mutation.h"
#include "trial/suggest.h"

using namespace simwarden;

namespace {

using sample::rule;

// One pack with its cases, ready to be tried.
struct Bed {
  FactSchema schema;
  std::unique_ptr<Plan> plan;
  std::vector<PackCases> packs;
  Issues issues;

  Bed(std::string_view asks, const std::string& rules, const std::string& tests,
      const std::string& before = "") {
    sample::MapFiles shelf;
    shelf.put("p/demo/pack.yaml", sample::pack(asks, rules, before));
    shelf.put("p/demo/tests.yaml", tests);
    plan = std::make_unique<Plan>(load_packs(shelf, "p", schema), schema);
    auto read = load_cases(shelf, plan->ruleset(), issues);
    BOOST_REQUIRE(read.ok());
    packs = std::move(*read);
  }

  std::string uncovered() const {
    std::string all;
    for (const Branch& branch : cover(*plan, packs).branches) {
      if (!branch.reached) all += branch.of.text + "\n";
    }
    return all;
  }

  std::string survivors(unsigned threads = 1) const {
    std::string all;
    for (const Mutant& m : mutate(*plan, packs, {threads, {}}).mutants) {
      if (!m.killed) all += m.of.text + "\n";
    }
    return all;
  }
};

std::string item(const std::string& name, const std::string& with,
                 const std::string& expect) {
  return "  - {name: " + name + ", with: {" + with + "}, expect: {" + expect +
         "}}\n";
}

const std::string kFee = rule("A-1", "flag: request.fee.amount > 10.0");

}  // namespace

BOOST_AUTO_TEST_CASE(a_mutant_lives_until_a_case_stands_at_the_bound) {
  const std::string far = "cases:\n" +
                          item("a", "fee.amount: 20", "hit: [A-1]") +
                          item("b", "fee.amount: 5", "clear: [A-1]");
  const Bed open("request", kFee, far);
  BOOST_TEST(open.survivors() == "request.fee.amount >= 10.0\n");
  BOOST_TEST(open.uncovered() == "");
  const Bed closed("request", kFee,
                   far + item("c", "fee.amount: 10", "clear: [A-1]"));
  BOOST_TEST(closed.survivors() == "");
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_not_there_is_told_so) {
  const Bed bed("request", kFee,
                "cases:\n" + item("a", "fee.amount: 20", "hit: [A-11]"));
  const auto results = run_cases(*bed.plan, bed.packs);
  BOOST_TEST_REQUIRE(results.size() == 1u);
  BOOST_TEST(results[0].differences ==
                 std::vector<std::string>{
                     "no rule A-11 was asked of this kind of record; did you "
                     "mean A-1?"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_case_can_ask_for_what_fails) {
  const std::string rules = rule("A-1",
                                 "flag: request.urgency_claimed && "
                                 "10 / request.history.sim_swaps_30d > 2");
  const auto bed = [&rules](const std::string& with) {
    return Bed("request", rules,
               "cases:\n" +
                   item("a", "urgency_claimed: true" + with, "failed: [A-1]"));
  };
  const auto differs = [&bed](const std::string& with) {
    const Bed made = bed(with);
    const auto results = run_cases(*made.plan, made.packs);
    BOOST_TEST_REQUIRE(results.size() == 1u);
    return results[0].passed() ? "" : results[0].differences[0];
  };
  BOOST_TEST(differs(", history.sim_swaps_30d: 0") == "");
  BOOST_TEST(differs(", history.sim_swaps_30d: 2") ==
             "A-1 is hit and did not fail");
  BOOST_TEST(differs("") == "A-1 is undetermined and did not fail");
  // A change by which it no longer fails is noticed, and no other: neither
  // !request.urgency_claimed nor the loss of the division lives.
  const std::string division = "10 / request.history.sim_swaps_30d ";
  BOOST_TEST(bed(", history.sim_swaps_30d: 0").survivors() ==
             "drop request.urgency_claimed\n" + division + "<= 2\n" + division +
                 ">= 2\n" + division + "> 3\n");
}

// It was counted as if it acted, and hid what another rule no longer missed.
BOOST_AUTO_TEST_CASE(a_rule_that_is_not_in_force_yet_misses_no_fact) {
  const std::string duty = "require: request.agent.id != ''";
  const Bed bed("request",
                rule("A-1", duty, "    active_from: 2027-01-01\n") +
                    rule("A-2", duty, "    applies: request.urgency_claimed\n"),
                "cases:\n" + item("a",
                                  "created_at: '2026-11-01T00:00:00Z', "
                                  "urgency_claimed: true",
                                  "not_recorded: [request.agent.id]"));
  BOOST_TEST(bed.survivors().find("!request.urgency_claimed") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_what_a_case_expects_kills) {
  // Both cases reach both answers; neither says what should come of it.
  const std::string rules = kFee + rule("A-2", "flag: request.urgency_claimed");
  const Bed bed(
      "request", rules,
      "cases:\n" +
          item("a", "fee.amount: 20, urgency_claimed: true", "hit: [A-2]") +
          item("b", "fee.amount: 10, urgency_claimed: false", "clear: [A-2]"));
  BOOST_TEST(bed.uncovered() == "");
  BOOST_TEST(bed.survivors() ==
             "request.fee.amount <= 10.0\nrequest.fee.amount >= 10.0\n");
}

BOOST_AUTO_TEST_CASE(actions_and_exact_hits_and_missing_facts_kill_too) {
  const auto survivors = [](const std::string& expect) {
    return Bed("request", rule("A-1", "require: request.agent.registered"),
               "cases:\n" + item("a", "request_id: demo", expect))
        .survivors();
  };
  const std::string alive = "!request.agent.registered\n";
  // The fact is missing: the duty hits whichever way it is asked.
  BOOST_TEST(survivors("hit: [A-1]") == alive);
  const auto of_false = [](const std::string& expect) {
    return Bed("request", rule("A-1", "require: request.agent.registered"),
               "cases:\n" + item("a", "agent.registered: false", expect))
        .survivors();
  };
  BOOST_TEST(of_false("action: hold") == "");
  BOOST_TEST(of_false("only: [A-1]") == "");
  BOOST_TEST(of_false("invalid: []") == alive);
}

BOOST_AUTO_TEST_CASE(a_fact_that_is_no_longer_missed_kills) {
  const std::string duty = rule(
      "A-1", "require: request.agent.registered || request.customer_at_risk");
  const Bed bed("request", duty,
                "cases:\n" + item("a", "request_id: demo",
                                  "not_recorded: [request.agent.registered]"));
  // Dropping the fee changes nothing that this case expects.
  const std::string left = bed.survivors();
  BOOST_TEST(left.find("drop request.agent.registered") == std::string::npos,
             left);
  BOOST_TEST(left.find("drop request.customer_at_risk") != std::string::npos,
             left);
}

BOOST_AUTO_TEST_CASE(a_case_that_fails_kills_nothing) {
  const Bed bed("request", kFee,
                "cases:\n" + item("a", "fee.amount: 20", "clear: [A-1]") +
                    item("b", "fee.amount: 10", "hit: [A-1]"));
  BOOST_TEST(bed.survivors() ==
             "request.fee.amount <= 10.0\nrequest.fee.amount >= 10.0\n");
  for (const CaseResult& result : run_cases(*bed.plan, bed.packs)) {
    BOOST_TEST(!result.passed());
  }
}

BOOST_AUTO_TEST_CASE(the_guard_and_a_duty_that_is_not_recorded_are_branches) {
  const std::string guarded = rule("A-1", "require: request.agent.registered",
                                   "    applies: request.urgency_claimed\n");
  const Bed bed("request", guarded,
                "cases:\n" + item("a",
                                  "urgency_claimed: true, "
                                  "agent.registered: true",
                                  "clear: [A-1]"));
  BOOST_TEST(bed.uncovered() ==
             "request.urgency_claimed never false\n"
             "request.urgency_claimed never not recorded\n"
             "request.agent.registered never false\n"
             "request.agent.registered never not recorded\n");
  BOOST_TEST(bed.survivors() == "drop the guard\n");
}

BOOST_AUTO_TEST_CASE(items_of_at_least_are_counted_once) {
  const std::string threshold =
      rule("A-1",
           "flag: {at_least: {n: 2, of: [request.urgency_claimed, "
           "request.agent.registered, request.customer_at_risk]}}");
  const Bed bed("request", threshold, "cases: []\n");
  size_t branches = cover(*bed.plan, bed.packs).branches.size();
  BOOST_TEST(branches == 6u);
}

BOOST_AUTO_TEST_CASE(a_pattern_is_proven_where_it_alone_matches) {
  const std::string patterns =
      "patterns:\n  card:\n    any: ['sim card', 'card', 'never']\n";
  const Bed bed("message", rule("A-1", "flag: patterns.card"),
                "cases:\n"
                "  - {name: a, text: your sim card, expect: {hit: [A-1]}}\n"
                "  - {name: b, text: your card, expect: {hit: [A-1]}}\n"
                "  - {name: c, text: hello, expect: {clear: [A-1]}}\n",
                patterns);
  BOOST_TEST(bed.uncovered() == "'never' never matches\n");
  // Every text with "sim card" has "card" too.
  BOOST_TEST(bed.survivors() == "drop 'sim card'\ndrop 'never'\n");
}

BOOST_AUTO_TEST_CASE(a_pattern_far_from_a_contact_is_not_proven) {
  const std::string patterns =
      "patterns:\n  card:\n    near_contact: 12\n    any: ['alpha', 'beta']\n";
  const Bed bed("message", rule("A-1", "flag: patterns.card"),
                "cases:\n"
                "  - name: a\n"
                "    text: alpha, telegram @demo_kaka88, and much further down "
                "in this text stands beta\n"
                "    expect: {hit: [A-1]}\n"
                "  - {name: b, text: alpha, expect: {clear: [A-1]}}\n",
                patterns);
  BOOST_TEST(bed.uncovered() == "'beta' never matches\n");
  BOOST_TEST(bed.survivors() == "drop 'beta'\n");
}

BOOST_AUTO_TEST_CASE(a_rule_that_waits_for_a_score_is_tried_where_it_is_asked) {
  const std::string from =
      "parameters:\n  floor: {type: int, default: 40, doc: D, source: S, "
      "confidence: default}\n";
  const std::string rules = kFee + rule("A-2", "flag: request.urgency_claimed",
                                        "    from_score: profile.floor\n");
  const std::string below =
      "cases:\n" + item("a", "fee.amount: 5, urgency_claimed: true",
                        "clear: [A-1], not_applicable: [A-2]");
  const Bed waiting("request", rules, below, from);
  BOOST_TEST(waiting.uncovered() ==
             "request.fee.amount > 10.0 never true\n"
             "request.urgency_claimed never true\n"
             "request.urgency_claimed never false\n");
  const Bed asked(
      "request", rules,
      below + item("b", "fee.amount: 20, urgency_claimed: true", "hit: [A-2]"),
      from);
  BOOST_TEST(asked.survivors() == "request.fee.amount >= 10.0\n");
}

BOOST_AUTO_TEST_CASE(threads_change_nothing) {
  std::string cases = "cases:\n";
  for (int i = 0; i < 40; ++i) {
    cases += item("c" + std::to_string(i), "fee.amount: " + std::to_string(i),
                  i > 10 ? "hit: [A-1]" : "clear: [A-1]");
  }
  const Bed bed("request",
                kFee + rule("A-2", "flag: request.fee.amount in [1.0, 2.0]"),
                cases);
  const std::string one = bed.survivors(1);
  BOOST_TEST(one != "");
  for (int i = 0; i < 10; ++i) BOOST_TEST(bed.survivors(4) == one);
}

// The long way: the rule is changed in the ruleset, and all cases run again.
BOOST_AUTO_TEST_CASE(a_mutant_is_killed_when_its_ruleset_fails_a_case) {
  FactSchema schema;
  const auto files = disk_files();
  const auto ruleset = std::const_pointer_cast<Ruleset>(
      load_packs(*files, "tests/bench/pack50", schema));
  Issues issues;
  const Plan plan(ruleset, schema);
  auto packs = load_cases(*files, *ruleset, issues);
  BOOST_REQUIRE(packs.ok());
  std::vector<PackMutants> all = make_mutants(plan, *packs);
  try_mutants(plan, all, {});
  size_t killed = 0;
  size_t alive = 0;
  for (RuleMutants& rule : all[0].rules) {
    for (RuleMutant& mutant : rule.mutants) {
      auto& changed = const_cast<Rule&>(*rule.planned->rule);
      const Rule original = changed;
      if (mutant.no_guard) changed.applies.reset();
      if (mutant.applies) changed.applies->program = std::move(mutant.applies);
      if (mutant.condition) {
        changed.condition.program = std::move(mutant.condition);
      }
      const auto results = run_cases(Plan(ruleset, schema), *packs);
      const bool fails = std::any_of(
          results.begin(), results.end(),
          [](const CaseResult& result) { return !result.passed(); });
      BOOST_TEST(fails == mutant.killed,
                 mutant.of.rule << ": " << mutant.of.text);
      ++(fails ? killed : alive);
      changed = original;
    }
  }
  BOOST_TEST(killed > 20u);
  BOOST_TEST(alive > 5u);
}

BOOST_AUTO_TEST_CASE(an_excuse_counts_only_for_what_needs_it) {
  const auto excused = [](const std::string& mutant) {
    const Bed bed("request", kFee,
                  "cases:\n" + item("a", "fee.amount: 20", "hit: [A-1]") +
                      "survivors:\n  - {rule: A-1, mutant: '" + mutant +
                      "', why: w}\n");
    Mutation found = mutate(*bed.plan, bed.packs, {});
    Issues issues;
    excuse(bed.packs, found, issues);
    const auto count = std::count_if(found.mutants.begin(), found.mutants.end(),
                                     [](const Mutant& m) { return m.excused; });
    return std::to_string(count) + (issues.empty() ? "" : render(issues));
  };
  BOOST_TEST(excused("request.fee.amount >= 10.0") == "1");
  BOOST_TEST(excused("request.fee.amount <= 10.0")
                 .find("this mutant is killed by a case") != std::string::npos);
  BOOST_TEST(excused("request.fee.amount >= 10")
                 .find("did you mean request.fee.amount >= 10.0?") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(suggested_cases_reach_what_was_not_proven) {
  const Bed bed("request", kFee,
                "cases:\n" + item("a", "fee.amount: 20", "hit: [A-1]"));
  const Suggestions made = suggest(*bed.plan, bed.packs, {});
  BOOST_TEST(made.unhelped.empty());
  std::string tests = "cases:\n" + item("a", "fee.amount: 20", "hit: [A-1]");
  for (const Suggestion& suggestion : made.found) tests += suggestion.yaml;
  const Bed again("request", kFee, tests);
  BOOST_TEST(!again.issues.has_errors(), render(again.issues));
  for (const CaseResult& result : run_cases(*again.plan, again.packs)) {
    BOOST_TEST(result.passed(), result.wanted->name);
  }
  BOOST_TEST(again.survivors() == "");
  BOOST_TEST(again.uncovered() == "");
}

// They were written without, and proved nothing.
BOOST_AUTO_TEST_CASE(suggested_cases_keep_the_figures_of_windows) {
  const std::string windows =
      "windows:\n  w: {doc: D, count: requests, by: request.agent.id, over: "
      "1h}\n";
  const std::string rules =
      rule("A-1", "flag: windows.w >= 3 && request.fee.amount > 10.0");
  const std::string with =
      "with: {agent.id: demo_a, fee.amount: 20, created_at: "
      "'2026-03-02T10:00:00Z'}, ";
  std::string tests =
      "cases:\n"
      "  - {name: many, " +
      with + "windows: {w: 5}, expect: {hit: [A-1]}}\n  - {name: few, " + with +
      "windows: {w: 1}, expect: {clear: [A-1]}}\n  - {name: counted, " + with +
      "earlier: [{times: 4}], expect: {hit: [A-1]}}\n";
  const Bed bed("request", rules, tests, windows);
  for (const Suggestion& made : suggest(*bed.plan, bed.packs, {}).found) {
    BOOST_TEST(made.yaml.find("w: 5") != std::string::npos, made.yaml);
    tests += made.yaml;
  }
  const Bed again("request", rules, tests, windows);
  BOOST_TEST(!again.issues.has_errors(), render(again.issues));
  for (const CaseResult& result : run_cases(*again.plan, again.packs)) {
    BOOST_TEST(result.passed(), result.wanted->name);
  }
  BOOST_TEST(again.survivors() == "windows.w > 3\nwindows.w >= 2\n");
  BOOST_TEST(again.uncovered() == "");
}

BOOST_AUTO_TEST_CASE(junit_holds_whatever_a_case_is_called) {
  const Bed bed("request", kFee,
                "cases:\n" +
                    item("'<a & b>'", "fee.amount: 20", "clear: [A-1]") +
                    item("b", "fee.amount: 20", "hit: [A-1]") +
                    item("c", "kind: demo", "hit: [A-1]"));
  const std::string xml = junit_xml(run_cases(*bed.plan, bed.packs), bed.issues,
                                    [](const CaseResult&) { return "why"; });
  BOOST_TEST(xml.find("<testsuite name=\"demo\" tests=\"3\" failures=\"1\" "
                      "errors=\"1\"") != std::string::npos,
             xml);
  BOOST_TEST(xml.find("name=\"&lt;a &amp; b&gt;\"") != std::string::npos, xml);
  BOOST_TEST(
      xml.find("<failure message=\"A-1 is hit, expected clear\" "
               "type=\"expectation\">why</failure>") != std::string::npos,
      xml);
}
