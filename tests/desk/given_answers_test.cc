// SPDX-License-Identifier: Apache-2.0
#include "desk/given_answers.h"

#include <atomic>
#include <thread>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

using Turn = GivenAnswers::Turn;
constexpr GivenAnswers::Clock::time_point kNow{};

void give(GivenAnswers& answers, const std::string& record,
          GivenAnswers::Clock::time_point now = kNow) {
  Turn turn(&answers, record, now);
  turn.give({.stored_as = "1-" + record});
}

// What was given before; "": nothing.
std::string given(GivenAnswers& answers, const std::string& record,
                  GivenAnswers::Clock::time_point now = kNow) {
  const Turn turn(&answers, record, now);
  return turn.before() ? turn.before()->stored_as : "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(given_answers)

BOOST_AUTO_TEST_CASE(what_was_given_is_known_again_and_nothing_else) {
  GivenAnswers answers;
  give(answers, "a");
  BOOST_TEST(given(answers, "a") == "1-a");
  BOOST_TEST(given(answers, "a") == "1-a");
  BOOST_TEST(given(answers, "b") == "");
  BOOST_TEST(answers.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_turn_that_gave_nothing_leaves_nothing) {
  GivenAnswers answers;
  { const Turn turn(&answers, "a", kNow); }
  BOOST_TEST(answers.size() == 0u);
  BOOST_TEST(given(answers, "a") == "");
}

BOOST_AUTO_TEST_CASE(a_record_that_nothing_names_is_never_known_again) {
  GivenAnswers answers;
  give(answers, "");
  BOOST_TEST(given(answers, "") == "");
  Turn nobodys(nullptr, "a", kNow);
  nobodys.give({});
  BOOST_TEST(!nobodys.before().has_value());
}

BOOST_AUTO_TEST_CASE(
    what_was_given_anew_stands_in_the_place_of_the_one_before) {
  GivenAnswers answers;
  give(answers, "a");
  {
    Turn turn(&answers, "a", kNow);
    turn.give({.stored_as = "2-a"});
  }
  BOOST_TEST(given(answers, "a") == "2-a");
}

BOOST_AUTO_TEST_CASE(the_oldest_go_beyond_the_bound) {
  GivenAnswers answers;
  give(answers, "first");
  give(answers, "anew");
  for (size_t i = 0; i < GivenAnswers::kRecords - 1; ++i) {
    if (i == 7) give(answers, "anew");  // as young as its newest answer
    give(answers, std::to_string(i));
  }
  BOOST_TEST(given(answers, "first") == "");
  BOOST_TEST(given(answers, "anew") == "1-anew");
  BOOST_TEST(answers.size() <= GivenAnswers::kRecords);
}

BOOST_AUTO_TEST_CASE(what_is_too_old_goes) {
  GivenAnswers answers;
  give(answers, "a");
  BOOST_TEST(given(answers, "a", kNow + GivenAnswers::kFor) == "1-a");
  const auto later = kNow + GivenAnswers::kFor + std::chrono::seconds(1);
  BOOST_TEST(given(answers, "a", later) == "");
  BOOST_TEST(answers.size() == 0u);
}

BOOST_AUTO_TEST_CASE(
    all_that_was_given_can_be_forgotten_in_the_middle_of_a_turn) {
  GivenAnswers answers;
  give(answers, "a");
  give(answers, "b");
  {
    const Turn turn(&answers, "a", kNow);
    answers.forget_all();
    BOOST_TEST(given(answers, "b") == "");
  }
  BOOST_TEST(given(answers, "a") == "");
  BOOST_TEST(answers.size() == 0u);
}

// Of many that come at once one is the first.
BOOST_AUTO_TEST_CASE(one_at_a_time_has_the_turn) {
  GivenAnswers answers;
  std::atomic<int> firsts = 0;
  std::atomic<int> inside = 0;
  std::atomic<bool> were_two = false;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 8; ++i) {
    crowd.emplace_back([&] {
      for (int record = 0; record < 200; ++record) {
        Turn turn(&answers, std::to_string(record), kNow);
        if (turn.before()) continue;
        ++firsts;
        turn.give({.stored_as = "1"});
      }
      Turn turn(&answers, "all", kNow);
      if (++inside > 1) were_two = true;
      std::this_thread::yield();
      --inside;
    });
  }
  for (std::thread& one : crowd) one.join();
  BOOST_TEST(firsts == 200);
  BOOST_TEST(!were_two);
}

BOOST_AUTO_TEST_SUITE_END()
