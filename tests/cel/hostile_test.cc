// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/syntax/bounds.h"
#include "cel/syntax/complaints.h"
#include "cel/syntax/parser.h"

// Sources and values that were made to hurt. What is too big ends at a named
// bound, in one issue or one error value; what is counted is parts and steps.
namespace cel {
namespace {

std::string times(size_t count, std::string_view piece) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += piece;
  return out;
}

struct Refused {
  const char* what;
  std::string source;
  const char* code;
};

// All of it beyond kSourceBytesMax: nothing of these is read.
std::vector<Refused> endless() {
  return {
      {"100,000 brackets", times(100'000, "("), kTooComplicated},
      {"100,000 pairs of brackets",
       times(100'000, "(") + "1" + times(100'000, ")"), kTooComplicated},
      {"nots and brackets", times(100'000, "!!("), kTooComplicated},
      {"1 MB of text", "'" + std::string(1 << 20, 'a') + "'", kTooComplicated},
      {"1 MB of text without an end", "'" + std::string(1 << 20, 'a'),
       kTooComplicated},
      {"1 MB of digits", std::string(1 << 20, '7'), kTooComplicated},
      {"a list of 100,000", "[" + times(100'000, "1,") + "]", kTooComplicated},
      {"100,000 choices", times(100'000, "ok ? 1 : ") + "2", kTooComplicated},
      {"100,000 selections", "any" + times(100'000, ".a"), kTooComplicated},
      {"100,000 indexes", "any" + times(100'000, "[0]"), kTooComplicated},
      {"100,000 alternatives", "ok" + times(100'000, " || ok"),
       kTooComplicated},
      {"1 MB of blanks", std::string(1 << 20, ' '), kTooComplicated},
      {"1 MB of comment", "//" + std::string(1 << 20, '/'), kTooComplicated},
      {"1 MB of nothing", std::string(1 << 20, '\0'), kTooComplicated},
  };
}

// As long as a source may be.
std::vector<Refused> within() {
  const size_t all = kSourceBytesMax;
  return {
      {"brackets", times(all, "("), kTooComplicated},
      {"pairs of brackets",
       times(all / 2 - 1, "(") + "1" + times(all / 2 - 1, ")"),
       kTooComplicated},
      {"nots and brackets", times(all / 3, "!!("), kTooComplicated},
      {"nots", times(all - 2, "!") + "ok", kTooComplicated},
      {"signs", times(all - 1, "-") + "1", kTooComplicated},
      {"lists", times(all, "["), kTooComplicated},
      {"maps", times(all / 3, "{1:"), kTooComplicated},
      {"calls", times(all / 5, "size("), kTooComplicated},
      {"choices", times(all / 5 - 1, "ok?1:") + "2", kTooComplicated},
      {"selections", "any" + times(all / 2 - 2, ".a"), kTooComplicated},
      {"optional selections", "any" + times(all / 3 - 2, ".?a"),
       kTooComplicated},
      {"indexes", "any" + times(all / 3 - 2, "[0]"), kTooComplicated},
      {"sums", "1" + times(all / 2 - 1, "+1"), kTooComplicated},
      {"macros", times(all / 14, "[1].exists(x, "), kTooComplicated},
      {"binds", times(all / 15, "cel.bind(x, 1, "), kTooComplicated},
      {"digits", std::string(all, '7'), kLiteral},
      {"hexadecimal digits", "0x" + std::string(all - 2, 'f'), kLiteral},
      {"an exponent", "1e" + std::string(all - 2, '9'), kLiteral},
      {"a text without an end", "'" + std::string(all - 1, 'a'), kSyntax},
      {"escapes without an end", "'" + times(all / 2 - 1, "\\"), kSyntax},
      {"open quotes", times(all / 3, "'''a"), kTooComplicated},
      {"blanks", std::string(all, ' '), kSyntax},
      {"comment", "//" + std::string(all - 2, '/'), kSyntax},
      {"no text at all", std::string(all, '\0'), kSyntax},
      {"no UTF-8", std::string(all, '\xff'), kSyntax},
  };
}

// One issue, few nodes, and a picture that fits a screen.
void check_refused(const Refused& row) {
  Desk desk;
  simwarden::Issues issues;
  const Origin origin;
  Complaints complaints(row.source, origin, issues);
  Ast ast;
  parse(row.source, ast, complaints);
  BOOST_TEST(ast.nodes.size() <= kNodesMax);
  if (row.source.size() > kSourceBytesMax) BOOST_TEST(ast.nodes.empty());
  simwarden::Issues found;
  BOOST_TEST(!compile(row.source, desk.environment(), {}, found));
  BOOST_REQUIRE(found.error_count() == 1u);
  BOOST_TEST(found.sorted()[0].code == row.code);
  BOOST_TEST(render(found).size() < 2'000u);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_hostile_source_is_one_issue) {
  for (const Refused& row : endless()) {
    BOOST_TEST_CONTEXT(row.what) {
      check_refused(row);
    }
  }
  for (const Refused& row : within()) {
    BOOST_TEST_CONTEXT("as long as may be: " << row.what) {
      check_refused(row);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_just_within_the_bounds_is_compiled) {
  Desk desk;
  const size_t deep = kDepthMax - 1;
  BOOST_TEST(desk.run(times(deep, "(") + "7" + times(deep, ")")) == "7");
  BOOST_TEST(desk.run("1" + times(deep, "+1")) == "64");
  BOOST_TEST(desk.run(times(deep, "!") + "ok") == "false");
  const std::string text(kSourceBytesMax - 8, 'a');
  BOOST_TEST(desk.run("size('" + text + "')") == "8184");
  BOOST_TEST(desk.run("ok" + times(1'600, "||ok")) == "true");
  BOOST_TEST(desk.run("size([" + times(4'000, "1,") + "])") == "4000");
}

namespace {

// piece with x1 for X and x0 for Y, in which piece with x2 for X …: what
// doubles at each step.
std::string doubled(size_t steps, const std::string& made,
                    const std::string& asked) {
  std::string out = asked;
  for (size_t i = steps; i > 0; --i) {
    std::string value = made;
    for (size_t at; (at = value.find('Y')) != std::string::npos;) {
      value.replace(at, 1, "x" + std::to_string(i - 1));
    }
    out = "cel.bind(x" + std::to_string(i) + ", " + value + ", " + out + ")";
  }
  return "cel.bind(x0, [1], " + out + ")";
}

constexpr size_t kSteps = 50;  // 2^50 of anything is the end

}  // namespace

BOOST_AUTO_TEST_CASE(a_type_cannot_name_itself_without_end) {
  Desk desk;
  CompileOptions unfolded;
  unfolded.fold = false;
  for (const char* made : {"{'a': {1: Y}, 'b': {1: Y}}", "[Y, Y]"}) {
    simwarden::Issues issues;
    const auto program = compile(doubled(kSteps, made, "x50"),
                                 desk.environment(), {}, issues, unfolded);
    BOOST_REQUIRE(program);
    BOOST_TEST(program->type()->name.size() < 1'100u);
  }
  // A map from maps is wrong when it runs; its type doubles before that.
  simwarden::Issues issues;
  const auto program = compile(doubled(kSteps, "{Y: Y}", "x50"),
                               desk.environment(), {}, issues, unfolded);
  BOOST_REQUIRE(program);
  BOOST_TEST(program->type()->name.size() < 1'100u);
}

BOOST_AUTO_TEST_CASE(a_value_cannot_be_endless_to_walk) {
  Desk desk;
  const std::string too_big = "error('value grows beyond its bound')";
  for (const char* asked :
       {"x50", "x50 == x50", "dyn(x50) in [dyn(x49)]", "'%s'.format([x50])",
        "[x50].distinct()", "sets.contains([x50], [x50])"}) {
    BOOST_TEST_CONTEXT(asked) {
      BOOST_TEST(desk.run(doubled(kSteps, "[Y, Y]", asked)) == too_big);
      BOOST_TEST(desk.run(doubled(kSteps, "[dyn(Y), dyn(Y)]", asked)) ==
                 too_big);
    }
  }
  BOOST_TEST(desk.run(doubled(kSteps, "{'a': Y, 'b': Y}", "x50")) == too_big);
  BOOST_TEST(desk.run(doubled(kSteps, "[optional.of(Y), optional.of(Y)]",
                              "x50")) == too_big);
  BOOST_TEST(desk.run("size(" + doubled(10, "[Y, Y]", "x10") + ")") == "2");
}

BOOST_AUTO_TEST_CASE(comparing_big_values_costs_steps) {
  Desk desk;
  const std::string many = "error('more than 10000 loop steps')";
  const std::string big = "lists.range(count * 1000)";  // 3000
  BOOST_TEST(desk.run(big + " == " + big) == "true");
  BOOST_TEST(desk.run("cel.bind(l, " + big + ", l.all(x, l == l))") == many);
  BOOST_TEST(desk.run("cel.bind(l, " + big + ", l.all(x, dyn([l]) in [l]))") ==
             "false");
  BOOST_TEST(desk.run("cel.bind(l, " + big + ", l.exists(x, dyn(1) in [l]))") ==
             many);
}

// A step is charged for what RE2 has to do at worst: without that the loop
// would take minutes.
BOOST_AUTO_TEST_CASE(a_pattern_of_the_record_costs_what_it_can_take) {
  Desk desk;
  const std::string many = "error('more than 10000 loop steps')";
  const std::string letters = times(64 << 10, "a");
  desk.set("essay", Value::of_string(letters));
  BOOST_TEST(desk.run("['b', 'c', 'd'].exists(x, "
                      "essay.matches('(a{1,100}){9}' + x))") == many);
  BOOST_TEST(desk.run("essay.matches('^a+(' + reason + ')?')") == "true");
  BOOST_TEST(desk.run("size(regex.extractAll(essay, 'a(?:.*b)?'))") == many);
  BOOST_TEST(desk.run("lists.range(6000).all(i, '%.100f'.format([amount]) != "
                      "string(i))") == many);
}

}  // namespace cel
