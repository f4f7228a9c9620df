// SPDX-License-Identifier: Apache-2.0
#include "app/tally.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/output.h"

namespace simwarden {
namespace {

constexpr size_t kReasonsShown = 3;

bool is_worse(const Tally::Worst& a, const Tally::Worst& b) {
  if (a.action != b.action) return a.action > b.action;
  if (a.score != b.score) return a.score > b.score;
  return a.rules > b.rules;
}

void add_rules(Tally::Rules& to, const Tally::Rules& later) {
  for (const auto& [id, count] : later) {
    Tally::RuleCount& rule = to[id];
    rule.hits += count.hits;
    rule.score = count.score;
    rule.title = count.title;
  }
}

}  // namespace

void Tally::add(const Verdict& verdict, std::string_view source) {
  ++records_;
  ++actions_[size_t(verdict.action)];
  invalid_fields_ += verdict.invalid.size();
  for (const Finding& finding : verdict.findings) {
    Rules& kept = finding.acts()                       ? rules_
                  : finding.outcome == Outcome::waived ? waived_
                                                       : shadow_;
    RuleCount& rule = kept[finding.rule];
    ++rule.hits;
    rule.score = finding.score;
    if (rule.title.empty()) rule.title = finding.title;
  }
  if (verdict.action == Action::pass) return;
  Worst candidate;
  candidate.action = verdict.action;
  candidate.score = verdict.score;
  candidate.rules = size_t(
      std::count_if(verdict.findings.begin(), verdict.findings.end(),
                    [](const Finding& finding) { return finding.acts(); }));
  if (worst_.size() == kWorstKept && !is_worse(candidate, worst_.back())) {
    return;
  }
  candidate.id = verdict.id;
  candidate.source = source;
  candidate.line = verdict.position.line;
  for (const Finding& finding : verdict.findings) {
    if (candidate.reasons.size() == kReasonsShown || !finding.acts()) break;
    candidate.reasons.push_back(
        fmt::format("{:<8} {}", finding.rule, finding.reason));
  }
  if (!verdict.findings.empty() && verdict.findings.front().acts()) {
    candidate.next_step = verdict.findings.front().remedy;
    candidate.words = words_of(verdict.findings.front());
  }
  keep_worst(std::move(candidate));
}

void Tally::keep_worst(Worst candidate) {
  const auto place =
      std::upper_bound(worst_.begin(), worst_.end(), candidate, is_worse);
  worst_.insert(place, std::move(candidate));
  if (worst_.size() > kWorstKept) worst_.pop_back();
}

void Tally::add_all(const Tally& later) {
  records_ += later.records_;
  invalid_fields_ += later.invalid_fields_;
  for (size_t i = 0; i < actions_.size(); ++i) actions_[i] += later.actions_[i];
  add_rules(rules_, later.rules_);
  add_rules(shadow_, later.shadow_);
  add_rules(waived_, later.waived_);
  for (const Worst& worst : later.worst_) keep_worst(worst);
}

Action Tally::highest() const {
  for (size_t a = actions_.size(); a-- > 0;) {
    if (actions_[a] > 0) return Action(a);
  }
  return Action::pass;
}

}  // namespace simwarden
