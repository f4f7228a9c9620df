// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>

#include "cel/desk.h"
#include "cel/syntax/bounds.h"
#include "diag/issue.h"
#include "files.h"

// tests/cel/issues.in: a wrong condition a line. issues.out: what its author
// is told. UPDATE_GOLDEN=1 rewrites the answers; read the difference.
namespace cel {
namespace {

constexpr const char* kQuestions = "tests/cel/issues.in";
constexpr const char* kAnswers = "tests/cel/issues.out";

std::string answer_all() {
  Desk desk;
  CompileOptions condition;
  condition.result = bool_type();
  std::ifstream questions(kQuestions);
  std::string answers;
  for (std::string line; std::getline(questions, line);) {
    answers += desk.issues(line, condition) + "\n";
  }
  return answers;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_mistake_is_told_with_its_place_and_help) {
  const std::string answers = answer_all();
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(kAnswers) << answers;
  BOOST_TEST(!answers.empty());
  BOOST_TEST(answers == simwarden::read_all(kAnswers));
}

BOOST_AUTO_TEST_CASE(every_code_has_an_example) {
  const std::string answers = answer_all();
  for (const char* code :
       {"C101", "C102", "C103", "C104", "C110", "C111", "C112", "C113", "C114",
        "C115", "C116", "C117", "C118", "C119", "C120", "C121"}) {
    BOOST_TEST(answers.find(std::string("error[") + code) != std::string::npos,
               code);
  }
}

BOOST_AUTO_TEST_CASE(all_mistakes_of_an_expression_are_told_at_once) {
  Desk desk;
  simwarden::Issues issues;
  compile("reazon == 'lost' && reason == 'lst' && text + 1 == nope",
          desk.environment(), {}, issues);
  BOOST_TEST(issues.error_count() == 4u);
}

BOOST_AUTO_TEST_CASE(an_expression_that_is_too_long_or_no_text_is_told) {
  Desk desk;
  const std::string long_one(kSourceBytesMax + 1, ' ');
  BOOST_TEST(desk.issues(long_one).find("longer than 8192 bytes") !=
             std::string::npos);
  BOOST_TEST(desk.issues("'\xff'").find("not UTF-8") != std::string::npos);
  BOOST_TEST(desk.issues("").find("error[C102]") != std::string::npos);
}

}  // namespace cel
