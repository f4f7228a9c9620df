// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "notation/yaml.h"
#include "policy/control.h"
#include "policy/pack.h"
#include "policy/reason.h"

namespace simwarden {

struct RuleContext {
  const cel::Environment* environment = nullptr;  // facts, profile, patterns
  uint32_t schema_slots = 0;
  // Null: they could not be read.
  const std::map<std::string, Localised>* families = nullptr;
  const Controls* controls = nullptr;  // null: there are none to hold it to
};

// Every key that a rule can have, in the order in which `policy format`
// writes them.
const std::vector<std::string>& rule_keys();

// One item of `rules:`. Always yields what could be read.
Rule read_rule(YamlReader& reader, const YamlNode& node,
               const RuleContext& context);

}  // namespace simwarden
