// SPDX-License-Identifier: Apache-2.0
#include "desk/meters.h"

#include <set>
#include <string_view>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

BOOST_AUTO_TEST_SUITE(meters)

BOOST_AUTO_TEST_CASE(every_event_at_a_door_has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (size_t event = 0; event < kDoorEvents; ++event) {
    BOOST_TEST(!name_of(DoorEvent(event)).empty(), event);
    names.insert(name_of(DoorEvent(event)));
  }
  BOOST_TEST(names.size() == kDoorEvents);
  BOOST_TEST(name_of(DoorEvent(kDoorEvents)) == "", "there are no more");
}

BOOST_AUTO_TEST_CASE(what_is_counted_is_told_of_its_door_alone) {
  std::vector<ListenerSettings> doors(2);
  doors[0].name = "desk";
  doors[1].name = "mail";
  Meters meters(doors);
  SittingTally tally;
  for (const Action action : {Action::pass, Action::hold, Action::hold}) {
    Verdict verdict;
    verdict.action = action;
    tally.add(verdict, std::chrono::microseconds(3));
  }
  tally.add_self_test();
  meters.judged(0, tally);
  meters.unreadable(1);
  meters.note(1, DoorEvent::connection);
  meters.note(1, DoorEvent::failed);

  const Meters::DoorCounts desk = meters.of_door(0);
  BOOST_TEST(desk.actions[size_t(Action::pass)] == 1u);
  BOOST_TEST(desk.actions[size_t(Action::review)] == 0u);
  BOOST_TEST(desk.actions[size_t(Action::hold)] == 2u);
  BOOST_TEST(desk.unreadable == 0u);
  const Meters::DoorCounts mail = meters.of_door(1);
  BOOST_TEST(mail.actions[size_t(Action::hold)] == 0u);
  BOOST_TEST(mail.unreadable == 1u);
  BOOST_TEST(mail.connections == 1u);

  const std::string text = meters.text({});
  for (const std::string_view row :
       {R"(simwarden_records_total{action="hold",door="desk"} 2)",
        R"(simwarden_records_total{action="hold",door="mail"} 0)",
        R"(simwarden_self_tests_total{door="desk"} 1)",
        R"(simwarden_unreadable_total{door="mail"} 1)",
        R"(simwarden_door_events_total{door="mail",event="failed"} 1)",
        R"(simwarden_door_events_total{door="desk",event="failed"} 0)",
        R"(simwarden_judging_seconds_count{door="desk"} 3)"}) {
    BOOST_TEST(text.find(row) != std::string::npos, row << '\n' << text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
