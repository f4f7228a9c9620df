// SPDX-License-Identifier: Apache-2.0
#include "judge/plan.h"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "diag/check.h"
#include "facts/derived.h"
#include "likeness/likeness.h"
#include "policy/pack_environment.h"
#include "policy/parameters.h"
#include "policy/unasked_lists.h"

namespace simwarden {
namespace {

std::unordered_map<std::string, std::string> brands_of(const NamedList& list) {
  std::unordered_map<std::string, std::string> brands;
  for (const ListEntry& entry : list.entries) {
    brands[NamedList::canonical(list.of, entry.value)] = entry.stands_for;
  }
  return brands;
}

void fill(Registry& registry, UnaskedList which, const NamedList& list) {
  switch (which) {
    case UnaskedList::official_domains:
      registry.official_domains = list.keys;
      return;
    case UnaskedList::official_hosts:
      registry.official_hosts = list.keys;
      return;
    case UnaskedList::official_hotlines:
      registry.official_hotlines = list.keys;
      return;
    case UnaskedList::official_handles:
      registry.official_handles = list.keys;
      return;
    case UnaskedList::shorteners: registry.shorteners = list.keys; return;
    case UnaskedList::free_hosting: registry.free_hosting = list.keys; return;
    case UnaskedList::image_hosts: registry.image_hosts = list.keys; return;
    case UnaskedList::brands: registry.brands = brands_of(list); return;
    case UnaskedList::short_brands: registry.short_brands = list.keys; return;
    case UnaskedList::disposable_mail:
      registry.disposable_mail = list.keys;
      return;
    case UnaskedList::scam_phrases:
      registry.scam_phrases =
          std::make_shared<const PhraseWeights>(list.weights);
      return;
  }
}

const ParameterValue& value_of(const Profile& profile,
                               const std::string& name) {
  const auto found =
      std::find_if(profile.parameters.begin(), profile.parameters.end(),
                   [&](const Parameter& p) { return p.name == name; });
  CHECK(found != profile.parameters.end(),
        "a loaded profile has a value for every declared parameter");
  return found->value;
}

}  // namespace

Registry make_registry(const Ruleset& ruleset) {
  Registry registry;
  for (const UnaskedListRow& row : kUnaskedLists) {
    const NamedList* list = ruleset.list(row.name);
    if (list != nullptr) fill(registry, row.list, *list);
  }
  prepare(registry);
  return registry;
}

Plan::Plan(std::shared_ptr<const Ruleset> ruleset, const FactSchema& schema,
           const PlanOptions& options)
    : ruleset_(std::move(ruleset)),
      schema_(schema),
      registry_(make_registry(*ruleset_)) {
  order_rules();
  request_suite_ = make_suite(request_rules_);
  message_suite_ = make_suite(message_rules_);
  if (options.gates) {
    request_gates_ =
        std::make_unique<Gates>(*ruleset_, schema_, request_rules_);
    message_gates_ =
        std::make_unique<Gates>(*ruleset_, schema_, message_rules_);
  }
  keep_parameters();
  index_patterns(options.prefilter);
  request_reach_ = reach_of(request_rules_);
  message_reach_ = reach_of(message_rules_);
}

void Plan::order_rules() {
  for (const Pack& pack : ruleset_->packs) {
    auto& rules = pack.asks == "request" ? request_rules_ : message_rules_;
    const auto first = static_cast<std::ptrdiff_t>(rules.size());
    for (const Rule& rule : pack.rules) {
      if (rule.status == RuleStatus::active ||
          rule.status == RuleStatus::shadow) {
        rules.push_back({.rule = &rule, .pack = &pack});
      }
    }
    std::sort(rules.begin() + first, rules.end(),
              [](const PlannedRule& a, const PlannedRule& b) {
                return a.rule->id < b.rule->id;
              });
  }
}

std::unique_ptr<const cel::Suite> Plan::make_suite(
    std::vector<PlannedRule>& rules) const {
  std::vector<const cel::Program*> programs;
  for (PlannedRule& planned : rules) {
    const Rule& rule = *planned.rule;
    if (rule.applies) {
      planned.applies = programs.size();
      programs.push_back(rule.applies->program.get());
    }
    planned.condition = programs.size();
    programs.push_back(rule.condition.program.get());
    for (const Waiver& waiver : ruleset_->waivers) {
      if (waiver.rule != rule.id) continue;
      planned.waivers.push_back({&waiver, programs.size()});
      programs.push_back(waiver.when.program.get());
    }
  }
  return cel::Suite::make(programs);
}

Plan::Reach Plan::reach_of(const std::vector<PlannedRule>& rules) const {
  Reach reach;
  for (const PlannedRule& planned : rules) {
    if (planned.rule->applies) add_reach(*planned.rule->applies, reach);
    add_reach(planned.rule->condition, reach);
    for (const auto& one : planned.waivers) add_reach(one.waiver->when, reach);
  }
  return reach;
}

void Plan::add_reach(const Condition& condition, Reach& reach) const {
  const uint32_t first_set = ruleset_->pattern_slot(0);
  const uint32_t first_window = ruleset_->window_slot(0);
  for (const uint32_t slot : condition.program->slots()) {
    if (slot >= first_window) continue;  // counted over other records
    if (slot >= first_set) {
      const PatternSet& set = *sets_[slot - first_set];
      reach.text = reach.text || set.view != PatternView::raw;
      reach.contacts = reach.contacts || set.near_contact.has_value();
    } else if (const DerivedFact* row = schema_.derived_of(slot)) {
      reach.text = reach.text || row->kind == Kind::message;
      reach.contacts = reach.contacts || row->is(kOfContacts);
      reach.unseen = reach.unseen || row->is(kOfUnseen);
    }
  }
}

void Plan::keep_parameters() {
  for (const auto& [name, profile] : ruleset_->profiles) {
    auto& values = parameters_[name];
    for (const std::string& wanted : ruleset_->parameter_names) {
      values.push_back(to_cel(value_of(profile, wanted), kept_));
    }
  }
}

void Plan::index_patterns(bool prefilter) {
  for (const Pack& pack : ruleset_->packs) {
    for (const PatternSet& set : pack.patterns) {
      sets_.push_back(&set);
    }
  }
  CHECK(sets_.size() == ruleset_->pattern_names.size(),
        "slots of patterns run pack by pack");
  for (const PatternPlan& plan : ruleset_->patterns) {
    const auto view = static_cast<size_t>(plan.view);
    scanners_[view] = plan.scanner.get();
    set_of_[view] = plan.set_of;
    if (prefilter) continue;
    plain_scanners_.push_back(
        build_scanner(texts_of(plan), {.prefilter = false}));
    scanners_[view] = plain_scanners_.back().get();
  }
}

// The patterns of a view in the scanner's order: set by set, as written.
std::vector<std::string> Plan::texts_of(const PatternPlan& plan) const {
  std::vector<std::string> texts;
  std::map<uint32_t, size_t> next;
  for (const uint32_t set : plan.set_of) {
    texts.push_back(sets_[set]->any[next[set]++]);
  }
  return texts;
}

std::string Plan::name_of(uint32_t slot) const {
  const Ruleset& rules = ruleset();
  if (slot < rules.schema_slots) return schema_.name(slot);
  if (slot < rules.pattern_slot(0)) {
    return "profile." + rules.parameter_names[slot - rules.profile_slot(0)];
  }
  if (slot < rules.window_slot(0)) {
    return "patterns." + rules.pattern_names[slot - rules.pattern_slot(0)];
  }
  if (slot == rules.late_slot()) return fmt::format("windows.{}", kLateWindow);
  return "windows." + rules.window_names[slot - rules.window_slot(0)];
}

const std::vector<cel::Value>& Plan::parameters(const Profile& profile) const {
  const auto found = parameters_.find(profile.name);
  CHECK(found != parameters_.end(), "the profile is one of the ruleset's");
  return found->second;
}

const Scanner* Plan::scanner(PatternView view) const {
  return scanners_[static_cast<size_t>(view)];
}

const std::vector<uint32_t>& Plan::set_of(PatternView view) const {
  return set_of_[static_cast<size_t>(view)];
}

}  // namespace simwarden
