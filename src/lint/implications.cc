// SPDX-License-Identifier: Apache-2.0
#include "lint/implications.h"

namespace simwarden {

std::string both(const std::string& a, const std::string& b) {
  return "(" + a + "\n) && (" + b + "\n)";
}

std::string not_true(const std::string& condition) {
  return "!(" + condition + "\n)";
}

bool never_holds(const Reading& reading, size_t pack,
                 const std::string& condition) {
  Issues why;
  const auto program =
      cel::compile(condition, *reading.ruleset.packs[pack].environment, {}, why,
                   {.result = cel::bool_type()});
  if (program != nullptr) return false;
  const std::vector<Issue> issues = why.sorted();
  // Its parts compile and say different things of different records; an
  // expression that has become too long or too costly proves nothing.
  return issues.size() == 1 && issues.front().code == cel::kConstant;
}

}  // namespace simwarden
