// SPDX-License-Identifier: Apache-2.0
#include "judge/failed_windows.h"

#include <optional>
#include <string>
#include <utility>

// Who asked what the record says to the windows noted no more than that it was
// an error: so few records have one that it is worked out again for them.
namespace simwarden {
namespace {

std::string error_of(const std::optional<Condition>& condition, Bench& bench,
                     cel::Scratch& scratch) {
  if (!condition) return {};
  const cel::Scratch::Loan loan(scratch);
  const cel::Value value = condition->program->evaluate(bench, scratch);
  if (!value.is(cel::Tag::error)) return {};
  return std::string(value.as_error().what);
}

}  // namespace

void add_failed_windows(const WindowAnswers& answers, const Ruleset& ruleset,
                        Bench& bench, cel::Scratch& scratch, Verdict& verdict) {
  for (size_t w = 0; w < answers.values.size(); ++w) {
    if (!answers.values[w].failed) continue;
    const DeclaredWindow& window = *windows_of(ruleset)[w];
    std::string error = error_of(window.where, bench, scratch);
    if (error.empty()) error = error_of(window.part, bench, scratch);
    verdict.failed.push_back({"windows." + window.name, std::move(error)});
  }
}

}  // namespace simwarden
