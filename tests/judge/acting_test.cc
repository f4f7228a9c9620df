// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "judge/court.h"
#include "judge/judge.h"

// When a rule acts: between its days, out of the shadow, not waived.
using namespace simwarden;
using sample::rule;

// In the record's own time, whatever the clock says.
BOOST_AUTO_TEST_CASE(a_rule_acts_from_its_day_to_its_day) {
  Court court("request", rule("DAY", "flag: request.urgency_claimed",
                              "    active_from: 2026-12-01\n"
                              "    active_until: 2026-12-31\n") +
                             rule("MOMENT", "flag: request.urgency_claimed",
                                  "    active_from: 2026-12-01T00:00:00Z\n"));
  struct Row {
    const char* time;
    const char* day;
    const char* moment;
  };
  const Row rows[] = {
      {"2026-11-30T23:59:59Z", "shadow", "shadow"},
      {"2026-12-01T00:00:00Z", "acts", "acts"},
      // In China the day has come, the moment has not.
      {"2026-12-01T00:00:00+08:00", "acts", "shadow"},
      {"2026-11-30T23:00:00-05:00", "shadow", "acts"},
      {"2026-12-31T23:59:59Z", "acts", "acts"},
      {"2027-01-01T00:00:00Z", "not applicable", "acts"},
      // Without a time nobody has shown that the rule is not in force.
      {"", "acts", "acts"},
      {"tomorrow", "acts", "acts"},
  };
  for (const Row& row : rows) {
    std::string json = "{\"kind\":\"request\",\"urgency_claimed\":true";
    if (*row.time) json += std::string(",\"created_at\":\"") + row.time + "\"";
    const Verdict verdict = court(json + "}");
    const auto state = [&](const std::string& id) -> std::string {
      for (const auto& asked : court.judge->outcomes()) {
        if (asked.rule->rule->id != id) continue;
        if (asked.outcome == Outcome::not_applicable) return "not applicable";
        return asked.acts() ? "acts" : asked.shadow ? "shadow" : "?";
      }
      return "not asked";
    };
    BOOST_TEST(state("DAY") == row.day, row.time);
    BOOST_TEST(state("MOMENT") == row.moment, row.time);
    const bool any = state("DAY") == "acts" || state("MOMENT") == "acts";
    BOOST_TEST((verdict.action == Action::hold) == any, row.time);
    for (const Finding& finding : verdict.findings) {
      BOOST_TEST(finding.shadow == (state(finding.rule) == "shadow"));
    }
  }
}

// A rule in shadow changes nothing but the findings, where it comes last.
BOOST_AUTO_TEST_CASE(a_rule_in_shadow_never_acts) {
  const std::string duty = rule("ACT", "require: request.agent.registered");
  const std::string on_trial =
      rule("TRY", "require: request.urgency_claimed",
           "    status: shadow\n    at_least: refuse\n");
  Court without("request", duty);
  Court with("request", duty + on_trial);
  for (const char* json :
       {"{\"kind\":\"request\"}",
        "{\"kind\":\"request\",\"agent\":{\"registered\":true}}"}) {
    const Verdict a = without(json);
    Verdict b = with(json);
    BOOST_TEST_REQUIRE(b.findings.size() == a.findings.size() + 1);
    BOOST_TEST(b.findings.back().rule == "TRY");
    BOOST_TEST(b.findings.back().shadow);
    BOOST_TEST(!b.findings.back().acts());
    b.findings.pop_back();
    BOOST_TEST(as_json(a) == as_json(b));
  }
}

namespace {

std::string waiver(std::string_view id, std::string_view when,
                   std::string_view more) {
  return "  - {id: " + std::string(id) + ", rule: DUTY, when: \"" +
         std::string(when) +
         "\", asked_by: Branch, approved_by: Desk, why: The till is broken "
         "(13800138000)., " +
         std::string(more) + "}\n";
}

struct Asked {
  std::string action;
  std::string findings;  // "DUTY hit; WVR-001 hit"
};
Asked ask_court(Court& court, const std::string& record) {
  const Verdict verdict = court(record);
  Asked asked{std::string(name_of(verdict.action)), ""};
  for (const Finding& finding : verdict.findings) {
    if (!asked.findings.empty()) asked.findings += "; ";
    asked.findings +=
        finding.rule + " " + std::string(name_of(finding.outcome));
    if (finding.waiver) asked.findings += " " + finding.waiver->id;
  }
  return asked;
}

}  // namespace

