// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "notation/yaml.h"
#include "policy/pack.h"
#include "policy/parameters.h"
#include "policy/pattern_reader.h"
#include "policy/rule_reader.h"
#include "policy/window_reader.h"

// A pack is read in two steps, because rules of one pack see what all packs
// declare:
//
//   read_declarations   name, families, parameters, patterns
//   read_windows        what is counted over records (window_reader.h)
//   read_rules          conditions compiled against all of them
namespace simwarden {

struct PackDraft {
  SourceText file;
  std::optional<YamlNode> root;  // empty: not YAML
  Pack pack;
  Place place;  // of its name
  std::vector<ParameterDraft> parameters;
  std::vector<PatternDraft> patterns;
  std::vector<Place> windows;  // of their names

  // Else nobody knows what it declares.
  bool could_be_read() const;
};

PackDraft read_declarations(SourceText file, const std::string& folder,
                            Issues& issues);

// `facts`: with parameters and lists, without patterns and windows.
void read_pack_windows(PackDraft& draft, const cel::Environment& facts,
                       uint32_t schema_slots, Issues& issues);

void read_rules(PackDraft& draft, const RuleContext& context, Issues& issues);

}  // namespace simwarden
