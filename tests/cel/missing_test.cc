// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/value/value.h"

// A fact that was not recorded. `count` is slot 3, `text` 6, `tags` 11; on
// this desk none of the three is there.
namespace cel {
namespace {

struct Row {
  const char* source;
  const char* answer;
};

}  // namespace

BOOST_AUTO_TEST_CASE(missing_facts_pass_through_unless_something_decides) {
  const Row rows[] = {
      {"count", "missing(3)"},
      {"count + 1 > 2", "missing(3)"},
      {"text.contains('a')", "missing(6)"},
      {"count == 1 || text == 'a'", "missing(3, 6)"},
      {"[count, size(text)]", "missing(3, 6)"},
      {"{'a': count}", "missing(3)"},
      {"math.greatest(count, size(text), size(tags))", "missing(3, 6, 11)"},
      // one operand decides
      {"false && count == 1", "false"},
      {"count == 1 && false", "false"},
      {"true || count == 1", "true"},
      {"count == 1 || true", "true"},
      {"true && count == 1", "missing(3)"},
      {"false || count == 1", "missing(3)"},
      // missing beats error when nothing decides
      {"1 / 0 > 0 || count == 1", "missing(3)"},
      {"count == 1 && 1 / 0 > 0", "missing(3)"},
      {"count + 1 / 0", "missing(3)"},
      {"1 / 0 > 0 || count == 1 || true", "true"},
      // lists
      {"tags.exists(t, t == 'x')", "missing(11)"},
      {"size(tags) == 0", "missing(11)"},
      {"'x' in tags", "missing(11)"},
      {"count in [1, 2]", "missing(3)"},
      {"text in ['a', 'b']", "missing(6)"},
      {"request.links.exists(l, l.port == 443)", "true"},
      {"request.links.exists(l, l.port == 80)", "missing(15)"},
      {"request.links.all(l, l.port == 80)", "false"},
      {"request.links.all(l, l.port == 443)", "missing(15)"},
      {"request.links.exists_one(l, l.port == 443)", "missing(15)"},
      {"request.links.filter(l, l.port == 443).size()", "missing(15)"},
      {"request.links.map(l, l.port)", "missing(15)"},
      {"[1, 2].exists(x, x == count)", "missing(3)"},
      {"[1, 2].all(x, x == 3 && x == count)", "false"},
      // only what is looked at counts
      {"ok ? 1 : count", "1"},
      {"ok ? count : 1", "missing(3)"},
      {"count == 1 ? 1 : 2", "missing(3)"},
      {"cel.bind(c, count, ok || c == 1)", "true"},
      {"cel.bind(c, count, c)", "missing(3)"},
      // asked for on purpose
      {"has(count)", "error"},
      {"has(request.channel.id)", "false"},
      {"has(request.channel.type)", "true"},
      {"has(request.links[0].port) && !has(request.links[1].port)", "true"},
      {"has(request.channel.id) && request.channel.id == 'x'", "false"},
      {"!has(request.channel.id) || request.channel.id == 'x'", "true"},
      {"request.channel.id == 'x'", "missing(14)"},
  };
  Desk desk;
  for (const char* name : {"count", "text", "tags"}) desk.forget(name);
  for (const Row& row : rows) {
    const std::string answer = desk.run(row.source);
    if (std::string_view(row.answer) == "error") {
      BOOST_TEST(answer.find("C104") != std::string::npos, answer);
    } else {
      BOOST_TEST(answer == row.answer, row.source << " is " << answer);
    }
  }
}

// One of two tags is there. That it is no other is not proven.
BOOST_AUTO_TEST_CASE(a_list_with_a_missing_element_is_not_proven_unlike) {
  const Row rows[] = {
      {"tags == ['a', 'b']", "missing(11)"},
      {"tags != ['a', 'b']", "missing(11)"},
      {"['a', 'b'] == tags", "missing(11)"},
      {"tags == 1 || true", "true"},
      {"[tags] != [['a', 'b']]", "missing(11)"},
      {"{'x': tags} == {'x': ['a', 'b']}", "missing(11)"},
      {"sets.contains(tags, ['a'])", "true"},
      {"sets.contains(tags, ['b'])", "missing(11)"},
      {"sets.intersects(tags, ['b', 'a'])", "true"},
      {"!sets.intersects(tags, ['b'])", "missing(11)"},
      {"sets.equivalent(tags, ['a'])", "missing(11)"},
      {"request.links[0] == request.links[0]", "true"},
      {"request.links[0] != request.links[1]", "missing(15)"},
  };
  Desk desk;
  const Value elements[] = {Value::of_string("a"),
                            desk.keep().make_missing(desk.slot("tags"), 1)};
  desk.set("tags", desk.keep().make_list(elements));
  CompileOptions unchecked;
  unchecked.checked = false;
  for (const Row& row : rows) {
    BOOST_TEST(desk.run(row.source, unchecked) == row.answer, row.source);
  }
}

BOOST_AUTO_TEST_CASE(a_joined_tree_names_each_slot_once) {
  Scratch scratch;
  Value joined = scratch.make_missing(9, 1);
  // Joining a tree with itself again and again doubles the ways through it,
  // not the work.
  for (uint32_t i = 0; i < 64; ++i) {
    const Value leaf = scratch.make_missing(i % 3, 1);
    joined = scratch.join_missing(scratch.join_missing(joined, leaf), joined);
  }
  const std::vector<uint32_t> expected = {0, 1, 2, 9};
  BOOST_TEST(missing_slots(joined.as_missing()) == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fact_of_another_type_than_declared_is_an_error) {
  Desk desk;
  desk.set("text", Value::of_int(7));
  BOOST_TEST(desk.run("text.contains('a')") ==
             "error('the fact is not of its declared type')");
}

}  // namespace cel
