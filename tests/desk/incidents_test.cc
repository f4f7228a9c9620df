// SPDX-License-Identifier: Apache-2.0
#include "desk/incidents.h"

#include <algorithm>
#include <cstdio>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace simwarden {
namespace {

// Takes what is written to stderr.
class OnStderr {
 public:
  OnStderr() : was_(::dup(STDERR_FILENO)), file_(std::tmpfile()) {
    ::dup2(::fileno(file_), STDERR_FILENO);
  }
  OnStderr(const OnStderr&) = delete;
  OnStderr& operator=(const OnStderr&) = delete;
  ~OnStderr() {
    give_back();
    ::close(was_);
    (void)std::fclose(file_);
  }
  // REQUIRES: whoever writes has ended.
  std::string all() const {
    give_back();
    constexpr size_t kBytesMax = 4096;
    std::string text(kBytesMax, ' ');
    const ssize_t got = ::pread(::fileno(file_), text.data(), text.size(), 0);
    text.resize(size_t(std::max<ssize_t>(got, 0)));
    return text;
  }

 private:
  void give_back() const { ::dup2(was_, STDERR_FILENO); }
  int was_;
  std::FILE* file_;
};

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

// The keeper of the log need not look elsewhere for what went wrong.
BOOST_AUTO_TEST_CASE(what_failed_here_is_told_beside_how_often) {
  const OnStderr pipe;
  {
    const std::vector<ListenerSettings> doors(1);
    ServeLog log({});
    Incidents incidents(doors, log);
    incidents.note(0, DoorEvent::failed, Incidents::Clock::time_point{},
                   {.what = "no memory", .correlator = "demo-call"});
  }
  const std::string said = pipe.all();
  BOOST_TEST(said.find("error no_verdict ") != std::string::npos, said);
  BOOST_TEST(
      said.find("why=failed times=1 what=\"no memory\" correlator=demo-call") !=
          std::string::npos,
      said);
}

std::string said_of(LogClients clients, std::vector<std::string> names) {
  const OnStderr pipe;
  {
    const std::vector<ListenerSettings> doors(1);
    ServeLog log({.clients = clients});
    Incidents incidents(doors, log);
    Incidents::Clock::time_point now;
    for (const std::string& name : names) {
      incidents.note(0, DoorEvent::refused, now, {.client = name});
    }
  }
  const std::string said = pipe.all();
  return said.substr(said.rfind("times=", said.rfind(" client") - 1));
}

BOOST_AUTO_TEST_CASE(who_came_most_since_the_last_line_is_told) {
  const std::vector<std::string> names = {
      "198.51.100.7", "192.0.2.7", "192.0.2.7", "198.51.100.7", "192.0.2.8"};
  BOOST_TEST(said_of(LogClients::address, names) ==
             "times=4 client=192.0.2.7 client_times=2\n");
  BOOST_TEST(said_of(LogClients::network, names) ==
             "times=4 client=192.0.2.0/24 client_times=3\n");
  BOOST_TEST(said_of(LogClients::network, {"2001:db8:1:2::7"}) ==
             "times=1 client=2001:db8:1::/48 client_times=1\n");
  BOOST_TEST(said_of(LogClients::network, {"uid:1000"}) ==
             "times=1 client=uid:1000 client_times=1\n");
}

BOOST_AUTO_TEST_CASE(nobody_is_named_where_that_is_left_out) {
  const OnStderr pipe;
  {
    const std::vector<ListenerSettings> doors(1);
    ServeLog log({.clients = LogClients::none});
    Incidents incidents(doors, log);
    incidents.note(0, DoorEvent::refused, {}, {.client = "192.0.2.7"});
  }
  BOOST_TEST(pipe.all().ends_with("why=refused times=1\n"));
}

}  // namespace
}  // namespace simwarden
