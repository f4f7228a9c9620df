// SPDX-License-Identifier: Apache-2.0
#include "judge/score.h"

#include <algorithm>
#include <random>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

const Thresholds kUsual;

Points flag(std::string_view family, double score,
            Action floor = Action::pass) {
  return {family, score, floor, false};
}
Points duty(std::string_view family, double score,
            Action floor = Action::pass) {
  return {family, score, floor, true};
}

}  // namespace

BOOST_AUTO_TEST_CASE(points_add_up_by_family) {
  struct Row {
    const char* why;
    std::vector<Points> points;
    double score;
    Action action;
  };
  const Row rows[] = {
      {"nothing hit", {}, 0, Action::pass},
      {"one rule", {flag("a", 19)}, 19, Action::pass},
      {"the threshold itself", {flag("a", 20)}, 20, Action::review},
      {"highest plus a quarter of the others",
       {flag("a", 45), flag("a", 25), flag("a", 20)},
       56.25,
       Action::hold},
      {"families add up", {flag("a", 45), flag("b", 25)}, 70, Action::refuse},
      {"never more than 100",
       {flag("a", 90), flag("b", 90)},
       100,
       Action::refuse},
      {"a floor lifts the action, not the points",
       {flag("a", 5, Action::hold)},
       5,
       Action::hold},
      {"what waits for a score comes in when the others reach it",
       {flag("a", 40), {"b", 20, Action::pass, false, 40}},
       60,
       Action::hold},
      {"and stays out when they do not",
       {flag("a", 39), {"b", 20, Action::refuse, false, 40}},
       39,
       Action::review},
      {"what waits for nothing counts, and wakes nobody",
       {{"b", 20, Action::pass, false, 0}, {"c", 20, Action::pass, false, 20}},
       20,
       Action::review},
      {"another pack does not wake it",
       {flag("a", 40), {"b", 20, Action::pass, false, 40, "other"}},
       40,
       Action::hold},
      {"those that wait do not lift each other",
       {flag("a", 40),
        {"b", 20, Action::pass, false, 40},
        {"c", 20, Action::pass, false, 60}},
       60,
       Action::hold},
      {"a rule without points counts for nothing",
       {flag("a", 0)},
       0,
       Action::pass},
  };
  for (const Row& row : rows) {
    const Sum sum = add_up(row.points, kUsual);
    BOOST_TEST(sum.score == row.score, row.why);
    BOOST_TEST((sum.action == row.action), row.why);
  }
}

BOOST_AUTO_TEST_CASE(the_order_of_rules_changes_nothing) {
  std::mt19937 random(7);
  std::vector<Points> points;
  const std::string_view families[] = {"a", "b", "c"};
  for (int i = 0; i < 12; ++i) {
    points.push_back(flag(families[random() % 3], double(random() % 97) / 7));
  }
  const double before = add_up(points, kUsual).score;
  for (int i = 0; i < 50; ++i) {
    std::shuffle(points.begin(), points.end(), random);
    BOOST_TEST(add_up(points, kUsual).score == before);
  }
}

BOOST_AUTO_TEST_CASE(the_way_out_is_the_smallest_set_of_duties) {
  struct Row {
    const char* why;
    std::vector<Points> points;
    std::vector<size_t> duties;
    Action becomes;
  };
  const Row rows[] = {
      {"one duty is enough", {duty("a", 45), flag("b", 10)}, {0}, Action::pass},
      {"the cheaper of two sets",
       {duty("a", 15), duty("b", 15), duty("c", 30)},
       {0, 2},
       Action::pass},
      {"signs alone cannot be mended", {flag("a", 70)}, {}, Action::pass},
      {"signs keep it in review",
       {duty("a", 45), flag("b", 25)},
       {0},
       Action::review},
      {"duties that would change nothing are not named",
       {duty("a", 5), flag("b", 90)},
       {},
       Action::pass},
      {"a floor goes with its duty",
       {duty("a", 5, Action::hold)},
       {0},
       Action::pass},
  };
  for (const Row& row : rows) {
    const WayOut out = find_way_out(row.points, kUsual);
    BOOST_TEST(out.duties == row.duties, row.why);
    if (!out.duties.empty()) BOOST_TEST((out.becomes == row.becomes), row.why);
  }
}

// With more duties than are tried in every combination the set found must
// still do what it says, and no duty in it may be dispensable.
BOOST_AUTO_TEST_CASE(a_way_out_of_many_duties_works_and_has_no_spare) {
  std::mt19937 random(11);
  const std::string_view families[] = {"a", "b", "c", "d"};
  for (int round = 0; round < 200; ++round) {
    std::vector<Points> points;
    const size_t count = 3 + random() % 14;
    for (size_t i = 0; i < count; ++i) {
      points.push_back({families[random() % 4], double(random() % 60),
                        Action::pass, random() % 3 != 0});
    }
    const WayOut out = find_way_out(points, kUsual);
    if (out.duties.empty()) continue;
    const auto action_when_met = [&](const std::vector<size_t>& met) {
      std::vector<Points> rest;
      for (size_t i = 0; i < points.size(); ++i) {
        if (!std::count(met.begin(), met.end(), i)) rest.push_back(points[i]);
      }
      return add_up(rest, kUsual).action;
    };
    BOOST_TEST((action_when_met(out.duties) == out.becomes));
    BOOST_TEST((out.becomes < add_up(points, kUsual).action));
    for (const size_t spare : out.duties) {
      std::vector<size_t> fewer = out.duties;
      std::erase(fewer, spare);
      BOOST_TEST((action_when_met(fewer) != out.becomes));
    }
  }
}