// Nobody asks for a new waiver because a record has no time.
BOOST_AUTO_TEST_CASE(
    a_waiver_without_a_time_to_hold_it_against_says_what_helps) {
  struct Row {
    const char* asks;
    const char* rule;
    const char* when;
    const char* record;
    const char* title;
    const char* remedy;  // begins so
  };
  constexpr const char* kRequest = "require: request.agent.registered";
  constexpr const char* kMessage = "flag: message.text.contains('eSIM')";
  constexpr const char* kAtD1 = "request.channel.id == 'D1'";
  const Row rows[] = {
      {"request", kRequest, kAtD1,
       R"({"kind":"request","created_at":"2026-12-01T00:00:00Z","channel":{"id":"D1"}})",
       "A waiver no longer holds", "Meet DUTY, or ask for a new waiver."},
      {"request", kRequest, kAtD1,
       R"({"kind":"request","channel":{"id":"D1"}})",
       "A waiver could not be applied", "Give the record created_at "},
      {"message", kMessage, "message.text != ''",
       R"({"kind":"message","text":"eSIM"})", "A waiver could not be applied",
       "Give the record received_at "},
  };
  for (const Row& row : rows) {
    Court court(row.asks, rule("DUTY", row.rule), "", {},
                "waivers:\n" + waiver("W-1", row.when, "until: 2026-11-30"));
    const Verdict verdict = court(row.record);
    BOOST_TEST_REQUIRE(verdict.findings.size() == 2u, row.record);
    BOOST_TEST(verdict.findings[1].title == row.title);
    BOOST_TEST(verdict.findings[1].remedy.starts_with(row.remedy), row.record);
  }
}

// A waiver reaches as far as it says and not a step further.
BOOST_AUTO_TEST_CASE(a_waiver_waives_what_it_names_until_it_ends) {
  Court court("request",
              rule("DUTY", "require: request.agent.registered") +
                  rule("NEXT", "require: request.agent.registered"),
              "", {},
              "waivers:\n" + waiver("W-1", "request.channel.id == 'D1'",
                                    "from: 2026-11-01, until: 2026-11-30"));
  struct Row {
    const char* channel;
    const char* time;
    const char* findings;
  };
  const Row rows[] = {
      {"D1", "2026-10-31T23:59:59Z", "DUTY hit; NEXT hit"},
      {"D1", "2026-11-01T00:00:00Z", "NEXT hit; DUTY waived W-1"},
      {"D1", "2026-11-30T23:59:59Z", "NEXT hit; DUTY waived W-1"},
      {"D1", "2026-12-01T00:00:00Z", "DUTY hit; NEXT hit; WVR-001 hit W-1"},
      {"D1", "", "DUTY hit; NEXT hit; WVR-001 hit W-1"},
      {"D2", "2026-11-15T00:00:00Z", "DUTY hit; NEXT hit"},
      // Whose channel was not recorded is nobody that the waiver names.
      {"", "2026-11-15T00:00:00Z", "DUTY hit; NEXT hit"},
  };
  for (const Row& row : rows) {
    std::string json = "{\"kind\":\"request\"";
    if (*row.time) json += std::string(",\"created_at\":\"") + row.time + "\"";
    if (*row.channel) {
      json += std::string(",\"channel\":{\"id\":\"") + row.channel + "\"}";
    }
    BOOST_TEST(ask_court(court, json + "}").findings == row.findings, json);
  }
}

