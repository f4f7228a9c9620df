// SPDX-License-Identifier: Apache-2.0
#include "report/people.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

// What people decided about one record, and what of it counts in the end.
namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(an_earlier_time_that_is_told_later_changes_no_remedy) {
  const auto told = [](const std::string& outcome, int day, int stored_on) {
    return DecisionNote{
        .decided_at = fmt::format("2026-02-{:02}T09:00:00Z", day),
        .stored_at = fmt::format("2026-02-{:02}T09:00:00Z", stored_on),
        .outcome = outcome};
  };
  PeopleNumbers numbers;
  PeopleTally tally(numbers);
  tally.add({told("fraud_confirmed", 10, 10), told("remedied", 12, 12),
             told("remedied", 11, 20), told("fraud_confirmed", 12, 20)},
            Action::hold);
  BOOST_TEST(numbers.hours_to_remedy == std::vector<double>{48},
             boost::test_tools::per_element());
  BOOST_TEST(numbers.told_later == 0u);
  tally.add({told("remedied", 5, 5), told("fraud_confirmed", 10, 10),
             told("remedied", 11, 20)},
            Action::hold);
  tally.finish();
  BOOST_TEST(numbers.hours_to_remedy == (std::vector<double>{24, 48}),
             boost::test_tools::per_element());
  BOOST_TEST(numbers.told_later == 1u);
}

BOOST_AUTO_TEST_CASE(a_remedy_dated_before_its_confirmation_is_counted_apart) {
  const auto told = [](const std::string& outcome, int day) {
    const std::string time = fmt::format("2026-02-{:02}T09:00:00Z", day);
    return DecisionNote{
        .decided_at = time, .stored_at = time, .outcome = outcome};
  };
  PeopleNumbers numbers;
  PeopleTally tally(numbers);
  tally.add({told("fraud_confirmed", 10), told("remedied", 9)}, Action::hold);
  BOOST_TEST(numbers.hours_to_remedy.empty());
  BOOST_TEST(numbers.remedied_before == 1u);
  // That remedied something else, and the fraud waits for its remedy.
  tally.add({told("remedied", 9), told("fraud_confirmed", 10)}, Action::hold);
  tally.add({told("fraud_confirmed", 10)}, Action::hold);
  BOOST_TEST(numbers.remedied_before == 1u);
}

// Of one request, in the order of the words.
PeopleNumbers told(Action action, const std::vector<std::string>& words) {
  std::vector<DecisionNote> decisions;
  for (const std::string& word : words) {
    const std::string time =
        fmt::format("2026-02-{:02}T09:00:00Z", 10 + decisions.size());
    decisions.push_back({.decision_id = int64_t(decisions.size()) + 1,
                         .action = action,
                         .decided_at = time,
                         .stored_at = time,
                         .outcome = word});
  }
  mark_taken_back(decisions);
  PeopleNumbers numbers;
  PeopleTally tally(numbers);
  tally.add(decisions, action);
  tally.add_month(decisions, "us-fcc", "2026-02-01T00:00:00Z");
  tally.finish();
  return numbers;
}

