// SPDX-License-Identifier: Apache-2.0
#include "cel/run/program.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"

// The compiled thing: its bounds, its figures, its place in a bigger text.
namespace cel {
namespace {

std::string repeated(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

size_t count_of(const std::string& text, std::string_view word) {
  size_t count = 0;
  for (size_t at = text.find(word); at != std::string::npos;
       at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

BOOST_AUTO_TEST_CASE(hostile_nesting_is_one_issue_and_quick) {
  const std::string sources[] = {
      repeated("(", 100'000),      repeated("!!(", 100'000),
      repeated("(", 8'000),        repeated("!!(", 2'700),
      repeated("[", 8'000),        repeated("{1:", 2'700),
      repeated("-", 8'000) + "1",  repeated("a.", 4'000) + "a",
      repeated("ok?1:", 1'600),    repeated("f(", 4'000),
      "1" + repeated("+1", 4'000), "text" + repeated("[0]", 2'700),
  };
  Desk desk;
  for (const std::string& source : sources) {
    const auto start = std::chrono::steady_clock::now();
    const std::string issues = desk.issues(source);
    const auto spent = std::chrono::steady_clock::now() - start;
    BOOST_TEST_CONTEXT(source.substr(0, 20)) {
      BOOST_TEST(count_of(issues, "error[C101]") == 1u, issues);
      BOOST_TEST(count_of(issues, "error[") == 1u);
      BOOST_TEST((spent < std::chrono::milliseconds(100)));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_specification_demands_fits_the_bounds) {
  Desk desk;
  BOOST_TEST(desk.run(repeated("(", 32) + "7" + repeated(")", 32)) == "7");
  BOOST_TEST(desk.run("false" + repeated(" || false", 500)) == "false");
  BOOST_TEST(desk.run("ok" + repeated(" && ok", 500)) == "true");
  BOOST_TEST(desk.run(repeated("false ? 1 : ", 24) + "9") == "9");
  BOOST_TEST(desk.run("size([" + repeated("0, ", 500) + "])") == "500");
  BOOST_TEST(desk.run("1" + repeated(" + 1", 32)) == "33");
}

BOOST_AUTO_TEST_CASE(too_many_parts_are_one_issue) {
  Desk desk;
  const std::string issues = desk.issues("[" + repeated("1,", 4'090) + "]");
  BOOST_TEST(count_of(issues, "error[") == 0u, issues);
  const std::string deep =
      "[1].exists(a, [1].exists(b, [1].exists(c, [1].exists(d, d == a))))";
  BOOST_TEST(count_of(desk.issues(deep), "loops nest deeper than 3") == 1u);
  BOOST_TEST(desk.run("[1].map(a, a).map(b, b).map(c, c).map(d, d)") == "[1]");
}

BOOST_AUTO_TEST_CASE(loops_end_when_their_steps_are_spent) {
  Desk desk;
  BOOST_TEST(desk.run("lists.range(count * 3333).all(x, x >= 0)") ==
             "error('more than 10000 loop steps')");
  BOOST_TEST(desk.run("lists.range(count * 1600).all(x, x >= 0)") == "true");
  const std::string thirty = "lists.range(count * 10)";
  BOOST_TEST(desk.run(thirty + ".all(a, " + thirty + ".all(b, " + thirty +
                      ".all(c, ok)))") ==
             "error('more than 10000 loop steps')");
}

BOOST_AUTO_TEST_CASE(each_evaluation_has_its_own_steps) {
  Desk desk;
  simwarden::Issues issues;
  CompileOptions unfolded;
  unfolded.fold = false;
  const auto program = compile("lists.range(4000).all(x, x >= 0)",
                               desk.environment(), {}, issues, unfolded);
  Scratch scratch;
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(program->evaluate(desk, scratch).is_true());
  }
}

BOOST_AUTO_TEST_CASE(texts_cannot_grow_without_end) {
  Desk desk;
  std::string source = "'0123456789abcdef'";
  for (int i = 0; i < 30; ++i) {
    source = "cel.bind(a, " + source + ", a + a)";
  }
  BOOST_TEST(desk.run("size(" + source + ")") ==
             "error('value grows beyond its bound')");
}

BOOST_AUTO_TEST_CASE(a_program_tells_what_it_reads) {
  Desk desk;
  simwarden::Issues issues;
  const auto program = compile(
      "ok && (reason == 'lost' || request.links.exists(l, "
      "l.kind == 'web' && reason == 'stolen'))",
      desk.environment(), {}, issues);
  const std::vector<uint32_t> expected = {desk.slot("reason"), desk.slot("ok"),
                                          desk.slot("request.links")};
  BOOST_TEST(program->slots() == expected, boost::test_tools::per_element());
  BOOST_TEST(program->type() == bool_type());
  BOOST_TEST(program->source().starts_with("ok && ("));
  const auto flat = compile("ok", desk.environment(), {}, issues);
  BOOST_TEST(program->cost().steps > flat->cost().steps + kListAssumed);
}

BOOST_AUTO_TEST_CASE(a_fact_is_asked_for_once_in_one_evaluation) {
  Desk desk;
  const size_t before = desk.questions();
  BOOST_TEST(desk.run("[1, 2, 3].all(x, x < 9 && count == 3) && count < 4 && "
                      "count > 2") == "true");
  BOOST_TEST(desk.questions() == before + 1);
}

BOOST_AUTO_TEST_CASE(issues_point_into_the_file_that_holds_the_expression) {
  // A folded block scalar: the expression's line breaks are blanks.
  const std::string text =
      "rules:\n  - flag: >\n      ok &&\n      reasn == 'lost'\n";
  const simwarden::SourceText file("pack.yaml", text);
  const std::string source = "ok && reasn == 'lost'";
  Origin origin;
  origin.file = &file;
  size_t at = text.find("ok");
  for (const char c : source) {
    while (text[at] != c && !(c == ' ' && text[at] == '\n')) ++at;
    origin.offsets.push_back(at++);
  }
  origin.offsets.push_back(at);
  Desk desk;
  simwarden::Issues issues;
  BOOST_TEST(!compile(source, desk.environment(), origin, issues));
  BOOST_TEST(render(issues) ==
             "error[C110]: there is no fact reasn\n"
             "  --> pack.yaml:4:7\n"
             "   |\n"
             "4  |       reasn == 'lost'\n"
             "   |       ^^^^^ no such fact\n"
             "   = help: did you mean reason?\n");
}

BOOST_AUTO_TEST_CASE(one_program_serves_many_threads) {
  Desk desk;
  simwarden::Issues issues;
  const auto program = compile(
      "request.links.exists(l, l.url.matches('^tel:')) && "
      "text.contains('caf') && at.getHours('Asia/Shanghai') == 22",
      desk.environment(), {}, issues);
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&program, &right] {
      Desk own;
      Scratch scratch;
      for (int i = 0; i < 200; ++i) {
        scratch.clear();
        if (program->evaluate(own, scratch).is_true()) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(right == 800);
}

}  // namespace cel
