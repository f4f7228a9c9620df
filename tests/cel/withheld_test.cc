// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"
#include "cel/run/suite.h"
#include "cel/value/environment.h"
#include "cel/value/scratch.h"
#include "cel/value/value_text.h"
#include "diag/issue.h"

// Facts that were recorded and are withheld: has() sees them, tokens answer
// whether two are the same, and nothing else is guessed.
namespace cel {
namespace {

// a, b: withheld, the same; c: withheld, another; d: withheld, nothing known;
// t: withheld, 12 code points; n: not recorded; e: withheld, empty or not;
// s: 'x'; l: [{k: withheld a}]
constexpr Withheld kFirst{.token = "1"};
constexpr Withheld kOther{.token = "2"};
constexpr Withheld kUnknown{};
constexpr Withheld kLong{.token = "3", .size = 12};
constexpr Withheld kAny{.may_be_empty = true};

const Type* item_type() {
  static const Type* type = object_type(
      "item", {{"k", string_type(), {}, ""}, {"m", string_type(), {}, ""}});
  return type;
}

class Facts final : public Activation {
 public:
  Value fact(uint32_t slot, Scratch& scratch) override {
    static const Missing missing[] = {
        {0, 3, nullptr, nullptr, &kFirst}, {1, 3, nullptr, nullptr, &kFirst},
        {2, 3, nullptr, nullptr, &kOther}, {3, 3, nullptr, nullptr, &kUnknown},
        {4, 3, nullptr, nullptr, &kLong},  {5, 0, nullptr, nullptr},
        {6, 3, nullptr, nullptr, &kAny}};
    if (slot < 7) return Value::of_missing(&missing[slot]);
    if (slot == 7) return Value::of_string("x");
    const auto members = scratch.values(2);
    members[0] = Value::of_missing(&missing[0]);
    members[1] = Value::of_string("m");
    const auto object = scratch.make<Object>(1);
    object[0] = {item_type(), members.data()};
    const auto items = scratch.values(1);
    items[0] = Value::of_object(&object[0]);
    return scratch.make_list(items);
  }
};

const Environment& environment() {
  static const Environment made = [] {
    Environment out;
    uint32_t slot = 0;
    for (const char* name :
         {"r.a", "r.b", "r.c", "r.d", "r.t", "r.n", "r.e", "r.s"}) {
      out.add(Variable{.name = name, .type = string_type(), .slot = slot++});
    }
    out.add(
        Variable{.name = "r.l", .type = list_type(item_type()), .slot = slot});
    return out;
  }();
  return made;
}

std::string answer(const char* source) {
  simwarden::Issues issues;
  const auto program = compile(source, environment(), {}, issues);
  BOOST_TEST_REQUIRE(program, source << "\n" << render(issues));
  Facts facts;
  Scratch scratch;
  const Value value = program->evaluate(facts, scratch);
  const std::string alone = to_text(value);
  // The same where parts are shared.
  const Program* programs[] = {program.get(), program.get()};
  const auto suite = Suite::make(programs);
  Suite::Round round(*suite);
  round.begin();
  Scratch other;
  BOOST_TEST(to_text(suite->evaluate(0, facts, round, other)) == alone, source);
  BOOST_TEST(to_text(suite->evaluate(1, facts, round, other)) == alone, source);
  return alone;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_withheld_is_there_and_is_not_guessed) {
  struct Case {
    const char* source;
    const char* is;
  };
  const Case cases[] = {
      {"has(r.a)", "true"},
      {"has(r.n)", "false"},
      {"!has(r.d)", "false"},
      {"r.a == r.b", "true"},
      {"r.a != r.b", "false"},
      {"r.a == r.c", "false"},
      {"r.a != r.c", "true"},
      {"r.a == r.d", "missing(0, 3)"},
      {"r.a == r.s", "missing(0)"},
      {"r.a == r.n", "missing(0, 5)"},
      {"r.a == 'x'", "missing(0)"},
      {"r.a == ''", "false"},
      {"'' != r.a", "true"},
      {"r.n == ''", "missing(5)"},
      {"r.e == ''", "missing(6)"},
      {"r.e != ''", "missing(6)"},
      // What is made of it is another value.
      {"r.a + 'x' == r.b + 'y'", "missing(0, 1)"},
      {"r.a + 'x' == ''", "missing(0)"},
      {"(r.a + 'x') != (r.b + 'x')", "missing(0, 1)"},
      {"r.a in ['x', 'y']", "missing(0)"},
      {"r.a.startsWith('x')", "missing(0)"},
      {"r.a.matches('x')", "missing(0)"},
      {"r.a < 'x'", "missing(0)"},
      {"size(r.t)", "12"},
      {"r.t.size() > 10", "true"},
      {"size(r.a)", "missing(0)"},
      {"size(r.t + 'x')", "missing(4)"},
      {"size(r.n)", "missing(5)"},
      {"has(r.a) && r.s == 'x'", "true"},
      {"r.a == 'x' || r.s == 'x'", "true"},
      {"r.a == 'x' && r.s != 'x'", "false"},
      {"r.l.exists(i, i.m == 'm')", "true"},
      {"r.l.exists(i, has(i.k) && i.m == 'm')", "true"},
      {"r.l.exists(i, i.k == r.a)", "true"},
      {"r.l[0].k == r.b", "true"},
      {"r.l[0].k == r.c", "false"},
      {"r.l.exists(i, i.k == '')", "false"},
      {"r.l.exists(i, i.k.contains('x'))", "missing(0)"},
      {"size(r.l)", "1"},
  };
  for (const Case& tried : cases) {
    BOOST_TEST(answer(tried.source) == tried.is,
               tried.source << " is " << answer(tried.source));
  }
}

BOOST_AUTO_TEST_CASE(what_is_missing_says_which_of_it_is_withheld) {
  Scratch scratch;
  Facts facts;
  const Value both =
      scratch.join_missing(facts.fact(2, scratch), facts.fact(5, scratch));
  BOOST_TEST(missing_slots(both.as_missing()) == (std::vector<uint32_t>{2, 5}),
             boost::test_tools::per_element());
  BOOST_TEST(withheld_slots(both.as_missing()) == std::vector<uint32_t>{2},
             boost::test_tools::per_element());
}

}  // namespace cel
