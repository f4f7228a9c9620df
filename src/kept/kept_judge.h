// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "judge/judge.h"
#include "kept/kept_record.h"
#include "kept/kept_view.h"
#include "store/kept_records.h"

// Judges by one ruleset what was kept under another, or the same:
//
//   KeptJudge judge(ruleset_of_then, plan, "en");
//   judge.judge(record, row)          // Verdict
//   judge.not_replayable()            // rules that cannot be decided
//
// One thread; keeps the plan.
namespace simwarden {

class KeptJudge {
 public:
  KeptJudge(const Ruleset& then, const Plan& now, std::string language);

  // `profile`: that the record was judged by; `fallback` where the plan's
  // ruleset has none of that name. `left_out`: rules, by id.
  // REQUIRES: the plan's ruleset has `fallback`.
  Verdict judge(const KeptRecord& record, const KeptVerdict& row,
                const std::string& fallback,
                const std::set<std::string>& left_out);

  // Of the last record: rule -> the facts and patterns that it needs and that
  // are masked, by full name. It is neither hit nor clear.
  const std::map<std::string, std::vector<std::string>>& not_replayable()
      const {
    return not_replayable_;
  }

 private:
  Judge& judge_for(const std::string& profile);

  const Plan& plan_;
  std::string language_;
  KeptBinding binding_;
  std::map<std::string, std::string> country_then_;       // by profile
  std::map<std::string, std::unique_ptr<Judge>> judges_;  // by profile
  std::map<std::string, std::vector<std::string>> not_replayable_;
};

// What a stored verdict and the same one judged again differ in, for a person;
// "" when they agree. With rules left out only the others are compared, and
// neither action nor score. `json` is the stored verdict; when it is empty, it
// was purged, action and score are compared.
std::string difference_to_stored(const KeptVerdict& stored,
                                 const Verdict& again,
                                 const std::set<std::string>& left_out);

}  // namespace simwarden
