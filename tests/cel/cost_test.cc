// SPDX-License-Identifier: Apache-2.0
#include "cel/check/cost.h"

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"

// What an expression can take at worst. `text` has 256 bytes, `tags` 50
// elements of as many, `essay` 8 MiB.
namespace cel {
namespace {

uint64_t steps_of(const Desk& desk, const char* source) {
  simwarden::Issues issues;
  const auto program = compile(source, desk.environment(), {}, issues);
  BOOST_TEST_REQUIRE(program, source << render(issues));
  return program->cost().steps;
}

struct Row {
  const char* source;
  uint64_t steps;
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_grows_is_not_taken_for_short) {
  const Row rows[] = {
      {"lists.range(count).all(i, !text.contains(string(i)))", 10'000 * 16},
      {"text.replace('a', text).contains('x')", 256 * 256 / 16},
      {"regex.replace(text, 'a', text).contains('x')", 256 * 256 / 16},
      {"tags.join(text).contains('x')", 50 * 512 / 16},
      {"strings.quote(strings.quote(text)).contains('x')", 9 * 256 / 16},
      {"request.channel.?id.orValue('').contains('x')", 256 / 16},
      {"request.channel.?id.optMap(i, i.contains('x')).orValue(ok)", 256 / 16},
      {"{'x': essay}.x.contains('x')", (8 << 20) / 16},
      {"[[essay]].all(l, l.all(e, e.contains('x')))", (8 << 20) / 16},
      {"essay.trim() == 'x'", (8 << 20) / 2},
  };
  const Desk desk;
  for (const Row& row : rows) {
    BOOST_TEST(steps_of(desk, row.source) >= row.steps,
               row.source << ": " << steps_of(desk, row.source));
  }
}

BOOST_AUTO_TEST_CASE(what_is_short_is_not_taken_for_long) {
  const Row rows[] = {
      {"tags[0] == 'x'", 30},
      {"tags.first().orValue('') == 'x'", 60},
      {"tags.sort()[0] == 'x'", 2'000},
      {"(tags + tags).exists(t, t == 'x')", 3'000},
      {"text.replace(' ', '-') == 'x'", 500},
      {"text.split(' ').exists(t, t == 'x')", 5'000},
      {"essay.contains('x') && essay.contains('y')", (9 << 20) / 8},
  };
  const Desk desk;
  for (const Row& row : rows) {
    BOOST_TEST(steps_of(desk, row.source) <= row.steps,
               row.source << ": " << steps_of(desk, row.source));
  }
}

}  // namespace cel
