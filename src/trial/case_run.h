// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diag/result.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "judge/window_answers.h"
#include "policy/pack_tests.h"

// Running the cases that prove a pack.
//
//   CaseRunner runner(plan);
//   for each case: CaseResult r = runner.run(pack, wanted);
namespace simwarden {

// What the record of a case was answered, as far as cases can expect it.
struct Answers {
  std::vector<Judge::RuleOutcome> outcomes;
  Action action = Action::pass;
  std::vector<std::string> not_recorded;
  std::vector<InvalidField> invalid;
};
Answers answers_of(Judge& judge, const Verdict& verdict);

// Why a rule came out as it did, put behind how it did.
using WhyOf = std::function<std::string(const Judge::RuleOutcome&)>;

// What differs from the expectation, one line each; none: the case passes.
std::vector<std::string> differences(const PackCase& wanted,
                                     const std::string& pack,
                                     const Answers& answers,
                                     const WhyOf& why_of = {});

struct CaseResult {
  std::string pack;
  const PackCase* wanted = nullptr;
  std::vector<std::string> differences;  // empty: passed
  std::optional<Verdict> verdict;        // none: the record is no record
  std::vector<OpenRule> open;            // of it, where the case fails
  std::string profile;                   // that it was judged with
  double seconds = 0;

  bool passed() const { return differences.empty(); }
};

// One thread. Keeps the plan by reference. `language` of reasons.
class CaseRunner {
 public:
  explicit CaseRunner(const Plan& plan, std::string language = "en")
      : plan_(plan), language_(std::move(language)) {}

  // REQUIRES: `wanted` outlives the result.
  CaseResult run(const PackCases& pack, const PackCase& wanted);

  // Who judged the last case: its facts can still be asked. Null when there was
  // nothing to judge.
  Judge* judge() { return judge_; }
  // What the last case's judge was asked about. REQUIRES: there is one.
  const Record& record() const { return item_.record; }

 private:
  Judge* judge_for(const std::string& profile);
  Status count_windows(const PackCases& pack, const PackCase& wanted);

  const Plan& plan_;
  std::string language_;
  std::map<std::string, std::unique_ptr<Judge>> judges_;  // by profile
  Judge* judge_ = nullptr;
  Item item_;
  // The figures of the last case's record; kept for who asks its judge again.
  std::vector<WindowValue> figures_;
  WindowAnswers answers_;
};

std::vector<CaseResult> run_cases(const Plan& plan,
                                  const std::vector<PackCases>& packs);

}  // namespace simwarden
