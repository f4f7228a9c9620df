// SPDX-License-Identifier: Apache-2.0
#include "desk/decision_rows.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(decision_rows)

BOOST_AUTO_TEST_CASE(what_is_named_twice_is_refused) {
  struct Case {
    const char* text;
    const char* fault;  // "": none
    uint64_t line;
  };
  const Case cases[] = {
      {"verdict_id,outcome\n1,agreed\n", "", 0},
      {"verdict_id,outcome,outcome\n1,agreed,disagreed\n",
       "“outcome” is named twice", 1},
      {"source,verdict_id,outcome,source\na,1,agreed,b\n",
       "“source” is named twice", 1},
      {R"({"verdict_id":1,"outcome":"agreed"})", "", 0},
      {R"({"verdict_id":1,"outcome":"agreed","outcome":"disagreed"})",
       "“outcome” is named twice", 1},
      {"{\"verdict_id\":1,\"outcome\":\"agreed\"}\n"
       R"({"verdict_id":2,"outcome":"agreed","verdict_id":3})",
       "“verdict_id” is named twice", 2},
      {R"({"verdict_id":1,"note":null,"outcome":"agreed","note":"x"})",
       "“note” is named twice", 1},
      // The same name spelt otherwise.
      {R"({"verdict_id":1,"outcome":"agreed","\u006futcome":"agreed"})",
       "“outcome” is named twice", 1},
  };
  for (const Case& tried : cases) {
    const DecisionRows rows = read_decisions(tried.text, "demo_clerk");
    const bool right = *tried.fault == '\0';
    BOOST_TEST(rows.faults.empty() == right, tried.text);
    if (right || rows.faults.empty()) continue;
    BOOST_TEST(rows.faults[0].what == tried.fault, tried.text);
    BOOST_TEST(rows.faults[0].line == tried.line, tried.text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_row_is_told_truly) {
  struct Case {
    const char* text;
    const char* fault;
  };
  constexpr const char* kBeyond = "has a number that does not fit into 64 bits";
  const Case cases[] = {
      {R"({"verdict_id":18446744073709551616,"outcome":"agreed"})", kBeyond},
      {R"({"verdict_id":1,"score":-9223372036854775809,"outcome":"x"})",
       kBeyond},
      {R"({"verdict_id":1,"score":1e400,"outcome":"agreed"})", kBeyond},
      {R"({"verdict_id":18446744073709551615,"outcome":"agreed"})",
       "verdict_id “******************15”: is no whole number up to "
       "9223372036854775807"},
      {R"({"verdict_id":"9223372036854775808","outcome":"agreed"})",
       "verdict_id “*****************08”: is no whole number up to "
       "9223372036854775807"},
      {R"({"verdict_id":1.5,"outcome":"agreed"})",
       "verdict_id: is neither a text nor a whole number"},
      {R"({"verdict_id":1,"outcome":"agreed")",
       "is no JSON object: the row ends in the middle of its object: a } is "
       "missing (byte 35 of the row)"},
      {R"({"verdict_id":1,"outcome":agreed})",
       "is no JSON object: a value cannot begin like this (byte 27 of the "
       "row)"},
  };
  for (const Case& tried : cases) {
    const DecisionRows rows = read_decisions(tried.text, "demo_clerk");
    BOOST_TEST_REQUIRE(rows.faults.size() == 1u, tried.text);
    BOOST_TEST(rows.faults[0].what == tried.fault);
  }
}

BOOST_AUTO_TEST_SUITE_END()
