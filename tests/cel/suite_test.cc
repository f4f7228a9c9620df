// SPDX-License-Identifier: Apache-2.0
#include "cel/run/suite.h"

#include <memory>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"

// Programs asked together answer as each by itself. That every expression of
// these tests does is held by Desk::run(); here is what is particular.
namespace cel {
namespace {

struct Together {
  Desk desk;
  std::vector<std::unique_ptr<const Program>> programs;
  std::unique_ptr<const Suite> suite;
  std::unique_ptr<Suite::Round> round;
  Scratch scratch;

  explicit Together(const std::vector<std::string>& sources) {
    std::vector<const Program*> all;
    for (const std::string& source : sources) {
      simwarden::Issues issues;
      CompileOptions options;
      options.fold = false;
      programs.push_back(
          compile(source, desk.environment(), {}, issues, options));
      BOOST_TEST_REQUIRE(programs.back(), render(issues));
      all.push_back(programs.back().get());
    }
    suite = Suite::make(all);
    round = std::make_unique<Suite::Round>(*suite);
  }

  std::string ask(size_t index) {
    return to_text(suite->evaluate(index, desk, *round, scratch));
  }
  std::string ask_alone(size_t index) {
    return to_text(programs[index]->evaluate(desk, scratch));
  }
  void next() {
    scratch.clear();
    round->begin();
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_programs_have_in_common_is_asked_for_once) {
  Together together({"count == 3 && text == 'x'", "count == 3 || ok",
                     "tags.exists(t, t == text)", "count > 3"});
  const size_t before = together.desk.questions();
  for (size_t i = 0; i < 4; ++i) together.ask(i);
  for (size_t i = 0; i < 4; ++i) together.ask(i);
  // count and text once; tags twice, since nobody shares it; ok never, since
  // count decides.
  BOOST_TEST(together.desk.questions() == before + 2 + 2);
  // count == 3, count, text
  BOOST_TEST(together.suite->shared_parts() == 3u);
}

BOOST_AUTO_TEST_CASE(a_part_inside_a_shared_part_needs_no_place) {
  Together together({"size(text) + 1 > 3", "size(text) + 1 < 9"});
  BOOST_TEST(together.suite->shared_parts() == 1u);
}

BOOST_AUTO_TEST_CASE(a_part_with_a_loop_variable_is_never_kept) {
  Together together({"['x', 'y'].map(t, t + text)", "['y'].map(t, t + text)"});
  together.desk.set("text", Value::of_string("-"));
  BOOST_TEST(together.ask(0) == "['x-', 'y-']");
  BOOST_TEST(together.ask(1) == "['y-']");
}

BOOST_AUTO_TEST_CASE(a_new_round_forgets) {
  Together together({"count + 1", "count + 1"});
  BOOST_TEST(together.ask(0) == "4");
  together.desk.set("count", Value::of_int(7));
  BOOST_TEST(together.ask(1) == "4");
  together.next();
  BOOST_TEST(together.ask(0) == "8");
  BOOST_TEST(together.ask(1) == "8");
}

// 6,000 steps are shared. The second program has 5,000 of its own: alone it
// would not get through, so it must not in company either.
BOOST_AUTO_TEST_CASE(steps_are_charged_as_if_nothing_was_shared) {
  const std::string shared = "lists.range(count * 1000).all(x, x >= 0)";
  const std::string own = "lists.range(2500).all(y, y >= 0)";
  Together together({shared + " && ok", own + " && " + shared + " && ok",
                     "(" + own + " && " + shared + ") || ok", shared});
  for (int pass = 0; pass < 2; ++pass) {
    for (size_t i = 0; i < 4; ++i) {
      BOOST_TEST_CONTEXT(i) {
        BOOST_TEST(together.ask(i) == together.ask_alone(i));
      }
    }
    together.next();
  }
  // And the other way round: a failure for want of steps is not handed on.
  Together hungry({own + " && " + shared, shared});
  BOOST_TEST(hungry.ask(0) == "error('more than 10000 loop steps')");
  BOOST_TEST(hungry.ask(1) == "true");
}

// Likewise of what is made: one program's is not taken from the next, and a
// shared part counts for each. 100 KiB doubled eight times are 25 MiB.
BOOST_AUTO_TEST_CASE(growth_is_spent_as_if_nothing_was_shared) {
  const std::string text(size_t{100} << 10, 'x');
  std::string shared = "text";
  for (int i = 0; i < 6; ++i) shared = "(" + shared + " + " + shared + ")";
  shared = "size(" + shared + ") > 3";
  const std::string own = "size(text + text + text + text) > 3";
  Together together({shared, shared + " && ok", own,
                     "(" + own + " && " + shared + ") || ok",
                     shared + " && size(text) < 0 || " + own});
  together.desk.set("text", Value::of_string(text));
  for (int pass = 0; pass < 2; ++pass) {
    for (size_t i = 0; i < 5; ++i) {
      BOOST_TEST_CONTEXT(i) {
        BOOST_TEST(together.ask(i) == together.ask_alone(i));
      }
    }
    together.next();
  }
  BOOST_TEST(together.ask(2) == "true");
}

// Short loops go on to their end: what they say does not hang on what was
// spent before. A long one ends.
BOOST_AUTO_TEST_CASE(a_short_loop_is_not_ended_by_spent_steps) {
  const std::string spent =
      "lists.range(count * 100).exists(x, lists.range(300).exists(y, x + y < "
      "0))";
  const std::string failed = "error('more than 10000 loop steps')";
  const std::string sixteen =
      "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]";
  const std::string seventeen = "[0, " + sixteen.substr(1);
  Together together({spent, spent + " && [1, 2].exists(t, t == count + 90)",
                     spent + " || [1, 2].all(t, t != count + 90)",
                     "[1, 2].exists(t, " + spent + " && t == count + 90)",
                     spent + " && " + seventeen + ".exists(z, z == count + 90)",
                     spent + " && " + sixteen + ".exists(z, z == count + 90)"});
  for (int pass = 0; pass < 2; ++pass) {
    BOOST_TEST(together.ask(0) == failed);
    BOOST_TEST(together.ask(1) == "false");
    BOOST_TEST(together.ask(2) == "true");
    BOOST_TEST(together.ask(3) == "false");
    BOOST_TEST(together.ask(4) == failed);
    BOOST_TEST(together.ask(5) == "false");
    for (size_t i = 0; i < 6; ++i) {
      BOOST_TEST(together.ask(i) == together.ask_alone(i));
    }
    together.next();
  }
}

BOOST_AUTO_TEST_CASE(literals_of_unlike_types_are_not_one_part) {
  Together together({"count == 1", "count == 1.0", "size(text) == 1",
                     "dyn(count) == 1u", "[count, 1]", "[count, 1u]"});
  BOOST_TEST(together.ask(4) == "[3, 1]");
  BOOST_TEST(together.ask(5) == "[3, 1u]");
}

BOOST_AUTO_TEST_CASE(functions_of_one_name_in_two_places_are_not_one_part) {
  Together together({"'ab'.contains(text)", "'ba'.contains(text)",
                     "sets.contains([text], [text])", "text.reverse()",
                     "tags.reverse()", "strings.quote(text)"});
  together.desk.set("text", Value::of_string("a"));
  for (size_t i = 0; i < 6; ++i) {
    BOOST_TEST(together.ask(i) == together.ask_alone(i));
  }
}

// Constant parts of many programs grow beyond what one may make: they are
// worked out when asked then, while literals are kept all the same.
BOOST_AUTO_TEST_CASE(many_programs_with_big_constants_keep_their_literals) {
  Desk desk;
  std::vector<std::unique_ptr<const Program>> programs;
  std::vector<const Program*> all;
  for (int i = 0; i < 200; ++i) {
    const std::string source = "lists.range(9000 + " + std::to_string(i) +
                               ").size() > 3 && text != 'lost'";
    simwarden::Issues issues;
    programs.push_back(compile(source, desk.environment(), {}, issues));
    BOOST_TEST_REQUIRE(programs.back(), render(issues));
    all.push_back(programs.back().get());
  }
  const auto suite = Suite::make(all);
  Suite::Round round(*suite);
  Scratch scratch;
  BOOST_TEST(suite->evaluate(0, desk, round, scratch).is_true());
  BOOST_TEST(suite->evaluate(199, desk, round, scratch).is_true());
}

// What only the writing makes different is one part; what could ever answer
// otherwise is not.
BOOST_AUTO_TEST_CASE(programs_are_one_part_however_they_are_written) {
  struct Row {
    const char* one;
    const char* other;
    bool same;
  };
  const Row rows[] = {
      {"amount > 10.0", "amount > 10.0", true},
      {"amount > 10.0", "(amount) >(10.0) // a remark", true},
      {"reason == 'lost'", "reason == \"lost\"", true},
      {"reason == 'lost'", R"(reason == 'l\u006fst')", true},
      {"count > 16", "count > 0x10", true},
      {"ok && amount > tariff * 2.0", "ok\n&& (amount > (tariff * 2.0))", true},
      {"amount > 10.0", "amount > 10.5", false},
      {"amount > 10.0", "amount >= 10.0", false},
      {"amount > 10.0", "tariff > 10.0", false},
      {"reason == 'lost'", "reason == 'stolen'", false},
      {"raw == b'a'", "raw == b'b'", false},
      {"in_list('shops', text)", "in_list('shops', reason)", false},
      {"count > 16", "count > 17", false},
      {"ok && amount > 1.0", "ok || amount > 1.0", false},
      // The same answers, but nobody has shown it.
      {"ok && amount > 1.0", "amount > 1.0 && ok", false},
  };
  Desk desk;
  for (const Row& row : rows) {
    simwarden::Issues issues;
    const auto a = compile(row.one, desk.environment(), {}, issues);
    const auto b = compile(row.other, desk.environment(), {}, issues);
    BOOST_TEST_REQUIRE((a && b), render(issues));
    BOOST_TEST(are_one_part(*a, *b) == row.same,
               row.one << " and " << row.other);
    BOOST_TEST(are_one_part(*b, *a) == row.same);
  }
}

BOOST_AUTO_TEST_CASE(a_suite_outlives_its_programs) {
  Together together({"text.matches('^a+$') && in_list('shops', text)",
                     "text.matches('^a+$') || reason == 'lost'"});
  together.desk.set("text", Value::of_string("aaa"));
  const std::string first = together.ask_alone(0);
  const std::string second = together.ask_alone(1);
  together.programs.clear();
  BOOST_TEST(together.ask(0) == first);
  BOOST_TEST(together.ask(1) == second);
}

}  // namespace cel
