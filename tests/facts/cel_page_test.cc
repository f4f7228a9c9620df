// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <string>

#include <boost/test/unit_test.hpp>

#include "cel/run/program.h"
#include "facts/schema.h"

// docs/cel.md: every line of a ```cel fence is an expression over the real
// facts. What stands behind "// is" is its answer for an empty record.
namespace simwarden {
namespace {

constexpr std::string_view kMark = "// is ";

class EmptyRecord final : public cel::Activation {
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override {
    return scratch.make_missing(slot, 0);
  }
};

std::vector<std::string> expressions() {
  std::vector<std::string> found;
  std::ifstream page("docs/cel.md");
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      inside = line == "```cel";
    } else if (inside) {
      found.push_back(line);
    }
  }
  return found;
}

std::string answer(const std::string& source, cel::CompileOptions options) {
  static const FactSchema kSchema;
  std::string problems;
  for (const Kind kind : {Kind::request, Kind::message}) {
    Issues issues;
    const auto program =
        cel::compile(source, kSchema.environment(kind), {}, issues, options);
    if (!program) {
      problems += render(issues);
      continue;
    }
    EmptyRecord record;
    cel::Scratch scratch;
    const cel::Value value = program->evaluate(record, scratch);
    return value.is(cel::Tag::missing) ? "not recorded" : cel::to_text(value);
  }
  return problems;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_examples_of_the_language_page_answer_as_they_say) {
  size_t answered = 0;
  for (const std::string& line : expressions()) {
    const size_t mark = line.find(kMark);
    if (mark == std::string::npos) continue;
    BOOST_TEST(
        answer(line.substr(0, mark), {}) == line.substr(mark + kMark.size()),
        line);
    ++answered;
  }
  BOOST_TEST(answered > 20u);
}

BOOST_AUTO_TEST_CASE(the_other_examples_of_the_language_page_are_conditions) {
  cel::CompileOptions condition;
  condition.result = cel::bool_type();
  size_t compiled = 0;
  for (const std::string& line : expressions()) {
    if (line.find(kMark) != std::string::npos) continue;
    BOOST_TEST(answer(line, condition) == "not recorded", line);
    ++compiled;
  }
  BOOST_TEST(compiled > 4u);
}

}  // namespace simwarden
