// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "notation/yaml.h"
#include "policy/control.h"
#include "policy/pack.h"

namespace simwarden {

// Reads controls/NAME.yaml; always yields what could be read. `profiles` are
// the names that it may be shown for.
Control read_control(const SourceText& file,
                     const std::vector<std::string>& profiles, Issues& issues);

// Complains (P180) where a rule's `controls:` names what `known` does not
// have, and (P184) where it names a clause that says no rule can check it.
void check_references(YamlReader& reader, const YamlNode& rule,
                      const Controls& known);

// Warns (P183) of clauses that can be checked and that no rule in `packs`
// serves.
void warn_of_unserved(const SourceText& file, const Control& control,
                      const std::set<std::string>& served, Issues& issues);

// Every reference of the rules of a pack that run.
void collect_references(const Pack& pack, std::set<std::string>& into);

}  // namespace simwarden
