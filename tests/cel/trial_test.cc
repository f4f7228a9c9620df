// SPDX-License-Identifier: Apache-2.0
#include "cel/study/trial.h"

#include <string>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/value/regex.h"

namespace cel {

BOOST_AUTO_TEST_CASE(a_pattern_that_no_run_takes_is_told_before_one) {
  Desk desk;
  Scratch scratch;
  simwarden::Issues issues;
  const auto program = compile("text.matches(request.channel.id)",
                               desk.environment(), {}, issues);
  BOOST_REQUIRE(program);
  desk.set("text", Value::of_string("demo"));
  Trial trial(*program, [&](uint32_t slot) {
    return slot == desk.slot("request.channel.id");
  });
  const size_t most = kDynamicPatternBytesMax;
  for (const size_t bytes : {most, most + 1}) {
    const std::string pattern(bytes, 'b');
    desk.set("request.channel.id", Value::of_string(pattern));
    scratch.clear();
    const bool fails = program->evaluate(desk, scratch).is(Tag::error);
    const Tried tried = trial.with(desk);
    BOOST_TEST(fails == (bytes > most));
    BOOST_REQUIRE_EQUAL(tried.failures.size(), fails ? 1U : 0U);
    if (!fails) continue;
    BOOST_TEST(tried.failures[0].what ==
               "the pattern is longer than 1024 bytes");
  }
}

BOOST_AUTO_TEST_CASE(a_pattern_of_another_engine_is_told_with_its_help) {
  Desk desk;
  simwarden::Issues issues;
  const auto program = compile("text.matches(request.channel.id)",
                               desk.environment(), {}, issues);
  BOOST_REQUIRE(program);
  Trial trial(*program, [&](uint32_t slot) {
    return slot == desk.slot("request.channel.id");
  });
  desk.set("request.channel.id", Value::of_string("(?<year>[0-9]{4})"));
  const Tried tried = trial.with(desk);
  BOOST_REQUIRE_EQUAL(tried.failures.size(), 1U);
  BOOST_TEST(tried.failures[0].help ==
             "a group with a name is written (?P<name>...)");
}

}  // namespace cel
