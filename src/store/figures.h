// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "diag/result.h"
#include "record/verdict.h"

// What a summary needs from a store: counts, the rules that hit most, the
// worst verdicts, completeness. Reads only, also while a run is writing.
namespace simwarden {

struct RuleCount {
  std::string rule;
  std::string title;
  uint64_t hits = 0;  // verdicts with a hit that is not in shadow
};

struct WorstVerdict {
  std::string source;
  uint64_t line = 0;
  std::string record_id;
  Action action = Action::pass;
  double score = 0;
  std::string top_rule;
};

struct SourceFigures {
  std::string name;
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;
  std::string state;  // "complete", "does not add up", "never ended"
};

class Figures {
 public:
  static Result<std::unique_ptr<Figures>> open(const std::string& path);
  virtual ~Figures() = default;

  // `run` 0: the whole database; else what that run has stored itself.
  virtual Result<std::array<uint64_t, kActionNames.size()>> actions(
      int64_t run) = 0;
  virtual Result<uint64_t> unreadable(int64_t run) = 0;
  // Most hits first, then by rule.
  virtual Result<std::vector<RuleCount>> top_rules(int64_t run,
                                                   size_t rules_max) = 0;
  // By action, score, then in the order of storing; never a pass.
  virtual Result<std::vector<WorstVerdict>> worst(int64_t run,
                                                  size_t verdicts_max) = 0;
  // In the order of beginning.
  virtual Result<std::vector<SourceFigures>> completeness(int64_t run) = 0;
};

}  // namespace simwarden
