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

}  // namespace
}  // namespace simwarden
