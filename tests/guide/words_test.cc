// SPDX-License-Identifier: Apache-2.0
#include "guide/words.h"

#include <sstream>

#include <boost/test/unit_test.hpp>

#include "facts/schema.h"
#include "notation/goldens.h"

namespace simwarden {
namespace {

// A condition a line; below it its words.
BOOST_AUTO_TEST_CASE(conditions_are_said_in_words) {
  const FactSchema schema;
  const auto quoted = [](std::string_view kind) {
    return [kind](std::string_view name) {
      return std::string(kind) + " " + std::string(name);
    };
  };
  const Vocabulary words{&schema.environment(Kind::request),
                         quoted("the parameter"), quoted("the pattern set"),
                         quoted("list")};
  std::istringstream lines(read_all("tests/guide/words.in"));
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += line + "\n";
    if (line.empty() || line[0] == '#') continue;
    out += print_phrase(condition_in_words(line, words)) + "\n";
  }
  golden::compare("tests/guide/words.in", out);
}

}  // namespace
}  // namespace simwarden
