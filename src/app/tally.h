// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "intake/intake.h"
#include "record/verdict.h"

// What a run adds up to, for the summary at its end. Adding is done in the
// order of the input, so that two runs print the same.
namespace simwarden {

// One source: seen = judged + unreadable + duplicate, always.
struct SourceTally {
  std::string name;
  uint64_t seen = 0;
  uint64_t judged = 0;
  uint64_t unreadable = 0;
  uint64_t duplicate = 0;  // already in the database under this ruleset
  uint64_t bytes = 0;
  Decoding decoding;             // how its bytes were read
  std::string first_unreadable;  // which line and why
  bool whole = true;             // false: it broke off or the run was stopped
  bool opened = true;            // false: it is not there, or may not be read
  bool begun = true;  // false: its beginning is nothing that can be read
  bool adds_up() const { return seen == judged + unreadable + duplicate; }
};

class Tally {
 public:
  // A record that is shown among the worst.
  struct Worst {
    std::string id;
    Action action = Action::pass;
    double score = 0;
    size_t rules = 0;  // that act
    std::string source;
    uint64_t line = 0;
    std::vector<std::string> reasons;  // "IDV-002  The document …"
    std::string next_step;
    std::string words;  // of its text, masked: what a rule stands on first
  };
  struct RuleCount {
    uint64_t hits = 0;
    double score = 0;
    std::string title;
  };

  void add(const Verdict& verdict, std::string_view source);
  // Adds what another part of the run counted; `later` comes after this one.
  void add_all(const Tally& later);

  uint64_t records() const { return records_; }
  uint64_t of(Action action) const { return actions_[size_t(action)]; }
  Action highest() const;
  const std::vector<Worst>& worst() const { return worst_; }
  // By rule: hits that act, hits of rules on trial, hits that are waived.
  using Rules = std::map<std::string, RuleCount>;
  const Rules& rules() const { return rules_; }
  const Rules& shadow() const { return shadow_; }
  const Rules& waived() const { return waived_; }
  uint64_t invalid_fields() const { return invalid_fields_; }

 private:
  void keep_worst(Worst candidate);

  uint64_t records_ = 0;
  uint64_t invalid_fields_ = 0;
  std::array<uint64_t, kActionNames.size()> actions_{};
  std::map<std::string, RuleCount> rules_;
  std::map<std::string, RuleCount> shadow_;
  std::map<std::string, RuleCount> waived_;
  std::vector<Worst> worst_;  // at most kWorstKept, the worst first
};

// A fraud desk reads five, not fifty.
inline constexpr size_t kWorstKept = 5;

}  // namespace simwarden
