// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/verdict.h"
#include "rollout/shift.h"

// What a replay adds up to. Adding is done in the order of the input, so that
// two runs say the same however many threads they had.
namespace simwarden {

// Records shown of each kind of change, when nothing else is asked for.
inline constexpr size_t kExamplesShown = 3;
// More is a list, and for lists there is CSV.
inline constexpr size_t kExamplesMax = 1000;
// Rules named in one example.
inline constexpr size_t kExampleRulesMax = 8;

struct ReplayExample {
  std::string id;
  Kind kind = Kind::request;
  std::string source;
  uint64_t line = 0;
  Shift shift;  // at most kExampleRulesMax rules
  size_t rules_left_out = 0;
};

class ReplayTally {
 public:
  explicit ReplayTally(size_t examples = kExamplesShown)
      : examples_max_(examples) {}

  struct RuleCounts {
    std::string title;
    uint64_t hits_before = 0;  // that act, over all records
    uint64_t hits_after = 0;
    uint64_t gained = 0;  // records where it acts now and did not
    uint64_t lost = 0;    // the other way round
    uint64_t shadow_before = 0;
    uint64_t shadow_after = 0;
    uint64_t waived_before = 0;
    uint64_t waived_after = 0;
    // Records whose action rose or fell and in which it has another part.
    uint64_t raised = 0;
    uint64_t lowered = 0;
    bool changed() const {
      return gained + lost + raised + lowered > 0 ||
             shadow_before != shadow_after || waived_before != waived_after;
    }
  };
  // A kind of change: the action before and after. Equal: another score or
  // other rules, the same action.
  using Change = std::pair<Action, Action>;

  void add(const Verdict& before, const Verdict& after, const Shift& shift,
           std::string_view source);
  // Adds what another part of the run counted; `later` comes after this one.
  void add_all(const ReplayTally& later);

  uint64_t records() const { return records_; }
  uint64_t count(Action before, Action after) const {
    return matrix_[size_t(before)][size_t(after)];
  }
  uint64_t raised() const;
  uint64_t lowered() const;
  uint64_t changed() const { return raised() + lowered(); }
  // The same action for other reasons or with another score.
  uint64_t same_action() const;
  uint64_t same_action(Action action) const {
    return same_action_[size_t(action)];
  }
  // The same decision in other words.
  uint64_t wording() const { return wording_; }
  // Another action though no rule has another part: thresholds, or a floor.
  uint64_t without_a_rule() const { return without_a_rule_; }
  // Records whose action before is not the one that is stored.
  uint64_t not_as_stored() const { return not_as_stored_; }
  const std::map<std::string, RuleCounts>& rules() const { return rules_; }
  // The first of each kind of change, in the order of the input.
  const std::map<Change, std::vector<ReplayExample>>& examples() const {
    return examples_;
  }

 private:
  void count_rules(const Verdict& before, const Verdict& after,
                   const Shift& shift);

  size_t examples_max_;
  uint64_t records_ = 0;
  std::array<uint64_t, kActionNames.size()> same_action_{};
  uint64_t wording_ = 0;
  uint64_t without_a_rule_ = 0;
  uint64_t not_as_stored_ = 0;
  std::array<std::array<uint64_t, kActionNames.size()>, kActionNames.size()>
      matrix_{};
  std::map<std::string, RuleCounts> rules_;
  std::map<Change, std::vector<ReplayExample>> examples_;
};

}  // namespace simwarden