BOOST_AUTO_TEST_CASE(a_waived_hit_gives_no_points_and_says_on_whose_word) {
  Court court("request", rule("DUTY", "require: request.agent.registered"), "",
              {},
              "waivers:\n" + waiver("W-1", "request.channel.id == 'D1'",
                                    "until: 2026-11-30"));
  const Verdict verdict = court(
      "{\"kind\":\"request\",\"request_id\":\"r\",\"channel\":{\"id\":\"D1\"},"
      "\"created_at\":\"2026-11-02T10:00:00Z\"}");
  BOOST_TEST(
      as_json(verdict) ==
      "{\"id\":\"r\",\"kind\":\"request\",\"action\":\"pass\",\"score\":0,"
      "\"findings\":[{\"rule\":\"DUTY\",\"outcome\":\"waived\",\"family\":"
      "\"a\",\"severity\":\"high\",\"score\":40,\"title\":\"T\",\"reason\":"
      "\"R.\",\"remedy\":\"Do.\",\"evidence\":[{\"fact\":"
      "\"request.agent.registered\",\"state\":\"not_recorded\"}],\"waiver\":"
      "{\"id\":\"W-1\",\"asked_by\":\"Branch\",\"approved_by\":\"Desk\","
      "\"why\":\"The till is broken "
      "(*********00).\",\"until\":\"2026-11-30\"}}]}");
}

BOOST_AUTO_TEST_CASE(a_waiver_that_is_over_is_itself_a_finding) {
  Court court("request", rule("DUTY", "require: request.agent.registered"), "",
              {},
              "waivers:\n" + waiver("W-1", "request.channel.id == 'D1'",
                                    "until: '2026-11-30T00:00:00+08:00'"));
  const Verdict verdict = court(
      "{\"kind\":\"request\",\"channel\":{\"id\":\"D1\"},"
      "\"created_at\":\"2026-11-29T16:00:00Z\"}");
  BOOST_TEST(verdict.score == 40);
  BOOST_TEST_REQUIRE(verdict.findings.size() == 2u);
  const Finding& ended = verdict.findings[1];
  BOOST_TEST(ended.severity == "info");
  BOOST_TEST(ended.score == 0);
  BOOST_TEST(ended.reason ==
             "The waiver W-1 of DUTY ended on 2026-11-30T00:00:00+08:00; the "
             "record is of 2026-11-29T16:00:00Z.");
}

// Of two, the one that still holds is taken; that the other is over is then
// nobody's concern.
BOOST_AUTO_TEST_CASE(a_renewed_waiver_takes_over) {
  Court court(
      "request", rule("DUTY", "require: request.agent.registered"), "", {},
      "waivers:\n" +
          waiver("W-1", "request.channel.id == 'D1'", "until: 2026-11-30") +
          waiver("W-2", "request.channel.id == 'D1'", "until: 2026-12-31"));
  const auto at = [&](const std::string& time) {
    return ask_court(court,
                     "{\"kind\":\"request\",\"channel\":{\"id\":\"D1\"},"
                     "\"created_at\":\"" +
                         time + "\"}")
        .findings;
  };
  BOOST_TEST(at("2026-11-02T00:00:00Z") == "DUTY waived W-1");
  BOOST_TEST(at("2026-12-02T00:00:00Z") == "DUTY waived W-2");
  BOOST_TEST(at("2027-01-02T00:00:00Z") ==
             "DUTY hit; WVR-001 hit W-1; WVR-001 hit W-2");
}

// What is waived brings nothing to the sum that graver rules wait for.
BOOST_AUTO_TEST_CASE(a_waived_hit_wakes_no_rule_that_waits_for_points) {
  Court court("request",
              rule("DUTY", "require: request.agent.registered") +
                  rule("GRAVE", "flag: request.urgency_claimed",
                       "    from_score: profile.grave\n"),
              "parameters:\n  grave: {type: int, default: 40, doc: D, source: "
              "S, confidence: default}\n",
              {},
              "waivers:\n" + waiver("W-1", "request.channel.id == 'D1'",
                                    "until: 2026-11-30"));
  const auto of = [&](const std::string& channel) {
    return ask_court(court,
                     "{\"kind\":\"request\",\"urgency_claimed\":true,"
                     "\"created_at\":\"2026-11-02T00:00:00Z\",\"channel\":{"
                     "\"id\":\"" +
                         channel + "\"}}");
  };
  BOOST_TEST(of("D1").findings == "DUTY waived W-1");
  BOOST_TEST(of("D1").action == "pass");
  BOOST_TEST(of("D2").findings == "DUTY hit; GRAVE hit");
}
