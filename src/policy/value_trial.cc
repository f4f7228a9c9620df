// SPDX-License-Identifier: Apache-2.0
#include "policy/value_trial.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "policy/parameters.h"

namespace simwarden {
namespace {

// The parameters of a profile, in slot order.
class ProfileValues final : public cel::Activation {
 public:
  ProfileValues(const Profile& profile, uint32_t first_slot)
      : profile_(profile), first_slot_(first_slot) {}

  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override {
    return to_cel(profile_.parameters[slot - first_slot_].value, scratch);
  }

 private:
  const Profile& profile_;
  uint32_t first_slot_;
};

// Of a text or a list of texts; none of other values.
std::vector<std::string> texts_of(const ParameterValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {*text};
  const auto* texts = std::get_if<std::vector<std::string>>(&value);
  return texts == nullptr ? std::vector<std::string>() : *texts;
}

bool has(const std::vector<std::string>& choices, const std::string& text) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

}  // namespace

void ValueTrial::set_default(const std::string& name, const SourceText& file,
                             Place at) {
  defaults_.emplace(name,
                    Written{std::make_shared<const SourceText>(file), at});
}

void ValueTrial::set_by(const std::string& profile, const SourceText& file,
                        const std::map<std::string, Place>& values) {
  const auto text = std::make_shared<const SourceText>(file);
  auto& of_profile = set_[profile];
  of_profile.clear();
  for (const auto& [name, at] : values) of_profile[name] = {text, at};
}

void ValueTrial::try_pack(const Pack& pack,
                          const std::map<std::string, Profile>& profiles) {
  for (const DeclaredWindow& window : pack.windows) {
    const std::string where = "windows." + window.name;
    if (window.where) try_condition(*window.where, where, profiles);
    if (window.part) try_condition(*window.part, where, profiles);
  }
  for (const Rule& rule : pack.rules) {
    if (rule.status != RuleStatus::retired) try_rule(rule, profiles);
  }
}

// Where a profile's values shut the guard, the condition is never asked.
void ValueTrial::try_rule(const Rule& rule,
                          const std::map<std::string, Profile>& profiles) {
  if (!rule.applies || !reads_parameters(*rule.applies)) {
    return try_condition(rule.condition, rule.id, profiles);
  }
  try_condition(*rule.applies, rule.id, profiles);
  std::map<std::string, Profile> asked;
  cel::Trial guard(*rule.applies->program,
                   [this](uint32_t slot) { return is_parameter(slot); });
  for (const auto& [name, profile] : profiles) {
    ProfileValues values(profile, first_slot_);
    if (guard.with(values).answer != false) asked.emplace(name, profile);
  }
  try_condition(rule.condition, rule.id, asked);
}

void ValueTrial::try_condition(const Condition& condition,
                               const std::string& where,
                               const std::map<std::string, Profile>& profiles) {
  if (!reads_parameters(condition)) return;
  try_choices(condition, where, profiles);
  cel::Trial trial(*condition.program,
                   [this](uint32_t slot) { return is_parameter(slot); });
  for (const auto& [name, profile] : profiles) {
    ProfileValues values(profile, first_slot_);
    for (const cel::CertainFailure& failure : trial.with(values).failures) {
      complain(failure, where, name);
    }
  }
}

// "nie" for a fact that is never so.
void ValueTrial::try_choices(const Condition& condition,
                             const std::string& where,
                             const std::map<std::string, Profile>& profiles) {
  for (const cel::ComparedChoices& compared :
       cel::compared_choices_of(*condition.program)) {
    if (!is_parameter(compared.slot)) continue;
    for (const auto& [name, profile] : profiles) {
      const Parameter& set = profile.parameters[compared.slot - first_slot_];
      for (const std::string& text : texts_of(set.value)) {
        if (has(compared.choices, text)) continue;
        complain_of_choice(text, compared, where, name);
      }
    }
  }
}

void ValueTrial::complain_of_choice(const std::string& value,
                                    const cel::ComparedChoices& compared,
                                    const std::string& where,
                                    const std::string& profile) {
  const Written* written = to_blame({compared.slot}, profile);
  if (written == nullptr || !is_news(*written)) return;
  std::string help = did_you_mean(value, compared.choices);
  if (!help.empty()) help += ' ';
  issues_.add(written->file->issue(
      "P159", written->at,
      fmt::format("{} is never '{}', with which {} compares it", compared.with,
                  value, where),
      {}, fmt::format("{}one of {}", help, fmt::join(compared.choices, ", "))));
}

bool ValueTrial::is_news(const Written& written) {
  const Place at = written.at;
  return told_.emplace(written.file->name(), at.line, at.column).second;
}

void ValueTrial::complain(const cel::CertainFailure& failure,
                          const std::string& where,
                          const std::string& profile) {
  const Written* written = to_blame(failure.slots, profile);
  if (written == nullptr || !is_news(*written)) return;
  issues_.add(
      written->file->issue("P158", written->at,
                           fmt::format("{} of {} always fails with it: {}",
                                       failure.part, where, failure.what),
                           {}, failure.help));
}

// What the profile sets itself, else a default.
const ValueTrial::Written* ValueTrial::to_blame(
    const std::vector<uint32_t>& slots, const std::string& profile) const {
  const auto of_profile = set_.find(profile);
  for (const uint32_t slot : slots) {
    if (of_profile == set_.end()) break;
    const auto found = of_profile->second.find(names_[slot - first_slot_]);
    if (found != of_profile->second.end()) return &found->second;
  }
  for (const uint32_t slot : slots) {
    const auto found = defaults_.find(names_[slot - first_slot_]);
    if (found != defaults_.end()) return &found->second;
  }
  return nullptr;
}

bool ValueTrial::reads_parameters(const Condition& condition) const {
  if (condition.program == nullptr) return false;
  const auto slots = condition.program->slots();
  return std::any_of(slots.begin(), slots.end(),
                     [this](uint32_t slot) { return is_parameter(slot); });
}

}  // namespace simwarden
