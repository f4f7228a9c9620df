// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notation/yaml.h"
#include "policy/localised.h"

// Names and small closed vocabularies of policy files.
namespace simwarden {

// Lower-case letters and digits, `joint` between them: "sim-replacement"
// with '-', "min_factors" with '_'. Begins with a letter.
bool is_name(std::string_view text, char joint);
// Letters, digits, dashes, underscores; begins with a letter.
bool is_rule_id(std::string_view text);
// MAJOR.MINOR.PATCH of semver.org, with -pre and +build.
bool is_version(std::string_view text);
// Two capital letters of ISO 3166-1.
bool is_country(std::string_view text);
// Two or three lower-case letters, optionally -Region: en, zh, zh-TW.
bool is_language(std::string_view text);

const std::vector<std::string>& confidences();

// "did you mean request.local_hour?" of local_hour too, whose group is missing;
// "" when nothing is near.
std::string did_you_mean_fact(std::string_view name,
                              const std::vector<std::string>& facts);

// ": а (U+0430, Cyrillic) in it is no letter of ASCII" of the first one in a
// name that nothing is called; "" without any.
std::string strange_letter(std::string_view text);

// Complains (P103) when the value of `key` is no name.
void check_name(YamlReader& reader, const YamlNode& node, char joint);

// Complains (P102) when the file is not called as the thing it holds: "list",
// "profile", "control".
void check_file_name(YamlReader& reader, const YamlNode& name,
                     std::string_view what);

// Complains (P157) when `country:` is neither a country nor empty.
void check_country(YamlReader& reader, const YamlNode& root);

// Complains (P208) about a text without anything that can be read: a name, a
// reason or a title is there for its reader. False then.
bool check_said(YamlReader& reader, const YamlNode& node, std::string_view key);

// Complains (P128) at the first character that cannot be seen: zero-width,
// bidirectional controls, tags, soft hyphens; and at what "\b" of double quotes
// is, a sign of control. False then.
bool check_visible(YamlReader& reader, const YamlNode& node);

// `lint:` of a rule, a parameter, a pattern set or a list: a mapping of codes
// of lints to the reasons why they are right here and the lint is not. Whether
// it excuses anything is for lint/ to say.
void check_excuses(YamlReader& reader, const YamlNode& node);

// Bytes of the character at `at` when it cannot be seen; 0 otherwise.
size_t invisible_size(std::string_view text, size_t at);

// "key: text" or "key: {en: text, …}" as it stands in the file: the texts'
// nodes by language. Complains about a missing "en" and about languages (P133):
// any may be given, but ours have one name each, "en" and "zh".
struct LocalisedNode {
  std::string language;
  const YamlNode* node;
};
std::vector<LocalisedNode> read_localised(YamlReader& reader,
                                          const YamlNode& node,
                                          std::string_view key);
// Those texts.
Localised localised_texts(YamlReader& reader, const YamlNode& node,
                          std::string_view key);

}  // namespace simwarden
