// SPDX-License-Identifier: Apache-2.0
#include "desk/incidents.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(what_waits_is_told_after_a_minute_whoever_comes) {
  using std::chrono::seconds;
  const std::vector<ListenerSettings> doors(1);
  ServeLog log({});
  Incidents incidents(doors, log);
  const Incidents::Clock::time_point begin(seconds(1000));
  BOOST_TEST(incidents.say_due(begin) == 0u);
  incidents.note(0, DoorEvent::malformed, begin);
  incidents.note(0, DoorEvent::malformed, begin + seconds(1));
  incidents.note(0, DoorEvent::malformed, begin + seconds(2));
  BOOST_TEST(incidents.say_due(begin + seconds(59)) == 0u);
  BOOST_TEST(incidents.say_due(begin + seconds(60)) == 1u);
  BOOST_TEST(incidents.say_due(begin + seconds(200)) == 0u);
}

}  // namespace
}  // namespace simwarden
