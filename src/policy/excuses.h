// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "notation/yaml.h"
#include "policy/pack.h"

// survivors: of a tests.yaml, why no case notices a change of a rule.
namespace simwarden {

struct Excuse {
  std::string of;    // "IDV-002", or "patterns.otp_request"
  bool branch;       // a branch that no case reaches; else a mutant
  std::string what;  // as `policy test` prints it
  std::string why;
  Place place;  // of `what`, in tests.yaml
};

// Issues: P186, P187 and those of every reader.
std::vector<Excuse> read_excuses(YamlReader& reader, const YamlNode& root,
                                 const Pack* pack);

}  // namespace simwarden
