// SPDX-License-Identifier: Apache-2.0
#include "record/verdict_json.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_CASE(a_ruleset_that_was_written_before_is_written_alike) {
  Verdict verdict;
  verdict.id = "r-1";
  verdict.position.line = 7;
  const std::vector<std::string> packs = {"a@1.0.0", "with \"quotes\"@2"};
  VerdictOrigin origin{.source = "log.jsonl",
                       .digest = "sha256:demo",
                       .packs = &packs,
                       .profile = "cn-realname"};
  std::string one_by_one;
  append_json(one_by_one, verdict, origin);
  const std::string policy = policy_json(origin);
  origin.policy = policy;
  std::string before;
  append_json(before, verdict, origin);
  BOOST_TEST(before == one_by_one);
  BOOST_TEST(before ==
             R"({"id":"r-1","kind":"request","action":"pass","score":0,)"
             R"("source":{"name":"log.jsonl","line":7},)"
             R"("policy":{"digest":"sha256:demo",)"
             R"("packs":["a@1.0.0","with \"quotes\"@2"],)"
             R"("profile":"cn-realname"}})");
}
