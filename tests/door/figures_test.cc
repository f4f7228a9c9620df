// SPDX-License-Identifier: Apache-2.0
#include "door/figures.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

namespace simwarden {
namespace {

using std::chrono::microseconds;

Verdict verdict(std::string id, Action action,
                const std::vector<std::string>& rules) {
  Verdict made{.id = std::move(id), .action = action};
  for (const std::string& rule : rules) {
    made.findings.push_back({.rule = rule});
  }
  return made;
}

BOOST_AUTO_TEST_CASE(what_is_counted_together_stands_newest_first) {
  FigureKeeper keeper("1.2.3");
  SittingTally tally;
  tally.add(verdict("a", Action::pass, {}), microseconds(3));
  tally.add(verdict("b", Action::hold, {"R-1", "R-2"}), microseconds(4));
  keeper.count(tally, "http");
  tally.clear();
  Verdict shadowed = verdict("c", Action::pass, {"R-1", "R-3"});
  shadowed.findings[0].shadow = true;
  tally.add(shadowed, microseconds(5));
  keeper.count(tally, "milter");

  const DoorFigures figures = keeper.figures();
  BOOST_TEST(figures.version == "1.2.3");
  BOOST_TEST(figures.judged == 3u);
  BOOST_TEST(figures.actions[size_t(Action::pass)] == 2u);
  BOOST_TEST(figures.actions[size_t(Action::hold)] == 1u);
  BOOST_TEST(figures.hits.size() == 3u);
  BOOST_TEST(figures.hits.at("R-1") == 1u);
  BOOST_TEST((figures.spent == microseconds(12)));
  BOOST_REQUIRE(figures.newest.size() == 3u);
  BOOST_TEST(figures.newest[0].id == "c");
  BOOST_TEST(figures.newest[0].door == "milter");
  BOOST_TEST(figures.newest[0].rules == std::vector<std::string>{"R-3"},
             boost::test_tools::per_element());
  BOOST_TEST(figures.newest[1].id == "b");
  BOOST_TEST(figures.newest[1].door == "http");
  BOOST_TEST(figures.newest[2].id == "a");
  BOOST_TEST(figures.newest[2].rules.empty());
}

BOOST_AUTO_TEST_CASE(a_self_test_is_counted_as_one_and_among_no_verdicts) {
  FigureKeeper keeper("");
  SittingTally tally;
  BOOST_TEST(tally.is_empty());
  tally.add_self_test();
  BOOST_TEST(!tally.is_empty());
  tally.add(verdict("a", Action::hold, {"R-1"}), microseconds(3));
  BOOST_TEST(tally.self_tests() == 1u);
  keeper.count(tally, "rspamd");
  tally.clear();
  BOOST_TEST(tally.is_empty());
  BOOST_TEST(tally.self_tests() == 0u);
  const DoorFigures figures = keeper.figures();
  BOOST_TEST(figures.judged == 1u);
  BOOST_TEST(figures.newest.size() == 1u);
}

BOOST_AUTO_TEST_CASE(older_ones_are_forgotten_and_rows_used_again) {
  FigureKeeper keeper("");
  SittingTally tally;
  size_t count = 0;
  for (const size_t together : {size_t{150}, kLatelyMax, size_t{30}}) {
    for (size_t i = 0; i < together; ++i, ++count) {
      std::vector<std::string> rules;
      if (count % 2 == 1) rules.emplace_back("R");
      BOOST_TEST(!tally.is_full());
      tally.add(verdict(fmt::format("id-{}", count), Action::review, rules),
                microseconds(1));
    }
    BOOST_TEST(tally.is_full() == (together == kLatelyMax));
    keeper.count(tally, "door");
    tally.clear();
  }
  const DoorFigures figures = keeper.figures();
  BOOST_TEST(figures.judged == count);
  BOOST_TEST(figures.hits.at("R") == count / 2);
  BOOST_REQUIRE(figures.newest.size() == kLatelyMax);
  for (size_t i = 0; i < kLatelyMax; ++i) {
    const size_t number = count - 1 - i;
    BOOST_TEST(figures.newest[i].id == fmt::format("id-{}", number));
    BOOST_TEST(figures.newest[i].rules.size() == number % 2);
  }
}

}  // namespace
}  // namespace simwarden
