// SPDX-License-Identifier: Apache-2.0
#include "store/told_verdict.h"

#include <boost/test/unit_test.hpp>

#include "record/verdict_json.h"

namespace simwarden {
namespace {

std::string told(const Verdict& verdict) {
  std::string json;
  append_json(json, verdict, {});
  return json;
}

// With everything that can stand in a verdict.
Verdict full_verdict() {
  Finding hit{.rule = "IDV-002",
              .family = "identity",
              .severity = "high",
              .score = 45.25,
              .title = "A \"copy\"",
              .reason = "line\nbreak \x1b[31m",
              .remedy = "Ask.",
              .controls = {"a/1", "b/2"}};
  hit.evidence = {
      {.fact = "request.a", .value = "copy"},
      {.fact = "request.b", .value = "18446744073709551615", .quoted = false},
      {.fact = "request.c", .value = "true", .quoted = false},
      {.fact = "request.d", .state = Evidence::State::not_recorded},
      {.fact = "request.e", .state = Evidence::State::null},
      {.fact = "request.f", .state = Evidence::State::invalid, .value = "9"},
      {.fact = "message.text",
       .begin = 12,
       .end = 4294967295,
       .text = "微信",
       .seen_as = "wechat",
       .by = "contact"}};
  Finding shadow{
      .rule = "X-1", .family = "x", .severity = "low", .shadow = true};
  Finding waived{.rule = "Y-1", .outcome = Outcome::waived, .score = 10};
  waived.waiver =
      WaiverNote{"W-1", "demo_a", "demo_b", "a trial", "2099-01-01"};
  Verdict verdict{
      .id = "demo-1", .kind = Kind::message, .action = Action::hold};
  verdict.score = 56.25;
  verdict.findings = {hit, shadow, waived};
  verdict.blocks = {{.block = 2,
                     .fact = "message.text",
                     .begin = 1,
                     .end = 9,
                     .action = Action::refuse,
                     .score = 90,
                     .rules = {"IDV-002"}}};
  verdict.undetermined = {"SES-002"};
  verdict.failed = {{"SES-002", "unknown time zone"}};
  verdict.not_recorded = {"request.channel.id"};
  verdict.invalid = {{"request.g", "x", "one of a, b"}};
  verdict.closed = {{1, "offer.zip", "encrypted"}, {3, "", "too_large"}};
  verdict.closed_left = 7;
  verdict.would_pass_if = {"request.a == 'original'"};
  verdict.would_become = Action::review;
  return verdict;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_written_of_a_verdict_is_read_back) {
  for (const Verdict& verdict : {full_verdict(), Verdict{}}) {
    const auto read = read_verdict(told(verdict));
    BOOST_REQUIRE(read);
    BOOST_TEST(told(*read) == told(verdict));
  }
}

BOOST_AUTO_TEST_CASE(what_failed_was_written_by_its_rule_alone_once) {
  const auto read = read_verdict(R"({"action":"pass","failed":["SES-002"]})");
  BOOST_REQUIRE(read);
  BOOST_REQUIRE(read->failed.size() == 1u);
  BOOST_TEST(read->failed[0].rule == "SES-002");
  BOOST_TEST(read->failed[0].error == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_verdict_is_none) {
  for (const char* json : {"", "[]", "7", "{", "{}", R"({"action":"dance"})",
                           R"({"action":1})", "{\"action\":\"pass\"} x"}) {
    BOOST_TEST(!read_verdict(json), json);
  }
}

BOOST_AUTO_TEST_CASE(odd_members_have_their_defaults) {
  const auto read = read_verdict(
      R"({"id":7,"action":"hold","score":"x","findings":[1,{"rule":[],)"
      R"("evidence":{"a":1},"shadow":"no","waiver":3}],"blocks":"b",)"
      R"("undetermined":[null],"later":{"key":1}})");
  BOOST_REQUIRE(read);
  BOOST_TEST((read->action == Action::hold));
  BOOST_TEST(read->score == 0);
  BOOST_TEST(read->findings.size() == 2);
  BOOST_TEST(read->findings[1].evidence.empty());
}

}  // namespace simwarden
