// SPDX-License-Identifier: Apache-2.0
#include "rollout/replay_tally.h"

#include <algorithm>
#include <numeric>

namespace simwarden {
namespace {

ReplayExample example_of(const Verdict& verdict, const Shift& shift,
                         std::string_view source) {
  ReplayExample example{.id = verdict.id,
                        .kind = verdict.kind,
                        .source = std::string(source),
                        .line = verdict.position.line,
                        .shift = shift};
  auto& rules = example.shift.rules;
  if (rules.size() > kExampleRulesMax) {
    example.rules_left_out = rules.size() - kExampleRulesMax;
    rules.resize(kExampleRulesMax);
  }
  return example;
}

}  // namespace

void ReplayTally::add(const Verdict& before, const Verdict& after,
                      const Shift& shift, std::string_view source) {
  ++records_;
  ++matrix_[size_t(shift.before)][size_t(shift.after)];
  count_rules(before, after, shift);
  if (shift.wording) ++wording_;
  if (shift.is_not_as_stored()) ++not_as_stored_;
  if (!shift.decides()) return;
  if (shift.before == shift.after) ++same_action_[size_t(shift.after)];
  if (shift.before != shift.after && shift.rules.empty()) ++without_a_rule_;
  auto& kept = examples_[{shift.before, shift.after}];
  if (kept.size() < examples_max_) {
    kept.push_back(example_of(after, shift, source));
  }
}

void ReplayTally::count_rules(const Verdict& before, const Verdict& after,
                              const Shift& shift) {
  const auto count = [this](const Finding& finding, uint64_t RuleCounts::*hits,
                            uint64_t RuleCounts::*shadow,
                            uint64_t RuleCounts::*waived) {
    RuleCounts& rule = rules_[finding.rule];
    rule.title = finding.title;
    const bool is_waived = finding.outcome == Outcome::waived;
    ++(rule.*(finding.acts() ? hits : is_waived ? waived : shadow));
  };
  for (const Finding& finding : before.findings) {
    count(finding, &RuleCounts::hits_before, &RuleCounts::shadow_before,
          &RuleCounts::waived_before);
  }
  for (const Finding& finding : after.findings) {
    count(finding, &RuleCounts::hits_after, &RuleCounts::shadow_after,
          &RuleCounts::waived_after);
  }
  for (const RuleShift& each : shift.rules) {
    RuleCounts& rule = rules_[each.rule];
    if (each.after == Standing::hit && each.before != Standing::hit) {
      ++rule.gained;
    }
    if (each.before == Standing::hit && each.after != Standing::hit) {
      ++rule.lost;
    }
    if (shift.raised()) ++rule.raised;
    if (shift.lowered()) ++rule.lowered;
  }
}

void ReplayTally::add_all(const ReplayTally& later) {
  records_ += later.records_;
  wording_ += later.wording_;
  without_a_rule_ += later.without_a_rule_;
  not_as_stored_ += later.not_as_stored_;
  for (size_t a = 0; a < matrix_.size(); ++a) {
    same_action_[a] += later.same_action_[a];
    for (size_t b = 0; b < matrix_.size(); ++b) {
      matrix_[a][b] += later.matrix_[a][b];
    }
  }
  for (const auto& [id, counts] : later.rules_) {
    RuleCounts& rule = rules_[id];
    rule.title = counts.title;
    rule.hits_before += counts.hits_before;
    rule.hits_after += counts.hits_after;
    rule.gained += counts.gained;
    rule.lost += counts.lost;
    rule.shadow_before += counts.shadow_before;
    rule.shadow_after += counts.shadow_after;
    rule.waived_before += counts.waived_before;
    rule.waived_after += counts.waived_after;
    rule.raised += counts.raised;
    rule.lowered += counts.lowered;
  }
  for (const auto& [change, examples] : later.examples_) {
    auto& kept = examples_[change];
    for (const ReplayExample& example : examples) {
      if (kept.size() < examples_max_) kept.push_back(example);
    }
  }
}

uint64_t ReplayTally::same_action() const {
  return std::accumulate(same_action_.begin(), same_action_.end(), uint64_t{0});
}

uint64_t ReplayTally::raised() const {
  uint64_t sum = 0;
  for (size_t a = 0; a < matrix_.size(); ++a) {
    for (size_t b = a + 1; b < matrix_.size(); ++b) sum += matrix_[a][b];
  }
  return sum;
}

uint64_t ReplayTally::lowered() const {
  uint64_t sum = 0;
  for (size_t a = 0; a < matrix_.size(); ++a) {
    for (size_t b = 0; b < a; ++b) sum += matrix_[a][b];
  }
  return sum;
}

}  // namespace simwarden
