// SPDX-License-Identifier: Apache-2.0
#include "rollout/unanswered.h"

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "policy/sample.h"

namespace simwarden {
namespace {

constexpr char kPack[] = R"(pack: demo
version: 1.0.0
asks: request
title: Demo
families: {a: A}
parameters:
  dear: {type: double, default: 50, doc: D, source: S, confidence: default}
  grave: {type: int, default: 40, doc: D, source: S, confidence: default}
  often: {type: int, default: 3, doc: D, source: S, confidence: default}
windows:
  dear_1h: {doc: D, count: requests, by: request.agent.id, over: 1h, where: request.fee.amount > profile.dear}
rules:
  - id: R-1
    title: T
    family: a
    severity: low
    score: 10
    from_score: profile.grave
    applies: in_list('shops', request.channel.id)
    flag: windows.dear_1h > 2
    reason: R.
  - {id: R-2, title: T, family: a, severity: low, score: 10, flag: windows.late, reason: R.}
)";
constexpr char kList[] = R"(list: shops
title: T
of: text
status: example
version: v1
checked: never
source: S
entries: [one]
)";
constexpr char kSeen[] = R"(list: shorteners
title: T
of: domain
status: example
version: v1
checked: never
source: S
entries: [s.example]
)";
constexpr char kWaivers[] = R"(waivers:
  - {id: W-1, rule: R-2, when: request.history.sim_swaps_30d > profile.often, asked_by: A, approved_by: B, why: W, until: 2026-12-31}
)";

using Texts = std::vector<std::string>;

// A file in which one text is another.
std::string edited(std::string text, const std::string& from,
                   const std::string& to) {
  const size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

Texts unanswered(const std::string& from, const std::string& to) {
  const FactSchema schema;
  const auto load = [&](const std::string& a, const std::string& b) {
    sample::MapFiles files;
    files.put("p/demo/pack.yaml", edited(kPack, a, b));
    files.put("p/lists/shops.yaml", edited(kList, a, b));
    files.put("p/lists/shorteners.yaml", edited(kSeen, a, b));
    files.put("p/waivers.yaml", edited(kWaivers, a, b));
    return load_packs(files, "p", schema);
  };
  const auto before = load("", "");
  const auto after = load(from, to);
  const auto found = unanswered_rules(compare(schema, *before, *after), *before,
                                      *after, {"R-1", "R-2"});
  return {found.begin(), found.end()};
}

}  // namespace

BOOST_AUTO_TEST_CASE(rules_are_named_that_may_be_answered_otherwise) {
  struct Row {
    const char* from;
    const char* to;
    Texts named;
  };
  const Row rows[] = {
      {"", "", {}},
      {"1.0.0", "1.0.1", {}},
      {"dear_1h > 2", "dear_1h > 3", {"R-1"}},
      {"over: 1h", "over: 2h", {"R-1"}},
      {"default: 50", "default: 60", {"R-1"}},  // of its window
      {"default: 40", "default: 30", {"R-1"}},  // that it waits for
      {"[one]", "[one, two]", {"R-1"}},
      {"[s.example]", "[t.example]", {"R-1", "R-2"}},
      {"default: 3", "default: 4", {"R-2"}},  // of its waiver
      {"2026-12-31", "2026-11-30", {"R-2"}},
  };
  for (const Row& row : rows) {
    const Texts named = unanswered(row.from, row.to);
    BOOST_TEST(named == row.named, boost::test_tools::per_element());
  }
}

}  // namespace simwarden