// "approved refused": the outcomes that hold.
std::string holding(const PeopleNumbers& numbers) {
  std::string names;
  for (const auto& [name, kinds] : numbers.outcomes) {
    if (kinds[0] > 0) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

BOOST_AUTO_TEST_CASE(what_was_taken_back_later_counts_no_more) {
  struct Row {
    std::vector<std::string> words;
    std::string hold;
    uint64_t fraud;
    uint64_t taken_back;
  };
  const Row rows[] = {
      {{"fraud_confirmed", "false_alarm"}, "false_alarm", 0, 1},
      {{"fraud_confirmed", "appealed", "approved"}, "appealed approved", 0, 1},
      {{"false_alarm", "fraud_confirmed"}, "fraud_confirmed", 1, 1},
      {{"fraud_confirmed", "false_alarm", "fraud_confirmed"},
       "fraud_confirmed",
       1,
       1},
      {{"approved", "refused"}, "refused", 0, 1},
      {{"refused", "appealed", "approved"}, "appealed approved", 0, 1},
      // These say more, and nothing else.
      {{"approved", "complained", "fraud_confirmed"},
       "approved complained fraud_confirmed",
       1,
       0},
      {{"fraud_confirmed", "refused"}, "fraud_confirmed refused", 1, 0},
      {{"fraud_confirmed", "remedied", "complained", "disagreed"},
       "complained disagreed fraud_confirmed remedied",
       1,
       0},
      {{"refused", "false_alarm"}, "false_alarm refused", 0, 0}};
  for (const Row& row : rows) {
    const PeopleNumbers numbers = told(Action::hold, row.words);
    BOOST_TEST_CONTEXT(row.hold) {
      BOOST_TEST(holding(numbers) == row.hold);
      BOOST_TEST(numbers.taken_back[0] == row.taken_back);
      const auto& months = numbers.months.at("us-fcc");
      BOOST_TEST(months.begin()->second.fraud == row.fraud);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_fraud_that_was_none_has_no_time_to_its_remedy) {
  BOOST_TEST(told(Action::hold, {"fraud_confirmed", "remedied", "false_alarm"})
                 .hours_to_remedy.empty());
  // It runs from the confirmation that holds.
  BOOST_TEST(told(Action::hold, {"fraud_confirmed", "false_alarm",
                                 "fraud_confirmed", "remedied"})
                     .hours_to_remedy == std::vector<double>{24},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_complaint_does_not_hide_who_let_it_through_alone) {
  const auto alone = [](const std::vector<std::string>& words) {
    return told(Action::hold, words).one_person[0];
  };
  BOOST_TEST(alone({"approved"}) == 1u);
  BOOST_TEST(alone({"approved", "complained", "agreed"}) == 1u);
  BOOST_TEST(alone({"approved", "appealed", "refused"}) == 0u);
  BOOST_TEST(alone({"complained"}) == 0u);
}

BOOST_AUTO_TEST_CASE(the_log_shows_what_was_taken_back_and_by_what) {
  const PeopleNumbers numbers = told(
      Action::pass, {"approved", "fraud_confirmed", "false_alarm", "approved"});
  BOOST_TEST_REQUIRE(numbers.log.size() == 3u);  // the newest first
  BOOST_TEST(numbers.log[0].outcome == "approved");
  BOOST_TEST(numbers.log[1].outcome == "false_alarm");
  BOOST_TEST(numbers.log[1].taken_back == "");
  BOOST_TEST(numbers.log[2].outcome == "fraud_confirmed");
  BOOST_TEST(numbers.log[2].taken_back == "false_alarm");
  BOOST_TEST(told(Action::pass, {"approved", "refused"}).log.empty());
}

BOOST_AUTO_TEST_CASE(what_went_against_the_verdict_and_what_was_missed) {
  struct Row {
    Action action;
    std::vector<std::string> words;
    uint64_t against;
    uint64_t missed;
  };
  const Row rows[] = {
      {Action::pass, {"fraud_confirmed"}, 1, 1},
      {Action::review, {"approved", "fraud_confirmed", "remedied"}, 1, 1},
      {Action::review, {"fraud_confirmed", "false_alarm"}, 0, 0},
      {Action::hold, {"fraud_confirmed"}, 0, 0},
      {Action::hold, {"false_alarm"}, 1, 0},
      {Action::refuse, {"false_alarm", "approved"}, 1, 0},
      {Action::refuse, {"approved", "refused"}, 0, 0},
      {Action::pass, {"refused", "fraud_confirmed"}, 1, 1},
      {Action::pass, {"refused"}, 1, 0},
      {Action::pass, {"refused", "approved"}, 0, 0},
      {Action::pass, {"false_alarm"}, 0, 0},
      {Action::hold, {"approved"}, 0, 0}};
  for (const Row& row : rows) {
    const PeopleNumbers numbers = told(row.action, row.words);
    BOOST_TEST_CONTEXT(name_of(row.action) << " " << row.words[0]) {
      BOOST_TEST(numbers.overridden[0] == row.against);
      BOOST_TEST(numbers.missed[0] == row.missed);
    }
  }
}

}  // namespace
}  // namespace simwarden
