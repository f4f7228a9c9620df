// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/options.h"
#include "app/policy_check.h"
#include "app/policy_plan.h"
#include "app/policy_test.h"
#include "cel/study/changes.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "house/house.h"
#include "policy/absence.h"
#include "policy/control_reader.h"
#include "policy/pack_environment.h"
#include "policy/pack_tests.h"
#include "terminal/terminal.h"

// policy test | list | show; check is policy_check.cc.
namespace simwarden {
namespace {

// "active from 2026-12-01 until 2027-06-30"; the status alone without days.
std::string in_force(const Rule& rule) {
  std::string text(name_of(rule.status));
  if (rule.active_from) text += " from " + rule.active_from->text;
  if (rule.active_until) text += " until " + rule.active_until->text;
  return text;
}

void list_waivers(const Ruleset& ruleset, const Paint& paint) {
  if (ruleset.waivers.empty()) return;
  fmt::print("\n{}\n", paint.bold("waivers"));
  for (const Waiver& waiver : ruleset.waivers) {
    fmt::print("  {:<18} {:<12} until {}: {} (asked by {}, approved by {})\n",
               waiver.id, waiver.rule, waiver.until.text,
               printable_text(waiver.why), printable_text(waiver.asked_by),
               printable_text(waiver.approved_by));
  }
}

// Clauses of the house's controls: all, served by a rule, for no rule.
void list_controls(const House& house, const Paint& paint) {
  const Ruleset& ruleset = house.ruleset();
  if (ruleset.controls.empty()) return;
  std::set<std::string> served;
  for (const Pack& pack : ruleset.packs) collect_references(pack, served);
  fmt::print("\n{}\n", paint.bold("controls"));
  for (const auto& [name, control] : ruleset.controls) {
    size_t by_rules = 0;
    size_t by_none = 0;
    for (const Clause& clause : control.clauses) {
      by_rules += served.count(name + "/" + clause.name);
      by_none += clause.not_checkable.empty() ? 0 : 1;
    }
    fmt::print(
        "  {:<26} {:<10} {:<8} {:>2} clauses, {:>2} served by rules{}, {} not "
        "checkable: {}\n",
        name, control.kind, control.status, control.clauses.size(), by_rules,
        served.contains(name) ? " and the whole named" : "", by_none,
        printable_text(in_language(control.title)));
  }
}

int list(const House& house) {
  const Paint paint{wants_colour(stdout)};
  const Ruleset& ruleset = house.ruleset();
  for (const Pack& pack : ruleset.packs) {
    fmt::print("{}  asks for a {}, {}: {}\n",
               paint.bold(pack.name + "@" + pack.version), pack.asks,
               how_many(pack.rules.size(), "rule"), printable_text(pack.title));
    for (const Rule& rule : pack.rules) {
      fmt::print(
          "  {:<18} {:>5}  {} {:<8} {:<14} {}{}\n", rule.id, rule.score,
          paint(colour_of(rule.severity), fmt::format("{:<8}", rule.severity)),
          rule.duty ? "require" : "flag", rule.family,
          printable_text(in_language(rule.title)),
          in_force(rule) == "active" ? ""
                                     : fmt::format("  [{}]", in_force(rule)));
    }
  }
  fmt::print("\n{}\n", paint.bold("profiles"));
  for (const auto& [name, profile] : ruleset.profiles) {
    fmt::print("  {:<18} {:<8} {}\n", name, profile.status,
               printable_text(profile.title));
  }
  fmt::print("\n{}\n", paint.bold("lists"));
  for (const auto& [name, entries] : ruleset.lists) {
    fmt::print("  {:<18} {:<8} {:>6} entries, version {}, checked {}: {}\n",
               name, entries->status, entries->keys.size(), entries->version,
               entries->checked, printable_text(entries->title));
  }
  list_waivers(ruleset, paint);
  list_controls(house, paint);
  fmt::print("\ndigest {}\n", ruleset.digest);
  return kExitDone;
}

// Where its further lines begin, under its first.
constexpr std::string_view kConditionIndent = "           ";

void show_condition(const House& house, std::string_view label,
                    const Condition& condition, Role role) {
  const cel::Program& program = *condition.program;
  fmt::print("  {:<8} {}\n", label,
             printable_lines(condition.source, kConditionIndent));
  for (const uint32_t slot : program.slots()) {
    fmt::print("           needs {}", house.plan().name_of(slot));
    if (slot < house.ruleset().schema_slots) {
      fmt::print("; absent: {}", absence(program.without(slot), role));
    }
    fmt::print("\n");
  }
  const cel::Cost& cost = program.cost();
  fmt::print("           costs at most {} steps", cost.steps);
  const std::string dominant = cel::on_one_line(cost.dominant);
  if (dominant != cel::on_one_line(condition.source)) {
    fmt::print(", {} of them in {}", cost.dominant_steps,
               printable_text(dominant));
  }
  fmt::print("\n");
}

void show_rule(const House& house, const Pack& pack, const Rule& rule,
               const Paint& paint) {
  fmt::print("{}  {}\n", paint.bold(rule.id),
             printable_text(in_language(rule.title)));
  fmt::print("  pack     {}@{}, family {}, {}\n", pack.name, pack.version,
             rule.family, in_force(rule));
  fmt::print("  weight   {} points, {}{}\n", rule.score, rule.severity,
             rule.at_least ? ", at least " + *rule.at_least : "");
  if (rule.from_score) {
    fmt::print("  asked    when the other rules reach {}\n",
               house.plan().name_of(*rule.from_score));
  }
  if (rule.applies) {
    show_condition(house, "applies", *rule.applies, Role::guard);
  }
  show_condition(house, rule.duty ? "require" : "flag", rule.condition,
                 rule.duty ? Role::duty : Role::sign);
  for (const Waiver& waiver : house.ruleset().waivers) {
    if (waiver.rule != rule.id) continue;
    fmt::print("  waived   by {} until {} when {}\n", waiver.id,
               waiver.until.text,
               printable_lines(waiver.when.source, kConditionIndent));
  }
  for (const auto& [language, remedy] : rule.remedy) {
    fmt::print("  next {}  {}\n", language, printable_text(remedy));
  }
  if (!rule.controls.empty()) {
    fmt::print("  serves   {}\n", fmt::join(rule.controls, ", "));
  }
  if (!rule.source.empty()) {
    fmt::print(
        "  source   {}{}\n", printable_text(rule.source),
        rule.confidence.empty() ? "" : fmt::format(" ({})", rule.confidence));
  }
  fmt::print("\n");
}

int show(const House& house, const std::vector<std::string>& wanted) {
  const Paint paint{wants_colour(stdout)};
  std::vector<std::string> known;
  size_t shown = 0;
  for (const Pack& pack : house.ruleset().packs) {
    for (const Rule& rule : pack.rules) {
      known.push_back(rule.id);
      const bool is_wanted =
          wanted.empty() ||
          std::find(wanted.begin(), wanted.end(), rule.id) != wanted.end();
      if (!is_wanted) continue;
      show_rule(house, pack, rule, paint);
      ++shown;
    }
  }
  for (const std::string& id : wanted) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    return complain(no_such_rule(id, known));
  }
  return shown > 0 ? kExitDone : kExitUsage;
}

}  // namespace

int run_policy(const PolicyCommandOptions& options) {
  if (options.verb == PolicyVerb::check) return run_policy_check(options);
  auto house = House::open(options.policy);
  if (!house) return complain(house.error());
  switch (options.verb) {
    case PolicyVerb::check: break;
    case PolicyVerb::test: return test_policies(**house, options);
    case PolicyVerb::list: return list(**house);
    case PolicyVerb::show:
      if (options.plan) return show_plan(**house, options.plan_kind);
      return show(**house, options.rules);
  }
  return kExitUsage;
}

}  // namespace simwarden
