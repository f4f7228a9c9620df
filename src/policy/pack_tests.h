// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "notation/yaml.h"
#include "policy/excuses.h"
#include "policy/ruleset.h"

// tests.yaml: the cases that prove a pack. Reading them is ours; judging is
// not (that is above us), so a case carries its record as JSON text.
namespace simwarden {

// How the record of a case came about, for writing another one like it.
struct CaseRecipe {
  std::optional<std::string> base;
  YamlNode record;  // the whole
  std::vector<YamlNode::Entry> with;
  std::vector<std::string> without;
  std::optional<std::string> text;
  std::vector<YamlNode::Entry> windows;  // figures, as they are written
};

// Records before the case's own, all together.
inline constexpr size_t kEarlierRecordsMax = 1000;

struct PackCase {
  std::string name;
  std::string file;
  Place place;
  std::string record_json;  // one line, nested, ready for intake
  CaseRecipe recipe;
  // Records that the windows have seen before, as record_json.
  std::vector<std::string> earlier;
  // Figures that stand instead of counted ones: a number, or of `since` the
  // microseconds as an int.
  std::map<std::string, ParameterValue> windows;
  std::string profile;  // "generic" when absent
  std::optional<std::string> action;
  std::vector<std::string> hit;
  std::vector<std::string> clear;
  std::vector<std::string> not_applicable;
  std::vector<std::string> undetermined;
  std::vector<std::string> failed;  // though no fact is missing
  std::vector<std::string> not_recorded;
  std::vector<std::string> invalid;  // facts given a value that is none
  std::optional<std::vector<std::string>> only;
};

struct PackCases {
  std::string pack;  // the ids that its cases name are those of its rules
  std::vector<PackCase> cases;
  std::vector<Excuse> excuses;
  // Null when they could not be read.
  std::shared_ptr<const SourceText> pack_file;  // pack.yaml
  std::shared_ptr<const SourceText> file;       // tests.yaml
};

// Reads the tests.yaml of every pack of the ruleset. Unknown rule ids, a rule
// (active or shadow) without a hitting or without a non-hitting case are
// issues. Cases with issues are returned all the same: look at `issues` before
// judging them.
Result<std::vector<PackCases>> load_cases(const PolicyFiles& files,
                                          const Ruleset& ruleset,
                                          Issues& issues);
// The same of packs that cannot be loaded: what is wrong with their tests.yaml
// whatever their rules, profiles and windows are. `paths`: as in LoadOptions.
// Cases whose records are of no known kind are left out.
Result<std::vector<PackCases>> load_cases_alone(
    const PolicyFiles& files, const std::vector<std::string>& paths,
    Issues& issues);

}  // namespace simwarden
