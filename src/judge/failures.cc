// SPDX-License-Identifier: Apache-2.0
#include "judge/failures.h"

#include <string_view>

namespace simwarden {
namespace {

// "" when it does not fail.
std::string_view failure_of(const Condition& condition, Bench& bench,
                            cel::Scratch& scratch) {
  if (!condition.program) return {};
  const cel::Value value = condition.program->evaluate(bench, scratch);
  return value.is(cel::Tag::error) ? std::string_view(value.as_error().what)
                                   : std::string_view();
}

}  // namespace

std::map<std::string, std::string> failures_of(Judge& judge) {
  std::map<std::string, std::string> failures;
  cel::Scratch scratch;
  for (const Judge::RuleOutcome& asked : judge.heard()) {
    if (!asked.failed) continue;
    const Rule& rule = *asked.rule->rule;
    scratch.clear();
    std::string_view why;
    if (rule.applies) why = failure_of(*rule.applies, judge.bench(), scratch);
    if (why.empty()) why = failure_of(rule.condition, judge.bench(), scratch);
    if (!why.empty()) failures[rule.id] = why;
  }
  return failures;
}

}  // namespace simwarden
