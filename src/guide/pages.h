// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "guide/guide.h"

// One function a kind of page, and what they share: where pages lie, how
// texts in several languages and values are shown. Each returns the whole
// page. `from` is the path of the page that a link stands on.
namespace simwarden {

std::string index_page(const GuideInput& input);
std::string pack_page(const GuideInput& input, const Pack& pack);
std::string family_page(const GuideInput& input, const Pack& pack,
                        const std::string& family);
std::string rule_page(const GuideInput& input, const Pack& pack,
                      const Rule& rule);
std::string pattern_page(const GuideInput& input, const Pack& pack,
                         const PatternSet& set);
std::string profile_page(const GuideInput& input, const Profile& profile);
std::string list_page(const GuideInput& input, const std::string& name,
                      const NamedList& list);
std::string control_page(const GuideInput& input, const Control& control);
std::string awareness_page(const GuideInput& input,
                           const std::string& language);

std::string pack_path(const std::string& pack);
std::string family_path(const std::string& pack, const std::string& family);
std::string rule_path(const std::string& id);
std::string pattern_path(const std::string& pack, const std::string& set);
std::string profile_path(const std::string& name);
std::string list_path(const std::string& name);
std::string control_path(const std::string& name);
std::string awareness_path(const std::string& language);

// [ID](…/rules/ID.md), separated by commas.
std::string rule_links(const std::set<std::string>& ids, std::string_view from);

// "English", "中文"; others by their code.
std::string language_name(const std::string& code);
// A bullet a language.
std::string localised_list(const Localised& texts, const std::string& first);

// A parameter's value as a policy file has it.
std::string value_text(const ParameterValue& value);
// The declaration of a parameter, and the pack that has it; null when none.
struct Declared {
  const Pack* pack = nullptr;
  const Parameter* parameter = nullptr;
};
Declared find_parameter(const Ruleset& ruleset, std::string_view name);

std::string_view name_of(RuleStatus status);
// The slots that the rule can read.
std::set<uint32_t> slots_of(const Rule& rule);
// "source (confidence)", escaped; "not given" when there is none.
std::string source_text(const std::string& source,
                        const std::string& confidence);
// The rules that name this clause ("us-fcc-64.2010/h-4") or instrument.
std::set<std::string> rules_serving(const Ruleset& ruleset,
                                    const std::string& reference);

}  // namespace simwarden
