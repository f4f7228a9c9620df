// SPDX-License-Identifier: Apache-2.0
#include "kept/kept_judge.h"

#include <algorithm>

#include <fmt/format.h>
#include <simdjson.h>

namespace simwarden {

KeptJudge::KeptJudge(const Ruleset& then, const Plan& now, std::string language)
    : plan_(now), language_(std::move(language)), binding_(then, now) {
  for (const auto& [name, profile] : then.profiles) {
    country_then_[name] = profile.country;
  }
}

Judge& KeptJudge::judge_for(const std::string& profile) {
  auto& judge = judges_[profile];
  if (!judge) {
    judge = std::make_unique<Judge>(
        plan_, JudgeOptions{
                   .profile = profile, .language = language_, .blocks = false});
  }
  return *judge;
}

Verdict KeptJudge::judge(const KeptRecord& record, const KeptVerdict& row,
                         const std::string& fallback,
                         const std::set<std::string>& left_out) {
  const std::string then(row.profile);
  const Profile* now = plan_.ruleset().profile(then);
  if (!now) now = plan_.ruleset().profile(fallback);
  const auto country = country_then_.find(then);
  const KeptView view(
      record, binding_,
      country == country_then_.end() ? std::string_view() : country->second,
      now->country);
  Judge& judge = judge_for(now->name);
  Verdict verdict =
      judge.judge(record.record(), {.kept = &view, .left_out = &left_out});
  verdict.id = row.record_id;
  verdict.position = {row.line, row.byte};
  not_replayable_.clear();
  for (const Judge::RuleOutcome& asked : judge.heard()) {
    if (asked.withheld.empty()) continue;
    auto& facts = not_replayable_[asked.rule->rule->id];
    for (const uint32_t slot : asked.withheld) {
      facts.push_back(plan_.name_of(slot));
    }
  }
  return verdict;
}

namespace {

// "hit CHN-001", "shadow …", "undetermined …", sorted.
using Outcomes = std::set<std::string>;

void add(Outcomes& outcomes, std::string_view outcome, bool shadow,
         std::string_view rule, const std::set<std::string>& left_out) {
  if (left_out.contains(std::string(rule))) return;
  // Such a finding stands beside the hit of another rule.
  if (!left_out.empty() && rule == kWaiverEndedRule) return;
  outcomes.insert(
      fmt::format("{}{} {}", shadow ? "shadow " : "", outcome, rule));
}

Outcomes outcomes_of(const Verdict& verdict,
                     const std::set<std::string>& left_out) {
  Outcomes outcomes;
  for (const Finding& finding : verdict.findings) {
    add(outcomes, name_of(finding.outcome), finding.shadow, finding.rule,
        left_out);
  }
  for (const std::string& rule : verdict.undetermined) {
    add(outcomes, name_of(Outcome::undetermined), false, rule, left_out);
  }
  return outcomes;
}

std::string_view text_of(
    const simdjson::simdjson_result<simdjson::dom::element>& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

Outcomes outcomes_in(const simdjson::dom::element& verdict,
                     const std::set<std::string>& left_out) {
  Outcomes outcomes;
  simdjson::dom::array list;
  if (verdict["findings"].get(list) == simdjson::SUCCESS) {
    for (const auto finding : list) {
      bool shadow = false;
      if (finding["shadow"].get(shadow) != simdjson::SUCCESS) shadow = false;
      add(outcomes, text_of(finding["outcome"]), shadow,
          text_of(finding["rule"]), left_out);
    }
  }
  if (verdict["undetermined"].get(list) == simdjson::SUCCESS) {
    for (const auto each : list) {
      add(outcomes, name_of(Outcome::undetermined), false,
          text_of(simdjson::simdjson_result<simdjson::dom::element>(
              simdjson::dom::element(each))),
          left_out);
    }
  }
  return outcomes;
}

}  // namespace

std::string difference_to_stored(const KeptVerdict& stored,
                                 const Verdict& again,
                                 const std::set<std::string>& left_out) {
  if (left_out.empty() &&
      (stored.action != again.action || stored.score != again.score)) {
    return fmt::format("stored as {} with {} points, now {} with {}",
                       name_of(stored.action), stored.score,
                       name_of(again.action), again.score);
  }
  if (stored.json.empty()) return {};
  simdjson::dom::parser parser;
  simdjson::dom::element verdict;
  const auto fault =
      parser.parse(stored.json.data(), stored.json.size(), true).get(verdict);
  if (fault != simdjson::SUCCESS) return "the stored verdict is no JSON";
  const Outcomes then = outcomes_in(verdict, left_out);
  const Outcomes now = outcomes_of(again, left_out);
  std::string text;
  const auto tell = [&text](std::string_view side, const Outcomes& a,
                            const Outcomes& b) {
    for (const std::string& outcome : a) {
      if (b.contains(outcome)) continue;
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", side, outcome);
    }
  };
  tell("only stored", then, now);
  tell("only now", now, then);
  return text;
}

}  // namespace simwarden
